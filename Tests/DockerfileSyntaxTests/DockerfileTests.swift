import SourceText
import Testing

@testable import DockerfileSyntax

extension Dockerfile {
  /// The instructions, each as its logical text.
  var texts: [String] { instructions.map(\.text) }
}

@Suite struct LineTests {
  @Test func joinsContinuedLines() {
    let file = Dockerfile(text: "FROM alpine\nRUN echo a \\\n    b\\\nc\nUSER app\n")
    #expect(file.texts == ["FROM alpine", "RUN echo a     bc", "USER app"])
    #expect(file.instructions[1].lines == 2...4)
    #expect(file.text(file.instructions[1].range) == "RUN echo a \\\n    b\\\nc")
  }

  @Test func dropsCommentsAndEmptyLinesInside() {
    let file = Dockerfile(text: "RUN a \\\n  # why\n\n  \t\n b\n")
    #expect(file.texts == ["RUN a  b"])
    #expect(file.instructions[0].hasEmptyContinuationLine)
    #expect(file.instructions[0].innerTrivia.map { file.text($0) } == ["  # why\n", "\n", "  \t\n"])
  }

  @Test(arguments: [
    ("RUN a \\\\\nUSER b", ["RUN a \\\\", "USER b"]),  // an escaped backslash joins nothing
    ("RUN a \\  \t\nb", ["RUN a b"]),  // blanks behind it do not count
    ("RUN a \\", ["RUN a "]),
    ("\\\nRUN a", ["RUN a"]),
    ("RUN a\r\nUSER b\r\n", ["RUN a", "USER b"]),
    ("  RUN a\n", ["RUN a"]),
    ("RUN a # b\n", ["RUN a # b"]),
    ("", []), ("\n\n", []), ("# only\n", []),
  ])
  func lines(text: String, expected: [String]) {
    #expect(Dockerfile(text: text).texts == expected)
  }

  @Test func theEscapeDirectiveChangesWhatJoinsLines() {
    let file = Dockerfile(text: "# escape=`\nRUN dir C:\\ `\n  /s\nUSER x\\\n")
    #expect(file.escape == UInt8(ascii: "`"))
    #expect(file.texts == ["RUN dir C:\\   /s", "USER x\\"])
  }

  @Test(arguments: [
    ("# syntax=a\n# escape=`\n", ["syntax", "escape"]),
    ("  #  ESCAPE = `  \nFROM x\n", ["escape"]),
    ("\n# escape=`\n", []),  // an empty line ends them
    ("# a comment\n# escape=`\n", []),
    ("# unknown=1\n# escape=`\n", []),
    ("FROM x\n# escape=`\n", []),
    ("\u{FEFF}# check=skip=all\n", ["check"]),
  ])
  func directives(text: String, expected: [String]) {
    #expect(Dockerfile(text: text).directives.map(\.name) == expected)
  }

  @Test(arguments: [
    ("# syntax=docker/dockerfile:1 extra\n", "docker/dockerfile:1", 1),
    ("#!/usr/bin/env -S docker build .\n# syntax = a/b\n", "a/b", 2),
    ("// syntax=c\n", "c", 1),
    ("{\"x\": [1, {}], \"syntax\": \"d\"}", "d", 0),
  ])
  func syntaxDirective(text: String, reference: String, line: Int) {
    let directive = Dockerfile(text: text).syntaxDirective
    #expect(directive?.reference == reference)
    #expect(directive?.line == line)
  }

  @Test func whiteSpaceBeforeASyntaxDirectiveHidesIt() {
    #expect(Dockerfile(text: " # syntax=a\n").syntaxDirective == nil)
    #expect(Dockerfile(text: "{\"syntax\": 1}").syntaxDirective == nil)
  }

  @Test func commentsBelongToTheInstructionBelow() {
    let file = Dockerfile(text: "# one\n#\n# two\n\n# three\nRUN a\nRUN b\n")
    #expect(file.instructions[0].comments.map { file.text($0) } == ["# two", "# three"])
    #expect(file.instructions[1].comments.isEmpty)
  }

  @Test func leavesTellWhatBytesMean() {
    let file = Dockerfile(text: "# c\nCOPY --link a \\\n  # why\n  b\nRUN <<X\nhi\nX\n")
    let leaves = file.leaves.filter { $0.kind != .space }.map { "\($0.kind) \(file.text($0.range))" }
    #expect(
      leaves == [
        "comment # c", "keyword COPY", "flag --link", "argument a ", "comment # why", "argument   b", "keyword RUN",
        "argument <<X", "heredocBody hi\n", "heredocEnd X",
      ])
  }
}

@Suite struct ArgumentTests {
  private func only(_ text: String) -> (file: Dockerfile, instruction: Instruction) {
    let file = Dockerfile(text: text)
    return (file, file.instructions[0])
  }

  @Test(arguments: [
    ("FROM a  AS\tb", ["a", "AS", "b"]),
    ("COPY [\"a b\", \"c\"]", ["a b", "c"]),
    ("COPY [\"a\", \"b\" c", ["[\"a\",", "\"b\"", "c"]),
    ("RUN  echo  a ", ["echo  a"]),
    ("RUN", []),
    ("CMD [ ]", []),
    ("ENV A=1 B=\"2 3\" C=4\\ 5", ["A=1", "B=\"2 3\"", "C=4\\ 5"]),
    ("ENV A b  c", ["A", "b  c"]),
    ("ARG A B=1", ["A", "B=1"]),
    ("USER a b", ["a b"]),
    ("HEALTHCHECK CMD curl x", ["CMD", "curl x"]),
    ("HEALTHCHECK cmd [\"a\",\"b\"]", ["cmd", "a", "b"]),
    ("FROM\u{00A0}a", []),  // a no-break space separates nothing
  ])
  func arguments(text: String, expected: [String]) {
    #expect(only(text).instruction.arguments.map(\.text) == expected)
  }

  @Test(arguments: [
    ("CMD [\"a\"]", Instruction.Form.json), ("CMD a", .text), ("CMD ['a']", .text), ("CMD", .none),
    ("ENV A b", .legacyPair),
    ("ENV A=b", .pairs), ("COPY a b", .words),
  ])
  func form(text: String, expected: Instruction.Form) {
    #expect(only(text).instruction.form == expected)
  }

  @Test func wordsHaveTheirPlaceAcrossLines() {
    let (file, copy) = only("COPY one \\\r\n  # why\r\n  two /th\\\r\nree/\r\n")
    #expect(copy.arguments.map(\.text) == ["one", "two", "/three/"])
    #expect(copy.arguments.map { file.text($0.range) } == ["one", "two", "/th\\\r\nree/"])
  }

  @Test(arguments: [
    ("CMD [\"a\", 'b']", "'b']"), ("CMD [\"a\",]", "]"), ("CMD [\"a\" \"b\"]", "\"b\"]"), ("CMD [\"a\"] x", "x"),
    ("CMD [\"\\x\"]", "x\"]"), ("ENTRYPOINT [a]", "a]"), ("CMD [\"a\"", ""), ("CMD [\"c:\\windows\"]", "windows\"]"),
    ("CMD [1e999]", "1e999]"),
  ])
  func saysWhereJSONIsWrong(text: String, rest: String) {
    let (file, instruction) = only(text)
    #expect(instruction.form == .text)
    #expect(instruction.jsonFailure.map { file.text(ByteRange($0, file.bytes.count)) } == rest)
  }

  @Test(arguments: [
    ("\\u0041\\n\\\"\\/", "A\n\"/"), ("\\ud83d\\ude00", "😀"), ("\\ud83d", "\u{FFFD}"), ("ä", "ä"), ("", ""),
  ])
  func decodesJSONStrings(inside: String, expected: String) {
    #expect(only("CMD [\"\(inside)\"]").instruction.arguments.map(\.text) == [expected])
  }

  @Test func flagsHaveNameValueAndPlaces() {
    let (file, run) = only("RUN --mount=type=cache,target=/x --network=\"no\"ne --a\\ b x")
    #expect(run.flags.map(\.name) == ["mount", "network", "a b"])
    #expect(run.flags.map(\.value) == ["type=cache,target=/x", "none", nil])
    #expect(run.flags.map { file.text($0.nameRange) } == ["mount", "network", "a\\ b"])
    #expect(run.flags.map { file.text($0.valueRange) } == ["type=cache,target=/x", "\"no\"ne", ""])
    #expect(run.arguments.map(\.text) == ["x"])
  }

  @Test func twoHyphensEndTheFlags() {
    let (_, run) = only("RUN -- --mount=x y")
    #expect(run.flags.isEmpty)
    #expect(run.arguments.map(\.text) == ["--mount=x y"])
  }

  @Test func onbuildHoldsAnInstruction() {
    let (file, onbuild) = only("ONBUILD COPY --chown=1 a \\\n  b\n")
    let trigger = onbuild.trigger
    #expect(trigger?.keyword == .copy)
    #expect(trigger?.flags.first?.value == "1")
    #expect(trigger?.arguments.map { file.text($0.range) } == ["a", "b"])
  }
}

@Suite struct HeredocTests {
  @Test func readsBodies() {
    let file = Dockerfile(text: "RUN <<A cat <<-\"B C\"\n1\nA\n\t2\n\tB C\nUSER x\n")
    let heredocs = file.instructions[0].heredocs
    #expect(heredocs.map(\.name) == ["A", "B C"])
    #expect(heredocs.map(\.expandsVariables) == [true, false])
    #expect(heredocs.map(\.stripsTabs) == [false, true])
    #expect(heredocs.map { file.text($0.bodyRange) } == ["1\n", "\t2\n"])
    #expect(heredocs[1].text(in: file) == "2\n")
    #expect(heredocs.map { file.text($0.operatorRange) } == ["<<A", "<<-\"B C\""])
    #expect(file.instructions[0].lines == 1...5)
    #expect(file.instructions.last?.text == "USER x")
  }

  @Test(arguments: [
    ("RUN cat <<EOF\nEOF\n", 1), ("RUN cat << EOF\nEOF\n", 1), ("RUN 3<<EOF\nEOF\n", 1),
    ("RUN cat <<<EOF\n", 0), ("RUN cat<<EOF\n", 0), ("RUN echo '<<EOF'\n", 0), ("RUN echo \"<<EOF\"\n", 0),
    ("RUN [\"<<EOF\"]\n", 0), ("CMD <<EOF\n", 0), ("RUN echo $((1<<2))\n", 0),
    ("RUN cat <<EOF ${x^^}\nEOF\n", 0),  // what the builder's lexer does not know hides the heredoc
    ("RUN cat <<EOF it's\nEOF\n", 0), ("ONBUILD RUN <<EOF\nEOF\n", 1), ("COPY <<a <<b /d\na\nb\n", 2),
  ])
  func findsHeredocs(text: String, count: Int) {
    #expect(Dockerfile(text: text).instructions[0].heredocs.count == count)
  }

  @Test func anUnterminatedHeredocTakesTheRest() {
    let file = Dockerfile(text: "FROM a\nRUN <<EOF\nx\nUSER y\n")
    #expect(file.instructions.count == 2)
    #expect(file.syntaxProblems.map(\.message) == ["unterminated heredoc"])
    #expect(file.text(file.syntaxProblems[0].range) == "<<EOF")
    #expect(file.instructions[1].heredocs[0].terminatorRange == nil)
  }
}

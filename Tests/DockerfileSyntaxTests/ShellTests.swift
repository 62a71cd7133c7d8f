import SourceText
import Testing

@testable import DockerfileSyntax

@Suite struct ShellTests {
  private func script(_ text: String) -> Shell.Script { Shell.Script(Array(text.utf8)) }

  private func words(_ script: Shell.Script) -> [[String]] {
    script.simpleCommands.map { $0.words.map { $0.value ?? "?" } }
  }

  @Test(arguments: [
    ("a b", [["a", "b"]]),
    ("a && b || c; d | e & f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]),
    ("a\nb # c\n# d\ne", [["a"], ["b"], ["e"]]),
    ("echo a#b '#' \"#\"", [["echo", "a#b", "#", "#"]]),
    ("a \\\n  b", [["a", "b"]]),
    ("a'b c'\"d $\"e\\ f", [["ab cd $e f"]]),
    ("a $X \"${Y:-z}\" $(b c) `d`", [["b", "c"], ["d"], ["a", "?", "?", "?", "?"]]),
    ("( a; b ) && { c; d; }", [["a"], ["b"], ["c"], ["d"]]),
    ("if a; then b; elif c; then d; else e; fi", [["a"], ["b"], ["c"], ["d"], ["e"]]),
    ("for x in 1 2; do a $x; done", [["a", "?"]]),
    ("while a; do b; done < c", [["a"], ["b"]]),
    ("case $x in a|b) c ;; (*) d ; esac; e", [["c"], ["d"], ["e"]]),
    ("f() { a; }; function g { b; }\nf", [["a"], ["b"], ["f"]]),
    ("[ -f x ] && [[ a && b || c ]] && d", [["[", "-f", "x", "]"], ["[[", "a", "&&", "b", "||", "c", "]]"], ["d"]]),
    ("! a | b", [["a"], ["b"]]),
    ("echo if then fi", [["echo", "if", "then", "fi"]]),
    ("cat <<E\nx $y\nE\na", [["cat"], ["a"]]),
    ("cat <<'A' <<-B | c\n1\nA\n\t2\n\tB\nd", [["cat"], ["c"], ["d"]]),
    ("a $((1 + (2))) $(( 3 ))", [["a", "?", "?"]]),
    ("diff <(a) <(b)", [["a"], ["b"], ["diff", "?", "?"]]),
    ("a `b \\`c\\``", [["c"], ["b", "?"], ["a", "?"]]),
    ("a $'x\\ty'", [["a", "x\ty"]]),
    ("a {1..3} *.txt ~/x", [["a", "{1..3}", "*.txt", "~/x"]]),
    ("(( i++ )); a", [["a"]]),
    ("a @(b|c) d", [["a", "@(b|c)", "d"]]),
    ("a 2>&1 >/dev/null <in b", [["a", "b"]]),
  ])
  func simpleCommands(text: String, expected: [[String]]) {
    let script = script(text)
    #expect(words(script) == expected)
    #expect(script.opaque.isEmpty)
  }

  @Test func theTreeSaysHowCommandsHangTogether() throws {
    let statements = script("a && b || ! c | d & e").statements
    #expect(statements.count == 2)
    #expect(statements.map(\.isBackground) == [true, false])
    #expect(statements[0].pipelines.map(\.connector) == [.first, .and, .or])
    #expect(statements[0].pipelines.map(\.commands.count) == [1, 1, 2])
    #expect(statements[0].pipelines.map(\.isNegated) == [false, false, true])
  }

  @Test func assignmentsAndRedirections() throws {
    let text = "A=1 B+=\"$x y\" prog --o=p 2>>log <in >&2"
    let command = try #require(script(text).simpleCommands.first)
    let bytes = Array(text.utf8)
    func written(_ range: ByteRange) -> String { String(decoding: bytes[range.start..<range.end], as: UTF8.self) }
    #expect(command.assignments.map(\.name) == ["A", "B"])
    #expect(command.assignments.map(\.value.value) == ["1", nil])
    #expect(command.assignments.map(\.appends) == [false, true])
    #expect(command.name == "prog")
    #expect(command.words.map { written($0.range) } == ["prog", "--o=p"])
    #expect(command.redirections.map(\.operation) == [">>", "<", ">&"])
    #expect(command.redirections.map(\.descriptor) == [2, nil, nil])
    #expect(command.redirections.map(\.target.value) == ["log", "in", "2"])
    #expect(written(command.range) == text)
  }

  @Test func variablesInWords() throws {
    let command = try #require(script("a \"x$HOME\" ${A:-${B}c} ${#D} ${E%%.*} ${F[@]}").simpleCommands.last)
    #expect(command.words.flatMap(\.variables).map(\.name) == ["HOME", "A", "B", "D", "E", "F"])
    #expect(command.words.flatMap(\.variables).map(\.modifier) == ["", ":-", "", "#", "%%", ""])
    #expect(command.words[1].variables.map(\.isQuoted) == [true])
  }

  @Test func heredocBodies() throws {
    let text = "cat <<-'E' > f\n\tone $x\n\tE\nb\n"
    let bytes = Array(text.utf8)
    let command = try #require(script(text).simpleCommands.first)
    let heredoc = try #require(command.redirections.first?.heredoc)
    #expect(String(decoding: bytes[heredoc.bodyRange.start..<heredoc.bodyRange.end], as: UTF8.self) == "\tone $x\n")
    #expect(!heredoc.expandsVariables && heredoc.stripsTabs && heredoc.isTerminated)
    #expect(command.redirections.map(\.target.value) == ["E", "f"])
  }

  @Test func patternsAreWordsThatMayBecomeOthers() throws {
    let command = try #require(script("a *.c '*.c' \\*.c ~ x~").simpleCommands.first)
    #expect(command.words.map(\.isPattern) == [false, true, false, false, true, false])
  }

  @Test(arguments: [
    ("a; ) b", [["a"], ["b"]]), ("a; fi; b", [["a"], ["b"]]), ("if a; then b", [["a"], ["b"]]),
    ("a && ; b", [["a"], ["b"]]),
    ("echo 'x", [["echo", "x"]]), ("a | | b", [["a"], ["b"]]), ("echo a(b) c", [["echo", "a"], ["b"], ["c"]]),
    ("a >", [["a"]]),
    ("$(a", [["a"], ["?"]]), ("case x in a) b", [["b"]]), ("( if a; then b ); c", [["a"], ["b"], ["c"]]),
    ("f() ; a", [["a"]]),
  ])
  func whatIsNotUnderstoodIsSaid(text: String, expected: [[String]]) {
    let script = script(text)
    #expect(!script.opaque.isEmpty)
    #expect(words(script) == expected)
  }

  @Test func aShebangNamesTheInterpreter() throws {
    let plain = try #require(Shell.Shebang(Array("#!/bin/bash -e\nx".utf8)))
    #expect(plain.program == "bash" && plain.argument == "-e" && plain.dialect == .bash)
    let env = try #require(Shell.Shebang(Array("#! /usr/bin/env -S node --x\r\n".utf8)))
    #expect(env.program == "node" && env.endsWithCarriageReturn && env.dialect == .foreign)
    #expect(Shell.Shebang(Array("# no".utf8)) == nil)
  }
}

@Suite struct ShellInDockerfileTests {
  private func build(_ text: String) -> Build { Build(Dockerfile(text: text)) }

  private func commands(_ text: String, _ step: Int = 0) -> [[String]]? {
    let build = build(text)
    let steps = Array(build.evaluations[0].steps)
    return steps[step].script?.simpleCommands.map { command in
      command.words.map { build.file.text($0.range) }
    }
  }

  @Test func wordsHaveTheirPlaceInTheFile() {
    let text = "FROM a\nRUN apt-get update \\\n # why\n && apt-get in\\\nstall x\n"
    #expect(commands(text) == [["apt-get", "update"], ["apt-get", "in\\\nstall", "x"]])
    let build = build(text)
    let last = build.evaluations[0].steps.first?.script?.simpleCommands.last
    #expect(last?.words.map(\.value) == ["apt-get", "install", "x"])
  }

  @Test func aHashInAJoinedLineSwallowsTheRest() {
    #expect(commands("FROM a\nRUN a \\\n && b # c \\\n && d\n") == [["a"], ["b"]])
  }

  @Test(arguments: [
    ("CMD a && b", [["a"], ["b"]]),
    ("ENTRYPOINT [\"/bin/sh\", \"-c\", \"exec \\\"a\\\" b\"]", [["exec", "\\\"a\\\"", "b"]]),
    ("CMD [\"bash\", \"-euxc\", \"a; b\"]", [["a"], ["b"]]),
    ("HEALTHCHECK CMD wget x || exit 1", [["wget", "x"], ["exit", "1"]]),
    ("RUN <<EOF\na\n  b c\nEOF", [["a"], ["b", "c"]]),
    ("RUN <<-EOF\n\ta\n\tb\n\tEOF", [["a"], ["b"]]),
    ("RUN cat <<X > f && a\nbody\nX", [["cat"], ["a"]]),
    ("RUN <<EOF\n#!/bin/bash\na\nEOF", [["a"]]),
    ("RUN --mount=type=cache,target=/x a b", [["a", "b"]]),
  ])
  func texts(instruction: String, expected: [[String]]) {
    #expect(commands("FROM a\n\(instruction)\n") == expected)
  }

  @Test(arguments: [
    "CMD [\"a\", \"b\"]", "USER x", "RUN <<EOF\n#!/usr/bin/env python3\nprint()\nEOF", "SHELL [\"x\", \"-c\"]",
    "CMD [\"python\", \"-c\", \"x\"]",
  ])
  func noShellText(instruction: String) {
    #expect(commands("FROM a\n\(instruction)\n") == nil)
  }

  @Test func foreignShellsAreLeftAlone() {
    #expect(commands("FROM a\nSHELL [\"pwsh\", \"-Command\"]\nRUN a; b\n", 1) == nil)
    #expect(commands("FROM a\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a; b\n", 1) == [["a"], ["b"]])
    #expect(commands("FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN dir /s\n") == nil)
    #expect(build("FROM mcr.microsoft.com/windows/servercore:1 AS b\nFROM b\n").evaluations[1].isWindows)
    #expect(commands("FROM --platform=windows/amd64 a\nRUN dir\n") == nil)
  }

  @Test func theBodyOfAHeredocIsFoundInTheFile() {
    let text = "FROM a\nRUN cat <<X > f\nbody $y\nX\n"
    let build = build(text)
    let heredoc = build.evaluations[0].steps.first?.script?.simpleCommands.first?.redirections.first?.heredoc
    #expect(heredoc.map { build.file.text($0.bodyRange) } == "body $y\n")
  }
}

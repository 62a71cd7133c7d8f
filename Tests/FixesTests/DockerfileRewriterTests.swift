import SourceText
import Testing

@testable import Fixes

@Suite struct DockerfileRewriterTests {
  @Test(arguments: [
    ("CMD node server.js\n", "node server.js", "CMD [\"node\", \"server.js\"]\n"),
    // What needs a shell keeps one, and is replaced by the program.
    (
      "CMD java $OPTS -jar app.jar\n", "java $OPTS -jar app.jar",
      "CMD [\"sh\", \"-c\", \"exec java $OPTS -jar app.jar\"]\n"
    ),
    (
      "CMD cd /app && ./serve \"$PORT\"\n", "cd /app && ./serve \"$PORT\"",
      "CMD [\"sh\", \"-c\", \"cd /app && exec ./serve \\\"$PORT\\\"\"]\n"
    ),
    // A shell that is called by name is the same in other words.
    (
      "CMD [\"sh\", \"-c\", \"echo up; serve --all\"]\n", "[\"sh\", \"-c\", \"echo up; serve --all\"]",
      "CMD [\"sh\", \"-c\", \"echo up; exec serve --all\"]\n"
    ),
    (
      "CMD [\"/bin/bash\", \"-ec\", \"serve --all\"]\n", "[\"/bin/bash\", \"-ec\", \"serve --all\"]",
      "CMD [\"serve\", \"--all\"]\n"
    ),
    (
      "CMD sh -c \"migrate && serve $PORT\"\n", "sh -c \"migrate && serve $PORT\"",
      "CMD [\"sh\", \"-c\", \"migrate && exec serve $PORT\"]\n"
    ),
    // Beside a shell-form ENTRYPOINT the CMD was ignored; it must not become its arguments.
    ("FROM a\nENTRYPOINT ./serve\nCMD [\"--help\"]\n", "./serve", "FROM a\nENTRYPOINT [\"./serve\"]\n"),
  ])
  func writesTheExecForm(_ source: String, _ command: String, _ expected: String) {
    #expect(rewritten("FROM a\n" + source, "exec-form", "command", at: command) == "FROM a\n" + expected)
  }

  @Test(arguments: [
    (#"sh -c "migrate && serve $$X""#, #"["sh", "-c", "migrate && exec serve $$X"]"#),
    (#""sh -c 'migrate; serve'""#, #"["sh", "-c", "migrate; exec serve"]"#),
    ("[sh, -c, 'migrate; serve']", #"["sh", "-c", "migrate; exec serve"]"#),
    ("'sh -c ''migrate; serve'''", nil), (#""sh -c \"serve; x\"""#, nil), ("serve --all", nil), ("\"", nil),
  ])
  func writesTheExecFormOfACallInAComposeFile(_ command: String, _ expected: String?) {
    let text = "services:\n  a:\n    command: "
    let file = SourceFile(path: "compose.yaml", bytes: Array((text + command + "\n").utf8))
    let range = ByteRange(text.utf8.count, text.utf8.count + command.utf8.count)
    let edits = ExecForm.edits(Rewriters.Target(file: file, range: range, value: nil))
    #expect(edits == expected.map { [TextEdit(range, $0)] })
  }

  @Test(arguments: [
    "a | tee log", "a || b", "serve &", "cd /app", "A=1 serve $X",
    "[\"sh\", \"-c\", \"a | tee log\"]", "[\"sh\", \"-c\", \"serve \\\"$1\\\"\"]",
    "[\"sh\", \"-c\", \"serve $0\", \"x\"]",
    "[\"serve\", \"x\"]", "sh -c 'serve; wait'", "sh -c", "[\"sh\"",
  ])
  func leavesTheShellWhatOnlyAShellCanDo(_ command: String) {
    #expect(rewritten("FROM a\nCMD \(command)\n", "exec-form", "command", at: command) == nil)
  }

  @Test func handsASecretToTheStepThatReadsIt() {
    let source = "FROM a\nARG TOKEN\nRUN apk add git\nRUN fetch --token ${TOKEN}\n# end\n"
    #expect(
      rewritten(source, "secret-mount", "declaration", at: "ARG TOKEN")
        == "FROM a\nRUN apk add git\nRUN --mount=type=secret,id=TOKEN,env=TOKEN fetch --token ${TOKEN}\n# end\n")
  }

  /// A step that writes the secret down leaves it in the layer, mount or not.
  @Test(arguments: [
    "RUN echo $TOKEN > /root/.netrc", "ENV T=$TOKEN", "RUN npm config set token $TOKEN", "RUN ls $TOKENS",
  ])
  func doesNotHideASecretThatStays(_ reader: String) {
    #expect(rewritten("FROM a\nARG TOKEN\n\(reader)\n", "secret-mount", "declaration", at: "ARG TOKEN") == nil)
  }

  @Test func declaresAnArgumentWhereItIsRead() {
    let source = "FROM a\r\nARG T\r\nENV T=$T\r\nRUN slow\r\nRUN build $T\r\n"
    #expect(
      rewritten(source, "late-argument", "declaration", at: "ARG T")
        == "FROM a\r\nRUN slow\r\nARG T\r\nENV T=$T\r\nRUN build $T\r\n")
    #expect(rewritten("FROM a\nARG T\nRUN build $T\n", "late-argument", "declaration", at: "ARG T") == nil)
  }

  @Test func publishesAPort() {
    let file = SourceFile(path: "Makefile", bytes: Array("run:\n\tdocker run -d app\n".utf8))
    let command = Rewriters.Target(file: file, range: ByteRange(6, 23), value: nil)
    #expect(
      PublishPort.edits(command, port: "8080") == [TextEdit(ByteRange(at: 16), " --publish 8080:8080")])
    #expect(PublishPort.edits(command, port: "$PORT") == nil)
  }

  /// Hostile bytes end in no edit or an edit, never in a crash.
  @Test(arguments: ["", "$", "ARG", "ARG \0", "FROM", "RUN ${", "ARG T\nRUN ${T", "ENTRYPOINT"])
  func survives(_ source: String) {
    let file = SourceFile(path: "Dockerfile", bytes: Array(source.utf8))
    for name in ["exec-form", "valid-json", "secret-mount", "late-argument", "go-handle-signals", "go-await-shutdown"] {
      for range in [ByteRange(0, 0), ByteRange(0, source.utf8.count)] {
        for argument in ["command", "declaration", "call"] {
          let target = Rewriters.Target(file: file, range: range, value: nil)
          let edits = Rewriters.edits(name, [argument: target])?.edits ?? []
          #expect(edits.allSatisfy { $0.range.end <= file.bytes.count })
        }
      }
    }
  }
}

import Inspection
import Testing

/// Programs that only prepare something and then start the service: who is PID 1, and with which arguments.
@Suite struct HandoverTests {
  private static func project(_ base: String, _ command: String) -> Facts {
    Facts([
      "Dockerfile": "FROM \(base)\nWORKDIR /srv\nCOPY *.sh /\nCOPY app .\n\(command)\n", "app": "\u{7F}ELF",
      "gosu.sh": "#!/bin/sh\nset -e\nchown -R app /srv\nexec gosu app \"$@\"\n",
      "tini.sh": "#!/bin/sh\nexec tini -s -- \"$@\" --late\n",
      "background.sh": "#!/bin/sh\n./helper &\nexec ./app\n",
      "loop.sh": "#!/bin/sh\nexec /loop.sh\n",
      "grow.sh": "#!/bin/sh\nexec /grow.sh \(String(repeating: "\"$@\" ", count: 500))\n",
      "cond.sh": "#!/bin/sh\nif [ \"$1\" = serve ]; then\n  exec ./app serve\nfi\nexec \"$@\"\n",
    ])
  }

  private static let debian = "debian:bookworm-slim"

  private static let theProgramBehindCases: [(String, [[String]])] = [
    (
      "ENTRYPOINT [\"tini\", \"-e\", \"143\", \"--\", \"./app\", \"serve\"]",
      [["init", "yes", "tini"], ["program", "no", "app"]]
    ),
    ("ENTRYPOINT [\"tini\", \"-g\", \"./app\"]", [["init", "yes", "tini"], ["program", "no", "app"]]),
    (
      "ENTRYPOINT [\"dumb-init\", \"--rewrite\", \"15:3\", \"./app\"]",
      [["init", "yes", "dumb-init"], ["program", "no", "app"]]
    ),
    ("CMD [\"gosu\", \"app\", \"./app\"]", [["program", "yes", "app"]]),
    ("CMD [\"su-exec\", \"app:app\", \"./app\"]", [["program", "yes", "app"]]),
    ("CMD [\"setpriv\", \"--reuid\", \"1000\", \"--init-groups\", \"./app\"]", [["program", "yes", "app"]]),
    ("CMD [\"setpriv\", \"--reuid=1000\", \"--clear-groups\", \"--\", \"./app\"]", [["program", "yes", "app"]]),
    ("CMD [\"chroot\", \"--userspec=app\", \"/new\", \"./app\"]", [["program", "yes", "app"]]),
    ("CMD [\"nice\", \"-n\", \"5\", \"./app\"]", [["program", "yes", "app"]]),
    ("CMD [\"env\", \"-u\", \"HOME\", \"./app\"]", [["program", "yes", "app"]]),
    (
      "CMD [\"su\", \"app\", \"-c\", \"./app --fast\"]",
      [["init", "yes", "su"], ["sh", "no", "sh"], ["program", "no", "app"]]
    ),
    (
      "CMD [\"runuser\", \"-u\", \"app\", \"--\", \"./app\"]", [["init", "yes", "runuser"], ["program", "no", "app"]]
    ),
    ("CMD [\"sudo\", \"-E\", \"-u\", \"app\", \"./app\"]", [["init", "yes", "sudo"], ["program", "no", "app"]]),
    ("CMD [\"sh\", \"-c\", \"exec ./app\"]", [["sh", "yes", "sh"], ["program", "yes", "app"]]),
    // dash forks for what it is told with -c, bash becomes the last command.
    ("CMD [\"sh\", \"-c\", \"./app\"]", [["sh", "yes", "sh"], ["program", "no", "app"]]),
    ("CMD [\"bash\", \"-c\", \"./app\"]", [["sh", "yes", "bash"], ["program", "yes", "app"]]),
    ("ENTRYPOINT [\"/gosu.sh\"]\nCMD [\"./app\"]", [["script", "yes", "gosu.sh"], ["program", "yes", "app"]]),
    (
      "ENTRYPOINT [\"/tini.sh\"]\nCMD [\"./app\"]",
      [["script", "yes", "tini.sh"], ["init", "yes", "tini"], ["program", "no", "app"]]
    ),
    ("ENTRYPOINT [\"/background.sh\"]", [["script", "yes", "background.sh"], ["program", "yes", "app"]]),
    ("ENTRYPOINT [\"/cond.sh\"]\nCMD [\"./app\"]", [["script", "yes", "cond.sh"], ["program", "yes", "app"]]),
  ]

  @Test(arguments: theProgramBehindCases)
  func theProgramBehind(command: String, layers: [[String]]) {
    #expect(Self.project(Self.debian, command).rows("process", "layer", "pid1", "program") == layers)
  }

  @Test(arguments: [
    ("ENTRYPOINT [\"tini\", \"-e\", \"143\", \"--\", \"./app\", \"serve\"]", "serve"),
    ("CMD [\"su\", \"app\", \"-c\", \"./app --fast\"]", "--fast"),
    ("ENTRYPOINT [\"/gosu.sh\"]\nCMD [\"./app\", \"-p\", \"80\"]", "-p 80"),
    ("ENTRYPOINT [\"/tini.sh\"]\nCMD [\"./app\"]", "--late"),
  ])
  func itsArguments(command: String, arguments: String) {
    #expect(Self.project(Self.debian, command).rows("process", "arguments").last == [arguments])
  }

  @Test(arguments: [
    ("CMD [\"./app\"]", "./app"), ("CMD exec ./app --fast", "./app"),
    ("ENTRYPOINT [ \"tini\",\"--\",  \"./app\" ]", "./app"),
    ("ENTRYPOINT [\"/gosu.sh\"]\nCMD [\"./app\"]", "./app"), ("ENTRYPOINT [\"/background.sh\"]", "./app"),
  ])
  func theNameOfTheProgramIsUnderlined(command: String, text: String) {
    #expect(Self.project(Self.debian, command).texts("process", "program").last == text)
  }

  @Test(arguments: ["ENTRYPOINT [\"/loop.sh\"]", "ENTRYPOINT [\"/grow.sh\", \"a\", \"b\", \"c\"]"])
  func aScriptThatStartsItselfEnds(command: String) {
    let facts = Self.project(Self.debian, command)
    #expect((1...8).contains(facts.rows("process", "layer").count))
  }

  @Test func nothingIsStartedByAnEmptyImage() throws {
    let facts = Facts(["Dockerfile": "FROM scratch\nCOPY app /\n", "app": ""])
    #expect(facts.rows("process", "layer").isEmpty)
    #expect(facts.rows("launch", "entrypoint", "command") == [["none", "none"]])
  }

  private static let composeHasTheLastWordCases: [(String, [[String]])] = [
    ("    entrypoint: tini -- ./app\n", [["init", "compose"], ["program", "compose"]]),
    ("    entrypoint: [\"./app\"]\n    command: serve --port 80\n", [["program", "compose"]]),
    ("    entrypoint: [\"./other\"]\n", [["program", "compose"]]),
    ("    command: []\n", [["program", "own"]]),
  ]

  @Test(arguments: composeHasTheLastWordCases)
  func composeHasTheLastWord(lines: String, expected: [[String]]) {
    let facts = Facts([
      "Dockerfile": "FROM alpine:3.20\nCOPY app /\nENTRYPOINT [\"./app\"]\nCMD [\"serve\"]\n", "app": "",
      "compose.yaml": "services:\n  web:\n    build: .\n\(lines)",
    ])
    #expect(facts.rows("process", "layer", "origin") == expected)
  }

  @Test func anotherEntryPointTakesTheImagesCommandAway() {
    let facts = Facts([
      "Dockerfile": "FROM alpine:3.20\nENTRYPOINT [\"./app\"]\nCMD [\"serve\"]\n",
      "compose.yaml": "services:\n  web:\n    build: .\n    entrypoint: [\"./other\"]\n",
    ])
    #expect(facts.rows("process", "program", "arguments") == [["other", ""]])
  }

  private static let strangeCommands: [String] = [
    String(repeating: "\"tini\", \"--\", ", count: 1000) + "\"./app\"",
    String(repeating: "\"env\", ", count: 3000) + "\"./app\"", "\"su\"", "\"su\", \"-c\"", "\"gosu\"",
    "\"sudo\", \"-u\"",
    "\"tini\", \"-e\"", "\"chroot\", \"--\"", "\"nice\", \"-n\"", "\"\"", "\"sh\", \"-c\", \"\"",
    "\"sh\", \"-c\", \"\(String(repeating: "( ", count: 5000))\"",
  ]

  @Test(arguments: strangeCommands)
  func strangeCommandsEnd(words: String) {
    let facts = Self.project(Self.debian, "ENTRYPOINT [\(words)]")
    #expect(facts.result.facts.misfits == [])
    #expect(facts.rows("process", "layer").count <= 9)
  }
}

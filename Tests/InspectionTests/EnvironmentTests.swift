import Inspection
import Testing

/// Which variables a container has, and where each value was written.
@Suite struct EnvironmentTests {
  private static let image = "FROM alpine:3.20\nENV MODE=slow LEVEL=1\nCMD [\"/app\"]\n"

  private func compose(_ lines: String, _ files: [String: String] = [:]) -> Facts {
    Facts(
      files.merging(
        ["Dockerfile": Self.image, "compose.yaml": "services:\n  web:\n    build: .\n\(lines)"]) { own, _ in own })
  }

  private func set(_ name: String, _ facts: Facts) -> [[String]] {
    facts.rows("sets", "name", "value", "by").filter { $0[0] == name }.map { Array($0.dropFirst()) }
  }

  @Test(arguments: [
    ("", ["slow", "image"]),
    ("    environment:\n      MODE: fast\n", ["fast", "environment"]),
    ("    environment:\n      - MODE=fast=er\n", ["fast=er", "environment"]),
    ("    env_file: web.env\n", ["file", "env-file"]),
    ("    env_file: web.env\n    environment: {MODE: fast}\n", ["fast", "environment"]),
    ("    environment:\n      MODE: \"${GIVEN:-other}\"\n", ["other", "environment"]),
    ("    environment:\n      MODE: \"\"\n", ["", "environment"]),
  ])
  func theInnermostValueCounts(lines: String, expected: [String]) {
    #expect(set("MODE", compose(lines, ["web.env": "# a comment\nMODE=file\n"])) == [expected])
  }

  @Test(arguments: [
    ("    environment:\n      MODE: fast\n", "fast"), ("    environment: [\"MODE=fast\"]\n", "fast"),
    ("    env_file: web.env\n", "file"),
  ])
  func theValueIsUnderlined(lines: String, text: String) throws {
    let facts = compose(lines, ["web.env": "MODE=file\n"])
    let row = try #require(
      facts.result.facts.rows("sets").first { facts.result.facts.cell($0, "name").value == "MODE" })
    let place = try #require(facts.result.facts.cell(row, "value").place)
    #expect(facts.result.files[place.file ?? ""]?.text(place.range) == text)
  }

  @Test func aVariableOfTheHostIsUnknown() {
    #expect(set("TOKEN", compose("    environment:\n      - TOKEN\n")).first?.first != "")
  }

  @Test func commandLinesSetVariablesToo() {
    let facts = Facts(["Dockerfile": Self.image, "run.env": "MODE=file\nQUOTED=\"x\"\nLEVEL=2\n"]) {
      $0.commands = ["docker run --env-file run.env -e MODE=line --env=LEVEL=3 -e HOST_ONE web"]
    }
    #expect(set("MODE", facts) == [["line", "command"]])
    #expect(set("LEVEL", facts) == [["3", "command"]])
    #expect(set("HOST_ONE", facts) == [["?", "command"]])
    // docker run takes the lines of the file as they are.
    #expect(set("QUOTED", facts) == [["\"x\"", "env-file"]])
    #expect(facts.rows("literals", "name", "clean") == [["QUOTED", "x"]])
  }

  @Test(arguments: [("docker run web", Grade.complete), ("docker run --env-file gone.env web", Grade.open)])
  func aFileThatIsNotThereLeavesTheListOpen(command: String, grade: Grade) throws {
    let facts = Facts(["Dockerfile": Self.image]) { $0.commands = [command] }
    let relation = try #require(facts.result.facts.number(of: "sets"))
    #expect(facts.result.facts.grade(of: relation, for: "web") == grade)
  }

  @Test func howADockerfileAloneIsRunNobodyHasSeen() throws {
    let facts = Facts(["Dockerfile": Self.image])
    for name in ["sets", "publishes", "network", "process", "mounts"] {
      let relation = try #require(facts.result.facts.number(of: name))
      #expect(facts.result.facts.grade(of: relation, for: "app") == .presumed, "\(name)")
    }
  }

  @Test(arguments: ["sets", "publishes", "network", "mounts", "names", "service"])
  func whatWasOnlyPastedIsNeverComplete(name: String) throws {
    let facts = Facts(["compose.yaml": "services:\n  web:\n    image: nginx:1.27\n"]) { $0.isPartial = true }
    let relation = try #require(facts.result.facts.number(of: name))
    #expect(facts.result.facts.grade(of: relation, for: "web") == .open)
  }
}

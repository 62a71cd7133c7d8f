import SourceText
import Testing

@testable import Policy

/// What a `.drydock.yaml` may say, and what it is told when it says something else.
@Suite struct SettingsTests {
  private func settings(_ text: String) throws -> Settings {
    try Settings(SourceFile(path: Settings.fileName, text: text))
  }

  private func fault(_ text: String) -> (line: Int, message: String)? {
    do throws(Settings.Fault) {
      _ = try Settings(SourceFile(path: Settings.fileName, text: text))
      return nil
    } catch {
      return (error.line, error.message)
    }
  }

  @Test func readsEveryKey() throws {
    let text = """
      # ours
      fail-on: likely
      language: zh
      knowledge: 3
      knowledge-folders: [ops/causes]
      ignore:
        - cause: port-not-published
          service: web
          reason: behind a proxy
          until: 2027-01-01
        - cause: no-command
      """
    let settings = try settings(text)
    #expect(settings.failOn == "likely")
    #expect(settings.language == .zh)
    #expect(settings.knowledge == 3)
    #expect(settings.folders == ["ops/causes"])
    #expect(settings.ignores.map(\.cause) == ["port-not-published", "no-command"])
    #expect(settings.ignores.first?.reason == "behind a proxy")
    #expect(settings.ignores.map(\.line) == [7, 11])
  }

  @Test(arguments: ["", "# nothing yet\n", "---\n"]) func mayBeEmpty(_ text: String) throws {
    #expect(try settings(text).ignores.isEmpty)
  }

  @Test(arguments: [
    ("fail-on: proven\nfailon: likely", 2, "did you mean “fail-on”?"),
    ("colour: red", 1, "there is no key “colour”"),
    ("fail-on: sure", 1, "expected one of proven, likely, possible, never"),
    ("\n\nlanguage: fr", 3, "expected one of en, zh"),
    ("knowledge: new", 1, "expected a version number"),
    ("ignore:\n  - service: web", 2, "expected a cause"),
    ("ignore:\n  - cause: a\n    untill: 2027-01-01", 3, "did you mean “until”?"),
    ("ignore:\n  - cause: a\n    until: soon", 3, "expected a day such as 2027-01-01"),
    ("- a\n- b", 1, "expected keys"),
    ("fail-on: [", 1, ""),
  ])
  func namesTheLineAndWhatWasExpected(_ text: String, _ line: Int, _ words: String) throws {
    let found = try #require(fault(text))
    #expect(found.line == line)
    #expect(words.isEmpty || found.message.contains(words), "\(found.message)")
  }
}

import Foundation
import Knowledge
import StyledText
import Testing

@testable import Reports

/// Each format, as the programs and people that read it get it.
@Suite struct FormatTests {
  @Test(arguments: ReportFormat.allCases, Language.allCases)
  func looksAsIntended(_ format: ReportFormat, _ language: Language) throws {
    guard format != .text else { return }
    let text = Samples.writer(language).text([try Samples.report(Samples.house)], as: format)
    expectSnapshot(text, "\(format.rawValue)-\(language.rawValue)")
  }

  @Test(arguments: [ReportFormat.sarif, .junit, .gitlab, .github, .json, .html, .markdown, .mermaid])
  func nothingFoundIsAReportToo(_ format: ReportFormat) throws {
    expectSnapshot(Samples.writer().text([try Samples.report(Samples.quiet)], as: format), "quiet-\(format.rawValue)")
  }

  @Test(arguments: ReportFormat.allCases)
  func holdsNothingThatATerminalObeys(_ format: ReportFormat) throws {
    let text = Samples.writer().text([try Samples.report(Samples.house)], as: format)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
  }

  @Test(arguments: [ReportFormat.json, .sarif, .gitlab])
  func isJSON(_ format: ReportFormat) throws {
    let text = Samples.writer().text([try Samples.report(Samples.house)], as: format)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
  }

  @Test func twoProjectsStandInOneList() throws {
    let reports = [try Samples.report(Samples.house), try Samples.report(Samples.quiet)]
    let both = Samples.writer().text(reports, as: .json)
    #expect(try ProjectReport.reports(Array(both.utf8)).map(\.path) == ["my houses/一号", "."])
    let lines = Samples.writer().text(reports, as: .ndjson)
    #expect(try ProjectReport.reports(Array(lines.utf8)).map(\.path) == ["my houses/一号", "."])
    #expect(lines.split(separator: "\n").count == 2)
  }

  @Test func mergedReportsAreOrderedAndOnce() throws {
    let house = try Samples.report(Samples.house)
    let quiet = try Samples.report(Samples.quiet)
    #expect(ProjectReport.merged([house, quiet, house]).map(\.path) == [".", "my houses/一号"])
  }

  @Test func onlyWhatIsSureEnoughFails() throws {
    let house = try Samples.report(Samples.house)
    #expect(house.holds(.proven))
    #expect(try !Samples.report(Samples.quiet).holds(.possible))
  }

  @Test func excerptsShowTheMarkedCharacters() throws {
    var writer = Samples.writer()
    let line = ExcerptLine(2, "CMD 你好 \"a`b", [ExcerptMark(11, 15, isPrimary: true, label: "here")])
    writer.excerpts = [[[ExcerptView(file: "Dockerfile", lines: [line])]]]
    let page = writer.text([try Samples.report(Samples.house)], as: .html)
    #expect(page.contains("CMD 你好 <mark>&quot;a`b</mark>"))
  }

  @Test func aFindingKeepsItsFingerprintWhenItMoves() throws {
    let moved = Samples.house.replacingOccurrences(of: "\"line\": 2", with: "\"line\": 20")
    #expect(
      try Fingerprint.all(of: Samples.report(moved)) == Fingerprint.all(of: Samples.report(Samples.house)))
  }
}

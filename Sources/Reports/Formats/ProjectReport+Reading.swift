/// Bytes that are no report.
public struct ReportReadingProblem: Error, Hashable, Sendable {
  /// The line of the file, from 1.
  public let line: Int
}

extension ProjectReport {
  /// The reports of a file: one or several of JSON, or one a line.
  public static func reports(_ bytes: [UInt8]) throws(ReportReadingProblem) -> [ProjectReport] {
    if let json = JSON(parsing: bytes) {
      let values = json["reports"]?.array ?? [json]
      let reports = values.compactMap(ProjectReport.init)
      guard reports.count == values.count else { throw ReportReadingProblem(line: 1) }
      return reports
    }
    var reports: [ProjectReport] = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
      guard let report = JSON(parsing: Array(line)).flatMap(ProjectReport.init) else {
        throw ReportReadingProblem(line: number + 1)
      }
      reports.append(report)
    }
    return reports
  }

  /// In the order of their paths, each report once.
  public static func merged(_ reports: [ProjectReport]) -> [ProjectReport] {
    var seen: Set<String> = []
    return reports.map { (report: $0, text: $0.json.text(pretty: false)) }
      .sorted { ($0.report.path, $0.text) < ($1.report.path, $1.text) }
      .filter { seen.insert($0.text).inserted }
      .map(\.report)
  }
}

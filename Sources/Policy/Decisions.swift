import Knowledge
import Reports
import SourceText

/// Which findings of a report somebody has decided to live with: by comments, by settings, by a baseline.
public struct Decisions {
  public let report: ProjectReport
  public let comments: [IgnoreComment]
  public let settings: Settings?
  public let baseline: Baseline?
  /// As `YYYY-MM-DD`.
  public let today: String
  public let language: Language

  public init(
    report: ProjectReport, files: [String: SourceFile], settings: Settings?, baseline: Baseline?, today: String,
    language: Language
  ) {
    self.report = report
    comments = files.keys.sorted().flatMap { path in files[path].map(IgnoreComment.comments) ?? [] }
    self.settings = settings
    self.baseline = baseline
    self.today = today
    self.language = language
  }

  /// What is ignored, by its position among the findings, and what somebody should know about the decisions themselves.
  ///
  /// - Parameters:
  ///   - found: all causes that were found, also those that the report does not show.
  ///   - cause: whether there is a cause of this name.
  public func outcome(
    found: Set<String>, knows cause: (String) -> Bool
  ) -> (ignored: [Int: ProjectReport.Ignored], problems: [Report.Problem]) {
    var ignored: [Int: ProjectReport.Ignored] = [:]
    var problems: [Report.Problem] = []
    func warn(_ file: String, _ line: Int, _ remark: Remark) {
      problems.append(
        Report.Problem(severity: "warning", file: file, line: line, message: remark.text(language)))
    }
    for comment in comments {
      for fault in comment.faults { warn(comment.file, comment.line, .notUnderstood(fault)) }
      for id in comment.causes where comment.isOurs && !cause(id) {
        warn(comment.file, comment.line, .noSuchCause(id))
      }
      if isOver(comment.until) {
        warn(comment.file, comment.line, .over(comment.until ?? ""))
        continue
      }
      var isUsed = comment.causes.contains { id in found.contains(id) && !report.findings.contains { $0.cause == id } }
      for (index, finding) in report.findings.enumerated() where covers(comment, finding) {
        isUsed = true
        ignored[index] = entry(finding, comment.reason, "\(comment.file):\(comment.line)")
      }
      if comment.isOurs, !isUsed, comment.causes.allSatisfy(cause) {
        warn(comment.file, comment.line, .unused)
      }
    }
    for ignore in settings?.ignores ?? [] {
      if isOver(ignore.until) {
        warn(Settings.fileName, ignore.line, .over(ignore.until ?? ""))
        continue
      }
      if !cause(ignore.cause) {
        warn(Settings.fileName, ignore.line, .noSuchCause(ignore.cause))
        continue
      }
      var isUsed = found.contains(ignore.cause) && !report.findings.contains { $0.cause == ignore.cause }
      for (index, finding) in report.findings.enumerated()
      where finding.cause == ignore.cause && (ignore.service == nil || ignore.service == finding.service) {
        isUsed = true
        ignored[index] = entry(finding, ignore.reason, "\(Settings.fileName):\(ignore.line)")
      }
      if !isUsed { warn(Settings.fileName, ignore.line, .unused) }
    }
    if let baseline {
      for (index, print) in Fingerprint.all(of: report).enumerated()
      where ignored[index] == nil && baseline.contains(print) {
        ignored[index] = entry(report.findings[index], nil, "baseline")
      }
    }
    return (ignored, problems)
  }

  private func isOver(_ until: String?) -> Bool { until.map { $0 < today } ?? false }

  private func covers(_ comment: IgnoreComment, _ finding: ProjectReport.Finding) -> Bool {
    comment.causes.contains(finding.cause)
      && finding.evidence.contains { evidence in
        evidence.file == comment.file && evidence.line.map(comment.lines.contains) ?? false
      }
  }

  private func entry(_ finding: ProjectReport.Finding, _ reason: String?, _ by: String) -> ProjectReport.Ignored {
    ProjectReport.Ignored(cause: finding.cause, service: finding.service, reason: reason, by: by)
  }
}

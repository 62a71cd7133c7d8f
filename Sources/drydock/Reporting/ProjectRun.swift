import Diagnosis
import Inspection
import Knowledge
import Policy
import Reports
import StyledText

/// What came of one project: its report in every form that may be asked for, or why there is none.
struct ProjectOutcome: Sendable {
  let path: String
  let report: ProjectReport
  let excerpts: [[ExcerptView]]
  /// The report for people; empty when another format was asked for.
  let text: String
  /// Why nothing was diagnosed; the report then holds the same as a problem.
  let refusal: Refusal?
  var settings: Settings?
}

/// Diagnoses one project after another, or several at once.
struct ProjectRun {
  let inputs: Inputs
  let inspector: Inspector
  let all: Bool
  let asked: [Cause]
  let listsFacts: Bool
  let showsSecrets: Bool
  let format: ReportFormat
  let style: TextStyle
  let baseline: Baseline?

  /// - Throws: `Refusal` when the project cannot be inspected.
  func outcome(of path: String?) throws -> ProjectOutcome {
    var inputs = inputs
    inputs.path = path
    let folder = ProjectPath.folder(path ?? ".")
    let settings = path == "-" ? nil : try SettingsFile.read(in: folder)
    var inspector = inspector
    if let settings, !settings.folders.isEmpty {
      inspector = Inspector(knowledge: try SettingsFile.knowledge(inspector.knowledge, of: settings, in: folder))
    }
    let knowledge = inspector.knowledge
    let project = try Case(inputs, inspector: inspector)
    var report = Report(
      version: Drydock.version, language: inputs.language ?? settings?.language ?? inputs.spokenLanguage,
      folder: folder, knowledge: knowledge,
      request: project.request, inspection: project.inspection, findings: project.findings, all: all, asked: asked,
      showsSecrets: showsSecrets)
    if let version = settings?.knowledge { report.accept(knowledge: version) }
    let facts = listsFacts ? project.inspection.facts : nil
    guard var values = ProjectReport(JSONReport.value(report, facts: facts)) else {
      throw Refusal.nothing("\(folder): its report cannot be read back")
    }
    if passOver(&report, values, project, settings) {
      values = ProjectReport(JSONReport.value(report, facts: facts)) ?? values
    }
    return ProjectOutcome(
      path: folder, report: values,
      excerpts: format == .html ? report.entries.map { Excerpts.of($0.evidence, files: report.sources) } : [],
      text: format == .text ? TextReport.text(report, style: style) : "", refusal: nil, settings: settings)
  }

  /// Leaves out what somebody has decided to live with; whether that changed the report.
  private func passOver(
    _ report: inout Report, _ values: ProjectReport, _ project: Case, _ settings: Settings?
  ) -> Bool {
    let decisions = Decisions(
      report: values, files: project.inspection.files, settings: settings, baseline: baseline, today: Host.today,
      language: report.language)
    let outcome = decisions.outcome(
      found: Set(project.findings.diagnoses.map(\.cause.id)), knows: { project.knowledge.cause($0) != nil })
    report.passOver(outcome.ignored, problems: outcome.problems)
    return !outcome.ignored.isEmpty || !outcome.problems.isEmpty
  }

  /// As `outcome`, but a project that cannot be inspected has a report that says so.
  func outcomeOrProblem(of path: String) -> ProjectOutcome {
    do {
      return try outcome(of: path)
    } catch {
      let refusal = error as? Refusal ?? .input("\(path): \(error)")
      let folder = ProjectPath.folder(path)
      return ProjectOutcome(
        path: folder, report: JSONReport.failure(version: Drydock.version, path: folder, message: refusal.message),
        excerpts: [], text: refusal.message + "\n", refusal: refusal)
    }
  }
}

import Dispatch
import Reports
import StyledText

/// Diagnoses many projects on all cores. What comes out does not depend on which one is ready first.
struct ManyProjects {
  let run: ProjectRun
  let writer: ReportWriter
  let output: OutputOptions
  /// Whether the reports are needed after they were written.
  let keeps: Bool

  /// Writes the report of all projects, and gives what they come to.
  func run(_ paths: [String]) throws -> RunSummary {
    let isStream = [.text, .ndjson].contains(output.format) && output.output == nil
    let results = Results(
      count: paths.count, keeps: keeps || !isStream, showsProgress: Host.errorsGoToTerminal && !Host.writesToTerminal)
    let (format, output) = (output.format, output)
    let ordered = OrderedOutput<ProjectOutcome> { number, outcome in
      if isStream { results.write(Self.text(outcome, format)) }
      results.add(outcome, threshold: output.threshold(outcome.settings))
    }
    let project = self.run
    DispatchQueue.concurrentPerform(iterations: paths.count) { number in
      if results.isBroken { return }
      ordered.add(project.outcomeOrProblem(of: paths[number]), at: number)
    }
    results.finish()
    if let failure = results.failure { throw failure }
    let summary = results.summary
    for refusal in summary.refusals { Host.complain(refusal.message) }
    if !isStream { try output.write(text(summary.outcomes)) }
    return summary
  }

  private static func text(_ outcome: ProjectOutcome, _ format: ReportFormat) -> String {
    format == .ndjson
      ? outcome.report.json.text(pretty: false) + "\n" : "== \(Line(outcome.path).text)\n\n\(outcome.text)\n"
  }

  private func text(_ outcomes: [ProjectOutcome]) -> String {
    switch output.format {
    case .text, .ndjson: return outcomes.map { Self.text($0, output.format) }.joined()
    default:
      var writer = writer
      writer.excerpts = outcomes.map(\.excerpts)
      return writer.text(outcomes.map(\.report), as: output.format)
    }
  }
}

import ArgumentParser
import Knowledge
import Reports
import StyledText

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Diagnoses a project and prints what was found.",
    discussion: """
      Exit codes: 0 nothing as sure as --fail-on was found, 1 something was, 64 wrong usage, 65 a file that was named \
      cannot be opened or there is nothing to inspect, 70 a fault of drydock.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case proven, likely, possible, never
  }

  @OptionGroup var inputs: Inputs

  @Option(help: "How to print it.")
  var format = Format.text

  @Option(name: .customLong("fail-on"), help: "How sure a diagnosis must be for exit code 1.")
  var failOn = Threshold.proven

  @Flag(help: "Also what is less likely, or does not explain the symptom.")
  var all = false

  @Option(help: ArgumentHelp("Say why this cause is, or is not, among the diagnoses.", valueName: "cause"))
  var why: [String] = []

  @Flag(help: "With --format json: list the facts that were found.")
  var facts = false

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII characters in the frame of the report.")
  var ascii = false

  func run() throws {
    try Command.run {
      let project = try Case(inputs)
      let report = Report(
        version: Drydock.version, language: inputs.spokenLanguage, knowledge: project.knowledge,
        request: project.request, inspection: project.inspection, findings: project.findings, all: all,
        asked: try why.map(project.cause))
      switch format {
      case .text:
        Host.write(TextReport.text(report, style: TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns)))
      case .json: Host.write(JSONReport.text(report, facts: facts ? project.inspection.facts : nil))
      }
      if let confidence = Confidence(name: failOn.rawValue), report.holds(confidence) { throw ExitCode(1) }
    }
  }
}

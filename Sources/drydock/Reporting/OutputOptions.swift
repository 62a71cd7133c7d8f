import ArgumentParser
import Knowledge
import Policy
import Reports
import StyledText

/// How a report is written, and when it is a failure: what `report` and `merge` share.
struct OutputOptions: ParsableArguments {
  enum Threshold: String, ExpressibleByArgument, CaseIterable {
    case proven, likely, possible, never
  }

  @Option(help: "How to print it.")
  var format = ReportFormat.text

  @Option(help: "Write it to a file.")
  var output: String?

  @Option(name: .customLong("fail-on"), help: "How sure a diagnosis must be for exit code 1; by default proven.")
  var failOn: Threshold?

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII characters in the frame of the report.")
  var ascii = false

  /// Colours are for a terminal, not for a file.
  var style: TextStyle {
    TextStyle(color: output == nil ? color.isOn : color == .always, ascii: ascii, columns: Host.columns)
  }

  /// How sure a diagnosis must be for exit code 1; nil when none is a failure. The command line wins over the settings.
  func threshold(_ settings: Settings? = nil) -> Confidence? {
    Confidence(name: failOn?.rawValue ?? settings?.failOn ?? Threshold.proven.rawValue)
  }

  func writer(_ knowledge: KnowledgeBase, _ language: Language, _ settings: Settings? = nil) -> ReportWriter {
    ReportWriter(
      knowledge: knowledge, language: language, version: Drydock.version, threshold: threshold(settings))
  }

  func write(_ text: String) throws {
    if let output { try Output.save(text, to: output) } else { try Output.write(text) }
  }
}

extension ReportFormat: ExpressibleByArgument {}

import ArgumentParser
import Inspection
import Reports
import StyledText

struct LayersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "layers",
    abstract: "Shows which instructions of a build run again after a change, and what the build context holds.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var inputs: Inputs

  @Option(
    help: ArgumentHelp(
      "A file of the project that changes; by default a manifest and a source file.", valueName: "path"))
  var changed: [String] = []

  @Option(help: "How to print it.")
  var format = Format.text

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII characters in the table.")
  var ascii = false

  func run() throws {
    try Command.run {
      let knowledge = try inputs.knowledge.load()
      let request = try Case.request(inputs, knowledge)
      let (views, problems) = Inspector(knowledge: knowledge).layers(request, changed: changed)
      guard !views.isEmpty else {
        let path = inputs.path ?? "."
        throw Refusal.nothing(
          problems.first.map { "\($0.file ?? path): \($0.message)" }
            ?? "\(path): there is no Dockerfile to read layers from")
      }
      let report = LayerReport(views, language: inputs.spokenLanguage)
      switch format {
      case .text: Host.write(report.text(style: TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns)))
      case .json: Host.write(report.json())
      }
    }
  }
}

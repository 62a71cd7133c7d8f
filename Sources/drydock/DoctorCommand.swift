import ArgumentParser
import Engine
import Inspection
import Knowledge
import Reports
import StyledText

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Looks at what containers run on: the docker command, the engine, the disk, the network settings.",
    discussion: """
      Nothing is changed. Exit codes: 0 when containers can run here, 1 when something stands in the way.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
  }

  @OptionGroup var inputs: Inputs

  @Flag(
    help:
      "Print a text to paste when asking others: this, the report, the project's container files; secrets taken out.")
  var bundle = false

  @Option(help: "How to print it.")
  var format = Format.text

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII signs.")
  var ascii = false

  func run() throws {
    try Command.run {
      let path = ProjectPath.folder(inputs.path ?? ".")
      let folder = (try? DiskTree(folder: path).folder) ?? path
      let docker = Docker(timeout: 5) { if Host.errorsGoToTerminal { Host.progress("$ " + $0) } }
      let surroundings = Doctor(docker, environment: Host.environment, folder: folder).look()
      if Host.errorsGoToTerminal { Host.progress("") }
      let checks = Checkup(surroundings, home: Host.variable("HOME") ?? "").checks
      if bundle {
        try Output.write(text(checks, surroundings))
      } else if format == .json {
        try Output.write(Self.json(checks, inputs.spokenLanguage))
      } else {
        let style = TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns)
        try Output.write(style.text(Self.lines(checks, inputs.spokenLanguage, style.glyphs, width: style.columns)))
      }
      if !bundle, checks.contains(where: { $0.level == .bad }) { throw ExitCode(1) }
    }
  }

  private static func lines(_ checks: [Check], _ language: Language, _ glyphs: Glyphs, width: Int) -> [Line] {
    let lines = checks.flatMap { check -> [Line] in
      let mark: Line =
        switch check.level {
        case .good: Line(glyphs.yes, .good)
        case .unknown: Line(glyphs.unknown, .dim)
        case .warning: Line(glyphs.warning, .warning)
        case .bad: Line(glyphs.no, .bad)
        }
      let text = WordWrap.wrap(mark + " " + Line(check.text[language]), width: width, indent: 2)
      return text + check.next.map { Line("    ") + Line($0, .code) }
    }
    let verdict = Checkup.verdict(on: checks)[language].replacing("✗", with: glyphs.no)
    return lines + [Line("")] + WordWrap.wrap(Line(verdict), width: width, indent: 0)
  }

  private static func json(_ checks: [Check], _ language: Language) -> String {
    let values = checks.map { check in
      JSON.object([
        ("id", .string(check.id)), ("level", .string(check.level.rawValue)), ("text", .string(check.text[language])),
        ("next", .array(check.next.map { .string($0) })),
      ])
    }
    return JSON.object([("schema", .number(1)), ("checks", .array(values))]).text(pretty: true) + "\n"
  }

  // MARK: The bundle

  private func text(_ checks: [Check], _ surroundings: Surroundings) throws -> String {
    var bundle = HelpBundle(home: Host.variable("HOME") ?? "", host: Host.name)
    let style = TextStyle(color: false, ascii: true, columns: 100)
    bundle.add(
      "drydock \(Drydock.version) doctor", style.text(Self.lines(checks, .en, .ascii, width: style.columns)))
    do {
      let project = try Case(inputs)
      let report = Report(
        version: Drydock.version, language: .en, knowledge: project.knowledge, request: project.request,
        inspection: project.inspection, findings: project.findings)
      bundle.add("drydock report", TextReport.text(report, style: style))
      for (path, file) in project.inspection.files.sorted(by: { $0.key < $1.key }) where Self.isAsked(path) {
        bundle.add(path, String(decoding: file.bytes, as: UTF8.self))
      }
      bundle.add("containers", (project.heard?.notes ?? []).map { $0[.en] }.joined(separator: "\n"))
      if let log = inputs.log, log != "-" { bundle.add(log, file: log) }
      bundle.add("containers' logs", String(decoding: project.heard?.log ?? [], as: UTF8.self))
    } catch Refusal.nothing {
      // A bundle about the machine alone.
    }
    return bundle.text
  }

  /// What everybody asks for first.
  private static func isAsked(_ path: String) -> Bool {
    let name = Path.name(path).lowercased()
    return name.contains("dockerfile") || name.contains("compose") || name == ".dockerignore" || name == "containerfile"
  }
}

import ArgumentParser
import CursesTerminal
import Fixes
import Inspection
import Knowledge
import KnowledgeData
import Reports
import Session
import StyledText

struct SessionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session",
    abstract: "Opens the interactive session; this is what drydock does without a subcommand.",
    discussion: """
      Without a terminal it prints the report instead. In a folder with nothing to inspect, drydock without PATH opens a \
      built-in sample.
      """)

  @OptionGroup var inputs: Inputs

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII characters in the frame of the screens.")
  var ascii = false

  @Flag(help: "Ask line by line, without drawing on the screen.")
  var plain = false

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal.")
  var noMouse = false

  func run() throws {
    try Command.run {
      if !plain, Host.isTerminal, try draw() { return }
      guard plain || Host.isTerminal else { return try printReport(try opened().given) }
      let (project, given) = try opened()
      var opening = opening(given.knowledge, given.request, project)
      opening.announce = { Host.write("$ \($0)\n") }
      PlainLoop.run(opening.conversation(), TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns))
    }
  }

  // MARK: On the screen

  /// False where the terminal cannot be drawn on.
  private func draw() throws -> Bool {
    let given = try Case.prepare(inputs)
    let terminal: Terminal
    do throws(TerminalError) {
      terminal = try Terminal(colours: color.isOn, mouse: !noMouse)
    } catch {
      return false
    }
    var loop = SessionLoop(opening(given.knowledge, given.request, Self.project(given.request)), terminal, ascii: ascii)
    let refusal = loop.run()
    terminal.close()
    if let refusal { throw refusal }
    return true
  }

  private func opening(_ knowledge: KnowledgeBase, _ request: InspectionRequest, _ project: Project) -> Opening {
    Opening(
      knowledge: knowledge, request: request, project: project, path: inputs.path, symptom: inputs.symptom,
      language: inputs.spokenLanguage, hasLessons: inputs.knowledge.path == nil)
  }

  // MARK: What it is about

  /// The project that was named, the one of this folder, or the sample.
  private func opened() throws -> (project: Project, given: Case) {
    do {
      let given = try Case(inputs)
      return (Self.project(given.request), given)
    } catch Refusal.nothing where inputs.path == nil {
      let (project, tree) = Opening.sample(onDisk: plain || Host.isTerminal)
      return (project, try Case(sample: tree, inputs))
    }
  }

  private static func project(_ request: InspectionRequest) -> Project {
    guard let tree = request.tree as? DiskTree else { return Project(name: "-") }
    return Project(name: Host.short(tree.folder), writer: FixWriter(tree: tree, store: Host.undoStore))
  }

  // MARK: Without a terminal

  private func printReport(_ given: Case) throws {
    let isSample = inputs.path == nil && !(given.request.tree is DiskTree)
    if isSample { Host.write(Saying.sample(nil).text(inputs.spokenLanguage) + "\n\n") }
    let report = Report(
      version: Drydock.version, language: inputs.spokenLanguage, knowledge: given.knowledge, request: given.request,
      inspection: given.inspection, findings: given.findings)
    Host.write(TextReport.text(report, style: TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns)))
    if !isSample, report.holds(.proven) { throw ExitCode(1) }
  }
}

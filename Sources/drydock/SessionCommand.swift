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
      guard let (project, given) = try opened() else { return }
      if plain || Host.isTerminal {
        talk(project, given)
      } else {
        try printReport(given)
      }
    }
  }

  // MARK: What it is about

  /// The project that was named, the one of this folder, or the sample.
  private func opened() throws -> (project: Project, given: Case)? {
    do {
      let given = try Case(inputs)
      return (Self.project(given), given)
    } catch Refusal.nothing where inputs.path == nil {
      return try sample()
    }
  }

  private static func project(_ given: Case) -> Project {
    guard let tree = given.request.tree as? DiskTree else { return Project(name: "-") }
    return Project(name: Host.short(tree.folder), writer: FixWriter(tree: tree, store: Host.undoStore))
  }

  private func sample() throws -> (project: Project, given: Case) {
    let files = KnowledgeBase.builtIn.sample
    guard plain || Host.isTerminal else {
      let tree = MemoryTree(Dictionary(files.map { ($0.path, $0.content) }, uniquingKeysWith: { first, _ in first }))
      return (Project(name: "sample", notice: Saying.sample(nil).localized), try Case(sample: tree, inputs))
    }
    guard let folder = Host.stateFolder.map({ Path.join($0, "sample") }),
      let tree = try? ProjectCopy.write(files, to: folder)
    else {
      let tree = MemoryTree(Dictionary(files.map { ($0.path, $0.content) }, uniquingKeysWith: { first, _ in first }))
      return (Project(name: "sample", notice: Saying.sample(nil).localized), try Case(sample: tree, inputs))
    }
    // The copy is new, so that what was applied to the last one cannot be taken back.
    Host.undoStore?.forget(root: tree.root)
    let project = Project(
      name: "sample", notice: Saying.sample(Host.short(tree.folder)).localized,
      writer: FixWriter(tree: tree, store: Host.undoStore))
    return (project, try Case(sample: tree, inputs))
  }

  // MARK: How it goes

  private func talk(_ project: Project, _ given: Case) {
    var conversation = Conversation(
      knowledge: given.knowledge, request: given.request, project: project, symptom: inputs.symptom,
      language: inputs.spokenLanguage)
    if inputs.knowledge.path == nil { conversation.classroom = Host.classroom(Lesson.builtIn) }
    let style = TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns)
    if plain { return PlainLoop.run(conversation, style) }
    do throws(TerminalError) {
      let terminal = try Terminal(colours: color.isOn, mouse: !noMouse)
      var loop = SessionLoop(conversation, terminal, ascii: ascii)
      loop.run()
      terminal.close()
    } catch {
      PlainLoop.run(conversation, style)
    }
  }

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

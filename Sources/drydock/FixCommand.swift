import ArgumentParser
import Diagnosis
import Fixes
import Inspection
import Knowledge
import Reports
import StyledText

struct FixCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix",
    abstract: "Shows the fixes as a patch, and writes them with --apply.",
    discussion: """
      Without --cause and --fix: the first safe fix of everything that is proven. With one of them, that fix, also when \
      somebody should look at it first. With --interactive, whatever you say yes to. drydock undo takes the last one back.
      """)

  @OptionGroup var inputs: Inputs

  @Option(help: "Only the fix of this cause.")
  var cause: String?

  @Option(help: "Only this fix.")
  var fix: String?

  @Flag(help: "Write the changes.")
  var apply = false

  @Flag(name: .shortAndLong, help: "Ask about each fix, and write those that were accepted.")
  var interactive = false

  @Option(help: "Write the patch to a file.")
  var output: String?

  @Flag(name: .customLong("show-secrets"), help: "Show passwords and tokens instead of stars.")
  var showSecrets = false

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII characters in the frame of the text.")
  var ascii = false

  func validate() throws {
    if interactive, cause != nil || fix != nil || apply {
      throw ValidationError("--interactive asks about every fix; it goes without --cause, --fix and --apply")
    }
    if interactive, inputs.path == "-" || inputs.log == "-" || inputs.answerFiles.contains("-") {
      throw ValidationError("--interactive reads answers from standard input")
    }
  }

  func run() throws {
    try Command.run {
      let project = try Case(inputs)
      if let cause, project.knowledge.cause(cause) == nil { throw Refusal.usage("there is no cause “\(cause)”") }
      let style = TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns)
      let language = inputs.spokenLanguage
      let secrets = showSecrets ? nil : Secrets(project.inspection, project.request)
      let choice: FixBatch.Choice =
        interactive
        ? .asked { diagnosis, fix in
          Self.ask(
            FixText.offer(fix, for: diagnosis, language: language, style: style, secrets: secrets), language)
        }
        : cause == nil && fix == nil ? .safe : .named(cause: cause, fix: fix)
      let batch = FixBatch(
        choice, knowledge: project.knowledge, request: project.request, symptom: project.findings.symptom)
      let writes = apply || interactive
      Host.write(
        FixText.text(batch, language: language, style: style, isApplied: writes, secrets: secrets))
      if let output { try write(patch: batch.changes.map(\.diff.text).joined(), to: output) }
      if writes { try write(batch, project) }
    }
  }

  /// What a person says to a fix; the end of the input is the end of the questions.
  private static func ask(_ offer: String, _ language: Language) -> FixBatch.Answer {
    Host.write(offer)
    while true {
      Host.write(FixText.question(language))
      guard let line = readLine() else {
        Host.write("\n")
        return .stop
      }
      switch line.lowercased().filter({ $0 != " " }) {
      case "y", "yes", "是": return .make
      case "n", "no", "", "否": return .leave
      case "q", "quit": return .stop
      default: continue
      }
    }
  }

  private func write(patch: String, to path: String) throws {
    guard Host.save(patch, to: path) else { throw Refusal.input("\(path): it cannot be written") }
  }

  private func write(_ batch: FixBatch, _ project: Case) throws {
    guard !batch.changes.isEmpty else { return }
    guard let tree = project.request.tree as? DiskTree else {
      throw Refusal.usage("--apply needs a project on disk, not standard input")
    }
    do throws(WriteProblem) {
      let titles = batch.made.map(\.fix.title)
      let title = LocalizedText(
        en: titles.map(\.en).joined(separator: "; "), zh: titles.map(\.zh).joined(separator: "；"))
      try FixWriter(tree: tree, store: Host.undoStore).apply(batch.changes, title: title)
    } catch {
      throw Refusal.input(error.message)
    }
  }
}

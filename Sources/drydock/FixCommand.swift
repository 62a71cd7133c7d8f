import ArgumentParser
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
      somebody should look at it first. drydock undo takes the last one back.
      """)

  @OptionGroup var inputs: Inputs

  @Option(help: "Only the fix of this cause.")
  var cause: String?

  @Option(help: "Only this fix.")
  var fix: String?

  @Flag(help: "Write the changes.")
  var apply = false

  @Option(help: "Write the patch to a file.")
  var output: String?

  @Flag(name: .customLong("show-secrets"), help: "Show passwords and tokens instead of stars.")
  var showSecrets = false

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII characters in the frame of the text.")
  var ascii = false

  func run() throws {
    try Command.run {
      let project = try Case(inputs)
      if let cause, project.knowledge.cause(cause) == nil { throw Refusal.usage("there is no cause “\(cause)”") }
      let choice: FixBatch.Choice = cause == nil && fix == nil ? .safe : .named(cause: cause, fix: fix)
      let batch = FixBatch(
        choice, knowledge: project.knowledge, request: project.request, symptom: project.findings.symptom)
      let style = TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns)
      Host.write(
        FixText.text(
          batch, language: inputs.spokenLanguage, style: style, isApplied: apply,
          secrets: showSecrets ? nil : Secrets(project.inspection, project.request)))
      if let output { try write(patch: batch.changes.map(\.diff.text).joined(), to: output) }
      if apply { try write(batch, project) }
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

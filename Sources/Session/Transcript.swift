import Fixes
import Knowledge
import Reports
import StyledText
import TerminalUI

/// Saving what was found out, and patches.
extension Conversation {
  mutating func saveTranscript() -> [Event] {
    save(transcript(), as: "drydock-\(symptom ?? "findings").md")
  }

  mutating func savePatch(finding: String, fix id: String) -> [Event] {
    guard let fix = fix(id, of: finding), !fix.changes.isEmpty else { return [message(.bad, .noFix)] }
    return save(fix.patch, as: "\(fix.template.id).patch")
  }

  /// The way through the tree and the report, as Markdown.
  func transcript() -> String {
    var text = "# drydock: \(project.name)\n\n\(summary)\n"
    let findings = symptom.flatMap { examination.findings(of: $0) }
    if let symptom = symptom.flatMap(knowledge.symptom) { text += "\n## \(symptom.title[language])\n" }
    for step in findings?.path ?? [] {
      let answer = step.question.answers.first { $0.id == step.answer }?.text[language] ?? say(.cannotTell)
      text += "\n- \(step.question.text.rendered(language) { _ in nil }) **\(answer)** (\(settledBy(step)))"
    }
    if findings?.path.isEmpty == false { text += "\n" }
    let body = report(TextStyle(color: false, ascii: false, columns: 100))
    return text + "\n```text\n" + body.replacingFences + "```\n"
  }

  private func save(_ text: String, as name: String) -> [Event] {
    do throws(WriteProblem) {
      return [message(.good, .saved(try NewFile.write(text, named: name, in: project.outputs)))]
    } catch {
      return [message(.bad, .notSaved(error.message))]
    }
  }
}

extension String {
  /// A fence in a quoted file must not end ours.
  fileprivate var replacingFences: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("```") ? "\u{200B}" + $0 : String($0) }.joined(separator: "\n")
  }
}

import Diagnosis
import Fixes
import Knowledge
import TerminalUI

/// A fix that was written.
struct Applied: Sendable {
  let title: LocalizedText
  let files: [String]
  let commands: [String]
}

/// Writing fixes and taking them back.
extension Conversation {
  /// The fix as it was worked out from the files that were read last.
  mutating func fix(_ id: String, of finding: String) -> Fix? {
    let here = symptom.flatMap { symptom in
      examination.findings(of: symptom)?.diagnoses.first { $0.id == finding }.map { (symptom: symptom, diagnosis: $0) }
    }
    guard let found = here ?? examination.all.first(where: { $0.diagnosis.id == finding }) else { return nil }
    return examination.fixes(for: found.diagnosis, symptom: found.symptom).first { $0.template.id == id }
  }

  mutating func apply(finding: String, fix id: String) -> [Event] {
    guard let writer = project.writer else { return [message(.bad, .noFolder)] }
    guard let fix = fix(id, of: finding), !fix.changes.isEmpty, fix.template.safety != .manual else {
      return [message(.bad, .noFix)]
    }
    do throws(WriteProblem) {
      try writer.apply(fix)
    } catch {
      examine()
      return [.model(view()), message(.bad, Saying(error))]
    }
    let files = fix.changes.map(\.path)
    let standing = standing
    applied = Applied(title: fix.title, files: files, commands: fix.commands)
    examine()
    if let judged = judged(since: standing) { return [.model(view()), judged] }
    return [.model(view()), message(.good, .applied(files.joined(separator: ", "), fix.commands.first))]
  }

  mutating func undo() -> [Event] {
    guard let writer = project.writer, let record = writer.undoable.first else {
      return [message(.note, .nothingToUndo)]
    }
    do throws(WriteProblem) {
      try writer.undo(record)
    } catch {
      return [message(.bad, Saying(error))]
    }
    applied = nil
    examine()
    return [.model(view()), message(.good, .undone(record.title[language]))]
  }
}

extension Saying {
  init(_ problem: WriteProblem) {
    switch problem {
    case .outside(let path): self = .outside(path)
    case .changed(let path): self = .changedMeanwhile(path)
    case .exists(let path): self = .existsAlready(path)
    case .refused(let path, let reason): self = .cannotWrite("\(path): \(reason)")
    }
  }
}

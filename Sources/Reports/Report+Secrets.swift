import Fixes
import Inspection
import Knowledge

extension Fix {
  /// The fix as it is shown: what it writes to a file keeps its secrets.
  func masked(by secrets: Secrets) -> Fix {
    let changes = changes.map { change in
      Change(
        path: change.path, old: change.old.map { secrets.masked($0, path: change.path) },
        new: secrets.masked(change.new, path: change.path))
    }
    return Fix(
      template: template, title: title.map { secrets.masked($0) }, note: note?.map { secrets.masked($0) },
      changes: changes,
      commands: commands.map { secrets.masked($0) }, check: check,
      isRedacted: zip(changes, self.changes).contains { $0.old != $1.old || $0.new != $1.new })
  }
}

extension LocalizedText {
  fileprivate func map(_ body: (String) -> String) -> LocalizedText { LocalizedText(en: body(en), zh: body(zh)) }
}

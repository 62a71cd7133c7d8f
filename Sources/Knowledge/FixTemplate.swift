/// How much a fix changes besides what it cures.
public enum Safety: String, Sendable, CaseIterable {
  /// The program behaves the same otherwise.
  case safe
  /// Somebody should look at it first.
  case unsafe
  /// Shown, never applied: a person must decide.
  case manual
}

/// A fix before its variables are known.
public struct FixTemplate: Sendable {
  public let id: String
  public let safety: Safety
  public let title: LocalizedText
  /// Why somebody should look, or what to decide; nil for a safe fix.
  public let note: LocalizedText?
  /// Offered only when these lines hold too.
  public let needs: [Clause]
  public let edits: [EditTemplate]
  /// Commands to run afterwards, or instead where no file is at fault; templates.
  public let commands: [String]
  /// The variable of `commands` that stands for building again, and starting, what the cause is about.
  public static let rebuild = "rebuild"

  public init(
    id: String, safety: Safety, title: LocalizedText, note: LocalizedText?, needs: [Clause], edits: [EditTemplate],
    commands: [String]
  ) {
    self.id = id
    self.safety = safety
    self.title = title
    self.note = note
    self.needs = needs
    self.edits = edits
    self.commands = commands
  }
}

/// One edit of a fix. A variable stands for the place of the cell it is bound to; texts are templates.
public enum EditTemplate: Hashable, Sendable {
  /// Replaces the cell's own characters.
  case replace(variable: Int, with: String)
  /// Inserts lines before the line on which the cell begins, indented as that line is.
  case insertBefore(variable: Int, text: String)
  /// Inserts lines after the line on which the cell ends.
  case insertAfter(variable: Int, text: String)
  /// Deletes the lines that the cell stands on.
  case delete(variable: Int)
  /// Replaces every CR LF of the file by LF.
  case unixLineEndings(variable: Int)
  /// Adds lines at the end of a file of the project, and makes it where it is not there. The path is a template too.
  case append(path: String, text: String)
  /// Calls a rewriter, for edits that need more than a replacement.
  case rewrite(name: String, arguments: [String: Int])
}

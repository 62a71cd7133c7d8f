import Knowledge
import SourceText

/// A fix for one diagnosis, worked out and checked.
public struct Fix: Sendable {
  /// What came of diagnosing an edited copy.
  public enum Check: Hashable, Sendable {
    /// The cause is gone, and nothing new is proven.
    case cures
    /// There is nothing in the files to check: the fix is a command, or a person must decide.
    case notApplicable
  }

  public let template: FixTemplate
  /// The title with its variables filled in.
  public let title: LocalizedText
  public let note: LocalizedText?
  /// The files after the fix, by path in order; those of the project that it does not touch are not here.
  public let changes: [Change]
  /// Commands for a person to run, with their variables filled in.
  public let commands: [String]
  public let check: Check
  /// Whether stars stand for secrets, so that the changes are to be looked at and not to be made.
  public let isRedacted: Bool

  package init(
    template: FixTemplate, title: LocalizedText, note: LocalizedText?, changes: [Change], commands: [String],
    check: Check, isRedacted: Bool = false
  ) {
    self.template = template
    self.title = title
    self.note = note
    self.changes = changes
    self.commands = commands
    self.check = check
    self.isRedacted = isRedacted
  }

  public struct Change: Sendable {
    public let path: String
    /// nil for a new file.
    public let old: [UInt8]?
    public let new: [UInt8]

    /// - Parameter old: the bytes that must be there when the change is written; nil for a new file.
    public init(path: String, old: [UInt8]?, new: [UInt8]) {
      self.path = path
      self.old = old
      self.new = new
    }

    public var diff: UnifiedDiff { UnifiedDiff(path: path, old: old, new: new) }
  }

  /// One patch of all changes; empty when there are none.
  public var patch: String { changes.map(\.diff.text).joined() }
}

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

  public struct Change: Sendable {
    public let path: String
    /// nil for a new file.
    public let old: [UInt8]?
    public let new: [UInt8]

    public var diff: UnifiedDiff { UnifiedDiff(path: path, old: old, new: new) }
  }

  /// One patch of all changes; empty when there are none.
  public var patch: String { changes.map(\.diff.text).joined() }
}

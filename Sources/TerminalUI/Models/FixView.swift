import StyledText

/// A change of files that would remove a cause, and what came of trying it on a copy.
public struct FixView: Hashable, Sendable {
  public enum Safety: Hashable, Sendable { case safe, unsafe, manual }

  public var id: String
  public var title: String
  public var safety: Safety
  /// Empty when the fix is advice only.
  public var files: [DiffView]
  /// nil until it was tried: the preview asks for it with `Effect.checkFix`.
  public var checks: [EvidenceItem]?
  /// Why a person should look at it, or what to do by hand.
  public var note: String?
  /// Commands to run afterwards.
  public var run: [String]
  /// The change in the unified format, for the clipboard.
  public var patch = ""
  public var isApplied = false

  public init(
    id: String, title: String, safety: Safety, files: [DiffView], checks: [EvidenceItem]? = nil, note: String? = nil,
    run: [String] = []
  ) {
    self.id = id
    self.title = title
    self.safety = safety
    self.files = files
    self.checks = checks
    self.note = note
    self.run = run
  }

  var added: Int { files.reduce(0) { $0 + $1.lines.count { $0.kind == .added } } }
  var removed: Int { files.reduce(0) { $0 + $1.lines.count { $0.kind == .removed } } }
}

/// The changed lines of one file with those around them.
public struct DiffView: Hashable, Sendable {
  public var file: String
  public var lines: [DiffLine]

  public init(file: String, lines: [DiffLine]) {
    self.file = file
    self.lines = lines
  }
}

public struct DiffLine: Hashable, Sendable {
  /// A `gap` stands between two hunks.
  public enum Kind: Hashable, Sendable { case context, added, removed, gap }
  public var kind: Kind
  /// Line numbers count from 1; nil where the version has no such line.
  public var old: Int?
  public var new: Int?
  /// Without its line break.
  public var text: String

  public init(_ kind: Kind, old: Int? = nil, new: Int? = nil, _ text: String) {
    self.kind = kind
    self.old = old
    self.new = new
    self.text = text
  }
}

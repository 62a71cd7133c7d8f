/// What a column of a relation holds, and so which operators compare it.
public enum ColumnType: Hashable, Sendable {
  /// Any text, compared byte by byte.
  case text
  /// A whole number in decimal digits, such as a port or an exit code.
  case number
  /// A number of bytes, written `64m`, `1.5g` or plain.
  case size
  /// A span of time, written `1m30s` or as plain seconds.
  case duration
  /// Dotted numbers, such as `1.21.3`. A shorter version stands for all that begin so.
  case version
  /// A file path with `/` between its parts, cleaned of `.` and `..`.
  case path
  /// One word of a fixed list.
  case choice([String])
}

/// The thing of which a relation lists everything it knows; its name is the relation's first column.
public enum Scope: String, Hashable, Sendable, CaseIterable {
  /// A Dockerfile with its context, target and arguments.
  case build
  /// A compose service, or a Dockerfile or a pasted command that runs as one.
  case service
  /// The whole project.
  case project
  /// The log, the answers and other observations.
  case observation
}

/// A named table of facts.
public struct Relation: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public let name: String
    public let type: ColumnType

    public init(_ name: String, _ type: ColumnType) {
      self.name = name
      self.type = type
    }
  }

  public let name: String
  public let scope: Scope
  public let columns: [Column]
  /// What one row says.
  public let meaning: LocalizedText

  public init(_ name: String, scope: Scope, columns: [Column], meaning: LocalizedText) {
    self.name = name
    self.scope = scope
    self.columns = columns
    self.meaning = meaning
  }

  /// The place of a column; nil when there is none of that name.
  public func index(of column: String) -> Int? {
    columns.firstIndex { $0.name == column }
  }
}

/// The implied last column of every relation: the place of the whole row, and in a build its order among the instructions.
public let rowColumn = "at"

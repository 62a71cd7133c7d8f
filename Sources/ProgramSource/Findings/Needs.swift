import SourceText

/// A file or folder that a program uses by a path of its source.
public struct FileUse: Hashable, Sendable {
  public enum Access: String, Hashable, Sendable, CaseIterable {
    case read
    /// Created, changed or removed.
    case write
    /// Listed, searched or served with everything below it.
    case folder
    /// Only looked for.
    case exists
    /// Made the current directory.
    case enter
  }

  public var place: SourcePlace
  public var function: String
  public var call: String
  /// The path as it is given; a pattern where `isPattern`.
  public var path: Traced<String>
  public var isPattern: Bool
  public var access: Access
  /// Whether the program ends when this fails.
  public var isFatal: Answer
  /// The call that then ends it.
  public var exit: SourcePlace?
  /// Whether this happens while the program starts, not on a request.
  public var isAtStart: Answer
  /// Whether the path counts from the folder of the source file, not from the current directory: `__dirname`.
  public var isBesideSource = false

  /// Whether the path counts from the current directory. Unknown for an unknown path.
  public var isRelative: Answer {
    isBesideSource ? .no : path.value.value.map { $0.hasPrefix("/") ? .no : .yes } ?? .unknown
  }
}

/// An environment variable that a program asks for.
public struct VariableUse: Hashable, Sendable {
  public var place: SourcePlace
  public var function: String
  public var call: String
  public var name: Known<String>
  /// What the program takes instead; nil where no default was found.
  public var fallback: Known<String>?
  /// Whether the program ends when the variable is empty or not set.
  public var isFatal: Answer
  public var exit: SourcePlace?
  public var isAtStart: Answer
}

/// Another host that a program speaks to.
public struct HostUse: Hashable, Sendable {
  public var place: SourcePlace
  public var function: String
  public var call: String
  /// The scheme of the URL or the driver of the database, in lower case: `https`, `postgres`. Nil where none is named.
  public var scheme: String?
  public var host: Traced<String>
  public var port: Traced<Int>
  public var isTLS: Bool
  public var isAtStart: Answer
  /// Whether the program tries again when the host does not answer.
  public var retries: Answer
  public var isFatal: Answer
  public var exit: SourcePlace?
}

/// A time zone that a program looks up by its name.
public struct ZoneUse: Hashable, Sendable {
  public var place: SourcePlace
  public var function: String
  public var zone: Traced<String>
  public var isFatal: Answer
  public var isAtStart: Answer
}

/// Another program that a program starts.
public struct CommandUse: Hashable, Sendable {
  public var place: SourcePlace
  public var function: String
  public var call: String
  public var program: Traced<String>
  /// The arguments as far as they are known.
  public var arguments: [Known<String>]
  public var isFatal: Answer
  public var isAtStart: Answer
}

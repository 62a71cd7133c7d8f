import SourceText

/// Where a fact was read from.
public struct Place: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    /// A file of the project, by its path.
    case file(String)
    /// The output that the person gave.
    case log
    /// The command that the person gave with `--run`.
    case command
    case exitCode
    case answer(question: String)
    /// A container engine, by the command that was asked.
    case engine(String)
    /// The knowledge base, such as what a base image holds.
    case knowledge(String)

    /// Whether a command from there was given for this project, rather than found among other uses.
    var isTyped: Bool {
      switch self {
      case .log, .command, .engine: true
      default: false
      }
    }
  }

  public let source: Source
  public let range: ByteRange

  public init(_ source: Source, _ range: ByteRange = ByteRange(at: 0)) {
    self.source = source
    self.range = range
  }

  public init(file: String, _ range: ByteRange) {
    self.init(.file(file), range)
  }

  public var file: String? { if case .file(let path) = source { path } else { nil } }
}

/// One value of a row: known, or unknown because it is only given when the program runs, say. Empty is a value.
public struct Cell: Hashable, Sendable {
  public let value: String?
  /// The exact characters, where the value stands in a file or a log.
  public let place: Place?

  public init(_ value: String?, _ place: Place? = nil) {
    self.value = value
    self.place = place
  }

  public static let unknown = Cell(nil)
}

extension Cell: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self.init(value) }
}

extension Cell {
  public init(_ number: Int, _ place: Place? = nil) { self.init(String(number), place) }

  /// The words `yes` and `no`.
  public init(_ truth: Bool, _ place: Place? = nil) { self.init(truth ? "yes" : "no", place) }
}

/// What is wrong in a knowledge file, and where.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// From 1.
  public let line: Int
  public let message: String

  public init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// In the form that compilers use, so that editors jump to the place.
  public var description: String { "\(file):\(line): error: \(message)" }
}

/// Collects problems while files are read, so that one run shows them all.
final class Problems {
  private(set) var all: [Problem] = []

  func add(_ file: String, _ line: Int, _ message: String) {
    all.append(Problem(file: file, line: line, message: message))
  }
}

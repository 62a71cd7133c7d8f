/// A step of a build that prints a variable: `RUN echo "flags: $FLAGS"`. Its output shows whether the variable has a value.
struct EchoedVariable: Sendable {
  static let kind = "variable-empty"

  let name: String
  /// What stands before and behind the variable.
  private let head: String
  private let tail: String

  /// Whether a line may name such a step; told quickly, since most lines do not.
  static func isIn(_ line: ArraySlice<UInt8>) -> Bool {
    line.firstRange(of: mark) != nil
  }

  private static let mark = Array("RUN echo ".utf8)

  /// - Parameter step: a line of a build log that names an instruction.
  init?(step: String) {
    guard let run = step.firstRange(of: "RUN echo ") else { return nil }
    var text = String(step[run.upperBound...])
    if let quote = text.first, quote == "\"" {
      text.removeFirst()
      guard let end = text.firstIndex(of: "\""), text[text.index(after: end)...].allSatisfy({ $0 == " " || $0 == ":" })
      else { return nil }
      text = String(text[..<end])
    }
    guard let dollar = text.firstIndex(of: "$"), !text.contains("'"), !text.contains("&"), !text.contains("|"),
      !text.contains(";"), !text.contains("`")
    else { return nil }
    var rest = text[text.index(after: dollar)...]
    let isBraced = rest.first == "{"
    if isBraced { rest.removeFirst() }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest.dropFirst(name.count)
    if isBraced {
      guard rest.first == "}" else { return nil }
      rest.removeFirst()
    }
    // With another variable nobody knows which one is empty; with few letters around it any line may look so.
    guard !name.isEmpty, !rest.contains("$") else { return nil }
    head = String(text[..<dollar])
    tail = String(rest)
    guard (head + tail).filter(\.isLetter).count > 2 else { return nil }
    self.name = String(name)
  }

  /// Whether a line of output is what the step prints when the variable is empty.
  func isEmpty(in output: String) -> Bool {
    let expected = Self.trim(head + tail)
    let line = Self.trim(output)
    guard line.hasSuffix(expected), !line.contains("$") else { return false }
    // BuildKit puts the number and the time of the step before its output: `#9 0.187 flags:`
    return line.dropLast(expected.count).allSatisfy { $0 == "#" || $0 == "." || $0 == " " || $0.isNumber }
  }

  private static func trim(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " || $0 == "\r" }.reversed())
  }
}

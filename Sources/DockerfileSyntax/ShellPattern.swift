/// The pattern of `${name#pattern}`, `${name%pattern}` and `${name/pattern/text}`: `*` is any text, `?` any character.
///
/// There are no bracket expressions; `\` escapes `*`, `?`, `\`, and nothing else except `}` and `/`.
struct ShellPattern {
  private enum Element {
    case literal(Unicode.Scalar)
    case one
    case any
  }

  /// Pattern length times text length, beyond which no match is tried.
  private static let largestTask = 20_000_000

  private let elements: [Element]

  init(_ pattern: ArraySlice<UInt8>) throws(WordExpander.Failure) {
    var elements: [Element] = []
    let scalars = Array(String(decoding: pattern, as: UTF8.self).unicodeScalars)
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*": elements.append(.any)
      case "?": elements.append(.one)
      case "\\":
        index += 1
        guard index < scalars.count, "}/*?\\".unicodeScalars.contains(scalars[index]) else {
          throw WordExpander.Failure(
            message: "invalid pattern (\(String(decoding: pattern, as: UTF8.self))) in substitution: invalid escape")
        }
        elements.append(.literal(scalars[index]))
      case let scalar: elements.append(.literal(scalar))
      }
      index += 1
    }
    self.elements = elements
  }

  func removePrefix(of value: [UInt8], longest: Bool) throws(WordExpander.Failure) -> [UInt8] {
    let text = scalars(value)
    guard let end = try matchEnd(elements, text[...], longest: longest) else { return value }
    return encoded(text[end...])
  }

  func removeSuffix(of value: [UInt8], longest: Bool) throws(WordExpander.Failure) -> [UInt8] {
    let text = Array(scalars(value).reversed())
    guard let end = try matchEnd(elements.reversed(), text[...], longest: longest) else { return value }
    return encoded(text[end...].reversed()[...])
  }

  /// The longest match at the first place where there is one; with `all`, at every place after that again.
  func replace(in value: [UInt8], with text: [UInt8], all: Bool) throws(WordExpander.Failure) -> [UInt8] {
    let source = scalars(value)
    var result: [UInt8] = []
    var position = 0
    var copied = 0
    var tasks = 0
    var lastEnd = -1
    while position <= source.count {
      tasks += (source.count - position + 1) * (elements.count + 1)
      if tasks > Self.largestTask { throw tooLarge }
      if let end = try matchEnd(elements, source[position...], longest: true), end > position || end != lastEnd {
        result += encoded(source[copied..<position]) + text
        copied = end
        lastEnd = end
        if !all { break }
        position = max(end, position + 1)
        if end == position - 1 { continue }
        continue
      }
      position += 1
    }
    return result + encoded(source[min(copied, source.count)...])
  }

  private var tooLarge: WordExpander.Failure {
    WordExpander.Failure(message: "the pattern is too large to be tried", isLimit: true)
  }

  /// Where a match of the whole pattern ends that begins at the start of `text`; nil if there is none.
  private func matchEnd(
    _ elements: [Element], _ text: ArraySlice<Unicode.Scalar>, longest: Bool
  ) throws(WordExpander.Failure) -> Int? {
    if elements.count &* text.count > Self.largestTask { throw tooLarge }
    // Which places are reachable after the elements so far.
    var reachable = [Bool](repeating: false, count: text.count + 1)
    reachable[0] = true
    for element in elements {
      switch element {
      case .any:
        for index in 0..<text.count where reachable[index] && text[text.startIndex + index] != "\n" {
          reachable[index + 1] = true
        }
      case .one, .literal:
        for index in stride(from: text.count - 1, through: 0, by: -1) {
          reachable[index + 1] = reachable[index] && matches(element, text[text.startIndex + index])
        }
        reachable[0] = false
      }
    }
    let end = longest ? reachable.lastIndex(of: true) : reachable.firstIndex(of: true)
    return end.map { text.startIndex + $0 }
  }

  private func matches(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
    switch element {
    case .literal(let literal): literal == scalar
    case .one, .any: scalar != "\n"
    }
  }

  private func scalars(_ bytes: [UInt8]) -> [Unicode.Scalar] {
    Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
  }

  private func encoded(_ scalars: ArraySlice<Unicode.Scalar>) -> [UInt8] {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Array(String(text).utf8)
  }
}

/// One pattern of an ignore file, in the form in which the builder compiles it.
///
/// The reference is https://github.com/moby/patternmatcher: `*` is any text without a slash, `?` any character but a
/// slash, `**` any number of folders, `[a-z]` a character of a set, `\` takes the next character as it is.
struct PathPattern: Hashable, Sendable {
  private enum Element: Hashable, Sendable {
    case literal(Unicode.Scalar)
    /// `?`
    case character
    /// `*`
    case text
    /// `**/`: nothing, or anything that ends with a slash.
    case folders
    /// `**` at the end.
    case anything
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)
    /// `^`, which the builder leaves in its regular expression.
    case start
  }

  private enum Form: Hashable, Sendable {
    case exact([Unicode.Scalar])
    /// Ends with `**` and has nothing else: everything that begins so.
    case prefix([Unicode.Scalar])
    /// Begins with `**` and has nothing else: everything that ends so.
    case suffix([Unicode.Scalar])
    case general([Element])
  }

  private let form: Form

  /// nil where the builder says `syntax error in pattern`.
  init?(_ pattern: String) {
    let scalars = Array(pattern.unicodeScalars)
    guard let elements = Self.compile(scalars) else { return nil }
    let isPlain = elements.allSatisfy { if case .literal = $0 { true } else { false } }
    let literals = elements.compactMap { element -> Unicode.Scalar? in
      if case .literal(let scalar) = element { scalar } else { nil }
    }
    let hasEscapes = scalars.contains("\\") || scalars.contains("]") || scalars.contains("^")
    if isPlain, !hasEscapes {
      form = .exact(literals)
    } else if !hasEscapes, scalars.starts(with: "**".unicodeScalars), literals.count == elements.count - 1 {
      form = .suffix(Array(scalars.dropFirst(2)))
    } else if !hasEscapes, elements.last == .anything, literals.count == elements.count - 1 {
      form = .prefix(Array(scalars.dropLast(2)))
    } else {
      form = .general(elements)
    }
  }

  /// What a path has to be, where the pattern is nothing but a path.
  var exactPath: String? {
    if case .exact(let text) = form { Self.text(text[...]) } else { nil }
  }

  /// What the last part of a path has to be, for `**/name`.
  var lastPart: String? {
    guard case .suffix(let text) = form, text.first == "/", !text.dropFirst().contains("/") else { return nil }
    return Self.text(text.dropFirst())
  }

  static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// The characters that every path has which it matches.
  var letters: LetterSet {
    switch form {
    case .exact(let text), .prefix(let text): LetterSet(text)
    case .suffix(let text): LetterSet(text.first == "/" ? text.dropFirst() : text[...])
    case .general(let elements):
      LetterSet(elements.compactMap { if case .literal(let scalar) = $0 { scalar } else { nil } })
    }
  }

  func matches(_ path: ArraySlice<Unicode.Scalar>) -> Bool {
    switch form {
    case .exact(let text): return path.elementsEqual(text)
    case .prefix(let text): return path.starts(with: text)
    case .suffix(let text):
      // `**/name` is also the name itself.
      return path.suffix(text.count).elementsEqual(text)
        || text.first == "/" && path.elementsEqual(text.dropFirst())
    case .general(let elements): return matches(elements, path)
    }
  }

  // MARK: Compiling

  private static func compile(_ scalars: [Unicode.Scalar]) -> [Element]? {
    var elements: [Element] = []
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      switch scalar {
      case "*":
        guard index < scalars.count, scalars[index] == "*" else {
          elements.append(.text)
          continue
        }
        index += 1
        if index < scalars.count, scalars[index] == "/" { index += 1 }
        elements.append(index == scalars.count ? .anything : .folders)
      case "?": elements.append(.character)
      case "^": elements.append(.start)
      case "[":
        guard let set = set(scalars, &index) else { return nil }
        elements.append(set)
      case "\\":
        guard index < scalars.count, let element = escaped(scalars[index]) else { return nil }
        elements.append(element)
        index += 1
      default: elements.append(.literal(scalar))
      }
    }
    return elements
  }

  /// The builder hands escapes of letters to its regular expressions, where some are sets.
  private static func escaped(_ scalar: Unicode.Scalar) -> Element? {
    switch scalar {
    case "d": return .set(["0"..."9"], isNegated: false)
    case "w": return .set(["0"..."9", "A"..."Z", "_"..."_", "a"..."z"], isNegated: false)
    case "s": return .set(["\t"..."\n", "\u{0C}"..."\r", " "..." "], isNegated: false)
    case "D": return .set(["0"..."9"], isNegated: true)
    case "W": return .set(["0"..."9", "A"..."Z", "_"..."_", "a"..."z"], isNegated: true)
    case "S": return .set(["\t"..."\n", "\u{0C}"..."\r", " "..." "], isNegated: true)
    case "t": return .literal("\t")
    case "n": return .literal("\n")
    case "r": return .literal("\r")
    case "f": return .literal("\u{0C}")
    case "v": return .literal("\u{0B}")
    case "a": return .literal("\u{07}")
    case "A"..."Z", "a"..."z", "0"..."9": return nil
    default: return .literal(scalar)
    }
  }

  /// What stands between brackets. Grammar: https://pkg.go.dev/path/filepath#Match.
  private static func set(_ scalars: [Unicode.Scalar], _ index: inout Int) -> Element? {
    let isNegated = index < scalars.count && scalars[index] == "^"
    if isNegated { index += 1 }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    func member() -> Unicode.Scalar? {
      guard index < scalars.count, scalars[index] != "-", scalars[index] != "]" else { return nil }
      if scalars[index] == "\\" { index += 1 }
      guard index < scalars.count else { return nil }
      index += 1
      return scalars[index - 1]
    }
    repeat {
      guard let low = member() else { return nil }
      var high = low
      if index < scalars.count, scalars[index] == "-" {
        index += 1
        guard let last = member() else { return nil }
        high = last
      }
      if low <= high { ranges.append(low...high) }
      guard index < scalars.count else { return nil }
    } while scalars[index] != "]"
    index += 1
    return .set(ranges, isNegated: isNegated)
  }

  // MARK: Matching

  /// Keeps all places that the elements so far can have reached; time is their number times the path's length.
  private func matches(_ elements: [Element], _ path: ArraySlice<Unicode.Scalar>) -> Bool {
    let path = Array(path)
    var reachable = [Bool](repeating: false, count: path.count + 1)
    reachable[0] = true
    for element in elements {
      switch element {
      case .text:
        for index in path.indices where reachable[index] && path[index] != "/" { reachable[index + 1] = true }
      case .anything:
        for index in path.indices where reachable[index] && path[index] != "\n" { reachable[index + 1] = true }
      case .folders:
        var isOpen = false
        for index in path.indices {
          isOpen = (isOpen || reachable[index]) && path[index] != "\n"
          if isOpen, path[index] == "/" { reachable[index + 1] = true }
        }
      case .start:
        for index in 1..<reachable.count where reachable.count > 1 { reachable[index] = false }
      case .literal, .character, .set:
        for index in path.indices.reversed() {
          reachable[index + 1] = reachable[index] && accepts(element, path[index])
        }
        reachable[0] = false
      }
    }
    return reachable[path.count]
  }

  private func accepts(_ element: Element, _ scalar: Unicode.Scalar) -> Bool {
    switch element {
    case .literal(let literal): literal == scalar
    case .character: scalar != "/"
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
    case .text, .folders, .anything, .start: false
    }
  }
}

/// Some of the characters of a text, rounded up: a set that has a character may have others too.
struct LetterSet: Hashable, Sendable {
  private var bits: UInt64 = 0

  init(_ scalars: some Sequence<Unicode.Scalar>) {
    for scalar in scalars { bits |= 1 << UInt64(scalar.value & 63) }
  }

  func isSubset(of other: LetterSet) -> Bool { bits & ~other.bits == 0 }
}

import SourceText

/// The condition under which a file takes part in a build, from `//go:build` or `// +build` lines.
///
/// Source: https://pkg.go.dev/cmd/go#hdr-Build_constraints
public struct GoBuildConstraint: Hashable, Sendable {
  public indirect enum Expression: Hashable, Sendable {
    case tag(String)
    case not(Expression)
    case all([Expression])
    case any([Expression])
    /// The line does not parse: Go refuses it.
    case malformed
  }

  public var expression: Expression
  /// The comment line, or all `// +build` lines.
  public var range: ByteRange

  /// The constraint that the comments before the package clause form; nil where there is none.
  /// A `//go:build` line makes `// +build` lines ineffective.
  init?(_ bytes: [UInt8], _ comments: [ByteRange], before end: Int) {
    var old: [(Expression, ByteRange)] = []
    for comment in comments where comment.end <= end {
      let line = String(decoding: bytes[comment.start..<comment.end], as: UTF8.self)
      if line.hasPrefix("//go:build ") || line.hasPrefix("//go:build\t") {
        var parser = ConstraintParser(line.dropFirst(11))
        expression = parser.parse()
        range = comment
        return
      }
      let words = line.dropFirst(2).split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })
      if line.hasPrefix("//"), words.first == "+build" {
        old.append((.any(words.dropFirst().map(Self.option)), comment))
      }
    }
    guard let first = old.first else { return nil }
    expression = .all(old.map(\.0))
    range = old.reduce(first.1) { $0.union($1.1) }
  }

  /// `linux,!cgo`
  private static func option(_ word: Substring) -> Expression {
    .all(
      word.split(separator: ",").map { term in
        term.hasPrefix("!") ? .not(.tag(String(term.dropFirst()))) : .tag(String(term))
      })
  }

  /// Whether the file takes part when exactly the tags for which `isSet` holds are set.
  public func holds(_ isSet: (String) -> Bool) -> Bool { Self.holds(expression, isSet) }

  private static func holds(_ expression: Expression, _ isSet: (String) -> Bool) -> Bool {
    switch expression {
    case .tag(let name): isSet(name)
    case .not(let inner): !holds(inner, isSet)
    case .all(let parts): parts.allSatisfy { holds($0, isSet) }
    case .any(let parts): parts.contains { holds($0, isSet) }
    case .malformed: false
    }
  }

  /// The tags that the constraint names.
  public var tags: Set<String> {
    var tags: Set<String> = []
    var rest = [expression]
    while let next = rest.popLast() {
      switch next {
      case .tag(let name): tags.insert(name)
      case .not(let inner): rest.append(inner)
      case .all(let parts), .any(let parts): rest += parts
      case .malformed: break
      }
    }
    return tags
  }
}

/// `expr = and { "||" and }; and = not { "&&" not }; not = "!" not | tag | "(" expr ")"`
private struct ConstraintParser {
  private var words: [Substring] = []
  private var index = 0
  private var depth = 0

  init(_ text: Substring) {
    var rest = text
    while let first = rest.first {
      if first == " " || first == "\t" || first == "\r" {
        rest.removeFirst()
      } else if rest.hasPrefix("&&") || rest.hasPrefix("||") {
        words.append(rest.prefix(2))
        rest.removeFirst(2)
      } else if first == "!" || first == "(" || first == ")" {
        words.append(rest.prefix(1))
        rest.removeFirst()
      } else {
        let word = rest.prefix { !" \t\r!()&|".contains($0) }
        if word.isEmpty { rest.removeFirst() } else { rest = rest[word.endIndex...] }
        words.append(word)
      }
    }
  }

  mutating func parse() -> GoBuildConstraint.Expression {
    let expression = any()
    return index == words.count ? expression : .malformed
  }

  private mutating func any() -> GoBuildConstraint.Expression {
    var parts = [all()]
    while index < words.count, words[index] == "||" {
      index += 1
      parts.append(all())
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func all() -> GoBuildConstraint.Expression {
    var parts = [not()]
    while index < words.count, words[index] == "&&" {
      index += 1
      parts.append(not())
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func not() -> GoBuildConstraint.Expression {
    guard index < words.count, depth < 100 else {
      index = words.count
      return .malformed
    }
    depth += 1
    defer { depth -= 1 }
    let word = words[index]
    index += 1
    switch word {
    case "!": return .not(not())
    case "(":
      let inner = any()
      guard index < words.count, words[index] == ")" else { return .malformed }
      index += 1
      return inner
    case ")", "&&", "||", "": return .malformed
    default: return .tag(String(word))
    }
  }
}

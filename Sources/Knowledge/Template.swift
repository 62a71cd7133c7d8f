/// A text with placeholders: `$name`, optional parts `[[...]]`, and `$$` for a dollar sign.
public struct Template: Sendable {
  enum Part: Equatable {
    case text(String)
    case variable(Substring)
    case optional([Part])
  }

  let parts: [Part]

  public init(_ text: String) {
    var rest = text[...]
    parts = Self.parse(&rest, inside: false)
  }

  /// The names of all placeholders in order of appearance, each once.
  public var variables: [String] {
    var names: [String] = []
    Self.visit(parts) { name in
      if !names.contains(String(name)) { names.append(String(name)) }
    }
    return names
  }

  /// The text; a placeholder without a value outside of an optional part shows as `<name>`.
  public func rendered(_ value: (Substring) -> String?) -> String {
    parts.map { Self.render($0, value) }.joined()
  }

  /// The text for somebody who has no project at hand: the optional parts, which tell of one project, are left out.
  public var general: String {
    parts.map { part in
      if case .optional = part { "" } else { Self.render(part) { _ in nil } }
    }.joined()
  }

  private static func render(_ part: Part, _ value: (Substring) -> String?) -> String {
    switch part {
    case .text(let text): return text
    case .variable(let name): return value(name) ?? "<\(name)>"
    case .optional(let parts):
      var complete = true
      visit(parts) { if value($0) == nil { complete = false } }
      return complete ? parts.map { render($0, value) }.joined() : ""
    }
  }

  private static func visit(_ parts: [Part], _ body: (Substring) -> Void) {
    for part in parts {
      switch part {
      case .text: break
      case .variable(let name): body(name)
      case .optional(let parts): visit(parts, body)
      }
    }
  }

  private static func parse(_ rest: inout Substring, inside: Bool) -> [Part] {
    var parts: [Part] = []
    var text = ""
    func flush(_ text: inout String, _ parts: inout [Part]) {
      if !text.isEmpty { parts.append(.text(text)) }
      text = ""
    }
    while let character = rest.first {
      let plain = rest.utf8.firstIndex { "$[]".utf8.contains($0) } ?? rest.endIndex
      if plain > rest.startIndex {
        text += rest[..<plain]
        rest = rest[plain...]
      } else if inside, rest.hasPrefix("]]") {
        rest.removeFirst(2)
        break
      } else if !inside, rest.hasPrefix("[[") {
        rest.removeFirst(2)
        flush(&text, &parts)
        parts.append(.optional(parse(&rest, inside: true)))
      } else if rest.hasPrefix("$$") {
        rest.removeFirst(2)
        text.append("$")
      } else if character == "$" {
        rest.removeFirst()
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }.trimmingHyphen
        rest.removeFirst(name.count)
        if name.isEmpty {
          text.append("$")
        } else {
          flush(&text, &parts)
          parts.append(.variable(name))
        }
      } else {
        text.append(character)
        rest.removeFirst()
      }
    }
    flush(&text, &parts)
    return parts
  }
}

extension Substring {
  /// Without hyphens at the end: in "`$host-`" the hyphen belongs to the sentence.
  fileprivate var trimmingHyphen: Substring {
    var name = self
    while name.last == "-" { name.removeLast() }
    return name
  }
}

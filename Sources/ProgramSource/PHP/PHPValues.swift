import SourceText

/// The values of expressions in one PHP file, as far as literals, constants, variables with one value and the
/// environment go.
struct PHPValues {
  let path: String
  let tokens: [PHPToken]
  /// Where the value of a variable or constant begins that is given one only once.
  private var values: [String: Int] = [:]

  /// Names that lead to names deeper than this are not followed.
  private static let depthLimit = 6

  init(_ source: SourceFile) {
    path = source.path
    tokens = PHPScanner.scan(source)
    var several: Set<String> = []
    for index in tokens.indices {
      guard let (name, value) = assignment(index) else { continue }
      if values.updateValue(value, forKey: name) != nil { several.insert(name) }
    }
    for name in several { values[name] = nil }
  }

  func token(_ index: Int) -> PHPToken? { tokens.indices.contains(index) ? tokens[index] : nil }
  func isSymbol(_ index: Int, _ text: String) -> Bool {
    token(index).map { $0.kind == .symbol && $0.text == text } ?? false
  }

  func place(_ index: Int) -> SourcePlace { SourcePlace(path, token(index)?.range ?? ByteRange(at: 0)) }

  /// `$name = …`, `const NAME = …`, `define('NAME', …)`: the name, and where its value begins.
  private func assignment(_ index: Int) -> (String, Int)? {
    let token = tokens[index]
    switch token.kind {
    case .variable where isSymbol(index + 1, "="): return ("$" + token.text, index + 2)
    case .name where token.text == "const" && isSymbol(index + 2, "="):
      return self.token(index + 1).map { ($0.text, index + 3) }
    case .name where token.text == "define" && isSymbol(index + 1, "(") && isSymbol(index + 3, ","):
      return self.token(index + 2).map { ($0.text, index + 4) }
    default: return nil
    }
  }

  // MARK: Expressions

  /// The pieces of the text that begins at a token, and the token behind it.
  func pieces(_ start: Int) -> (pieces: [Traced<String>], end: Int) {
    var budget = 200
    return pieces(start, depth: 0, &budget)
  }

  private func pieces(_ start: Int, depth: Int, _ budget: inout Int) -> (pieces: [Traced<String>], end: Int) {
    var found: [Traced<String>] = []
    var index = start
    while budget > 0, depth < Self.depthLimit {
      budget -= 1
      var (part, end) = term(index, depth, &budget)
      // `getenv('X') ?: 'y'`: what is taken where the variable is not set.
      while isSymbol(end, "?:") || isSymbol(end, "??") || isSymbol(end, "||"), budget > 0 {
        budget -= 1
        let (other, next) = term(end + 1, depth, &budget)
        if part.count == 1, other.count == 1, part[0].value.value == nil {
          part[0].value = other[0].value
        }
        end = next
      }
      found += part
      guard isSymbol(end, ".") else { return (found, end) }
      index = end + 1
    }
    return (found + [Traced(.unknown(.tooDeep))], index)
  }

  private func term(_ index: Int, _ depth: Int, _ budget: inout Int) -> ([Traced<String>], Int) {
    guard let token = token(index) else { return ([], index) }
    switch token.kind {
    case .text: return ([literal(token)], index + 1)
    case .template: return (template(token, depth, &budget), index + 1)
    case .number: return ([literal(token)], index + 1)
    case .variable:
      if ["_ENV", "_SERVER"].contains(token.text), isSymbol(index + 1, "["), isSymbol(index + 3, "]") {
        return ([variable(index + 2)], index + 4)
      }
      if isSymbol(index + 1, "[") || isSymbol(index + 1, "->") { break }
      return (named("$" + token.text, depth, &budget), index + 1)
    case .name:
      guard isSymbol(index + 1, "(") else { return (named(token.text, depth, &budget), index + 1) }
      guard Self.asking.contains(token.text.lowercased()),
        self.token(index + 2)?.kind == .text || self.token(index + 2)?.kind == .template
      else { break }
      var piece = variable(index + 2)
      guard isSymbol(index + 3, ",") else { return ([piece], closing(index + 1)) }
      let (other, _) = term(index + 4, depth, &budget)
      if other.count == 1 { piece.value = other[0].value }
      return ([piece], closing(index + 1))
    case .symbol:
      guard token.text == "(" else { break }
      let (inner, end) = pieces(index + 1, depth: depth + 1, &budget)
      return (inner, isSymbol(end, ")") ? end + 1 : end)
    }
    return ([Traced(.unknown(.computed))], index + 1)
  }

  /// Functions that give the value of an environment variable.
  static let asking: Set<String> = ["getenv", "env"]

  private func literal(_ token: PHPToken) -> Traced<String> {
    let isSpelled = !token.text.contains("\\")
    return Traced(.known(token.text, SourcePlace(path, token.range)), isSpelled: isSpelled)
  }

  private func variable(_ index: Int) -> Traced<String> {
    Traced(.unknown(.setOutside), setters: [Setter(.variable, token(index)?.text ?? "", place(index))])
  }

  private func named(_ name: String, _ depth: Int, _ budget: inout Int) -> [Traced<String>] {
    guard let start = values[name] else { return [Traced(.unknown(.undeclared))] }
    return pieces(start, depth: depth + 1, &budget).pieces
  }

  /// The text of double quotes: `host=$host;port=3306`.
  private func template(_ token: PHPToken, _ depth: Int, _ budget: inout Int) -> [Traced<String>] {
    var found: [Traced<String>] = []
    let text = Array(token.text.utf8)
    var start = 0
    var index = 0
    func literal(_ end: Int) {
      guard end > start else { return }
      let range = ByteRange(token.range.start + start, token.range.start + end)
      let part = String(decoding: text[start..<end], as: UTF8.self)
      found.append(self.literal(PHPToken(kind: .text, range: range, text: part)))
    }
    while index < text.count {
      guard text[index] == UInt8(ascii: "$"), budget > 0 else {
        index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        continue
      }
      let brace = index > 0 && text[index - 1] == UInt8(ascii: "{")
      let name = text[(index + 1)...].prefix {
        $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
          || (0x61...0x7A).contains($0)
      }
      guard !name.isEmpty else {
        index += 1
        continue
      }
      literal(brace ? index - 1 : index)
      budget -= 1
      found += named("$" + String(decoding: name, as: UTF8.self), depth, &budget)
      index = name.endIndex
      if brace, index < text.count, text[index] == UInt8(ascii: "}") { index += 1 }
      start = index
    }
    literal(text.count)
    return found
  }

  /// The token behind the bracket that closes the one at an index, or behind a few hundred tokens.
  private func closing(_ open: Int) -> Int {
    var level = 0
    for index in open..<min(open + 400, tokens.count) where tokens[index].kind == .symbol {
      if tokens[index].text == "(" { level += 1 }
      if tokens[index].text == ")" { level -= 1 }
      if level == 0 { return index + 1 }
    }
    return tokens.count
  }
}

import DockerfileSyntax
import SourceText

/// The recipes of a Makefile as shell text, with variables replaced as far as they are known.
///
/// https://www.gnu.org/software/make/manual/make.html: only what people write to build programs is read; functions, patterns and
/// conditionals are left alone, and what depends on them stays as it is written.
struct Recipes {
  /// In the order in which make looks for them: https://www.gnu.org/software/make/manual/make.html#Makefile-Names
  static let fileNames = ["GNUmakefile", "makefile", "Makefile"]

  private var rules: [String: (needs: [String], lines: [String])] = [:]
  private var variables: [String: String] = [:]
  private(set) var firstTarget: String?

  init(_ file: SourceFile, given: [String: String]) {
    var targets: [String] = []
    var joined = ""
    for line in file.text(ByteRange(0, file.bytes.count)).split(separator: "\n", omittingEmptySubsequences: false) {
      let text = joined + line
      if text.hasSuffix("\\") {
        joined = String(text.dropLast()) + " "
        continue
      }
      joined = ""
      if text.hasPrefix("\t") {
        for target in targets { rules[target]?.lines.append(String(text.dropFirst())) }
      } else if let (name, value, yields) = Self.assignment(text) {
        if !(yields && variables[name] != nil) { variables[name] = value }
      } else if let (names, needs) = Self.rule(text) {
        targets = names
        for name in names { rules[name, default: ([], [])].needs += needs }
        if firstTarget == nil, let first = names.first, !first.hasPrefix(".") { firstTarget = first }
      } else if !text.isEmpty, !text.hasPrefix("#") {
        targets = []
      }
    }
    variables.merge(given) { _, given in given }
  }

  /// The commands that make a target, those of what it needs first.
  func commands(making target: String) -> [String] {
    var seen: Set<String> = []
    return commands(target, &seen)
  }

  private func commands(_ target: String, _ seen: inout Set<String>) -> [String] {
    guard let rule = rules[target], seen.count < 64, seen.insert(target).inserted else { return [] }
    var found: [String] = []
    for need in rule.needs { found += commands(need, &seen) }
    return found + rule.lines.map { expand(String($0.drop { "@-+ ".contains($0) }), depth: 0) }
  }

  /// `$(NAME)` and `${NAME}` of make become their values; what is not known becomes a shell variable, and `$$` a `$`.
  private func expand(_ text: String, depth: Int) -> String {
    var result = ""
    var rest = text[...]
    while let sign = rest.firstIndex(of: "$") {
      result += rest[..<sign]
      rest = rest[rest.index(after: sign)...]
      guard let open = rest.first else { break }
      if open == "$" {
        result += "$"
        rest = rest.dropFirst()
        continue
      }
      guard open == "(" || open == "{", let close = rest.firstIndex(of: open == "(" ? ")" : "}") else {
        result += "$"
        continue
      }
      let name = String(rest[rest.index(after: rest.startIndex)..<close])
      rest = rest[rest.index(after: close)...]
      if let value = variables[name], depth < 8 {
        result += expand(value, depth: depth + 1)
      } else {
        result += name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? "${\(name)}" : "${make}"
      }
    }
    return result + rest
  }

  private static func assignment(_ line: String) -> (String, String, yields: Bool)? {
    guard let sign = line.firstIndex(of: "="), !line.hasPrefix("#") else { return nil }
    var name = line[..<sign]
    let yields = name.hasSuffix("?")
    while let last = name.last, ":?+!".contains(last) { name = name.dropLast() }
    var word = name.filter { $0 != " " && $0 != "\t" }
    if word.hasPrefix("export"), name.contains(" ") { word.removeFirst(6) }
    guard !word.isEmpty, word.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }) else { return nil }
    let value = line[line.index(after: sign)...].drop { $0 == " " || $0 == "\t" }
    return (word, String(value), yields)
  }

  private static func rule(_ line: String) -> ([String], [String])? {
    guard let colon = line.firstIndex(of: ":"), !line.hasPrefix("#"), !line.hasPrefix(" ") else { return nil }
    let names = line[..<colon].split(separator: " ").map(String.init)
    let needs = line[line.index(after: colon)...].prefix { $0 != "#" && $0 != ";" && $0 != "|" }.split(separator: " ")
      .map(String.init)
    return names.isEmpty ? nil : (names, needs.filter { !$0.contains("=") })
  }
}

/// What holds for the attributes at some paths, where `*` stands for any key or list item.
struct PathTable<Rule: Sendable>: Sendable {
  final class Node: Sendable {
    let rule: Rule?
    let children: [String: Node]
    let any: Node?

    init(rule: Rule?, children: [String: Node], any: Node?) {
      self.rule = rule
      self.children = children
      self.any = any
    }

    /// Where the rules for what lies under `key` are.
    func next(_ key: String) -> Node? { children[key] ?? any }
  }

  let root: Node

  init(_ rules: [String: Rule]) {
    root = Self.node(rules.map { ($0.key.split(separator: ".").map(String.init)[...], $0.value) })
  }

  private static func node(_ rules: [(path: ArraySlice<String>, rule: Rule)]) -> Node {
    var here: Rule?
    var deeper: [String: [(ArraySlice<String>, Rule)]] = [:]
    for (path, rule) in rules {
      if let first = path.first { deeper[first, default: []].append((path.dropFirst(), rule)) } else { here = rule }
    }
    var children: [String: Node] = [:]
    // A rule for any key also holds where another rule names the key.
    let any = deeper["*"] ?? []
    for (key, rules) in deeper where key != "*" { children[key] = node(rules + any.filter { !$0.0.isEmpty }) }
    return Node(rule: here, children: children, any: any.isEmpty ? nil : node(any))
  }
}

import ComposeSyntax
import SourceText

/// A node of a YAML file that knows its place and reports what is wrong with it.
struct Document {
  let file: String
  let node: YAMLNode
  let problems: Problems
  private let map: LineMap

  var line: Int { map.position(of: node.range.start).line }

  /// Reads a file; nil, with a problem, when it is no YAML.
  init?(file: String, text: String, problems: Problems) {
    let source = YAMLFile(path: file, text: text)
    let map = source.source.lineMap
    // A key that stands there twice is found by `fields`, which knows what the keys mean.
    if let problem = source.problems.first(where: { $0.kind != .duplicateKey }) {
      problems.add(file, map.position(of: problem.range.start).line, "not valid YAML: \(problem.message)")
      return nil
    }
    guard let root = source.root, root.scalar?.isMissing != true else {
      problems.add(file, 1, "the file is empty")
      return nil
    }
    self.init(file: file, node: root, problems: problems, map: map)
  }

  private init(file: String, node: YAMLNode, problems: Problems, map: LineMap) {
    self.file = file
    self.node = node
    self.problems = problems
    self.map = map
  }

  func problem(_ message: String) { problems.add(file, line, message) }

  private func child(_ node: YAMLNode) -> Document {
    Document(file: file, node: node, problems: problems, map: map)
  }

  /// The entries of a mapping in order. Anything else is a problem.
  var entries: [(key: Document, value: Document)] {
    guard isMapping else {
      problem("expected a mapping")
      return []
    }
    return node.entries.map { (child($0.key), child($0.value)) }
  }

  /// The items of a sequence; a single node is a sequence of one.
  var items: [Document] { isSequence ? node.items.map { child($0.node) } : [self] }

  var isSequence: Bool { node.isSequence }
  var isMapping: Bool { node.isMapping }
  var scalar: String? { node.scalar?.value }

  /// The text of a scalar; a problem when it is none.
  var text: String {
    guard let scalar else {
      problem("expected a text")
      return ""
    }
    return scalar
  }

  var number: Int {
    guard let number = Int(text) else {
      problem("expected a number, found “\(text)”")
      return 0
    }
    return number
  }

  /// One of the values of an enumeration, by its name.
  func choice<Value>(_ values: [String: Value]) -> Value? {
    if let value = values[text] { return value }
    problem("“\(text)” is none of: \(values.keys.sorted().joined(separator: ", "))")
    return nil
  }

  /// The values of a mapping by key; other keys than `required` and `optional`, and missing ones, are problems.
  func fields(required: [String], optional: [String] = []) -> [String: Document] {
    var fields: [String: Document] = [:]
    for (key, value) in entries {
      if !required.contains(key.text), !optional.contains(key.text) {
        key.problem("unknown key “\(key.text)”; known here: \((required + optional).joined(separator: ", "))")
      } else if fields[key.text] != nil {
        key.problem("the key “\(key.text)” stands here twice")
      } else {
        fields[key.text] = value
      }
    }
    for key in required where fields[key] == nil { problem("the key “\(key)” is missing") }
    return fields
  }
}

import Yams

/// A node of a YAML file that knows its place and reports what is wrong with it.
struct Document {
  let file: String
  let node: Node
  let problems: Problems

  var line: Int { node.mark?.line ?? 1 }

  /// Reads a file; nil, with a problem, when it is no YAML.
  init?(file: String, text: String, problems: Problems) {
    do {
      // `.basic` keeps every scalar as the text that was written, and does not hash keys by regular expressions.
      guard let node = try Yams.compose(yaml: text, .basic) else {
        problems.add(file, 1, "the file is empty")
        return nil
      }
      self.init(file: file, node: node, problems: problems)
    } catch let error as YamlError {
      problems.add(file, Self.line(of: error), "not valid YAML: \(error)")
      return nil
    } catch {
      problems.add(file, 1, "not valid YAML: \(error)")
      return nil
    }
  }

  private init(file: String, node: Node, problems: Problems) {
    self.file = file
    self.node = node
    self.problems = problems
  }

  private static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: 1
    }
  }

  func problem(_ message: String) { problems.add(file, line, message) }

  private func child(_ node: Node) -> Document { Document(file: file, node: node, problems: problems) }

  /// The entries of a mapping in order. Anything else is a problem.
  var entries: [(key: Document, value: Document)] {
    guard case .mapping(let mapping) = node else {
      problem("expected a mapping")
      return []
    }
    return mapping.map { (child($0.key), child($0.value)) }
  }

  /// The items of a sequence; a single node is a sequence of one.
  var items: [Document] {
    guard case .sequence(let sequence) = node else { return [self] }
    return sequence.map(child)
  }

  var isSequence: Bool { if case .sequence = node { true } else { false } }
  var isMapping: Bool { if case .mapping = node { true } else { false } }
  var scalar: String? { if case .scalar(let scalar) = node { scalar.string } else { nil } }

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

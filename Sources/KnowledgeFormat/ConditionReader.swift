import Knowledge

/// Reads lines of conditions, and numbers the variables of one cause or question as they appear.
final class ConditionReader {
  private let relations: [Relation]
  private(set) var variables: [String] = []
  /// The variables that some pattern can bind.
  private(set) var bindable: Set<Int> = []

  init(relations: [Relation]) { self.relations = relations }

  /// The number of a variable written `$name`; nil, with a problem, for anything else.
  func variable(_ document: Document) -> Int? {
    let text = document.text
    guard text.hasPrefix("$"), text.count > 1 else {
      document.problem("expected a variable such as $service, found “\(text)”")
      return nil
    }
    return number(of: String(text.dropFirst()))
  }

  func number(of name: String) -> Int {
    if let index = variables.firstIndex(of: name) { return index }
    variables.append(name)
    return variables.count - 1
  }

  func lines(_ document: Document?, claim: Confidence = .proven) -> [Clause] {
    document?.items.compactMap { line($0, claim: claim) } ?? []
  }

  private func line(_ document: Document, claim: Confidence) -> Clause? {
    let entries = document.entries
    guard entries.count == 1, let (key, value) = entries.first else {
      document.problem("a line of a condition has one key: a relation, not, any, or known")
      return nil
    }
    switch key.text {
    case "not": return .not(lines(value))
    case "known": return .known(lines(value, claim: claim))
    case "any": return .any(value.items.map { alternative($0, claim: claim) })
    default: return pattern(key, value).map(Clause.row)
    }
  }

  private func alternative(_ document: Document, claim: Confidence) -> Alternative {
    if document.isSequence { return Alternative(claim, lines(document)) }
    guard document.entries.contains(where: { $0.key.text == "all" }) else {
      return Alternative(claim, [line(document, claim: claim)].compactMap { $0 })
    }
    let fields = document.fields(required: ["all"], optional: ["confidence"])
    let confidence = fields["confidence"]?.choice(confidences) ?? claim
    return Alternative(confidence, lines(fields["all"]))
  }

  private func pattern(_ key: Document, _ document: Document) -> Pattern? {
    guard let number = relations.firstIndex(where: { $0.name == key.text }) else {
      key.problem("there is no relation “\(key.text)”; facts.yaml names them all")
      return nil
    }
    let relation = relations[number]
    var matches: [Pattern.Match] = []
    for (name, value) in document.isMapping ? document.entries : [] {
      if name.text == rowColumn {
        matches.append(Pattern.Match(relation.columns.count, tests(value, .text)))
      } else if let index = relation.index(of: name.text) {
        matches.append(Pattern.Match(index, tests(value, relation.columns[index].type)))
      } else {
        let known = relation.columns.map(\.name).joined(separator: ", ")
        name.problem("“\(key.text)” has no column “\(name.text)”; its columns: \(known)")
      }
    }
    return Pattern(number, matches)
  }

  private func tests(_ document: Document, _ type: ColumnType) -> [Test] {
    if document.isSequence { return [.oneOf(document.items.map { constant($0, type) })] }
    if document.scalar != nil {
      switch operand(document, type) {
      case .variable(let variable): return [bind(variable)]
      case .constant(let text): return [.equal(text)]
      }
    }
    return document.entries.compactMap { test($0.key, $0.value, type) }
  }

  private func bind(_ variable: Int) -> Test {
    bindable.insert(variable)
    return .bind(variable)
  }

  private func test(_ name: Document, _ value: Document, _ type: ColumnType) -> Test? {
    switch name.text {
    case "as": return variable(value).map(bind)
    case "is":
      switch operand(value, type) {
      case .variable(let variable): return bind(variable)
      case .constant(let text): return .equal(text)
      }
    case "in": return .oneOf(value.items.map { constant($0, type) })
    case "not":
      return value.isSequence ? .noneOf(value.items.map { constant($0, type) }) : .notEqual(operand(value, type))
    case "less": return .less(operand(value, type))
    case "more": return .more(operand(value, type))
    case "older": return .older(operand(value, type))
    case "newer": return .newer(operand(value, type))
    case "under": return .under(operand(value, type))
    case "over": return .over(operand(value, type))
    case "starts": return .starts(operand(value, .text))
    case "ends": return .ends(operand(value, .text))
    case "contains": return .contains(operand(value, .text))
    case "glob": return .glob(value.text)
    case "before": return .before(operand(value, type))
    case "after": return .after(operand(value, type))
    default:
      name.problem("there is no operator “\(name.text)”")
      return nil
    }
  }

  private func operand(_ document: Document, _ type: ColumnType) -> Operand {
    let text = document.text
    if text.hasPrefix("$"), text.count > 1 { return .variable(number(of: String(text.dropFirst()))) }
    return .constant(constant(document, type))
  }

  private func constant(_ document: Document, _ type: ColumnType) -> String {
    let text = document.text
    if case .choice(let values) = type, !values.contains(text) {
      document.problem("“\(text)” is none of: \(values.joined(separator: ", "))")
    }
    return text
  }
}

let confidences = Dictionary(uniqueKeysWithValues: Confidence.allCases.map { ($0.name, $0) })

/// Checks a compose file against the shapes of the specification.
struct SchemaValidator {
  private(set) var problems: [ComposeProblem] = []
  private var path: [String] = []

  /// The problems of a file; the most specific one, which compose would name, comes first.
  static func problems(of map: ComposeMap) -> [ComposeProblem] {
    var validator = SchemaValidator()
    validator.check(ComposeValue(.map(map)), .composeFile)
    guard
      let deepest = validator.problems.indices.max(by: { left, right in
        let depths = (validator.problems[left].depth, validator.problems[right].depth)
        return depths.0 == depths.1 ? left > right : depths.0 < depths.1
      })
    else { return [] }
    var sorted = validator.problems
    sorted.insert(sorted.remove(at: deepest), at: 0)
    return sorted
  }

  private mutating func check(_ value: ComposeValue, _ shape: Shape) {
    if !shape.choices.isEmpty { return checkChoices(value, shape) }
    guard value.fits(shape.types) else { return reportType(value, shape) }
    switch value.content {
    case .map(let map): checkMap(map, value, shape)
    case .list(let items): checkList(items, value, shape)
    case .string(let text): checkText(text, value, shape)
    case .integer(let number):
      guard let range = shape.range, !range.contains(number) else { return }
      let expected =
        range.upperBound == Int.max ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      report(.notAllowed, "\(name) is \(number), but must be \(expected).", value, expected: expected)
    case .float(let number):
      // JSON, in which compose checks its files, has no such numbers.
      guard number.isFinite else {
        return report(.wrongType, "\(name) is \(GoNotation.text(number)), which is no number here.", value)
      }
    case .null, .bool: break
    }
  }

  /// Of several shapes, the one that fits the type of the value says what is wrong.
  private mutating func checkChoices(_ value: ComposeValue, _ shape: Shape) {
    let candidates = shape.choices.filter { value.fits($0.types) || !$0.choices.isEmpty }
    guard let first = candidates.first else { return reportType(value, shape) }
    var best: [ComposeProblem]?
    for candidate in candidates.isEmpty ? [first] : candidates {
      var trial = SchemaValidator()
      trial.path = path
      trial.check(value, candidate)
      if trial.problems.isEmpty { return }
      if best.map({ trial.problems.count < $0.count }) ?? true { best = trial.problems }
    }
    problems += best ?? []
  }

  private mutating func checkText(_ text: String, _ value: ComposeValue, _ shape: Shape) {
    if !shape.allowed.isEmpty, !shape.allowed.contains(text) {
      let list = shape.allowed.joined(separator: ", ")
      report(
        .notAllowed, "\(name) is `\(text)`, but must be one of: \(list).", value, subject: text, expected: list,
        suggestion: Suggestion.nearest(to: text, in: shape.allowed))
    }
    if let pattern = shape.pattern, !pattern(text) {
      report(
        .notAllowed, "\(name) is `\(text)`, but must be \(shape.patternText).", value, subject: text,
        expected: shape.patternText)
    }
  }

  private mutating func checkList(_ items: [ComposeValue], _ value: ComposeValue, _ shape: Shape) {
    if let shape = shape.items {
      for (index, item) in items.enumerated() {
        path.append(String(index))
        check(item, shape)
        path.removeLast()
      }
    }
    guard shape.isUnique else { return }
    var seen: [String: Int] = [:]
    for (index, item) in items.enumerated() {
      let key = item.fingerprint
      if seen[key] != nil {
        path.append(String(index))
        report(.duplicateItem, "`\(item.text ?? "This item")` stands twice in this list.", item, subject: item.text)
        path.removeLast()
      } else {
        seen[key] = index
      }
    }
  }

  private mutating func checkMap(_ map: ComposeMap, _ value: ComposeValue, _ shape: Shape) {
    for (key, item) in map {
      path.append(key)
      if let known = shape.keys[key] {
        check(item, known)
      } else if shape.names.contain(key) {
        if let named = shape.named { check(item, named) }
      } else if key.hasPrefix("x-") && shape.allowsExtensions || shape.isOpen {
        checkNumbers(item)
      } else if shape.keys.isEmpty {
        reportKey(
          .invalidName, "`\(key)` cannot be a name here: letters, digits, `.`, `_` and `-` are allowed.", item, key, nil
        )
      } else {
        let place = path.dropLast().isEmpty ? "A compose file" : "`\(path.dropLast().joined(separator: "."))`"
        reportKey(
          .unknownKey, "\(place) has no attribute `\(key)`.", item, key,
          problems.count < 100 ? Suggestion.nearest(to: key, in: Array(shape.keys.keys)) : nil)
      }
      path.removeLast()
    }
    for key in shape.required where map[key] == nil {
      report(.missingKey, "\(name) needs `\(key)`.", value, subject: key, expected: key)
    }
  }

  /// Infinity and not-a-number are refused even where anything may stand.
  private mutating func checkNumbers(_ value: ComposeValue) {
    switch value.content {
    case .float(let number) where !number.isFinite: check(value, .anything)
    case .list(let items): for item in items { checkNumbers(item) }
    case .map(let map): for (_, item) in map { checkNumbers(item) }
    default: break
    }
  }

  // MARK: Reports

  private var name: String { "`\(path.joined(separator: "."))`" }

  private mutating func reportType(_ value: ComposeValue, _ shape: Shape) {
    let names = shape.typeNames
    var expected = names.last ?? "something else"
    if names.count > 1 { expected = names.dropLast().joined(separator: ", ") + " or " + expected }
    report(
      .wrongType, "\(name) is \(value.typeName), but must be \(expected).", value, subject: value.text,
      expected: expected)
  }

  private mutating func reportKey(
    _ kind: ComposeProblem.Kind, _ message: String, _ value: ComposeValue, _ key: String, _ suggestion: String?
  ) {
    problems.append(
      ComposeProblem(
        severity: .error, kind: kind, message: message, suggestion: suggestion, path: path, subject: key,
        place: value.place?.ofKey))
  }

  private mutating func report(
    _ kind: ComposeProblem.Kind, _ message: String, _ value: ComposeValue, subject: String? = nil,
    expected: String? = nil, suggestion: String? = nil
  ) {
    problems.append(
      ComposeProblem(
        severity: .error, kind: kind, message: message, expected: expected, suggestion: suggestion, path: path,
        subject: subject, place: value.place))
  }
}

extension ComposeProblem {
  /// How specific a schema problem is: compose names the deepest one.
  fileprivate var depth: Int { path.count }
}

extension Shape {
  /// Maps with known keys may carry `x-` keys of the user.
  fileprivate var allowsExtensions: Bool { !keys.isEmpty }
}

extension Shape.Names {
  func contain(_ key: String) -> Bool {
    switch self {
    case .none: false
    case .any: !key.isEmpty
    case .lowercase: !key.isEmpty && key.utf8.allSatisfy { $0 >= 97 && $0 <= 122 }
    case .identifiers:
      !key.isEmpty
        && key.utf8.allSatisfy {
          Template.startsName($0) || $0 >= 48 && $0 <= 57 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
        }
    }
  }
}

extension ComposeValue {
  func fits(_ types: Shape.Types) -> Bool {
    switch content {
    case .null: types.contains(.null)
    case .bool: types.contains(.boolean)
    case .integer: !types.isDisjoint(with: [.integer, .number])
    case .float(let number): types.contains(.number) || types.contains(.integer) && number == number.rounded()
    case .string: types.contains(.string)
    case .list: types.contains(.list)
    case .map: types.contains(.map)
    }
  }

  /// Equal for equal values.
  var fingerprint: String {
    switch content {
    case .null: "~"
    case .bool(let value): "b\(value)"
    case .integer(let value): "n\(value)"
    case .float(let value): "n\(GoNotation.text(value))"
    case .string(let text): "s\(text.utf8.count):\(text)"
    case .list(let items): "[" + items.map(\.fingerprint).joined(separator: ",") + "]"
    case .map(let map):
      "{" + map.keys.sorted().map { "\($0.utf8.count):\($0)=\(map[$0]?.fingerprint ?? "")" }.joined(separator: ",")
        + "}"
    }
  }
}

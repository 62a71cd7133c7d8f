import SourceText

/// A text with variables, such as `${TAG:-latest}`, as compose files and `.env` files hold them.
///
/// https://docs.docker.com/reference/compose-file/interpolation/
struct Template {
  /// What stands behind the name of a variable.
  enum Operator: String, Sendable {
    case defaultIfEmpty = ":-"
    case defaultIfUnset = "-"
    case requiredNotEmpty = ":?"
    case required = "?"
    case replacementIfNotEmpty = ":+"
    case replacementIfSet = "+"
  }

  /// One use of a variable.
  struct Use {
    var name: String
    var modifier: Operator?
    /// The bytes of the text from `$` to the end of the name or the closing brace.
    var range: ByteRange
    /// The value that the environment has for it.
    var value: String?
  }

  enum Fault: Error, Equatable {
    /// A `${` that does not begin a variable.
    case invalid
    /// A variable with `?` that has no value.
    case missing(name: String, reason: String)
    case tooDeep
    /// Variables stand here more often, or make the text longer, than anybody wants.
    case tooLong
  }

  private(set) var output: [UInt8] = []
  private(set) var map = SourceMap(start: 0)
  private(set) var uses: [Use] = []
  private(set) var faults: [(fault: Fault, range: ByteRange)] = []

  /// The outermost variable whose default is being expanded.
  private var expression: ByteRange?
  private let bytes: [UInt8]
  private let lookup: (String) -> String?

  private let mostBytes: Int

  private static let deepestNesting = 100
  private static let mostUses = 100_000
  /// How many bytes variables may add to a text.
  static let mostGrowth = 4 << 20

  /// Replaces the variables of `text`. What is faulty stays as it is.
  init(_ text: String, mostGrowth: Int = Template.mostGrowth, lookup: @escaping (String) -> String?) {
    self.init(text, mostGrowth: mostGrowth, depth: 0, lookup: lookup)
  }

  private init(_ text: String, mostGrowth: Int, depth: Int, lookup: @escaping (String) -> String?) {
    bytes = Array(text.utf8)
    mostBytes = bytes.count + max(mostGrowth, 0)
    self.lookup = lookup
    map = SourceMap(start: 0)
    expand(ByteRange(0, bytes.count), depth: depth)
  }

  /// How many bytes the variables added.
  var growth: Int { max(output.count - bytes.count, 0) }

  private var isTooLong: Bool { faults.last?.fault == .tooLong }

  var text: String { String(decoding: output, as: UTF8.self) }

  private mutating func emit(_ range: ByteRange) {
    output += bytes[range.start..<range.end]
    map.append(verbatim: range, expression: expression)
  }

  private mutating func emit(_ value: String, for range: ByteRange, isVariable: Bool = true) {
    let bytes = Array(value.utf8)
    guard output.count + bytes.count <= mostBytes else {
      if !isTooLong { faults.append((.tooLong, range)) }
      return
    }
    output += bytes
    map.append(bytes.count, from: range, expression: expression ?? (isVariable ? range : nil))
  }

  private mutating func expand(_ range: ByteRange, depth: Int) {
    var index = range.start
    var run = index
    var lastBrace: (line: ByteRange, brace: Int?)?
    while index < range.end, !isTooLong {
      guard bytes[index] == UInt8(ascii: "$"), index + 1 < range.end else {
        index += 1
        continue
      }
      let next = bytes[index + 1]
      if next == UInt8(ascii: "$") {
        emit(ByteRange(run, index))
        emit("$", for: ByteRange(index, index + 2), isVariable: false)
        index += 2
        run = index
      } else if Self.startsName(next) {
        emit(ByteRange(run, index))
        let end = nameEnd(from: index + 1, in: range)
        let use = ByteRange(index, end)
        substitute(name(ByteRange(index + 1, end)), modifier: nil, operand: ByteRange(at: end), use: use, depth: depth)
        index = end
        run = index
      } else if next == UInt8(ascii: "{") {
        if lastBrace.map({ !$0.line.contains(index) }) ?? true { lastBrace = closingBrace(ofLineAt: index, in: range) }
        guard let end = expandBraced(at: index, in: range, lastBrace: lastBrace?.brace, run: run, depth: depth) else {
          faults.append((.invalid, ByteRange(index, index + 2)))
          index += 2
          continue
        }
        index = end
        run = index
      } else {
        index += 1
      }
    }
    emit(ByteRange(run, range.end))
  }

  /// Expands `${...}` and returns where it ends; nil where it is no variable.
  private mutating func expandBraced(
    at start: Int, in range: ByteRange, lastBrace: Int?, run: Int, depth: Int
  ) -> Int? {
    let nameStart = start + 2
    guard nameStart < range.end, Self.startsName(bytes[nameStart]) else { return nil }
    let nameEnd = nameEnd(from: nameStart, in: range)
    guard nameEnd < range.end else { return nil }
    let name = name(ByteRange(nameStart, nameEnd))
    if bytes[nameEnd] == UInt8(ascii: "}") {
      emit(ByteRange(run, start))
      let use = ByteRange(start, nameEnd + 1)
      substitute(name, modifier: nil, operand: ByteRange(at: nameEnd), use: use, depth: depth)
      return nameEnd + 1
    }
    guard let modifier = modifier(at: nameEnd, in: range) else { return nil }
    let operandStart = nameEnd + modifier.rawValue.utf8.count
    guard let lastBrace, lastBrace >= operandStart else { return nil }
    let end = balancedBrace(from: start, to: lastBrace + 1) ?? lastBrace
    emit(ByteRange(run, start))
    substitute(
      name, modifier: modifier, operand: ByteRange(operandStart, end), use: ByteRange(start, end + 1), depth: depth)
    return end + 1
  }

  private mutating func substitute(
    _ name: String, modifier: Operator?, operand: ByteRange, use: ByteRange, depth: Int
  ) {
    guard uses.count < Self.mostUses else {
      faults.append((.tooLong, use))
      return
    }
    let value = lookup(name)
    uses.append(Use(name: name, modifier: modifier, range: use, value: value))
    let takesOperand: Bool
    switch modifier {
    case nil: takesOperand = false
    case .defaultIfEmpty: takesOperand = value?.isEmpty ?? true
    case .defaultIfUnset: takesOperand = value == nil
    case .replacementIfNotEmpty: takesOperand = value.map { !$0.isEmpty } ?? false
    case .replacementIfSet: takesOperand = value != nil
    case .requiredNotEmpty, .required:
      if let value, modifier == .required || !value.isEmpty {
        emit(value, for: use)
      } else {
        guard depth < Self.deepestNesting else { return faults.append((.tooDeep, use)) }
        let operand = Template(
          self.name(operand), mostGrowth: mostBytes - output.count, depth: depth + 1, lookup: lookup)
        let reason = operand.text
        faults.append((.missing(name: name, reason: reason), use))
      }
      return
    }
    guard takesOperand else { return emit(value ?? "", for: use) }
    guard depth < Self.deepestNesting else {
      faults.append((.tooDeep, use))
      return
    }
    let outer = expression
    expression = outer ?? use
    expand(operand, depth: depth + 1)
    expression = outer
  }

  // MARK: Reading

  private func name(_ range: ByteRange) -> String { String(decoding: bytes[range.start..<range.end], as: UTF8.self) }

  static func startsName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }

  private func nameEnd(from start: Int, in range: ByteRange) -> Int {
    var index = start
    while index < range.end,
      Self.startsName(bytes[index]) || bytes[index] >= UInt8(ascii: "0") && bytes[index] <= UInt8(ascii: "9")
    {
      index += 1
    }
    return index
  }

  private func modifier(at index: Int, in range: ByteRange) -> Operator? {
    let isSoft = bytes[index] == UInt8(ascii: ":")
    let place = isSoft ? index + 1 : index
    guard place < range.end else { return nil }
    return Operator(rawValue: (isSoft ? ":" : "") + String(UnicodeScalar(bytes[place])))
  }

  /// The last `}` of the line: a variable with a modifier reaches at most there.
  private func closingBrace(ofLineAt index: Int, in range: ByteRange) -> (line: ByteRange, brace: Int?) {
    var end = index
    var brace: Int?
    while end < range.end, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "}") { brace = end }
      end += 1
    }
    return (ByteRange(index, end), brace)
  }

  /// The brace that closes the first one. Compose skips the byte after every `{`, so that `{}` counts as an open brace.
  private func balancedBrace(from start: Int, to end: Int) -> Int? {
    var open = 0
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "}") {
        open -= 1
        if open == 0 { return index }
      }
      if bytes[index] == UInt8(ascii: "{") {
        open += 1
        index += 1
      }
      index += 1
    }
    return nil
  }
}

/// Names of the variables that a text mentions, in defaults too; an empty name for a `${` that begins none.
enum TemplateVariables {
  static func names(in text: String) -> Set<String> {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return [] }
    var names: Set<String> = []
    // Whatever the environment holds, each operand is looked at once: as unset for defaults, as set for replacements.
    for value in [nil, "x"] as [String?] {
      let template = Template(text) { _ in value }
      for use in template.uses { names.insert(use.name) }
      if template.faults.contains(where: { $0.fault == .invalid }) { names.insert("") }
      for (fault, _) in template.faults {
        if case .missing(let name, _) = fault { names.insert(name) }
      }
    }
    return names
  }
}

/// What a value may be: a part of the schema of the compose specification.
///
/// https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json
final class Shape: Sendable {
  struct Types: OptionSet, Sendable {
    let rawValue: Int
    static let string = Types(rawValue: 1)
    static let boolean = Types(rawValue: 2)
    static let integer = Types(rawValue: 4)
    static let number = Types(rawValue: 8)
    static let null = Types(rawValue: 16)
    static let list = Types(rawValue: 32)
    static let map = Types(rawValue: 64)
  }

  /// Which keys of a map are names that the user chooses.
  enum Names: Sendable {
    case none
    /// Letters, digits, `.`, `_` and `-`.
    case identifiers
    case lowercase
    case any
  }

  let types: Types
  let keys: [String: Shape]
  let names: Names
  let named: Shape?
  /// Whether keys are allowed that are neither known nor names.
  let isOpen: Bool
  let required: [String]
  let items: Shape?
  let isUnique: Bool
  let allowed: [String]
  let range: ClosedRange<Int>?
  let pattern: (@Sendable (String) -> Bool)?
  /// How a text must look, for people.
  let patternText: String
  /// Exactly one of these must fit.
  let choices: [Shape]

  init(
    _ types: Types, keys: [String: Shape] = [:], names: Names = .none, named: Shape? = nil, isOpen: Bool = false,
    required: [String] = [], items: Shape? = nil, isUnique: Bool = false, allowed: [String] = [],
    range: ClosedRange<Int>? = nil, pattern: (@Sendable (String) -> Bool)? = nil, patternText: String = "",
    choices: [Shape] = []
  ) {
    self.types = types
    self.keys = keys
    self.names = names
    self.named = named
    self.isOpen = isOpen
    self.required = required
    self.items = items
    self.isUnique = isUnique
    self.allowed = allowed
    self.range = range
    self.pattern = pattern
    self.patternText = patternText
    self.choices = choices
  }

  static func map(_ keys: [String: Shape], required: [String] = [], orNull: Bool = false) -> Shape {
    Shape(orNull ? [.map, .null] : .map, keys: keys, required: required)
  }

  static func list(_ items: Shape, isUnique: Bool = false) -> Shape { Shape(.list, items: items, isUnique: isUnique) }
  static func named(_ shape: Shape, _ names: Names = .identifiers, isOpen: Bool = false) -> Shape {
    Shape(.map, names: names, named: shape, isOpen: isOpen)
  }
  static func one(of choices: Shape...) -> Shape { Shape([], choices: choices) }
  static func text(_ allowed: String...) -> Shape { Shape(.string, allowed: allowed) }

  static let string = Shape(.string)
  static let boolean = Shape(.boolean)
  static let flag = Shape([.boolean, .string])
  static let integer = Shape([.integer, .string])
  static let number = Shape([.number, .string])
  static let anything = Shape([.string, .boolean, .number, .null, .list, .map], isOpen: true)
  static let strings = list(string, isUnique: true)
  static let freeStrings = list(string)
  static let stringOrList = one(of: string, strings)
  static let command = one(of: Shape(.null), string, freeStrings)
  /// A map of settings, or a list of `NAME=value`.
  static let settings = one(of: named(Shape([.string, .number, .boolean, .null]), .any), strings)
  static let options = named(Shape([.string, .number]), .any)

  /// The types in words: `a string or a list`.
  var typeNames: [String] {
    if !choices.isEmpty { return choices.flatMap(\.typeNames) }
    var names: [String] = []
    if types.contains(.string) { names.append("a string") }
    if types.contains(.boolean) { names.append("a boolean") }
    if types.contains(.integer) { names.append("an integer") }
    if types.contains(.number) { names.append("a number") }
    if types.contains(.list) { names.append("a list") }
    if types.contains(.map) { names.append("a mapping") }
    if types.contains(.null) { names.append("empty") }
    return names
  }
}

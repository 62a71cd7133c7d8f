import SourceText

/// A variable as it stands at one place of a stage.
public struct Variable: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    case arg
    case env
    /// The base image brings it along.
    case baseImage
    /// The builder sets it: PATH, or the platform arguments outside of stages.
    case predefined
  }

  public let name: String
  /// nil where it is not known.
  public let value: String?
  public let origin: Origin
  /// The names on which an unknown value depends.
  public let unknown: [String]
  /// Where it was given this value.
  public let range: ByteRange?
  /// The instruction that gave it this value.
  public let instruction: Int?
  /// Whether an ARG got its value from its own default, so that another build may give another one.
  public let isDefault: Bool

  init(
    _ name: String, _ expansion: Expansion, _ origin: Origin, range: ByteRange? = nil, instruction: Int? = nil,
    isDefault: Bool = false
  ) {
    self.name = name
    value = expansion.value
    unknown = expansion.unknown
    self.origin = origin
    self.range = range
    self.instruction = instruction
    self.isDefault = isDefault
  }
}

/// What a word becomes when its quotes are removed and its variables are replaced.
public struct Expansion: Hashable, Sendable {
  /// nil where it depends on something unknown, where the builder refuses the word, or where it is larger than is worth
  /// following.
  public let value: String?
  /// The variables because of which there is no value.
  public let unknown: [String]
  /// The variables that are not set, which the builder takes as empty.
  public let unset: [String]
  /// Why the builder refuses the word, in its own words.
  public let failure: String?

  public init(_ value: String) {
    self.value = value
    unknown = []
    unset = []
    failure = nil
  }

  public init(unknown: [String]) {
    value = nil
    self.unknown = unknown
    unset = []
    failure = nil
  }

  init(_ result: WordExpander.Result) {
    value = result.unknown.isEmpty ? String(decoding: result.text, as: UTF8.self) : nil
    unknown = result.unknown
    unset = result.unset
    failure = nil
  }

  init(_ failure: WordExpander.Failure) {
    value = nil
    unknown = []
    unset = []
    self.failure = failure.isLimit ? nil : failure.message
  }
}

/// The variables at one place: all definitions of a stage up to there, and those of the stage it begins with.
public struct Environment: Sendable {
  /// Definitions in order. A later one hides an earlier one of the same name.
  struct History: Sendable {
    private(set) var variables: [Variable] = []
    private var places: [String: [Int]] = [:]

    mutating func define(_ variable: Variable) {
      places[variable.name, default: []].append(variables.count)
      variables.append(variable)
    }

    func find(_ name: String, before count: Int) -> Variable? {
      guard let places = places[name] else { return nil }
      var low = 0
      var high = places.count
      while low < high {
        let middle = (low + high) / 2
        if places[middle] < count { low = middle + 1 } else { high = middle }
      }
      return low > 0 ? variables[places[low - 1]] : nil
    }
  }

  /// The environment at the end of the stage this one begins with.
  final class Parent: Sendable {
    let environment: Environment

    init(_ environment: Environment) {
      self.environment = environment
    }
  }

  var history = History()
  var count = 0
  var parent: Parent?
  /// Whether every variable is known to be set or not: false after a base image that nobody has looked into.
  public internal(set) var isComplete = true
  var escape = UInt8.backslash
  /// How many bytes all values have, those of the stages below included.
  var spent = 0
  /// Where values have more bytes than this, variables hardly make words longer any more.
  private static let largest = 8_000_000

  init() {}

  /// An environment of these variables and no others.
  public init(_ values: [String: String]) {
    for (name, value) in values { define(Variable(name, Expansion(value), .predefined)) }
  }

  /// The variable of that name; nil if there is none, or if it is not known whether there is one.
  public subscript(name: String) -> Variable? {
    var environment = self
    while true {
      if let variable = environment.history.find(name, before: environment.count) { return variable }
      guard let parent = environment.parent else { return nil }
      environment = parent.environment
    }
  }

  /// All variables, in the order of their first definition.
  public var variables: [Variable] {
    var chain = [self]
    while let parent = chain.last?.parent { chain.append(parent.environment) }
    var places: [String: Int] = [:]
    var variables: [Variable] = []
    for environment in chain.reversed() {
      for variable in environment.history.variables.prefix(environment.count) {
        if let place = places[variable.name] {
          variables[place] = variable
        } else {
          places[variable.name] = variables.count
          variables.append(variable)
        }
      }
    }
    return variables
  }

  mutating func define(_ variable: Variable) {
    history.define(variable)
    count = history.variables.count
    spent += variable.value?.utf8.count ?? 0
  }

  func value(of name: String) -> VariableValue {
    guard let variable = self[name] else { return isComplete ? .unset : .unknown }
    return variable.value.map { .value($0) } ?? .unknown
  }

  /// What a word of an instruction becomes here.
  public func expand(_ word: Word) -> Expansion { expand(word.text) }

  /// What a text becomes here, with the quoting rules of instructions.
  public func expand(_ text: String) -> Expansion {
    let bytes = Array(text.utf8)
    guard bytes.contains(where: { $0 == .dollar || $0 == .singleQuote || $0 == .doubleQuote || $0 == escape }) else {
      return Expansion(text)
    }
    return result(bytes, WordExpander.Options()).expansion
  }

  /// The words that a text becomes here: unquoted white space separates them, also where it comes from a variable.
  public func expandWords(_ text: String) -> (words: [String], expansion: Expansion) {
    let (pieces, expansion) = result(Array(text.utf8), WordExpander.Options(splits: true))
    return (pieces.map { String(decoding: $0.text, as: UTF8.self) }, expansion)
  }

  /// What the body of a heredoc becomes here: quotes are characters like any other.
  func expandBody(_ text: String) -> Expansion {
    result(Array(text.utf8), WordExpander.Options(ignoresQuotes: true), escape: .backslash).expansion
  }

  private func result(
    _ bytes: [UInt8], _ options: WordExpander.Options, escape: UInt8? = nil
  ) -> (pieces: [WordExpander.Piece], expansion: Expansion) {
    var options = options
    if spent > Self.largest { options.growth = 256 }
    do throws(WordExpander.Failure) {
      let result = try WordExpander.expand(
        bytes, 0..<bytes.count, escape: escape ?? self.escape, options: options, lookup: value)
      return (result.pieces, Expansion(result))
    } catch {
      return ([], Expansion(error))
    }
  }
}

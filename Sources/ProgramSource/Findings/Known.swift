import SourceText

/// A value read off the source, or the reason why the source alone does not tell it.
public enum Known<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value and the bytes that spell it: only these bytes, without quotes or neighbouring text.
  case known(Value, SourcePlace)
  case unknown(UnknownReason)

  public var value: Value? { if case .known(let value, _) = self { value } else { nil } }
  public var place: SourcePlace? { if case .known(_, let place) = self { place } else { nil } }
}

/// Why a value cannot be told from the source.
public enum UnknownReason: String, Hashable, Sendable, CaseIterable {
  /// Only what stands outside the program decides; see the setters beside the value.
  case setOutside = "set-outside"
  /// It is computed by code that is not followed.
  case computed
  /// It comes from a library whose source is not here.
  case library
  /// Several different values are possible.
  case several
  /// It is a parameter, and no call with a known argument was found.
  case parameter
  /// The name is declared nowhere in the given files.
  case undeclared
  /// The text is there but is no address, number or name as it should be.
  case malformed
  /// The value is followed through too many steps.
  case tooDeep = "too-deep"
}

/// What outside the program's source may decide a value.
public struct Setter: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An environment variable; `name` is its name.
    case variable
    /// A command line flag; `name` is its long name without dashes.
    case flag
    /// An argument without a name; `name` is its position from 1 where it is known, else empty.
    case argument
    /// A configuration file or store; `name` is the key where it is known, else empty.
    case configuration
    /// Standard input, a file, a network answer or the like.
    case input
  }

  public var kind: Kind
  public var name: String
  /// Where the program asks for it.
  public var place: SourcePlace

  public init(_ kind: Kind, _ name: String, _ place: SourcePlace) {
    self.kind = kind
    self.name = name
    self.place = place
  }
}

/// A value with everything that can decide it.
public struct Traced<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The value while no setter says otherwise.
  public var value: Known<Value>
  /// In the order in which the program asks them. Empty: the source alone decides.
  public var setters: [Setter]
  /// Whether a library, not the program's own source, brings the value when nobody sets it.
  public var byFramework: Bool
  /// Whether the bytes at the value's place are the value, letter by letter: replacing them replaces it.
  public var isSpelled: Bool

  public init(_ value: Known<Value>, setters: [Setter] = [], byFramework: Bool = false, isSpelled: Bool = false) {
    self.value = value
    self.setters = setters
    self.byFramework = byFramework
    self.isSpelled = isSpelled
  }

  /// How the value comes about.
  public enum Origin: String, Hashable, Sendable, CaseIterable {
    case constant, `default`, framework, variable, flag, argument, configuration, input, unknown
  }

  /// A constant of the source, a default that a setter may replace, what must be set from outside, or unknown.
  public var origin: Origin {
    switch value {
    case .known: byFramework ? .framework : setters.isEmpty ? .constant : .default
    case .unknown:
      switch setters.first?.kind {
      case .variable: .variable
      case .flag: .flag
      case .argument: .argument
      case .configuration: .configuration
      case .input: .input
      case nil: .unknown
      }
    }
  }
}

/// An answer to a question about the source that may not be certain.
public enum Answer: String, Hashable, Sendable, CaseIterable {
  case yes, no, unknown
}

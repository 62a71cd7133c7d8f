import SourceText

/// A lexical element of Go source.
///
/// Source: https://go.dev/ref/spec#Lexical_elements
public struct GoToken: Hashable, Sendable {
  public enum Kind: UInt8, Hashable, Sendable {
    case identifier, integer, float, imaginary, rune, string, rawString, invalid, end

    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, period, ellipsis, colon, semicolon
    /// A semicolon that the newline after a line's last token stands for; its range is empty.
    case automaticSemicolon
    case assign, define, assignOperation, increment, decrement
    case arrow, star, ampersand, plus, minus, exclamation, caret, tilde
    /// `/ % << >> &^`
    case multiplicative
    /// `|`
    case pipe
    /// `== != < <= > >=`
    case comparison
    case logicalAnd, logicalOr

    case keywordBreak, keywordCase, keywordChan, keywordConst, keywordContinue, keywordDefault, keywordDefer
    case keywordElse, keywordFallthrough, keywordFor, keywordFunc, keywordGo, keywordGoto, keywordIf, keywordImport
    case keywordInterface, keywordMap, keywordPackage, keywordRange, keywordReturn, keywordSelect, keywordStruct
    case keywordSwitch, keywordType, keywordVar

    public var isKeyword: Bool { rawValue >= Kind.keywordBreak.rawValue }
    public var isSemicolon: Bool { self == .semicolon || self == .automaticSemicolon }

    /// Whether a newline after such a token ends the statement: https://go.dev/ref/spec#Semicolons
    var endsStatement: Bool {
      switch self {
      case .identifier, .integer, .float, .imaginary, .rune, .string, .rawString, .rightParenthesis, .rightBracket,
        .rightBrace, .increment, .decrement, .keywordBreak, .keywordContinue, .keywordFallthrough, .keywordReturn:
        true
      default: false
      }
    }
  }

  public var kind: Kind
  public var range: ByteRange

  public init(_ kind: Kind, _ range: ByteRange) {
    self.kind = kind
    self.range = range
  }
}

extension GoToken.Kind {
  /// The keyword that these bytes spell.
  static func keyword(_ word: UnsafeBufferPointer<UInt8>.SubSequence) -> GoToken.Kind? {
    guard word.count >= 2, word.count <= 11, let first = word.first else { return nil }
    let candidates: [(StaticString, GoToken.Kind)]
    switch first {
    case UInt8(ascii: "b"): candidates = [("break", .keywordBreak)]
    case UInt8(ascii: "c"):
      candidates = [
        ("case", .keywordCase), ("chan", .keywordChan), ("const", .keywordConst), ("continue", .keywordContinue),
      ]
    case UInt8(ascii: "d"): candidates = [("default", .keywordDefault), ("defer", .keywordDefer)]
    case UInt8(ascii: "e"): candidates = [("else", .keywordElse)]
    case UInt8(ascii: "f"):
      candidates = [("for", .keywordFor), ("func", .keywordFunc), ("fallthrough", .keywordFallthrough)]
    case UInt8(ascii: "g"): candidates = [("go", .keywordGo), ("goto", .keywordGoto)]
    case UInt8(ascii: "i"):
      candidates = [("if", .keywordIf), ("import", .keywordImport), ("interface", .keywordInterface)]
    case UInt8(ascii: "m"): candidates = [("map", .keywordMap)]
    case UInt8(ascii: "p"): candidates = [("package", .keywordPackage)]
    case UInt8(ascii: "r"): candidates = [("range", .keywordRange), ("return", .keywordReturn)]
    case UInt8(ascii: "s"):
      candidates = [("select", .keywordSelect), ("struct", .keywordStruct), ("switch", .keywordSwitch)]
    case UInt8(ascii: "t"): candidates = [("type", .keywordType)]
    case UInt8(ascii: "v"): candidates = [("var", .keywordVar)]
    default: return nil
    }
    return candidates.first { spelling, _ in
      spelling.utf8CodeUnitCount == word.count
        && word.elementsEqual(UnsafeBufferPointer(start: spelling.utf8Start, count: word.count))
    }?.1
  }
}

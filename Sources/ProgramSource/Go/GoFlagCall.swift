import SourceText

/// A call that declares a flag: `String(name, default, usage)`, `StringP(name, short, default, usage)`,
/// `StringVar(&target, name, default, usage)`, `StringVarP(&target, name, short, default, usage)`.
struct FlagCall {
  var name: String
  var fallback: GoExpression
  var target: GoExpression?

  private static let types: Set<String> = [
    "String", "Int", "Int32", "Int64", "Uint", "Uint16", "Uint32", "Uint64", "IP", "StringSlice", "StringArray", "Bool",
    "Duration",
  ]

  init?(_ method: String, _ arguments: [GoExpression]) {
    var type = method
    let isShort = type.hasSuffix("P") && type != "IP"
    if isShort { type.removeLast() }
    let hasTarget = type.hasSuffix("Var")
    if hasTarget { type.removeLast(3) }
    guard Self.types.contains(type) else { return nil }
    let count = 3 + (isShort ? 1 : 0) + (hasTarget ? 1 : 0)
    let first = hasTarget ? 1 : 0
    guard arguments.count == count, let name = arguments[first].string else { return nil }
    self.name = name
    fallback = arguments[first + (isShort ? 2 : 1)]
    target = hasTarget ? arguments[0] : nil
  }
}

/// `kingpin.Flag("listen", "help").Default(":80").Envar("LISTEN")`, without the call that ends the chain.
struct KingpinChain {
  var flag: String?
  var isArgument = false
  var fallback: GoExpression?
  var variables: [String] = []

  /// Nil for an expression that holds no call of Flag or Arg.
  init?(_ expression: GoExpression) {
    var rest = expression
    while case .call(let function, let arguments) = rest.kind, case .selector(let base, let member) = function.kind {
      switch member.text {
      case "Default": fallback = arguments.first
      case "Envar", "EnvVar": variables += arguments.compactMap(\.string)
      case "Flag" where arguments.count == 2, "Arg" where arguments.count == 2:
        flag = arguments[0].string
        isArgument = member.text == "Arg"
      default: break
      }
      rest = base
    }
    if flag == nil { return nil }
  }
}

/// The tag of a struct field: https://pkg.go.dev/reflect#StructTag
enum GoStructTag {
  static func parse(_ tag: String) -> [String: String] {
    var values: [String: String] = [:]
    var rest = tag[...]
    while let colon = rest.firstIndex(of: ":") {
      let key = rest[..<colon].trimmed
      rest = rest[rest.index(after: colon)...]
      guard rest.first == "\"" else { break }
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: "\"") else { break }
      values[key] = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
    }
    return values
  }

  /// Where a value of the tag stands in the file.
  static func range(of value: String, in tag: SpelledText, _ source: SourceFile) -> ByteRange? {
    guard GoLiteral.isVerbatim(source.bytes, tag.range) else { return nil }
    let text = Array(tag.text.utf8)
    let wanted = Array("efault:\"\(value)\"".utf8)
    guard text.count >= wanted.count else { return nil }
    for start in 0...(text.count - wanted.count) where text[start..<(start + wanted.count)].elementsEqual(wanted) {
      let offset = tag.range.start + 1 + start + 8
      return ByteRange(offset, offset + value.utf8.count)
    }
    return nil
  }
}

extension StringProtocol {
  var lowercasedASCII: String { String(decoding: utf8.map { 65...90 ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self) }
  var uppercasedASCII: String { String(decoding: utf8.map { 97...122 ~= $0 ? $0 & 0xDF : $0 }, as: UTF8.self) }
}

import SourceText

extension GoEvaluator {
  /// The value of a call's result: functions of the project are looked into, library functions are known by name.
  mutating func call(_ function: GoExpression, _ arguments: GoArguments, _ range: ByteRange, result: Int) -> GoValue {
    let unit = arguments.unit
    if let code = index.code(called: function, unit: unit) {
      var arguments = arguments
      arguments.receiver = GoIndex.receiver(of: function)
      return returned(by: code, arguments, result: result)
    }
    if let name = function.name, index.binding(name, unit: unit, at: function.range.start) == nil,
      Self.conversions.contains(name), arguments.expressions.count == 1
    {
      return value(arguments.expressions[0], unit: unit, frame: arguments.frame)
    }
    if function.name == "new", let type = arguments.expressions.first.flatMap({ index.typeSymbol($0, unit: unit) }) {
      let nothing = GoArguments(expressions: [], unit: unit, frame: arguments.frame)
      return .object(GoObject(type: type, elements: [], arguments: nothing, range: range))
    }
    guard let symbol = index.librarySymbol(function, unit: unit) else {
      if case .array = function.kind, arguments.expressions.count == 1 {
        return value(arguments.expressions[0], unit: unit, frame: arguments.frame)
      }
      return method(function, arguments, range)
    }
    guard result == 0 else { return .unknown(.library, []) }
    return library(symbol, arguments, range)
  }

  private static let conversions: Set<String> = [
    "string", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "any",
  ]

  /// What a function of the project returns: its return statements joined.
  private mutating func returned(by code: Int, _ arguments: GoArguments, result: Int) -> GoValue {
    let frame = GoFrame.call(code: code, arguments: arguments)
    let function = index.codes[code]
    var joined: GoValue?
    for statement in function.returns.prefix(16) {
      var value: GoValue
      if statement.values.isEmpty, function.signature.results.indices.contains(result),
        let name = function.signature.results[result].name,
        let binding = index.binding(name.text, unit: function.unit, at: function.body.range.end - 1)
      {
        value = variable(binding, [], at: index.nodes[statement.node].statement.range.start, function.unit, frame)
      } else if statement.values.count == 1, result > 0, case .call(let inner, let list) = statement.values[0].kind {
        let called = GoArguments(expressions: list, unit: function.unit, frame: frame)
        value = call(inner, called, statement.values[0].range, result: result)
      } else if statement.values.indices.contains(result) {
        // A result of nothing beside an error is not the value that the program goes on with.
        if isErrorReturn(statement, result) { continue }
        value = self.value(statement.values[result], unit: function.unit, frame: frame)
      } else {
        value = .unknown(.computed, [])
      }
      joined = joined.map { $0.joined(value) } ?? value
    }
    return joined ?? .unknown(.computed, [])
  }

  private func isErrorReturn(_ statement: GoReturn, _ result: Int) -> Bool {
    guard statement.values.count > 1, let last = statement.values.last, last.name != "nil" else { return false }
    switch statement.values[result].kind {
    case .name("nil"): return true
    case .string(""), .number("0"): return last.name == "err" || last.name == nil
    case .composite(_, let elements): return elements.isEmpty
    default: return false
    }
  }

  private mutating func value(_ position: Int, _ arguments: GoArguments) -> GoValue {
    guard arguments.expressions.indices.contains(position) else { return .unknown(.computed, []) }
    return value(arguments.expressions[position], unit: arguments.unit, frame: arguments.frame)
  }

  /// What a library function gives back.
  private mutating func library(_ symbol: GoSymbol, _ arguments: GoArguments, _ range: ByteRange) -> GoValue {
    let place = index.place(range, unit: arguments.unit)
    switch symbol.description {
    case "os.Getenv", "os.LookupEnv", "syscall.Getenv":
      return .outside(Setter(.variable, value(0, arguments).known ?? "", place))
    case "cmp.Or":
      return arguments.expressions.indices.dropFirst().reduce(value(0, arguments)) { $0.or(value($1, arguments)) }
    case "fmt.Sprintf": return formatted(arguments)
    case "fmt.Sprint":
      return .text(arguments.expressions.indices.prefix(16).flatMap { value($0, arguments).pieces })
    case "net.JoinHostPort":
      return .text(value(0, arguments).pieces + [TextPiece(text: ":", place: nil)] + value(1, arguments).pieces)
    case "strconv.Itoa", "strconv.FormatInt", "strconv.FormatUint", "strings.TrimSpace", "strings.ToLower",
      "strings.ToUpper", "strings.Trim", "strings.TrimRight", "strings.TrimSuffix", "os.ExpandEnv",
      "path/filepath.Clean",
      "path.Clean", "path/filepath.FromSlash", "net.ParseIP", "strings.Clone", "bytes.TrimSpace", "bytes.TrimPrefix",
      "strings.TrimPrefix", "net/netip.MustParseAddr", "net.ResolveTCPAddr", "net.ResolveUDPAddr":
      return value(symbol.name.hasPrefix("Resolve") ? 1 : 0, arguments)
    case "strconv.Atoi", "strconv.ParseInt", "strconv.ParseUint": return number(value(0, arguments))
    case "path.Join", "path/filepath.Join":
      let parts = arguments.expressions.indices.prefix(16).map { value($0, arguments).pieces }
      return .text(Array(parts.joined(separator: [TextPiece(text: "/", place: nil)])))
    case "os.ReadFile", "io/ioutil.ReadFile", "io.ReadAll", "io/ioutil.ReadAll":
      return .outside(Setter(.input, value(0, arguments).known ?? "", place))
    case "net.IPv4":
      let parts = arguments.expressions.indices.prefix(4).map { value($0, arguments).pieces }
      return .text(Array(parts.joined(separator: [TextPiece(text: ".", place: nil)])))
    default: break
    }
    if let setting = settings.value(of: symbol, arguments, place, &self) { return setting }
    return .made(symbol, arguments)
  }

  /// A method of something that is not of the project: chains of flag libraries, `.String()`, settings.
  private mutating func method(_ function: GoExpression, _ arguments: GoArguments, _ range: ByteRange) -> GoValue {
    guard case .selector(let base, let member) = function.kind else { return .unknown(.computed, []) }
    let place = index.place(range, unit: arguments.unit)
    if let setting = settings.value(ofMethod: member.text, on: base, arguments, place, &self) { return setting }
    let value = value(base, unit: arguments.unit, frame: arguments.frame)
    switch (value, member.text) {
    case (.made(let symbol, let made), _) where symbol.package == "net/url": return url(member.text, made)
    case (.text, "String"), (.number, "String"), (.text, "Hostname"), (.unknown, _): return value
    default: return .unknown(.library, value.setters)
    }
  }

  private func number(_ value: GoValue) -> GoValue {
    guard case .text(let pieces) = value, pieces.count == 1, let text = pieces[0].text, let number = Int(text) else {
      return value.known == nil ? .unknown(.setOutside, value.setters) : .unknown(.malformed, value.setters)
    }
    return .number(number, pieces[0].place, pieces[0].setters)
  }

  /// `fmt.Sprintf` with its verbs replaced by the values: https://pkg.go.dev/fmt
  private mutating func formatted(_ arguments: GoArguments) -> GoValue {
    guard case .text(let format) = value(0, arguments), format.count == 1, let text = format[0].text else {
      return .unknown(.computed, [])
    }
    var pieces: [TextPiece] = []
    var literal: [UInt8] = []
    var literalStart = 0
    var next = 1
    let bytes = Array(text.utf8)
    func flush(_ end: Int) {
      guard !literal.isEmpty else { return }
      var piece = format[0]
      piece.text = String(decoding: literal, as: UTF8.self)
      if let place = format[0].place {
        let isExact = format[0].isVerbatim && end - literalStart == literal.count
        piece.isVerbatim = isExact
        if isExact {
          piece.place?.range = ByteRange(place.range.start + literalStart, place.range.start + end)
        }
      }
      pieces.append(piece)
      literal = []
    }
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "%"), offset + 1 < bytes.count {
        if bytes[offset + 1] == UInt8(ascii: "%") {
          literal.append(UInt8(ascii: "%"))
          offset += 2
          continue
        }
        flush(offset)
        offset += 1
        while offset < bytes.count, "+-# 0123456789.[]".utf8.contains(bytes[offset]) { offset += 1 }
        let verb = offset < bytes.count ? bytes[offset] : 0
        offset += 1
        let value = value(next, arguments)
        next += 1
        pieces +=
          "svd".utf8.contains(verb) ? value.pieces : [TextPiece(text: nil, setters: value.setters, reason: .computed)]
        literalStart = offset
      } else {
        if literal.isEmpty { literalStart = offset }
        literal.append(bytes[offset])
        offset += 1
      }
    }
    flush(bytes.count)
    return .text(pieces)
  }
}

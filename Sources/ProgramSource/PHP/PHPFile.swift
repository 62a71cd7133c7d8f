import SourceText

/// What a PHP file does outside of itself: the environment variables it asks for, and the hosts it speaks to.
public struct PHPFile: Sendable {
  public private(set) var variables: [VariableUse] = []
  public private(set) var hosts: [HostUse] = []

  public init(_ source: SourceFile) {
    let values = PHPValues(source)
    for index in values.tokens.indices {
      if let use = Self.variable(values, index) { variables.append(use) }
      if let host = Self.host(values, index) { hosts.append(host) }
    }
  }

  // MARK: Variables

  private static func variable(_ values: PHPValues, _ index: Int) -> VariableUse? {
    let token = values.tokens[index]
    let isCall =
      token.kind == .name && PHPValues.asking.contains(token.text.lowercased()) && values.isSymbol(index + 1, "(")
      && !values.isSymbol(index - 1, "->") && !values.isSymbol(index - 1, "::")
    let isArray = token.kind == .variable && token.text == "_ENV" && values.isSymbol(index + 1, "[")
    guard isCall || isArray, let name = values.token(index + 2), name.kind == .text || name.kind == .template,
      let end = values.token(index + 3), end.kind == .symbol
    else { return nil }
    let behind = end.text == "," ? "," : values.token(index + 4)?.text ?? ""
    let hasDefault = [",", "?:", "??", "||"].contains(behind)
    return VariableUse(
      place: values.place(index), function: "", call: token.text, name: .known(name.text, values.place(index + 2)),
      fallback: hasDefault ? .unknown(.computed) : nil, isFatal: .unknown, exit: nil, isAtStart: .no)
  }

  // MARK: Hosts

  /// Functions and classes whose first arguments are a host and a port, with the standard port.
  private static let calls: [String: Int?] = [
    "mysqli_connect": 3306, "mysql_connect": 3306, "mysqli": 3306, "amqpstreamconnection": 5672,
    "amqpsslconnection": 5671, "fsockopen": nil,
  ]

  /// The same with one text that says all.
  private static let texts: Set<String> = ["pdo", "pg_connect", "client"]

  /// The same for methods, which say little alone: the second argument must be a port.
  private static let methods: Set<String> = ["connect", "pconnect", "addserver"]

  private static func host(_ values: PHPValues, _ index: Int) -> HostUse? {
    let token = values.tokens[index]
    guard token.kind == .name, values.isSymbol(index + 1, "(") else { return nil }
    let name = token.text.split(separator: "\\").last.map { $0.lowercased() } ?? ""
    let isMethod = values.isSymbol(index - 1, "->")
    guard isMethod ? methods.contains(name) : texts.contains(name) || calls.keys.contains(name) else { return nil }
    let (pieces, end) = values.pieces(index + 2)
    let first = pieces.first
    if name == "pdo" { return dsn(values, index, pieces) }
    if name == "pg_connect" { return dsn(values, index, pieces, scheme: "postgres") }
    if name == "client", let text = first?.value.value { return url(values, index, text, first) }
    guard pieces.count == 1, let first, values.isSymbol(end, ",") || !isMethod else { return nil }
    let standard = isMethod ? nil : calls[name] ?? nil
    let isDatabase = name.hasPrefix("my")
    let second = isDatabase || !values.isSymbol(end, ",") ? nil : values.pieces(end + 1).pieces.first
    var port = second.map(number) ?? Traced(standard.map { .known($0, values.place(index)) } ?? .unknown(.computed))
    if isMethod, port.value.value == nil, port.setters.isEmpty { return nil }
    var host = first
    if case .known(let text, let place) = host.value, let colon = text.lastIndex(of: ":"),
      let given = Int(text[text.index(after: colon)...])
    {
      let start = place.range.start + text[..<colon].utf8.count
      host.value = .known(String(text[..<colon]), SourcePlace(place.path, ByteRange(place.range.start, start)))
      port = Traced(.known(given, SourcePlace(place.path, ByteRange(start + 1, place.range.end))))
    }
    return use(values, index, isDatabase ? "mysql" : nil, host, port)
  }

  /// `mysql:host=db;port=3306`, and `host=db port=5432` of PostgreSQL.
  private static func dsn(_ values: PHPValues, _ index: Int, _ pieces: [Traced<String>], scheme: String? = nil)
    -> HostUse?
  {
    let head = pieces.first?.value.value ?? ""
    let driver = scheme ?? String(head.prefix { $0 != ":" })
    guard let standard = ["mysql": 3306, "pgsql": 5432, "postgres": 5432][driver], let host = part("host=", pieces)
    else { return nil }
    let port = part("port=", pieces).map(number) ?? Traced(.known(standard, values.place(index)))
    return use(values, index, driver, host, port)
  }

  /// What stands behind a key: the rest of its piece up to a separator, or the piece that follows.
  private static func part(_ key: String, _ pieces: [Traced<String>]) -> Traced<String>? {
    for (number, piece) in pieces.enumerated() {
      guard case .known(let text, let place) = piece.value, let found = text.firstRange(of: key) else { continue }
      let rest = text[found.upperBound...].prefix { $0 != ";" && $0 != " " }
      if rest.isEmpty { return number + 1 < pieces.count ? pieces[number + 1] : nil }
      let start = place.range.start + text[..<found.upperBound].utf8.count
      let range = ByteRange(start, start + rest.utf8.count)
      return Traced(.known(String(rest), SourcePlace(place.path, range)), isSpelled: piece.isSpelled)
    }
    return nil
  }

  private static let schemes = ["tcp": 6379, "redis": 6379, "mongodb": 27017, "amqp": 5672]

  private static func url(_ values: PHPValues, _ index: Int, _ text: String, _ traced: Traced<String>?) -> HostUse? {
    guard let mark = text.firstRange(of: "://"), let standard = schemes[String(text[..<mark.lowerBound])],
      let place = traced?.value.place
    else { return nil }
    let authority = text[mark.upperBound...].prefix { $0 != "/" && $0 != "?" }
    let address = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
    let host = address.prefix { $0 != ":" }
    let start = place.range.start + text[..<address.startIndex].utf8.count
    let range = ByteRange(start, start + host.utf8.count)
    let port = Int(address.dropFirst(host.count + 1)) ?? standard
    return use(
      values, index, nil, Traced(.known(String(host), SourcePlace(place.path, range)), isSpelled: true),
      Traced(.known(port, place)))
  }

  private static func number(_ text: Traced<String>) -> Traced<Int> {
    let value: Known<Int> =
      switch text.value {
      case .known(let written, let place): Int(written).map { .known($0, place) } ?? .unknown(.malformed)
      case .unknown(let reason): .unknown(reason)
      }
    return Traced(value, setters: text.setters, isSpelled: text.isSpelled)
  }

  private static func use(
    _ values: PHPValues, _ index: Int, _ scheme: String?, _ host: Traced<String>, _ port: Traced<Int>
  ) -> HostUse {
    HostUse(
      place: values.place(index), function: "", call: values.tokens[index].text, scheme: scheme, host: host, port: port,
      isTLS: false, isAtStart: .no, retries: .unknown, isFatal: .unknown, exit: nil)
  }
}

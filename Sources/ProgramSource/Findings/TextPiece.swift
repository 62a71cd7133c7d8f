import SourceText

/// A stretch of text with where it comes from.
struct TextPiece: Hashable, Sendable {
  /// Nil where only something outside the program decides.
  var text: String?
  /// The bytes that spell the text, without quotes; nil for text that a function makes, as the `:` of a joined address.
  var place: SourcePlace?
  /// Whether each byte of the text is one byte of the place.
  var isVerbatim = false
  var setters: [Setter] = []
  var reason = UnknownReason.setOutside
  var byFramework = false
  /// Whether the piece stands for the folder of the source file: `__dirname`.
  var isSourceFolder = false

  /// The part of the text between two byte offsets.
  func part(_ start: Int, _ end: Int) -> TextPiece {
    guard let text else { return self }
    var part = self
    part.text = String(decoding: Array(text.utf8)[start..<end], as: UTF8.self)
    if isVerbatim, let place {
      part.place?.range = ByteRange(place.range.start + start, place.range.start + end)
    } else {
      part.isVerbatim = false
    }
    return part
  }
}

extension [TextPiece] {
  /// The pieces as one value. `around` is the place to show for text that stands nowhere.
  func traced(around place: SourcePlace) -> Traced<String> {
    let setters = reduce([]) { $0.merging($1.setters) }
    if let unknown = first(where: { $0.text == nil }) { return Traced(.unknown(unknown.reason), setters: setters) }
    let spelled = filter { $0.place != nil && ($0.text?.isEmpty == false || count == 1) }
    let value = Known.known(reduce("") { $0 + ($1.text ?? "") }, spelled.first?.place ?? first?.place ?? place)
    return Traced(
      value, setters: setters, byFramework: contains(where: \.byFramework),
      isSpelled: spelled.count == 1 && spelled[0].isVerbatim && allSatisfy { $0 == spelled[0] || $0.text == "" })
  }

  /// An address taken apart at its last colon. Nil where nothing that is known holds one.
  func splitAddress() -> (host: [TextPiece], port: [TextPiece])? {
    for index in indices.reversed() {
      guard let text = self[index].text else { continue }
      let bytes = Array<UInt8>(text.utf8)
      if bytes.last == UInt8(ascii: "]") { return nil }
      guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { continue }
      var host = Array(self[..<index])
      if colon > 0 || host.isEmpty { host.append(self[index].part(0, colon)) }
      var port = Array(self[(index + 1)...])
      if colon + 1 < bytes.count || port.isEmpty { port.insert(self[index].part(colon + 1, bytes.count), at: 0) }
      return (host, port)
    }
    return nil
  }
}

extension Traced<String> {
  /// The text as a port number, also by the names `http` and `https`.
  var port: Traced<Int> {
    let number: Known<Int>
    switch value {
    case .unknown(let reason): number = .unknown(reason)
    case .known(let text, let place):
      switch text {
      case "http": number = .known(80, place)
      case "https": number = .known(443, place)
      case "": number = .known(0, place)
      default: number = Int(text).flatMap { 0...65535 ~= $0 ? .known($0, place) : nil } ?? .unknown(.malformed)
      }
    }
    return Traced<Int>(number, setters: setters, byFramework: byFramework, isSpelled: isSpelled)
  }

  /// An address in brackets without them.
  var withoutBrackets: Traced<String> {
    guard case .known(let text, var place) = value, text.hasPrefix("["), text.hasSuffix("]") else { return self }
    if isSpelled { place.range = ByteRange(place.range.start + 1, place.range.end - 1) }
    return Traced(
      .known(String(text.dropFirst().dropLast()), place), setters: setters, byFramework: byFramework,
      isSpelled: isSpelled)
  }
}

extension [Setter] {
  /// These setters and those of others that ask for something else.
  func merging(_ others: [Setter]) -> [Setter] {
    var all = self
    for setter in others where !all.contains(where: { $0.kind == setter.kind && $0.name == setter.name }) {
      all.append(setter)
    }
    return all
  }
}

import SourceText

/// Text whose parts come from different places, to be searched byte by byte. What is not known reads as byte 0xFF.
struct PieceText {
  static let hole: UInt8 = 0xFF

  let pieces: [TextPiece]
  /// Each byte with the piece and the offset that it comes from.
  private let origins: [(piece: Int, offset: Int)]
  let bytes: [UInt8]

  init(_ pieces: [TextPiece]) {
    self.pieces = pieces
    var origins: [(Int, Int)] = []
    var bytes: [UInt8] = []
    for (index, piece) in pieces.enumerated() {
      let text = piece.text.map { Array($0.utf8) } ?? [Self.hole]
      for (offset, byte) in text.enumerated() {
        origins.append((index, offset))
        bytes.append(byte)
      }
    }
    self.origins = origins
    self.bytes = bytes
  }

  /// The pieces of a range of bytes. An empty range gives an empty piece at that place.
  subscript(_ range: Range<Int>) -> [TextPiece] {
    let range = range.clamped(to: 0..<bytes.count)
    guard let first = range.first else {
      guard range.lowerBound < bytes.count, pieces[origins[range.lowerBound].piece].text != nil else {
        return [TextPiece(text: "", place: nil)]
      }
      let origin = origins[range.lowerBound]
      return [pieces[origin.piece].part(origin.offset, origin.offset)]
    }
    var result: [TextPiece] = []
    var start = first
    while start < range.upperBound {
      let origin = origins[start]
      var end = start + 1
      while end < range.upperBound, origins[end].piece == origin.piece { end += 1 }
      let piece = pieces[origin.piece]
      result.append(piece.text == nil ? piece : piece.part(origin.offset, origin.offset + end - start))
      start = end
    }
    return result
  }

  func firstIndex(of text: String, from start: Int = 0) -> Int? {
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, bytes.count >= wanted.count, start <= bytes.count - wanted.count else { return nil }
    return (start...(bytes.count - wanted.count)).first { bytes[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }

  func firstIndex(ofAny marks: String, from start: Int) -> Int {
    bytes.indices.dropFirst(start).first { marks.utf8.contains(bytes[$0]) } ?? bytes.count
  }
}

/// Where a database is, by the text that opens it.
///
/// Sources: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING,
/// https://github.com/go-sql-driver/mysql#dsn-data-source-name, RFC 3986 for the URL form.
struct DataSource {
  var scheme: String?
  var host: [TextPiece]
  var port: [TextPiece]?

  init?(_ pieces: [TextPiece], driver: String?) {
    let text = PieceText(pieces)
    if text.firstIndex(of: "://") != nil {
      let url = URLPieces(pieces)
      scheme = url.scheme.map { $0.lowercasedASCII } ?? driver
      // Several hosts of a cluster stand behind commas: the first counts.
      let (first, _) = URLPieces.split(url.authority, at: ",")
      host = first.splitAddress()?.host ?? first
      port = first.splitAddress()?.port
    } else if let open = text.firstIndex(of: "tcp(") {
      scheme = driver ?? "mysql"
      let end = text.firstIndex(ofAny: ")", from: open)
      let address = text[(open + 4)..<end]
      host = address.splitAddress()?.host ?? address
      port = address.splitAddress()?.port
    } else if let value = Self.value("host", text) ?? Self.value("server", text) {
      scheme = driver
      host = value
      port = Self.value("port", text)
    } else {
      return nil
    }
  }

  /// `key=value` between blanks or semicolons.
  private static func value(_ key: String, _ text: PieceText) -> [TextPiece]? {
    var start = 0
    while let index = text.firstIndex(of: key + "=", from: start) {
      if index == 0 || " ;\t\n".utf8.contains(text.bytes[index - 1]) {
        let from = index + key.utf8.count + 1
        return text[from..<text.firstIndex(ofAny: " ;\t\n", from: from)]
      }
      start = index + 1
    }
    return nil
  }
}

import SourceText

/// A URL whose parts may come from different places: `scheme://user@host:port/path`.
///
/// Source: https://www.rfc-editor.org/rfc/rfc3986#section-3
struct URLPieces {
  /// Nil where the text has no `://`.
  var scheme: String?
  /// What stands between the scheme and the path, without user and password.
  var authority: [TextPiece]
  var path: [TextPiece]

  init(_ pieces: [TextPiece]) {
    var rest = pieces
    if let index = rest.firstIndex(where: { $0.text?.firstRange(of: "://") != nil }), index == 0 || rest[0].text != nil
    {
      let text = rest[index].text ?? ""
      let bytes = Array(text.utf8)
      let end =
        text.firstRange(of: "://").map { text.utf8.distance(from: text.utf8.startIndex, to: $0.upperBound) } ?? 0
      let before = rest[..<index].reduce("") { $0 + ($1.text ?? "") }
      scheme = before + String(decoding: bytes[..<(end - 3)], as: UTF8.self)
      rest = (end < bytes.count ? [rest[index].part(end, bytes.count)] : []) + rest[(index + 1)...]
    }
    (authority, path) = Self.split(rest, at: "/?#")
    // The user's part ends at the last @; what stands there is a secret, not an address.
    for index in authority.indices.reversed() {
      guard let text = authority[index].text, let at = Array(text.utf8).lastIndex(of: UInt8(ascii: "@")) else {
        continue
      }
      authority = [authority[index].part(at + 1, text.utf8.count)] + authority[(index + 1)...]
      if authority.count > 1, authority[0].text == "" { authority.removeFirst() }
      break
    }
  }

  /// The host without its port.
  var host: [TextPiece] { authority.splitAddress()?.host ?? authority }
  /// Nil where the URL names none.
  var port: [TextPiece]? { authority.splitAddress()?.port }

  /// Everything before the first of these characters in a known piece, and the rest with it.
  static func split(_ pieces: [TextPiece], at marks: String) -> ([TextPiece], [TextPiece]) {
    for (index, piece) in pieces.enumerated() {
      guard let bytes = piece.text.map({ Array<UInt8>($0.utf8) }) else { continue }
      guard let offset = bytes.firstIndex(where: { marks.utf8.contains($0) }) else { continue }
      let before = Array(pieces[..<index]) + (offset > 0 || index == 0 ? [piece.part(0, offset)] : [])
      return (before, [piece.part(offset, bytes.count)] + pieces[(index + 1)...])
    }
    return (pieces, [])
  }
}

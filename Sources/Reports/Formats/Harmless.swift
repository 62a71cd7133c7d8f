extension Unicode.Scalar {
  /// Whether a terminal would obey it (C0, DEL, C1), or it would make text look different from what it is: marks that turn
  /// the direction, and line breaks that are none.
  ///
  /// https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
  var isHarmful: Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// The text with U+FFFD for all that is harmful but line feeds and tabs.
  var harmless: String {
    guard unicodeScalars.contains(where: { $0.isHarmful && $0 != "\n" && $0 != "\t" }) else { return self }
    return String(
      String.UnicodeScalarView(
        unicodeScalars.map { $0.isHarmful && $0 != "\n" && $0 != "\t" ? "\u{FFFD}" : $0 }))
  }
}

import SourceText

/// A published port. A range of container ports is one `ComposePort` for each of them.
public struct ComposePort: Sendable {
  /// The whole item.
  public let place: ComposePlace?
  /// The address of the host on which the port is published; nil for all of them.
  public let address: Placed<String>?
  /// The port of the host, or a range such as `8000-8010` of which one is chosen; nil where any free port is taken.
  /// Its place is the part of the item that gives it.
  public let published: Placed<String>?
  /// The port inside of the container. Its place is the part of the item that gives it.
  public let target: Placed<Int>
  /// `tcp`, `udp` or `sctp`.
  public let networkProtocol: Placed<String>
  /// Whether it is written as `"8080:80"` rather than as a mapping.
  public let isShort: Bool
  /// Whether it is written without quotes and looks like a number in base 60, as `22:22` does. YAML 1.1 reads such a
  /// text as a number; compose does not. https://yaml.org/type/int.html
  public let looksLikeBase60: Bool

  /// Reads an item of `ports` in its long form; nil where it has no target.
  public init?(_ value: ComposeValue) {
    guard let target = value["target"]?.placedNumber else { return nil }
    self.target = target
    place = value.place
    address = value["host_ip"]?.placedText
    published = value["published"]?.placedText.flatMap { $0.value.isEmpty ? nil : $0 }
    networkProtocol = value["protocol"]?.placedText ?? Placed("tcp")
    let scalar = value.place?.node?.scalar
    isShort = scalar != nil
    looksLikeBase60 = scalar.map { $0.style == .plain && Self.isBase60($0.value) } ?? false
  }

  /// The ports of the host, of which the first free one is taken; nil where any is.
  public var publishedRange: ClosedRange<Int>? {
    guard let published else { return nil }
    let ends = published.value.split(separator: "-").compactMap { Int($0) }
    guard let first = ends.first, let last = ends.last, first <= last else { return nil }
    return first...last
  }

  private static func isBase60(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, first.utf8.first != UInt8(ascii: "0"),
      !first.isEmpty, first.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
    else { return false }
    return parts.dropFirst().allSatisfy { part in
      part.utf8.count <= 2 && !part.isEmpty && part.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
        && (Int(part).map { $0 < 60 } ?? false)
    }
  }
}

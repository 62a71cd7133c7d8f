/// The name of an image, taken apart.
///
/// https://pkg.go.dev/github.com/distribution/reference
public struct ImageReference: Hashable, Sendable {
  /// `docker.io/library/` left out: `golang`, `gcr.io/distroless/static`.
  public let repository: String
  /// nil where none is given, which means `latest`.
  public let tag: String?
  public let digest: String?

  public init(_ text: String) {
    var rest = text[...]
    if let sign = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
      digest = String(rest[rest.utf8.index(after: sign)...])
      rest = rest[..<sign]
    } else {
      digest = nil
    }
    let name = rest.utf8.lastIndex(of: UInt8(ascii: "/")).map { rest[rest.utf8.index(after: $0)...] } ?? rest
    if let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) {
      tag = String(name[name.utf8.index(after: colon)...])
      rest = rest[..<colon]
    } else {
      tag = nil
    }
    var repository = String(rest)
    for prefix in ["docker.io/", "index.docker.io/", "registry-1.docker.io/", "library/"]
    where repository.hasPrefix(prefix) {
      repository.removeFirst(prefix.count)
    }
    self.repository = repository
  }

  /// The tag that is pulled.
  public var effectiveTag: String { tag ?? "latest" }

  /// The leading dotted number of the tag: `1.21` of `1.21-alpine`. Nil when it has none.
  public var version: String? {
    let tag = effectiveTag
    var bytes = tag.utf8[...]
    if bytes.first == UInt8(ascii: "v") { bytes.removeFirst() }
    bytes = bytes.prefix { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
    guard let first = bytes.first, first != UInt8(ascii: ".") else { return nil }
    if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    return String(tag[bytes.startIndex..<bytes.endIndex])
  }

  /// Whether the tag may name another image tomorrow: there is none, it is a word, or it leaves out the patch version.
  public var isFloating: Bool {
    guard digest == nil else { return false }
    guard let version else { return true }
    return version.count { $0 == "." } < 2
  }
}

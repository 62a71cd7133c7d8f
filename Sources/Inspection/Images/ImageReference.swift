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
    if let sign = rest.firstIndex(of: "@") {
      digest = String(rest[rest.index(after: sign)...])
      rest = rest[..<sign]
    } else {
      digest = nil
    }
    let name = rest.lastIndex(of: "/").map { rest[rest.index(after: $0)...] } ?? rest
    if let colon = name.firstIndex(of: ":") {
      tag = String(name[name.index(after: colon)...])
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
    let tag = effectiveTag.hasPrefix("v") ? effectiveTag.dropFirst() : effectiveTag[...]
    let number = tag.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    return number.first?.isNumber == true ? String(number.last == "." ? number.dropLast() : number) : nil
  }

  /// Whether the tag may name another image tomorrow: there is none, it is a word, or it leaves out the patch version.
  public var isFloating: Bool {
    guard digest == nil else { return false }
    guard let version else { return true }
    return version.count { $0 == "." } < 2
  }
}

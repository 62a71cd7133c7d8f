/// The name of an image, taken apart: `registry/repository:tag@digest`.
///
/// Grammar: https://pkg.go.dev/github.com/distribution/reference, normalised as Docker does (`alpine` is
/// `docker.io/library/alpine`).
public struct ImageReference: Hashable, Sendable {
  /// With its port; `docker.io` where none is given.
  public let registry: String
  /// Without the registry; `library/` is added to Docker's own images.
  public let repository: String
  public let tag: String?
  /// `sha256:...`
  public let digest: String?

  /// What a short name stands for: the repository without Docker's registry and `library/`.
  public var familiarName: String {
    guard registry == "docker.io" else { return "\(registry)/\(repository)" }
    return repository.hasPrefix("library/") ? String(repository.dropFirst(8)) : repository
  }

  /// nil where the builder says `invalid reference format`.
  public init?(_ text: String) {
    var registry = "docker.io"
    var rest = text[...]
    if let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) {
      let first = text[..<slash]
      if first == "localhost" || first.utf8.contains(where: { ".:".utf8.contains($0) }) || first.lowercased() != first {
        registry = first == "index.docker.io" ? "docker.io" : String(first)
        rest = text[text.utf8.index(after: slash)...]
      }
    }
    if let at = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
      digest = String(rest[rest.utf8.index(after: at)...])
      rest = rest[..<at]
    } else {
      digest = nil
    }
    if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")) {
      tag = String(rest[rest.utf8.index(after: colon)...])
      rest = rest[..<colon]
    } else {
      tag = nil
    }
    self.registry = registry
    repository = registry == "docker.io" && !rest.utf8.contains(UInt8(ascii: "/")) ? "library/\(rest)" : String(rest)
    guard Self.isRegistry(registry), Self.isRepository(repository), repository.utf8.count + registry.utf8.count < 255,
      tag.map(Self.isTag) ?? true, digest.map({ Digest.failure($0) == nil }) ?? true
    else { return nil }
    let isImageID = text.utf8.count == 64 && text.utf8.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
    if isImageID { return nil }
  }

  private static func isRegistry(_ text: String) -> Bool {
    var host = text[...]
    if let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")), !text.hasSuffix("]") {
      let port = text[text.utf8.index(after: colon)...]
      guard !port.isEmpty, port.utf8.allSatisfy(\.isDigit) else { return false }
      host = text[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") {
      return host.dropFirst().dropLast().utf8.allSatisfy { $0.isDigit || $0.isLetter || $0 == UInt8(ascii: ":") }
    }
    return host.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.first != .hyphen && part.utf8.last != .hyphen
        && part.utf8.allSatisfy { $0.isDigit || $0.isLetter || $0 == .hyphen }
    }
  }

  private static func isRepository(_ text: String) -> Bool {
    text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { isPathComponent(Array($0.utf8)) }
  }

  /// Lower-case letters and digits, between them one `.`, one or two `_`, or any number of `-`.
  private static func isPathComponent(_ bytes: [UInt8]) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isDigit || (0x61...0x7A).contains(byte) }
    guard let first = bytes.first, let last = bytes.last, isAlphanumeric(first), isAlphanumeric(last) else {
      return false
    }
    var index = 0
    while index < bytes.count {
      let start = index
      while !isAlphanumeric(bytes[index]) { index += 1 }  // the last byte is alphanumeric
      let separator = bytes[start..<index]
      let isAllowed =
        separator.isEmpty || separator.elementsEqual(".".utf8) || separator.elementsEqual("_".utf8)
        || separator.elementsEqual("__".utf8) || separator.allSatisfy { $0 == .hyphen }
      guard isAllowed else { return false }
      index += 1
    }
    return true
  }

  private static func isTag(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.isNamePart, text.utf8.count <= 128 else { return false }
    return text.utf8.allSatisfy { $0.isNamePart || $0 == .hyphen || $0 == UInt8(ascii: ".") }
  }
}

/// `algorithm:hexadecimal`.
enum Digest {
  /// Why a text is no digest; nil if it is one.
  static func failure(_ text: String) -> String? {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return "invalid checksum digest format" }
    let encoded = text[text.utf8.index(after: colon)...].utf8
    let length: Int
    switch text[..<colon] {
    case "sha256": length = 64
    case "sha384": length = 96
    case "sha512": length = 128
    default: return "unsupported digest algorithm"
    }
    guard encoded.count == length else { return "invalid checksum digest length" }
    let isHexadecimal = encoded.allSatisfy { $0.isDigit || (0x61...0x66).contains($0) }
    return isHexadecimal ? nil : "invalid checksum digest format"
  }
}

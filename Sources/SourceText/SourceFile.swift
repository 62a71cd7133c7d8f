/// The bytes of one file, with the name that people see.
public struct SourceFile: Sendable, Equatable {
  /// The path relative to the project, with `/` between its parts.
  public let path: String
  public let bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The text of a range; bytes that are no UTF-8 become U+FFFD, offsets beyond the file are cut off.
  public func text(_ range: ByteRange) -> String {
    let range = range.clamped(to: bytes.count)
    return String(decoding: bytes[range.start..<range.end], as: UTF8.self)
  }

  public var lineMap: LineMap { LineMap(bytes) }
}

/// The beginning and the end of what a program wrote, in bounded memory.
public struct CapturedOutput: Hashable, Sendable {
  /// How many bytes of the beginning are kept, and how many of the end.
  public let limit: Int
  /// How many bytes were written in all.
  public private(set) var total = 0
  private var head: [UInt8] = []
  /// The end, and up to as many bytes again before it.
  private var recent: [UInt8] = []

  public init(limit: Int = 1 << 20) { self.limit = max(0, limit) }

  public init(_ text: String) {
    self.init()
    append(Array(text.utf8)[...])
  }

  /// How many bytes between the beginning and the end were not kept.
  public var omitted: Int { total - head.count - min(recent.count, limit) }

  /// What was kept; a line in the middle says how much was not.
  public var bytes: [UInt8] {
    if omitted == 0 { return head + recent.suffix(limit) }
    return head + Array("\n[\(omitted) bytes left out]\n".utf8) + recent.suffix(limit)
  }

  /// The bytes as text; what is not UTF-8 becomes U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ bytes: ArraySlice<UInt8>) {
    total += bytes.count
    let first = bytes.prefix(limit - head.count)
    head += first
    recent += bytes.dropFirst(first.count)
    if recent.count > 2 * limit { recent.removeFirst(recent.count - limit) }
  }
}

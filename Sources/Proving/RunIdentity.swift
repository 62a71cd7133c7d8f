/// The names and labels of one run, by which everything that it makes is known.
public struct RunIdentity: Hashable, Sendable {
  /// Eight hexadecimal digits.
  public let id: String

  public init(id: String) { self.id = id }

  /// A new one, which no other run has.
  public static func new() -> RunIdentity {
    let digits = String(UInt32.random(in: 1...UInt32.max), radix: 16)
    return RunIdentity(id: String(repeating: "0", count: 8 - digits.count) + digits)
  }

  /// The key of the label on everything that is made.
  public static let key = "dev.drydock.prove"

  /// `dev.drydock.prove=1f2e3d4c`
  public var label: String { "\(Self.key)=\(id)" }

  /// The name of a container, network or volume.
  ///
  /// - Parameter words: which attempt, and what; characters that the engine refuses become dashes.
  func name(_ words: String...) -> String {
    "drydock-prove-" + ([id] + words.map(Self.plain)).joined(separator: "-")
  }

  /// The repository of the images that are built.
  var repository: String { "drydock-prove-\(id)" }

  func image(_ words: String...) -> String { repository + ":" + words.map(Self.plain).joined(separator: "-") }

  /// Lower case letters, digits and dashes, at most 40.
  private static func plain(_ text: String) -> String {
    String(
      decoding: text.utf8.prefix(40).map { byte -> UInt8 in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte + 32
        default: UInt8(ascii: "-")
        }
      }, as: UTF8.self)
  }
}

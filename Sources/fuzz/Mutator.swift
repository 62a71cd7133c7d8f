/// Changes inputs at random, the same way for the same seed on every machine.
struct Mutator {
  private var random: SplitMix
  private let corpus: [[UInt8]]
  private let tokens: [[UInt8]]

  /// Inputs do not grow beyond this, in bytes.
  static let largest = 1 << 18

  /// - Parameters:
  ///   - corpus: inputs to start from; at least one.
  ///   - tokens: what the language is made of, to be put in anywhere.
  init(seed: UInt64, corpus: [[UInt8]], tokens: [String]) {
    random = SplitMix(state: seed)
    self.corpus = corpus.isEmpty ? [[]] : corpus
    self.tokens = (tokens + Self.anywhere).map { Array($0.utf8) }
  }

  /// What any reader may stumble over.
  private static let anywhere = [
    "\n", "\r\n", "\0", "\"", "'", "`", "\\", "\\\n", "$", "${", "}", "{", "[", "]", "(", ")", "<", ">", "#", "/*",
    "*/",
    "//", "=", ":", ",", "|", "&", ";", "%", "!", "*", "-", "--", "\t", "  ", "\u{FEFF}", "\u{85}", "\u{2028}", "é",
    "0", "-1", "65536", "9223372036854775807", "99999999999999999999", "1e309", "0x", "\u{1B}[31m",
  ]

  /// The next input: one of the corpus with one to eight changes.
  mutating func next() -> [UInt8] {
    var bytes = corpus[random.below(corpus.count)]
    for _ in 0..<(1 + random.below(8)) { change(&bytes) }
    return bytes.count > Self.largest ? Array(bytes[..<Self.largest]) : bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    switch random.below(12) {
    case 0: if let index = place(bytes) { bytes[index] ^= 1 << UInt8(random.below(8)) }
    case 1: if let index = place(bytes) { bytes[index] = UInt8(random.below(256)) }
    case 2: bytes.removeSubrange(range(bytes))
    case 3: bytes.insert(contentsOf: Array(bytes[range(bytes)]), at: random.below(bytes.count + 1))
    case 4, 5, 6: bytes.insert(contentsOf: tokens[random.below(tokens.count)], at: random.below(bytes.count + 1))
    case 7:
      let other = corpus[random.below(corpus.count)]
      bytes.replaceSubrange(range(bytes), with: other[range(other)])
    case 8: bytes.removeSubrange(random.below(bytes.count + 1)...)
    case 9: swapLines(&bytes)
    case 10:
      let cut = range(bytes)
      bytes.replaceSubrange(cut, with: tokens[random.below(tokens.count)])
    default: repeatPiece(&bytes)
    }
  }

  /// The same piece many times: what takes more than linear time, or nests too deep, shows here.
  private mutating func repeatPiece(_ bytes: inout [UInt8]) {
    let piece = random.below(2) == 0 ? tokens[random.below(tokens.count)] : Array(bytes[range(bytes)].prefix(64))
    guard !piece.isEmpty else { return }
    // Mostly a few times; seldom as often as the limit allows.
    let size = 1 << (random.below(24) == 0 ? 12 + random.below(6) : random.below(9))
    var pieces: [UInt8] = []
    while pieces.count < size { pieces += piece }
    bytes.insert(contentsOf: pieces, at: random.below(bytes.count + 1))
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.swapAt(random.below(lines.count), random.below(lines.count))
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  private mutating func place(_ bytes: [UInt8]) -> Int? { bytes.isEmpty ? nil : random.below(bytes.count) }

  private mutating func range(_ bytes: [UInt8]) -> Range<Int> {
    let start = random.below(bytes.count + 1)
    return start..<min(bytes.count, start + random.below(random.below(4) == 0 ? bytes.count + 1 : 32))
  }
}

/// A small generator of random numbers: https://prng.di.unimi.it/splitmix64.c
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// From 0 up to `bound`, which is not reached; 0 where that is 0 or 1.
  mutating func below(_ bound: Int) -> Int { bound < 2 ? 0 : Int(next() % UInt64(bound)) }
}

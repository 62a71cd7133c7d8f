/// A name for a finding that stays the same when lines are added above it.
///
/// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), twice with different beginnings.
public struct Fingerprint: Sendable {
  private var first: UInt64 = 0xcbf2_9ce4_8422_2325
  private var second: UInt64 = 0x6c62_272e_07bb_0142

  private mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0)
  }

  private mutating func add(_ byte: UInt8) {
    first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
    second = (second ^ UInt64(byte)) &* 0x100_0000_01b3
  }

  private var text: String {
    [first, second].map { number in
      let digits = String(number, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// One for each finding, no two of them the same.
  public static func all(of report: ProjectReport) -> [String] {
    var count: [String: Int] = [:]
    return report.findings.map { finding in
      let place = finding.place
      let parts = [finding.cause, finding.service ?? "", place?.file.map(report.shown) ?? "", place?.text ?? ""]
      let key = parts.joined(separator: "\0")
      count[key, default: 0] += 1
      var print = Fingerprint()
      for part in parts { print.add(part) }
      if let times = count[key], times > 1 { print.add(String(times)) }
      return print.text
    }
  }
}

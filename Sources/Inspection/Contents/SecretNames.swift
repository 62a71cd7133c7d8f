/// Tells which names and values are those of secrets.
enum SecretNames {
  /// Whether a variable of that name holds something that nobody else may know.
  static func matches(_ name: String) -> Bool {
    let words = name.uppercased().split { $0 == "_" || $0 == "-" || $0 == "." }.map(String.init)
    guard let last = words.last else { return false }
    // A path to a secret, its name or its lifetime is none.
    if [
      "FILE", "PATH", "URL", "URI", "ID", "NAME", "HOST", "USER", "USERNAME", "TTL", "EXPIRY", "EXPIRES", "LENGTH",
      "ENABLED", "HEADER", "DIR", "TYPE", "ALGORITHM", "MIN", "MAX", "REQUIRED", "SERVER", "ENDPOINT", "ISSUER",
      "PREFIX", "SCOPE", "FIELD",
    ].contains(last) {
      return false
    }
    let all = Set(words)
    if !all.isDisjoint(with: ["PUBLIC", "PUBKEY", "SITEKEY", "PUBLISHABLE", "VERIFY"]) { return false }
    if [
      "TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "CREDENTIALS", "PAT", "APIKEY", "SECRETKEY", "AUTHTOKEN",
      "PASS", "PWD",
    ].contains(where: { all.contains($0) }) {
      return last != "PWD" || words.count > 1
    }
    if last == "AUTH", words.count > 1,
      all.contains("NPM") || all.contains("COMPOSER") || all.contains("DOCKER") || all.contains("BASIC")
    {
      return true
    }
    return last == "KEY"
      && !all.isDisjoint(with: [
        "API", "PRIVATE", "SECRET", "ACCESS", "SSH", "SIGNING", "ENCRYPTION", "DEPLOY", "JWT", "LICENSE", "MASTER",
        "ACCOUNT", "STORAGE",
      ])
  }

  /// Whether a value stands where the real one would be: it gives nothing away.
  static func isPlaceholder(_ value: String) -> Bool {
    let text = value.lowercased().filter { !"\"' ".contains($0) }
    if text.count < 4 || text.hasPrefix("$") || text.hasPrefix("<") || text.hasPrefix("{{")
      || text.hasPrefix("/run/secrets")
    {
      return true
    }
    if Set(text).count < 3 { return true }
    if [
      "root", "admin", "password", "postgres", "mysql", "guest", "secret", "test", "user", "example", "development",
      "minioadmin", "rabbitmq", "redis", "none", "null", "true", "false", "default", "pass", "dummy", "build",
    ].contains(text) {
      return true
    }
    return [
      "changeme", "change_me", "change-me", "replace", "placeholder", "your", "dummy", "example", "xxxx", "todo",
      "insert", "redacted", "sample", "notused", "not-used", "fake",
    ]
    .contains { text.contains($0) }
  }

  /// Where a text holds a token whose form gives it away, or a password in an address.
  static func token(in bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    while start < range.upperBound {
      defer { start += 1 }
      guard isLead(bytes[start]) else { continue }
      for lead in leads where lead[0] == bytes[start] && start + lead.count + 12 <= range.upperBound {
        guard bytes[start..<(start + lead.count)].elementsEqual(lead) else { continue }
        let end = bytes[start..<range.upperBound].firstIndex { !isPart($0) } ?? range.upperBound
        if end - start >= lead.count + 12 { return start..<end }
      }
    }
    return password(in: bytes, range)
  }

  private static let leads = [
    "ghp_", "github_pat_", "gho_", "ghs_", "glpat-", "AKIA", "xoxb-", "xoxp-", "sk_live_", "rk_live_", "AIzaSy", "npm_",
    "dckr_pat_", "pypi-AgE", "hf_",
  ].map { Array($0.utf8) }

  /// Whether a token may begin with the byte.
  private static func isLead(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "g"), UInt8(ascii: "A"), UInt8(ascii: "x"), UInt8(ascii: "s"), UInt8(ascii: "r"),
      UInt8(ascii: "n"), UInt8(ascii: "d"), UInt8(ascii: "p"), UInt8(ascii: "h"):
      true
    default: false
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte >= 0x30 && byte <= 0x39
      || byte >= 0x41 && byte <= 0x5A || byte >= 0x61 && byte <= 0x7A
  }

  /// The password of `https://user:password@host`, where it is written out.
  private static func password(in bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    let sign = Array("://".utf8)
    var start = range.lowerBound
    while start + 3 <= range.upperBound {
      defer { start += 1 }
      guard bytes[start] == sign[0], bytes[start..<(start + 3)].elementsEqual(sign) else { continue }
      let user = start + 3
      let limit = min(range.upperBound, user + 200)
      guard
        let end = bytes[user..<limit].firstIndex(where: {
          $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "/") || $0 <= 0x20 || $0 == UInt8(ascii: "\"")
        }),
        bytes[end] == UInt8(ascii: "@"), let colon = bytes[user..<end].firstIndex(of: UInt8(ascii: ":"))
      else { continue }
      let text = String(decoding: bytes[(colon + 1)..<end], as: UTF8.self)
      if !text.contains("$"), !isPlaceholder(text) { return (colon + 1)..<end }
    }
    return nil
  }
}

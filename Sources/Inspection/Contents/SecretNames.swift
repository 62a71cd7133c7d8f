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
    for start in range {
      if let token = token(at: start, in: bytes, range.upperBound) { return token }
    }
    return password(in: bytes, range)
  }

  /// The token that begins at a byte.
  static func token(at start: Int, in bytes: [UInt8], _ end: Int) -> Range<Int>? {
    guard isLead(bytes[start]), start + 15 < end else { return nil }
    for lead in leads where lead[0] == bytes[start] && lead[1] == bytes[start + 1] && start + lead.count + 12 <= end {
      guard bytes[start..<(start + lead.count)].elementsEqual(lead) else { continue }
      let last = bytes[start..<end].firstIndex { !isPart($0) } ?? end
      if last - start >= lead.count + 12 { return start..<last }
    }
    return nil
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
  static func password(in bytes: [UInt8], _ range: Range<Int>) -> Range<Int>? {
    for start in range {
      if let password = password(at: start, in: bytes, range.upperBound) { return password }
    }
    return nil
  }

  /// The password of the address whose `://` begins at a byte.
  static func password(at start: Int, in bytes: [UInt8], _ end: Int) -> Range<Int>? {
    guard start + 3 <= end, bytes[start] == UInt8(ascii: ":"), bytes[start + 1] == UInt8(ascii: "/"),
      bytes[start + 2] == UInt8(ascii: "/")
    else { return nil }
    let user = start + 3
    let limit = min(end, user + 200)
    guard
      let sign = bytes[user..<limit].firstIndex(where: {
        $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "/") || $0 <= 0x20 || $0 == UInt8(ascii: "\"")
      }),
      bytes[sign] == UInt8(ascii: "@"), let colon = bytes[user..<sign].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let text = String(decoding: bytes[(colon + 1)..<sign], as: UTF8.self)
    return text.contains("$") || isPlaceholder(text) ? nil : (colon + 1)..<sign
  }
}

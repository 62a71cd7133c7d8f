import SourceText

/// One `--mount` of a RUN.
///
/// https://docs.docker.com/reference/dockerfile/#run---mount
public struct Mount: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case bind, cache, tmpfs, secret, ssh
  }

  public var kind = Kind.bind
  public var from = ""
  public var source = ""
  public var target = ""
  public var isReadOnly = true
  /// Bytes.
  public var size: Int64 = 0
  public var id = ""
  /// `shared`, `private`, `locked`, or empty.
  public var sharing = ""
  public var isRequired = false
  /// The variable that holds a secret.
  public var variable: String?
  public var mode: Int?
  public var user: Int?
  public var group: Int?

  public init() {}
}

extension Mount {
  /// Why the builder refuses a mount, in its own words.
  public struct Failure: Error {
    public let message: String
  }

  /// Reads a `--mount` without replacing variables.
  public init(_ flag: InstructionFlag) throws(Failure) {
    self = try Mount.read(flag.value ?? "")
  }

  /// The builder looks at `from` before any variable has a value, and refuses variables there.
  static func variableInFrom(_ flag: InstructionFlag) -> String? {
    guard let fields = fields(flag.value ?? "") else { return "failed to parse csv mounts" }
    for field in fields {
      let (key, value) = split(field)
      guard key == "from", let value, let dollar = value.utf8.firstIndex(of: .dollar),
        value.utf8.index(after: dollar) < value.utf8.endIndex
      else { continue }
      return "'from' doesn't support variable expansion, define alias stage instead"
    }
    return nil
  }

  /// The `from` of a mount, whatever else is wrong with it.
  static func source(_ flag: InstructionFlag) -> String? {
    fields(flag.value ?? "")?.lazy.map(split).last { $0.key == "from" }?.value
  }

  /// Reads the value of a `--mount`; `expand` replaces the variables of one option's value.
  static func read(
    _ text: String, expand: (String) throws(Failure) -> String = { text throws(Failure) in text }
  ) throws(Failure) -> Mount {
    guard let fields = fields(text) else { throw Failure(message: "failed to parse csv mounts") }
    var mount = Mount()
    var saysReadOnly = false
    for field in fields {
      let (key, raw) = split(field)
      guard let raw else {
        try mount.set(word: key, field: field, &saysReadOnly)
        continue
      }
      try mount.set(key, try expand(raw), field: field, &saysReadOnly)
    }
    if !saysReadOnly { mount.isReadOnly = mount.kind != .cache && mount.kind != .tmpfs }
    try mount.check()
    return mount
  }

  private mutating func set(word: String, field: String, _ saysReadOnly: inout Bool) throws(Failure) {
    switch word {
    case "readonly", "ro", "readwrite", "rw":
      isReadOnly = word.hasPrefix("ro") || word == "readonly"
      saysReadOnly = true
    case "required": try setRequired(true)
    default: throw Failure(message: "invalid field '\(field)' must be a key=value pair")
    }
  }

  private mutating func set(
    _ key: String, _ value: String, field: String, _ saysReadOnly: inout Bool
  ) throws(Failure) {
    switch key {
    case "type":
      guard let kind = Kind(rawValue: value.lowercased()) else {
        let hint = Suggestion.hint(for: value, among: Kind.allCases.map(\.rawValue))
        throw Failure(message: "unsupported mount type \"\(value)\"\(hint)")
      }
      self.kind = kind
    case "from": from = value
    case "source", "src": source = value
    case "target", "dst", "destination": target = value
    case "readonly", "ro", "readwrite", "rw":
      isReadOnly = try boolean(key, value) == (key.hasPrefix("ro") || key == "readonly")
      saysReadOnly = true
    case "required": try setRequired(try boolean(key, value))
    case "size":
      guard kind == .tmpfs else { throw unexpected(key) }
      guard let bytes = Mount.bytes(value) else { throw Failure(message: "invalid value for size: \(value)") }
      size = bytes
    case "id": id = value
    case "sharing":
      guard ["shared", "private", "locked"].contains(value.lowercased()) else {
        throw Failure(message: "unsupported sharing value \"\(value)\"")
      }
      sharing = value.lowercased()
    case "mode": mode = try number(key, value, radix: 8)
    case "uid": user = try number(key, value, radix: 10)
    case "gid": group = try number(key, value, radix: 10)
    case "env": variable = value
    default:
      let keys = [
        "type", "from", "source", "target", "readonly", "id", "sharing", "required", "mode", "uid", "gid", "src", "dst",
        "destination", "ro", "rw", "readwrite", "env", "size",
      ]
      throw Failure(message: "unexpected key '\(key)' in '\(field)'\(Suggestion.hint(for: key, among: keys))")
    }
  }

  private mutating func setRequired(_ value: Bool) throws(Failure) {
    guard kind == .secret || kind == .ssh else { throw unexpected("required") }
    isRequired = value
  }

  private func check() throws(Failure) {
    if kind == .bind || kind == .tmpfs {
      for (name, value) in [("mode", mode), ("uid", user), ("gid", group)] where value != nil {
        throw Failure(message: "\(name) not allowed for \"\(kind.rawValue)\" type mounts")
      }
    }
    if kind == .secret {
      if !from.isEmpty { throw Failure(message: "secret mount should not have a from") }
      if !sharing.isEmpty { throw Failure(message: "secret mount should not define sharing") }
      if source.isEmpty, target.isEmpty, id.isEmpty {
        throw Failure(message: "invalid secret mount. one of source, target required")
      }
      if !source.isEmpty, !id.isEmpty { throw Failure(message: "both source and id can't be set") }
    }
    if !sharing.isEmpty, kind != .cache {
      throw Failure(message: "invalid cache sharing set for \(kind.rawValue) mount")
    }
  }

  private func unexpected(_ key: String) -> Failure {
    Failure(message: "unexpected key '\(key)' for mount type '\(kind.rawValue)'")
  }

  private func boolean(_ key: String, _ value: String) throws(Failure) -> Bool {
    switch value {
    case "1", "t", "T", "TRUE", "true", "True": return true
    case "0", "f", "F", "FALSE", "false", "False": return false
    default: throw Failure(message: "invalid value for \(key): \(value)")
    }
  }

  private func number(_ key: String, _ value: String, radix: Int) throws(Failure) -> Int {
    guard value.utf8.first?.isDigit == true, let number = UInt32(value, radix: radix) else {
      throw Failure(message: "invalid value \(value) for \(key)")
    }
    return Int(number)
  }

  // MARK: Text

  private static func split(_ field: String) -> (key: String, value: String?) {
    guard let sign = field.utf8.firstIndex(of: .equals) else { return (field.lowercased(), nil) }
    return (field[..<sign].lowercased(), String(field[field.utf8.index(after: sign)...]))
  }

  /// The fields of one CSV record (RFC 4180, as Go's `encoding/csv` reads it); nil if a quote is out of place.
  private static func fields(_ text: String) -> [String]? {
    var fields: [String] = []
    var field: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while true {
      if index < bytes.count, bytes[index] == .doubleQuote {
        index += 1
        while true {
          guard index < bytes.count else { return nil }
          if bytes[index] != .doubleQuote {
            field.append(bytes[index])
            index += 1
          } else if index + 1 < bytes.count, bytes[index + 1] == .doubleQuote {
            field.append(.doubleQuote)
            index += 2
          } else {
            index += 1
            break
          }
        }
        guard index == bytes.count || bytes[index] == UInt8(ascii: ",") else { return nil }
      } else {
        while index < bytes.count, bytes[index] != UInt8(ascii: ",") {
          if bytes[index] == .doubleQuote { return nil }
          field.append(bytes[index])
          index += 1
        }
      }
      fields.append(String(decoding: field, as: UTF8.self))
      field = []
      if index >= bytes.count { return text.isEmpty ? nil : fields }
      index += 1
    }
  }

  /// A size such as `64m` or `1.5GiB`, in bytes, with units of 1024.
  private static func bytes(_ text: String) -> Int64? {
    let lower = text.lowercased()
    guard let last = lower.utf8.lastIndex(where: { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == .space }) else {
      return nil
    }
    let afterNumber = lower.utf8.index(after: last)
    let number = lower.utf8[last] == .space ? lower[..<last] : lower[..<afterNumber]
    guard let value = Double(number), value >= 0 else { return nil }
    let units = ["", "k", "m", "g", "t", "p"]
    var unit = String(lower[afterNumber...])
    if unit == "b" { unit = "" }
    for suffix in ["ib", "b"] where unit.count == suffix.count + 1 && unit.hasSuffix(suffix) {
      unit.removeLast(suffix.count)
    }
    guard let power = units.firstIndex(of: unit) else { return nil }
    let size = (0..<power).reduce(value) { size, _ in size * 1024 }
    return size < 9.2e18 ? Int64(size) : nil
  }
}

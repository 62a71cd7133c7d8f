import SourceText

/// A mount in its short form: `[SOURCE:]TARGET[:MODE]`.
///
/// https://docs.docker.com/reference/compose-file/services/#short-syntax-6
struct VolumeSpec {
  private(set) var sourceRange: ByteRange?
  private(set) var targetRange: ByteRange?
  private(set) var modeRange: ByteRange?
  /// What is wrong; what was read before it is there.
  private(set) var fault: String?

  let text: String

  init(_ text: String) {
    self.text = text
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else {
      fault = "This volume is empty."
      return
    }
    guard bytes.count > 2 else {
      targetRange = ByteRange(0, bytes.count)
      return
    }
    var start = 0
    for index in 0...bytes.count {
      let isEnd = index == bytes.count
      guard isEnd || bytes[index] == UInt8(ascii: ":") else { continue }
      // `C:\data` has a colon of its own.
      if !isEnd, index == start + 1, Template.startsName(bytes[start]), bytes[start] != UInt8(ascii: "_") { continue }
      take(ByteRange(start, index), isEnd: isEnd)
      if fault != nil { return }
      start = index + 1
    }
  }

  private mutating func take(_ part: ByteRange, isEnd: Bool) {
    if part.isEmpty {
      fault = "Nothing stands between two colons, or before or after one."
    } else if sourceRange == nil, isEnd, targetRange == nil {
      targetRange = part
    } else if sourceRange == nil {
      sourceRange = part
    } else if targetRange == nil {
      targetRange = part
    } else if !isEnd {
      fault = "There are more parts than a source, a target and a mode."
    } else {
      modeRange = part
    }
  }

  private func part(_ range: ByteRange?) -> String? {
    range.map { String(decoding: Array(text.utf8)[$0.start..<$0.end], as: UTF8.self) }
  }

  var source: String? { part(sourceRange) }
  var target: String? { part(targetRange) }
  var mode: String? { part(modeRange) }

  /// Whether a source is a path of the host rather than the name of a volume.
  static func isPath(_ source: String) -> Bool {
    guard let first = source.utf8.first else { return false }
    if first == UInt8(ascii: ".") || first == UInt8(ascii: "/") || first == UInt8(ascii: "~") { return true }
    if source.hasPrefix("\\\\") { return true }
    let bytes = Array(source.utf8.prefix(2))
    return bytes.count == 2 && Template.startsName(bytes[0]) && bytes[0] != UInt8(ascii: "_")
      && bytes[1] == UInt8(ascii: ":")
  }

  static let propagations: Set = ["rprivate", "private", "rshared", "shared", "rslave", "slave"]

  /// The long form.
  static func canonical(_ value: ComposeValue, _ spec: VolumeSpec) -> ComposeMap {
    var map = ComposeMap()
    let source = spec.source ?? ""
    let isBind = isPath(source)
    map["type"] = .string(isBind ? "bind" : "volume")
    if let range = spec.sourceRange { map["source"] = value.part(range) }
    if let range = spec.targetRange {
      let target = value.part(range)
      map["target"] = .string(ComposePath.clean(target.string ?? ""), at: target.place)
    }
    var bind: ComposeMap? = isBind ? ComposeMap([("create_host_path", ComposeValue(.bool(true)))]) : nil
    var volume: ComposeMap? = isBind || spec.text.utf8.count <= 2 ? nil : ComposeMap()
    if let range = spec.modeRange {
      for option in value.part(range).parts(separatedBy: UInt8(ascii: ",")) {
        switch option.string ?? "" {
        case "ro": map["read_only"] = ComposeValue(.bool(true), at: option.place)
        case "rw": map["read_only"] = nil
        case "nocopy": volume = ComposeMap([("nocopy", ComposeValue(.bool(true), at: option.place))])
        case "z", "Z": bind = bind ?? ComposeMap(); bind?["selinux"] = option
        case let mode where propagations.contains(mode): bind = bind ?? ComposeMap(); bind?["propagation"] = option
        default: break
        }
      }
    }
    if let bind { map["bind"] = ComposeValue(.map(bind)) }
    if let volume { map["volume"] = ComposeValue(.map(volume)) }
    return map
  }
}

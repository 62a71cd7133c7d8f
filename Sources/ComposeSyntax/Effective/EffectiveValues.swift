import SourceText

/// Gives every attribute its type: durations and sizes become numbers, commands words, lists of settings maps.
struct EffectiveValues {
  let log: ProblemLog
  private var path: [String] = []

  init(log: ProblemLog) {
    self.log = log
  }

  mutating func decode(_ map: ComposeMap) -> ComposeMap {
    decode(ComposeValue(.map(map)), .project).map ?? map
  }

  private mutating func decode(_ value: ComposeValue, _ field: Field) -> ComposeValue {
    if value.isNull {
      switch field {
      case .labels, .settings, .object, .named, .command: break
      default: return value
      }
    }
    switch field {
    case .anything: return value
    case .text: return value.text.map { .string($0, at: value.place) } ?? value
    case .flag, .optionalFlag, .flagUnlessFalse: return flag(value)
    case .number, .optionalNumber: return number(value)
    case .float: return float(value)
    case .bytes: return bytes(value)
    case .duration, .optionalDuration: return duration(value)
    case .texts: return texts(value)
    case .command: return command(value)
    case .healthTest:
      guard value.string != nil else { return texts(value) }
      return ComposeValue(.list([.string("CMD-SHELL"), value]), at: value.place)
    case .settings: return settings(value, isLabels: false)
    case .labels, .sshKeys: return settings(value, isLabels: true)
    case .multiple:
      guard let map = value.map else { return value }
      return ComposeValue(
        .map(map.compactMapValues { _, item in texts(ComposeValue(.list(item.list ?? [item]), at: item.place)) }),
        at: value.place)
    case .hosts: return hosts(value)
    case .mode: return mode(value)
    case .ulimit:
      return value.map == nil ? number(value) : each(value) { decoder, item in decoder.number(item) }
    case .deviceCount: return deviceCount(value)
    case .object(let object):
      return each(value) { decoder, key, item in object[key].map { decoder.decode(item, $0) } ?? item }
    case .named(let field):
      return each(value) { decoder, item in decoder.decode(item, field) }
    case .list(let field):
      guard let items = value.list else { return value }
      var list: [ComposeValue] = []
      for (index, item) in items.enumerated() {
        path.append(String(index))
        list.append(decode(item, field))
        path.removeLast()
      }
      return ComposeValue(.list(list), at: value.place)
    }
  }

  private mutating func each(
    _ value: ComposeValue, _ change: (inout EffectiveValues, String, ComposeValue) -> ComposeValue
  ) -> ComposeValue {
    guard let map = value.map else { return value }
    let result = map.mapValues { key, item in
      path.append(key)
      defer { path.removeLast() }
      return change(&self, key, item)
    }
    return ComposeValue(.map(result), at: value.place)
  }

  private mutating func each(
    _ value: ComposeValue, _ change: (inout EffectiveValues, ComposeValue) -> ComposeValue
  ) -> ComposeValue {
    each(value) { decoder, _, item in change(&decoder, item) }
  }

  private func refuse(_ value: ComposeValue, _ message: String, expected: String) -> ComposeValue {
    log.add(
      .invalidValue, "`\(path.joined(separator: "."))`: \(message)", at: value.place, path: path, subject: value.text,
      expected: expected)
    return ComposeValue(.null, at: value.place)
  }

  // MARK: Scalars

  private func flag(_ value: ComposeValue) -> ComposeValue {
    guard let text = value.string else { return value }
    let word = text.lowercased()
    if word != "true", word != "false", Interpolator.boolean(word) != nil {
      log.warn(
        .deprecated, "`\(text)` is no boolean in YAML 1.2. Write `true` or `false`.", at: value.place, path: path,
        subject: text)
    }
    switch Interpolator.boolean(word) {
    case let flag?: return ComposeValue(.bool(flag), at: value.place)
    case nil: return refuse(value, "`\(text)` is no boolean.", expected: "true or false")
    }
  }

  private func number(_ value: ComposeValue) -> ComposeValue {
    switch value.content {
    case .float(let number) where number.magnitude < 9e15: return ComposeValue(.integer(Int(number)), at: value.place)
    case .string(let text):
      guard let number = Cast.integer(text) else {
        return refuse(value, "`\(text)` is no whole number.", expected: "a whole number")
      }
      return ComposeValue(.integer(number), at: value.place)
    default: return value
    }
  }

  private func float(_ value: ComposeValue) -> ComposeValue {
    guard let text = value.string, !text.isEmpty else { return value.string == nil ? value : ComposeValue(.null) }
    guard let number = Cast.float(text) else { return refuse(value, "`\(text)` is no number.", expected: "a number") }
    return ComposeValue(.float(number), at: value.place)
  }

  private func bytes(_ value: ComposeValue) -> ComposeValue {
    guard let text = value.text, value.integer == nil else { return value }
    guard let size = ByteSize.parse(text) else {
      return refuse(value, "`\(text)` is no size.", expected: "a number with b, k, m or g")
    }
    return ComposeValue(.integer(size), at: value.place)
  }

  private func duration(_ value: ComposeValue) -> ComposeValue {
    guard let text = value.text else { return value }
    guard let nanoseconds = ComposeDuration.parse(text) else {
      return refuse(value, "`\(text)` is no duration.", expected: "a duration such as 1m30s")
    }
    return ComposeValue(.integer(nanoseconds), at: value.place)
  }

  /// File modes are octal in texts; in numbers YAML has read them already.
  private func mode(_ value: ComposeValue) -> ComposeValue {
    guard let text = value.string else { return number(value) }
    guard !text.isEmpty, let mode = Int(text, radix: 8) else {
      return refuse(value, "`\(text)` is no file mode.", expected: "an octal number")
    }
    return ComposeValue(.integer(mode), at: value.place)
  }

  private func deviceCount(_ value: ComposeValue) -> ComposeValue {
    guard let text = value.string else { return number(value) }
    if text.lowercased() == "all" { return ComposeValue(.integer(-1), at: value.place) }
    guard let number = Cast.integer(text) else {
      return refuse(value, "`\(text)` is no number of devices.", expected: "a number, or `all`")
    }
    return ComposeValue(.integer(number), at: value.place)
  }

  // MARK: Collections

  private func texts(_ value: ComposeValue) -> ComposeValue {
    guard let items = value.list else {
      return value.isNull || value.map != nil ? value : texts(ComposeValue(.list([value]), at: value.place))
    }
    let list = items.map { item in item.text.map { ComposeValue.string($0, at: item.place) } ?? item }
    return ComposeValue(.list(list), at: value.place)
  }

  private func command(_ value: ComposeValue) -> ComposeValue {
    guard let text = value.string else { return value.isNull ? value : texts(value) }
    guard let words = CommandLineWords.split(text) else {
      return refuse(
        value, "This command line cannot be split into words: a quote or bracket is not closed.",
        expected: "a command line, or a list of words")
    }
    let list = words.map { word in
      let place = value.place.map { place in
        let part = place.part(word.range)
        return word.isVerbatim ? part : part.with(map: nil)
      }
      return ComposeValue.string(word.text, at: place)
    }
    return ComposeValue(.list(list), at: value.place)
  }

  private func settings(_ value: ComposeValue, isLabels: Bool) -> ComposeValue {
    if !isLabels, let items = value.list {
      for item in items {
        let name = item.string?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        if let last = name.last, last.isWhitespace {
          log.add(
            .invalidName, "The name of the variable `\(name)` ends in a blank.", at: item.place, path: path,
            subject: String(name), expected: "NAME=value without blanks around `=`")
        }
      }
    }
    guard let map = KeyValues.map(value) else { return value }
    let result = map.compactMapValues { _, item -> ComposeValue? in
      if item.isNull { return isLabels ? .string("", at: item.place) : item }
      return item.text.map { .string($0, at: item.place) } ?? item
    }
    return ComposeValue(.map(result), at: value.place)
  }

  /// Host names with their addresses: a map from names to lists.
  private func hosts(_ value: ComposeValue) -> ComposeValue {
    var hosts = ComposeMap()
    func add(_ name: String, _ addresses: [ComposeValue], _ place: ComposePlace?) {
      if name.isEmpty || name.contains(":") || name.contains("=") {
        _ = refuse(ComposeValue(.string(name), at: place), "`\(name)` is no host name.", expected: "HOST=IP")
        return
      }
      let stripped = addresses.map { item -> ComposeValue in
        guard let text = item.text, text.count > 2, text.hasPrefix("["), text.hasSuffix("]") else {
          return .string(item.text ?? "", at: item.place)
        }
        return .string(String(text.dropFirst().dropLast()), at: item.place)
      }
      hosts[name] = ComposeValue(.list((hosts[name]?.list ?? []) + stripped), at: hosts[name]?.place ?? place)
    }
    switch value.content {
    case .map(let map):
      for (name, item) in map { add(name, item.list ?? [item], item.place) }
    case .list(let items):
      for item in items {
        guard let parts = item.cut(at: UInt8(ascii: "=")) ?? item.cut(at: UInt8(ascii: ":")) else {
          _ = refuse(item, "`\(item.text ?? "")` has no address.", expected: "HOST=IP")
          continue
        }
        add(parts.before.string ?? "", parts.after.parts(separatedBy: UInt8(ascii: ",")), item.place)
      }
    default: return value
    }
    return ComposeValue(.map(hosts), at: value.place)
  }
}

/// Variables and their modifiers.
extension WordExpander {
  mutating func dollar() throws(Failure) -> [UInt8] {
    let start = position
    position += 1
    guard position < end, bytes[position] == .openBrace else {
      let name = readName()
      if name.isEmpty { return [.dollar] }
      switch find(name) {
      case .value(let value): return Array(value.utf8)
      case .unset, .unknown: return options.keepsUnset ? Array(bytes[start..<position]) : []
      }
    }
    position += 1
    guard position < end else { throw Failure(message: "syntax error: missing '}'") }
    if bytes[position] == .openBrace || bytes[position] == .closeBrace || bytes[position] == UInt8(ascii: ":") {
      throw Failure(message: "syntax error: bad substitution")
    }
    let name = readName()
    return try braced(name)
  }

  /// The rest of `${name...}`, after the name.
  mutating func braced(_ name: String) throws(Failure) -> [UInt8] {
    guard position < end else { throw Failure(message: "unsupported modifier () in substitution") }
    var modifier = bytes[position]
    position += 1
    if modifier == .closeBrace {
      switch find(name) {
      case .value(let value): return Array(value.utf8)
      case .unset, .unknown: return options.keepsUnset ? Array("${\(name)}".utf8) : []
      }
    }
    if modifier == UInt8(ascii: "/") { return try replaced(name) }
    var emptyIsUnset = false
    if modifier == UInt8(ascii: ":") {
      emptyIsUnset = true
      guard position < end else { throw Failure(message: "syntax error: missing '}'") }
      modifier = bytes[position]
      position += 1
      if modifier == .hash || modifier == UInt8(ascii: "%") {
        throw Failure(message: "unsupported modifier (:\(Character(Unicode.Scalar(modifier)))) in substitution")
      }
    } else if !"+-?#%".utf8.contains(modifier) {
      throw Failure(message: "unsupported modifier (\(Character(Unicode.Scalar(modifier)))) in substitution")
    }
    return try modified(name, modifier, emptyIsUnset: emptyIsUnset)
  }

  mutating func modified(_ name: String, _ modifier: UInt8, emptyIsUnset: Bool) throws(Failure) -> [UInt8] {
    let trims = modifier == .hash || modifier == UInt8(ascii: "%")
    let marks = (unknown.count, unset.count)
    let word = try readWord(until: .closeBrace, keepsEscapes: trims, missing: "syntax error: missing '}'")
    let wordNames = (Array(unknown[marks.0...]), Array(unset[marks.1...]))
    unknown.removeSubrange(marks.0...)
    unset.removeSubrange(marks.1...)

    let variable = find(name)
    var value: [UInt8] = []
    var isSet = false
    if case .value(let text) = variable {
      value = Array(text.utf8)
      isSet = true
    }
    if options.keepsUnset, !isSet {
      return Array("${\(name)\(emptyIsUnset ? ":" : "")".utf8) + [modifier] + word + [.closeBrace]
    }
    let counts = isSet && !(emptyIsUnset && value.isEmpty)
    if case .unknown = variable, "-+?#%".utf8.contains(modifier) { return [] }
    switch modifier {
    case .hyphen, UInt8(ascii: "+"):
      if !isSet { unset.removeLast() }  // with `-` and `+` it is no fault to be unset
      guard counts == (modifier == UInt8(ascii: "+")) else { return counts ? value : [] }
      unknown += wordNames.0
      unset += wordNames.1
      return word
    case UInt8(ascii: "?"):
      if counts { return value }
      let reason = isSet ? "is not allowed to be empty" : "is not allowed to be unset"
      throw Failure(message: "\(name): \(word.isEmpty ? reason : String(decoding: word, as: UTF8.self))")
    case .hash, UInt8(ascii: "%"):
      let greedy = word.first == modifier
      let pattern = try ShellPattern(greedy ? word.dropFirst() : word[...])
      return modifier == .hash
        ? try pattern.removePrefix(of: value, longest: greedy) : try pattern.removeSuffix(of: value, longest: greedy)
    default:
      throw Failure(message: "unsupported modifier (:\(Character(Unicode.Scalar(modifier)))) in substitution")
    }
  }

  /// The rest of `${name/pattern/replacement}` and `${name//pattern/replacement}`.
  mutating func replaced(_ name: String) throws(Failure) -> [UInt8] {
    var all = false
    if position < end, bytes[position] == UInt8(ascii: "/") {
      all = true
      position += 1
    }
    let slash = UInt8(ascii: "/")
    let pattern = try readWord(until: slash, keepsEscapes: true, missing: "syntax error: missing '/' in ${}")
    let replacement = try readWord(until: .closeBrace, keepsEscapes: true, missing: "syntax error: missing '}'")
    switch find(name) {
    case .value(let value):
      return try ShellPattern(pattern[...]).replace(in: Array(value.utf8), with: replacement, all: all)
    case .unset where options.keepsUnset, .unknown where options.keepsUnset:
      return Array("${\(name)/".utf8) + pattern + [slash] + replacement + [.closeBrace]
    case .unset: return try ShellPattern(pattern[...]).replace(in: [], with: replacement, all: all)
    case .unknown: return []
    }
  }

  mutating func readWord(until stop: UInt8, keepsEscapes: Bool, missing: String) throws(Failure) -> [UInt8] {
    do {
      return try run(until: stop, keepsEscapes: keepsEscapes).text
    } catch {
      throw position >= end ? Failure(message: missing) : error
    }
  }

  mutating func find(_ name: String) -> VariableValue {
    let value = lookup(name)
    switch value {
    case .value: break
    case .unset: unset.append(name)
    case .unknown: unknown.append(name)
    }
    return value
  }

  /// A name of letters, digits and `_`; digits alone where it begins with one; or one special parameter.
  mutating func readName() -> String {
    let start = position
    guard position < end else { return "" }
    let first = bytes[position]
    if first.isDigit {
      while position < end, bytes[position].isDigit { position += 1 }
    } else if "@*#?-$!".utf8.contains(first) {
      position += 1
    } else {
      while position < end {
        let byte = bytes[position]
        if byte < 0x80 {
          guard byte.isNamePart else { break }
          position += 1
        } else {
          let width = min(scalarWidth(byte), end - position)
          guard isLetterOrDigit(bytes[position..<position + width]) else { break }
          position += width
        }
      }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  func isLetterOrDigit(_ encoded: ArraySlice<UInt8>) -> Bool {
    guard let scalar = String(decoding: encoded, as: UTF8.self).unicodeScalars.first else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return true
    default: return false
    }
  }
}

/// Backslash escapes as JavaScript, Python, Java and PHP share them; an unknown one stands for its letter.
enum ScriptEscapes {
  static func decode(_ content: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    var rest = content
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
        text.append(byte)
        continue
      }
      switch escape {
      case UInt8(ascii: "n"): text.append(10)
      case UInt8(ascii: "t"): text.append(9)
      case UInt8(ascii: "r"): text.append(13)
      case UInt8(ascii: "0"): text.append(0)
      case 10: break
      case UInt8(ascii: "x"): append(&text, &rest, 2)
      case UInt8(ascii: "u"):
        if rest.first == UInt8(ascii: "{"), let end = rest.firstIndex(of: UInt8(ascii: "}")) {
          let digits = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
          if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) {
            text += Array(String(Character(scalar)).utf8)
          }
          rest = rest[(end + 1)...]
        } else {
          append(&text, &rest, 4)
        }
      default: text.append(escape)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func append(_ text: inout [UInt8], _ rest: inout ArraySlice<UInt8>, _ count: Int) {
    let digits = String(decoding: rest.prefix(count), as: UTF8.self)
    rest = rest.dropFirst(count)
    if let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) {
      text += Array(String(Character(scalar)).utf8)
    }
  }
}

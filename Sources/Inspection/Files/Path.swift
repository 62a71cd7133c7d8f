/// Paths with `/` between their parts, as text.
public enum Path {
  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// The path without `.`, `//` and, where possible, `..`; `.` for the empty one. An absolute path stays absolute.
  public static func clean(_ path: String) -> String {
    var text = path
    return text.withUTF8 { isClean($0) ? nil : cleaned($0) } ?? path
  }

  /// Whether no part is empty, `.` or `..`, as in nearly all paths.
  private static func isClean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count > 1 else { return bytes.first.map { $0 != dot && $0 != slash } ?? false }
    var start = 0
    for index in 0...bytes.count where index == bytes.count || bytes[index] == slash {
      let length = index - start
      if length == 0, index > 0 { return false }
      if length == 1 || length == 2, bytes[start] == dot, bytes[index - 1] == dot { return false }
      start = index + 1
    }
    return true
  }

  private static func cleaned(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let isAbsolute = bytes.first == slash
    var parts: [Range<Int>] = []
    func isParent(_ part: Range<Int>) -> Bool {
      part.count == 2 && bytes[part.lowerBound] == dot && bytes[part.lowerBound + 1] == dot
    }
    var start = 0
    for index in 0...bytes.count where index == bytes.count || bytes[index] == slash {
      let part = start..<index
      start = index + 1
      if part.isEmpty || part.count == 1 && bytes[part.lowerBound] == dot { continue }
      if isParent(part), let last = parts.last, !isParent(last) {
        parts.removeLast()
      } else if !isParent(part) || !isAbsolute {
        parts.append(part)
      }
    }
    guard !parts.isEmpty else { return isAbsolute ? "/" : "." }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for (number, part) in parts.enumerated() {
      if isAbsolute || number > 0 { text.append(slash) }
      text += bytes[part]
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A path below a folder; an absolute one stays as it is.
  public static func join(_ folder: String, _ path: String) -> String {
    path.utf8.first == slash || folder == "." ? clean(path) : clean(folder + "/" + path)
  }

  /// The folder of a path: `.` for a plain name.
  public static func parent(_ path: String) -> String {
    let path = clean(path)
    guard let last = path.utf8.lastIndex(of: slash) else { return "." }
    return last == path.startIndex ? "/" : String(path[..<last])
  }

  /// The last part of a path.
  public static func name(_ path: String) -> String {
    var bytes = path.utf8[...]
    while bytes.last == slash { bytes.removeLast() }
    guard let last = bytes.lastIndex(of: slash) else {
      return bytes.endIndex == path.endIndex ? path : String(path[..<bytes.endIndex])
    }
    return String(path[path.utf8.index(after: last)..<bytes.endIndex])
  }

  /// The path as seen from a folder; nil when it does not lie below it.
  public static func relative(_ path: String, to folder: String) -> String? {
    let path = clean(path)
    let folder = clean(folder)
    if path == folder { return "." }
    if folder == "." { return path.hasPrefix("..") || path.utf8.first == slash ? nil : path }
    let bytes = path.utf8
    let count = folder == "/" ? 0 : folder.utf8.count
    guard bytes.count > count, path.hasPrefix(folder) else { return nil }
    let end = bytes.index(bytes.startIndex, offsetBy: count)
    return bytes[end] == slash ? String(path[bytes.index(after: end)...]) : nil
  }
}

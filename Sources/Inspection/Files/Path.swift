/// Paths with `/` between their parts, as text.
public enum Path {
  /// The path without `.`, `//` and, where possible, `..`; `.` for the empty one. An absolute path stays absolute.
  public static func clean(_ path: String) -> String {
    if isClean(path) { return path }
    let absolute = path.utf8.first == UInt8(ascii: "/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !absolute {
        parts.append(part)
      }
    }
    let text = parts.joined(separator: "/")
    return absolute ? "/" + text : text.isEmpty ? "." : text
  }

  /// Whether no part is empty, `.` or `..`, as in nearly all paths.
  private static func isClean(_ path: String) -> Bool {
    var text = path
    return text.withUTF8 { bytes in
      guard bytes.count > 1 else {
        return bytes.first.map { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "/") } ?? false
      }
      var start = 0
      for index in 0...bytes.count where index == bytes.count || bytes[index] == UInt8(ascii: "/") {
        let length = index - start
        if length == 0, index > 0 { return false }
        if length == 1 || length == 2, bytes[start] == UInt8(ascii: "."), bytes[index - 1] == UInt8(ascii: ".") {
          return false
        }
        start = index + 1
      }
      return true
    }
  }

  /// A path below a folder; an absolute one stays as it is.
  public static func join(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? clean(path) : clean(folder + "/" + path)
  }

  /// The folder of a path: `.` for a plain name.
  public static func parent(_ path: String) -> String {
    let path = clean(path)
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  public static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  /// The path as seen from a folder; nil when it does not lie below it.
  public static func relative(_ path: String, to folder: String) -> String? {
    let path = clean(path)
    let folder = clean(folder)
    if path == folder { return "." }
    if folder == "." { return path.hasPrefix("..") || path.hasPrefix("/") ? nil : path }
    let prefix = folder == "/" ? "/" : folder + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }
}

/// Paths as compose joins them: by their text alone, without looking at the disk.
enum ComposePath {
  static func isAbsolute(_ path: String) -> Bool { path.utf8.first == UInt8(ascii: "/") }

  /// The shortest path that means the same: without `.`, `..` and doubled slashes where that is possible.
  static func clean(_ path: String) -> String {
    let isAbsolute = isAbsolute(path)
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        if let last = parts.last, last != ".." {
          parts.removeLast()
          continue
        }
        if isAbsolute { continue }
      }
      parts.append(part)
    }
    let joined = parts.joined(separator: "/")
    return isAbsolute ? "/" + joined : joined.isEmpty ? "." : joined
  }

  static func join(_ directory: String, _ path: String) -> String {
    isAbsolute(path) ? clean(path) : clean(directory + "/" + path)
  }

  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  /// The path below `root`; nil where it lies elsewhere. The root itself is empty.
  static func relative(_ path: String, to root: String) -> String? {
    if path == root { return "" }
    let prefix = root == "/" ? "/" : root + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : nil
  }

  /// Whether this is a drive or share of Windows, `C:\x` or `\\host\x`.
  static func isWindowsAbsolute(_ path: String) -> Bool {
    if path.hasPrefix("\\\\") { return true }
    let bytes = Array(path.utf8.prefix(3))
    return bytes.count == 3 && Template.startsName(bytes[0]) && bytes[1] == UInt8(ascii: ":")
      && (bytes[2] == UInt8(ascii: "\\") || bytes[2] == UInt8(ascii: "/"))
  }

  /// `~` and `~/x` with the home directory in place of the tilde.
  static func expandingHome(_ path: String, _ home: String?) -> String {
    guard path.hasPrefix("~"), let home, !home.isEmpty else { return path }
    return clean(home + "/" + path.dropFirst())
  }

  /// Whether this names something that is no local path: a URL or a Git repository.
  static func isRemote(_ path: String) -> Bool {
    path.contains("://")
      || ["https://", "http://", "git://", "ssh://", "github.com/", "git@"].contains { path.hasPrefix($0) }
  }
}

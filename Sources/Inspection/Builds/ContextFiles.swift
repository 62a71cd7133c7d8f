/// The files of a build context, as COPY sees them.
struct ContextFiles {
  let folder: String
  let listing: ProjectListing
  /// What the builder leaves out; nil to see everything.
  var ignore: ContextIgnore?

  /// The files that a source of a COPY names, with their paths below the copied folder, or just their names.
  ///
  /// - Parameter source: a path or a pattern, relative to the context.
  func files(matching source: String) -> (files: [(path: String, below: String)], isDirectory: Bool) {
    let source = Self.clean(source)
    guard Self.isPattern(source) else { return entry(source) }
    return (expand(source).flatMap(\.files), false)
  }

  /// Whether a source of a COPY names any file.
  func holds(_ source: String) -> Bool {
    let source = Self.clean(source)
    guard ignore == nil, !Self.isPattern(source) else { return !files(matching: source).files.isEmpty }
    let path = Path.join(folder, source)
    return path == "." ? !listing.items.isEmpty : listing.contains(path) || listing.holds(folder: path)
  }

  private static func isPattern(_ source: String) -> Bool {
    source.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
  }

  private func entry(_ source: String) -> (files: [(path: String, below: String)], isDirectory: Bool) {
    let path = Path.join(folder, source)
    if listing.contains(path) { return (isSent(path) ? [(path, Path.name(path))] : [], false) }
    let below = listing.paths(below: path).compactMap { file in
      isSent(file) ? Path.relative(file, to: path).map { (path: file, below: $0) } : nil
    }
    return (below, true)
  }

  private func isSent(_ path: String) -> Bool { ignore?.pattern(hiding: path) == nil }

  /// What the names in the context hold that a pattern matches, the first listed first: each part of the pattern matches
  /// one part of a path.
  private func expand(_ pattern: String) -> [(files: [(path: String, below: String)], isDirectory: Bool)] {
    var folders = [Path.clean(folder)]
    var names: [String] = []
    let parts = pattern.split(separator: "/").map { Array($0.utf8) }
    for (number, part) in parts.enumerated() {
      var next: [String] = []
      for folder in folders.compactMap(listing.folder) {
        next += folder.folders.filter { PathPattern.matches(Path.name($0), part) }
        guard number == parts.count - 1 else { continue }
        names += listing.items[folder.files].filter { PathPattern.matches($0.name, part) }.map(\.path)
      }
      folders = next
    }
    names += folders
    let found = names.compactMap { name in
      let entry = entry(Path.relative(name, to: folder) ?? name)
      return entry.files.first.flatMap { listing.place(of: $0.path) }.map { (first: $0, entry: entry) }
    }
    return found.sorted { $0.first < $1.first }.map(\.entry)
  }

  /// The builder keeps paths inside of the context: a leading `/` or `..` is dropped.
  static func clean(_ source: String) -> String {
    let path = Path.clean("/" + source)
    return path == "/" ? "." : String(path.dropFirst())
  }
}

/// One part of a path against a pattern with `*`, `?` and `[a-z]`, as Go's filepath.Match has it.
enum PathPattern {
  static func matches(_ name: String, _ pattern: String) -> Bool { matches(name, Array(pattern.utf8)) }

  static func matches(_ name: String, _ pattern: [UInt8]) -> Bool { match(Array(name.utf8)[...], pattern[...]) }

  private static func match(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
    var name = name
    var pattern = pattern
    var retry: (name: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
    while true {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (name, pattern)
      } else if name.isEmpty, pattern.isEmpty {
        return true
      } else if let byte = name.first, let rest = single(byte, pattern) {
        name = name.dropFirst()
        pattern = rest
      } else if let last = retry, !last.name.isEmpty {
        retry = (last.name.dropFirst(), last.pattern)
        name = last.name.dropFirst()
        pattern = last.pattern
      } else {
        return false
      }
    }
  }

  /// The pattern behind its first element, when that takes the byte.
  private static func single(_ byte: UInt8, _ pattern: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let first = pattern.first else { return nil }
    switch first {
    case UInt8(ascii: "?"): return pattern.dropFirst()
    case UInt8(ascii: "\\"): return pattern.dropFirst().first == byte ? pattern.dropFirst(2) : nil
    case UInt8(ascii: "["):
      guard let end = pattern.dropFirst(2).firstIndex(of: UInt8(ascii: "]")) else { return nil }
      var items = pattern[(pattern.startIndex + 1)..<end]
      let negated = items.first == UInt8(ascii: "^")
      if negated { items = items.dropFirst() }
      return contains(items, byte) != negated ? pattern[(end + 1)...] : nil
    default: return first == byte ? pattern.dropFirst() : nil
    }
  }

  private static func contains(_ items: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
    var rest = items
    while let low = rest.first {
      if rest.dropFirst().first == UInt8(ascii: "-"), let high = rest.dropFirst(2).first {
        if low <= byte && byte <= high { return true }
        rest = rest.dropFirst(3)
      } else {
        if low == byte { return true }
        rest = rest.dropFirst()
      }
    }
    return false
  }
}

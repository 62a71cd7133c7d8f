/// A project in memory, for tests, the sample, and edits that are tried before they are made.
public struct MemoryTree: FileTree {
  public struct File: Hashable, Sendable {
    public var bytes: [UInt8]
    public var mode: Int

    public init(_ bytes: [UInt8], mode: Int = 0o644) {
      self.bytes = bytes
      self.mode = mode
    }
  }

  private var files: [String: File] = [:]
  /// What lies directly in each folder; folders without files are not there.
  private var names: [String: Set<String>] = [:]

  public init(_ files: [String: String] = [:]) {
    for (path, text) in files { self[path] = File(Array(text.utf8)) }
  }

  public subscript(path: String) -> File? {
    get { files[Path.clean(path)] }
    set {
      let path = Path.clean(path)
      files[path] = newValue
      if newValue == nil { forget(path) } else { note(path) }
    }
  }

  private static func isTop(_ path: String) -> Bool {
    path == "." || path == "/" || path == ".." || path.hasSuffix("/..")
  }

  private mutating func note(_ path: String) {
    var path = path
    while !Self.isTop(path), names[Path.parent(path), default: []].insert(Path.name(path)).inserted {
      path = Path.parent(path)
    }
  }

  private mutating func forget(_ path: String) {
    var path = path
    while !Self.isTop(path), files[path] == nil, names[path] == nil {
      let folder = Path.parent(path)
      names[folder]?.remove(Path.name(path))
      if names[folder]?.isEmpty == true { names[folder] = nil }
      path = folder
    }
  }

  public func entries(of folder: String) throws(FileProblem) -> [FileEntry] {
    let folder = Path.clean(folder)
    guard let names = names[folder] else {
      if folder == "." { return [] }
      throw .missing
    }
    return names.sorted().map { name in
      guard let file = files[Path.join(folder, name)] else {
        return FileEntry(name: name, kind: .directory, mode: 0o755)
      }
      return FileEntry(name: name, kind: .file, size: file.bytes.count, mode: file.mode)
    }
  }

  public func read(_ path: String) throws(FileProblem) -> [UInt8] {
    let path = Path.clean(path)
    if path.hasPrefix("..") || path.hasPrefix("/") { throw .outside }
    guard let file = files[path] else {
      if try entry(at: path).kind == .directory { throw .notAFile }
      throw .missing
    }
    if file.bytes.count > Self.sizeLimit { throw .tooLarge(file.bytes.count) }
    return file.bytes
  }

  public func entry(at path: String) throws(FileProblem) -> FileEntry {
    let path = Path.clean(path)
    if path.hasPrefix("..") || path.hasPrefix("/") { throw .outside }
    let name = Path.name(path)
    if let file = files[path] {
      return FileEntry(name: name, kind: .file, size: file.bytes.count, mode: file.mode)
    }
    if path == "." || names[path] != nil { return FileEntry(name: name, kind: .directory, mode: 0o755) }
    throw .missing
  }
}

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

  public init(_ files: [String: String] = [:]) {
    for (path, text) in files { self[path] = File(Array(text.utf8)) }
  }

  public subscript(path: String) -> File? {
    get { files[Path.clean(path)] }
    set { files[Path.clean(path)] = newValue }
  }

  public func entries(of folder: String) throws(FileProblem) -> [FileEntry] {
    var found: [String: FileEntry] = [:]
    for (path, file) in files {
      guard let below = Path.relative(path, to: folder), below != "." else { continue }
      let name = String(below.prefix { $0 != "/" })
      if name.count < below.count {
        found[name] = FileEntry(name: name, kind: .directory, mode: 0o755)
      } else {
        found[name] = FileEntry(name: name, kind: .file, size: file.bytes.count, mode: file.mode)
      }
    }
    if found.isEmpty, Path.clean(folder) != "." { throw .missing }
    return found.values.sorted { $0.name < $1.name }
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
    if path == "." || files.keys.contains(where: { $0.hasPrefix(path + "/") }) {
      return FileEntry(name: name, kind: .directory, mode: 0o755)
    }
    throw .missing
  }
}

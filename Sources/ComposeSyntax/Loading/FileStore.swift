import SourceText

/// Reads each file of a project once, and nothing outside of its root.
final class FileStore {
  enum Result {
    case file(ComposeFile)
    case missing
    case directory
    /// Outside of the root, or on the network.
    case outside
    case refused(String)
  }

  private let reader: any ComposeFileReader
  let root: String
  private var files: [String: Result] = [:]
  private var parsed: [String: ComposeFile] = [:]

  init(reader: any ComposeFileReader, root: String) {
    self.reader = reader
    self.root = ComposePath.clean(root)
  }

  /// The path as people see it: relative to the root where it lies inside.
  func shown(_ path: String) -> String { ComposePath.relative(path, to: root) ?? path }

  func read(_ path: String, isYAML: Bool) -> Result {
    let path = ComposePath.isRemote(path) ? path : ComposePath.clean(path)
    if let file = parsed[path] { return .file(file) }
    let result = files[path] ?? load(path)
    files[path] = result
    guard isYAML, case .file(let file) = result else { return result }
    let nodes = ComposeFile(source: file.source, absolutePath: path, yaml: YAMLFile(file.source))
    parsed[path] = nodes
    return .file(nodes)
  }

  private func load(_ path: String) -> Result {
    guard !ComposePath.isRemote(path), let relative = ComposePath.relative(path, to: root) else { return .outside }
    switch reader.read(relative) {
    case .bytes(let bytes):
      guard bytes.count <= YAMLFile.largestSize else {
        return .refused("it is larger than \(YAMLFile.largestSize >> 20) MB")
      }
      let source = SourceFile(path: relative, bytes: bytes)
      return .file(ComposeFile(source: source, absolutePath: path, yaml: nil))
    case .missing: return .missing
    case .directory: return .directory
    case .outside: return .outside
    case .refused(let reason): return .refused(reason)
    }
  }

  /// Whether a file lies there; false where that is not known.
  func isFile(_ path: String) -> Bool {
    switch read(path, isYAML: false) {
    case .file, .refused: true
    case .missing, .directory, .outside: false
    }
  }

  /// A name in the same directory that was probably meant.
  func suggestion(for path: String) -> String? {
    guard let directory = ComposePath.relative(ComposePath.clean(ComposePath.directory(of: path)), to: root) else {
      return nil
    }
    return Suggestion.nearest(to: ComposePath.name(of: path), in: reader.names(in: directory))
  }
}

/// The files of a project, listed once and within bounds.
public struct ProjectListing: Sendable {
  public struct Item: Hashable, Sendable {
    public let path: String
    public let entry: FileEntry
  }

  /// All files and links, folder by folder from the top, in the order of names.
  public let items: [Item]
  /// Whether there were more files than the limit, or folders in folders below the depth.
  public let isCutOff: Bool
  private let places: [String: Int]

  /// Folders that hold what tools made or fetched; the sources of the project lie elsewhere.
  public static let skipped: Set<String> = [
    ".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".gradle", ".idea", ".vscode", ".terraform",
    ".next", ".nuxt", "bower_components",
  ]

  public init(_ tree: some FileTree, limit: Int = 20_000, depth: Int = 16) {
    var items: [Item] = []
    var folders = [(path: ".", depth: 0)]
    var next = 0
    var isCutOff = false
    while next < folders.count, items.count < limit {
      let folder = folders[next]
      next += 1
      for entry in (try? tree.entries(of: folder.path)) ?? [] {
        let path = folder.path == "." ? entry.name : folder.path + "/" + entry.name
        if entry.kind == .directory {
          guard !Self.skipped.contains(entry.name) else { continue }
          if folder.depth < depth { folders.append((path, folder.depth + 1)) } else { isCutOff = true }
        } else if items.count >= limit {
          isCutOff = true
          break
        } else {
          items.append(Item(path: path, entry: entry))
        }
      }
    }
    self.items = items
    self.isCutOff = isCutOff || next < folders.count
    places = Dictionary(items.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func contains(_ path: String) -> Bool { places[Path.clean(path)] != nil }

  public func entry(_ path: String) -> FileEntry? { places[Path.clean(path)].map { items[$0].entry } }

  /// Whether a file lies below the folder.
  public func holds(folder: String) -> Bool {
    let folder = Path.clean(folder)
    return folder == "." || items.contains { $0.path.hasPrefix(folder + "/") }
  }

  /// The paths of files below a folder, itself included when it is a file.
  public func paths(below folder: String) -> [String] {
    let folder = Path.clean(folder)
    return items.lazy.map(\.path).filter { folder == "." || $0 == folder || $0.hasPrefix(folder + "/") }
  }
}

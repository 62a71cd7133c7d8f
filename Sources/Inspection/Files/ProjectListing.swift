/// The files of a project, listed once and within bounds.
public struct ProjectListing: Sendable {
  public struct Item: Hashable, Sendable {
    public let path: String
    public let entry: FileEntry

    /// The last part of the path.
    public var name: String { entry.name }
  }

  /// What lies directly in a folder.
  struct Folder: Sendable {
    /// Places among the items.
    var files: Range<Int>
    /// The paths of the folders in it that were looked into, in the order of names.
    var folders: [String] = []
  }

  /// All files and links, folder by folder from the top, in the order of names.
  public let items: [Item]
  /// Whether there were more files than the limit, or folders in folders below the depth.
  public let isCutOff: Bool
  private let places: [String: Int]
  private let folders: [String: Folder]
  /// The folders with a file somewhere below them.
  private let filled: Set<String>

  /// Folders that hold what tools made or fetched; the sources of the project lie elsewhere.
  public static let skipped: Set<String> = [
    ".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".gradle", ".idea", ".vscode", ".terraform",
    ".next", ".nuxt", "bower_components",
  ]

  public init(_ tree: some FileTree, limit: Int = 20_000, depth: Int = 16) {
    var items: [Item] = []
    var folders: [String: Folder] = [:]
    var queue = [(path: ".", depth: 0)]
    var next = 0
    var isCutOff = false
    while next < queue.count, items.count < limit {
      let folder = queue[next]
      next += 1
      var found = Folder(files: items.count..<items.count)
      for entry in (try? tree.entries(of: folder.path)) ?? [] {
        let path = folder.path == "." ? entry.name : folder.path + "/" + entry.name
        if entry.kind == .directory {
          guard !Self.skipped.contains(entry.name) else { continue }
          guard folder.depth < depth else {
            isCutOff = true
            continue
          }
          queue.append((path, folder.depth + 1))
          found.folders.append(path)
        } else if items.count >= limit {
          isCutOff = true
          break
        } else {
          items.append(Item(path: path, entry: entry))
        }
      }
      found.files = found.files.lowerBound..<items.count
      folders[folder.path] = found
    }
    self.items = items
    self.folders = folders
    self.isCutOff = isCutOff || next < queue.count
    places = Dictionary(items.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    var filled: Set<String> = []
    for (path, folder) in folders where !folder.files.isEmpty {
      var above = path
      while filled.insert(above).inserted, above != "." { above = Path.parent(above) }
    }
    self.filled = filled
  }

  public func contains(_ path: String) -> Bool { places[Path.clean(path)] != nil }

  public func entry(_ path: String) -> FileEntry? { places[Path.clean(path)].map { items[$0].entry } }

  /// What lies directly in a folder; nil where it was not looked into.
  func folder(_ path: String) -> Folder? { folders[path] }

  /// The place of a file among the items, by its clean path.
  func place(of path: String) -> Int? { places[path] }

  /// Whether a file lies below the folder.
  public func holds(folder: String) -> Bool {
    let folder = Path.clean(folder)
    return folder == "." || filled.contains(folder)
  }

  /// The paths of files below a folder, itself included when it is a file.
  public func paths(below folder: String) -> [String] {
    let folder = Path.clean(folder)
    if folder == "." { return items.map(\.path) }
    var paths = places[folder].map { [items[$0].path] } ?? []
    guard filled.contains(folder) else { return paths }
    // Level by level, as they were listed.
    var queue = [folder]
    var next = 0
    while next < queue.count {
      guard let found = folders[queue[next]] else { break }
      next += 1
      paths += items[found.files].map(\.path)
      queue += found.folders
    }
    return paths
  }
}

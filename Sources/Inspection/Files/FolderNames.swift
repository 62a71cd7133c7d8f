/// The files and folders below a folder, to find the one that was probably meant.
struct FolderNames {
  /// By the path in lower case, the first in the order of names.
  private var folded: [String: String] = [:]
  /// By the last part of the path; nil where there are several.
  private var named: [String: String?] = [:]

  init(_ listing: ProjectListing, below folder: String) {
    var seen: Set<String> = []
    for path in listing.paths(below: folder) {
      guard var name = Path.relative(path, to: folder) else { continue }
      while name != ".", seen.insert(name).inserted {
        let key = name.lowercased()
        folded[key] = min(folded[key] ?? name, name)
        named[Path.name(name)] = .some(named[Path.name(name)] == nil ? name : nil)
        name = Path.parent(name)
      }
    }
  }

  /// A path that differs in case only.
  func differingInCase(from path: String) -> String? { folded[path.lowercased()] }

  /// The only path with a name.
  func only(named name: String) -> String? { named[name] ?? nil }
}

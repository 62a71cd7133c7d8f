import SourceText

/// Looks for the files that the log misses: in the image, and in the project.
struct AbsentFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let files: ContainerFiles
  let workspace: Workspace

  /// More paths than this are looked for nowhere: a log may name a file in every line.
  private static let limit = 64

  func add(to facts: inout FactStore) {
    guard service.origin != .source else { return }
    var seen: Set<String> = []
    for row in facts.rows("observed") {
      guard let kind = facts.cell(row, "kind").value,
        ["file-missing", "request-panicked", "required-file-missing"].contains(kind),
        let path = facts.cell(row, "path").value, path.count > 1, seen.count < Self.limit, seen.insert(path).inserted
      else { continue }
      add(path, at: row.place, to: &facts)
    }
    facts.declare("absent", .presumed, for: service.name)
  }

  private func add(_ path: String, at place: Place?, to facts: inout FactStore) {
    let resolved = path.hasPrefix("/") ? Path.clean(path) : chain.workingDirectory.map { Path.join($0, path) }
    var state: String?
    switch resolved.map(files.find) {
    case .there, .directory: state = "there"
    case .missing: state = "missing"
    default: break
    }
    facts.add(
      "absent",
      [
        "service": Cell(service.name), "path": Cell(path, place), "state": Cell(state ?? "unsure"),
        "source": Cell(source(of: path) ?? ""),
      ], at: place, presumed: true)
  }

  /// The file or folder of the project that ends like the path, the shortest first.
  private func source(of path: String) -> String? {
    let parts = Path.clean(path).split(separator: "/").filter { $0 != ".." && $0 != "." }
    // The whole path as a tail, else without its leading folders, which only the image has.
    for start in parts.indices.prefix(4) {
      let tail = parts[start...].joined(separator: "/")
      guard !tail.isEmpty else { continue }
      let found = workspace.listing.items.map(\.path).filter { $0 == tail || $0.hasSuffix("/" + tail) }
      if let first = found.min(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) { return first }
      if workspace.listing.holds(folder: tail), tail != "." { return tail }
    }
    return nil
  }
}

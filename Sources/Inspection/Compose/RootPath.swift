/// Translates between paths as the compose front end has them, relative to the project's root, and paths as facts have
/// them, relative to the inspected folder.
struct RootPath {
  /// The inspected folder as seen from the root; empty where they are the same.
  let folder: String

  func fromRoot(_ path: String) -> String {
    guard !folder.isEmpty else { return path.isEmpty ? "." : path }
    if let below = Path.relative(path.isEmpty ? "." : path, to: folder) { return below }
    let depth = folder.split(separator: "/").count
    return Path.clean(String(repeating: "../", count: depth) + path)
  }

  func toRoot(_ path: String) -> String {
    let path = Path.clean(folder.isEmpty ? path : folder + "/" + path)
    return path == "." ? "" : path
  }
}

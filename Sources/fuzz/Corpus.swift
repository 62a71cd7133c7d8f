import Inspection

/// The files of the repository as inputs: fixtures of the knowledge and of the tests.
enum Corpus {
  /// What a target starts from, in the order of the paths; one empty input where nothing fits.
  static func inputs(of target: FuzzTarget, repository: String) -> [[UInt8]] {
    var inputs: [(path: String, bytes: [UInt8])] = []
    for folder in ["knowledge", "Tests"] {
      guard let tree = try? DiskTree(folder: repository + "/" + folder) else { continue }
      for item in ProjectListing(tree).items
      where item.entry.kind == .file && item.entry.size < 32_768 && target.fits("\(folder)/\(item.path)") {
        if let bytes = try? tree.read(item.path) { inputs.append((item.path, bytes)) }
      }
    }
    return inputs.isEmpty ? [[]] : inputs.sorted { $0.path < $1.path }.map(\.bytes)
  }

  static func read(_ path: String) throws -> [UInt8] { try DiskTree.read(file: path, limit: nil) }
}

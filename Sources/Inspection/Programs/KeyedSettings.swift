import ComposeSyntax
import SourceText

/// Settings of a JSON or YAML file, found by the last keys of their path.
struct KeyedSettings {
  private let root: YAMLNode?
  private let path: String

  init(_ file: SourceFile) {
    path = file.path
    root = YAMLFile(file).root
  }

  /// The first value whose path ends in these keys; the shallowest in the order of the file.
  func value(at keys: [String]) -> Cell? {
    guard let root, let last = keys.last else { return nil }
    var folders = [(node: root, trail: [String]())]
    var next = 0
    while next < folders.count, folders.count < 4000 {
      let (node, trail) = folders[next]
      next += 1
      for entry in node.entries {
        guard let key = entry.key.text else { continue }
        let here = trail + [key]
        if key == last, here.suffix(keys.count).elementsEqual(keys), let scalar = entry.value.scalar {
          return Cell(scalar.value, Place(file: path, scalar.map.source(of: ByteRange(0, scalar.value.utf8.count))))
        }
        if entry.value.isMapping { folders.append((entry.value, here)) }
      }
    }
    return nil
  }
}

import Foundation

/// A folder of its own for one test, gone with it.
final class TemporaryFolder {
  let path: String

  init() {
    let made = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("drydock-\(UUID().uuidString)").path
    try? FileManager.default.createDirectory(atPath: made, withIntermediateDirectories: true)
    path = realpath(made, nil).map { String(cString: $0) } ?? made
  }

  deinit {
    _ = chmod(path, 0o755)
    try? FileManager.default.removeItem(atPath: path)
  }

  subscript(name: String) -> String? {
    get { try? String(contentsOfFile: path + "/" + name, encoding: .utf8) }
    set {
      let file = path + "/" + name
      let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try? newValue?.write(toFile: file, atomically: false, encoding: .utf8)
    }
  }

  func link(_ name: String, to target: String) {
    try? FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
  }

  func mode(_ name: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int) ?? 0
  }

  func setMode(_ name: String, _ mode: Int) { _ = chmod(path + "/" + name, mode_t(mode)) }

  /// The names in a folder, those that begin with a dot too.
  func names(_ folder: String = "") -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()) ?? []
  }

  func isLink(_ name: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path + "/" + name)) != nil
  }
}

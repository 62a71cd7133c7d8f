import Glibc
import SourceText

/// Real projects beside the repository, where they are there. Tests that use them prove nothing without them.
enum SharedCases {
  static let root = "../shared/cases"

  /// The names of the projects, sorted; empty where the folder is not there.
  static var names: [String] { entries(root).filter { !$0.hasPrefix(".") }.sorted() }

  /// All files of a project whose name ends so, with paths relative to the project.
  static func files(_ project: String, _ isWanted: (String) -> Bool) -> [SourceFile] {
    var files: [SourceFile] = []
    var folders = [""]
    while let folder = folders.popLast() {
      for name in entries("\(root)/\(project)/\(folder)").sorted() where name != "." && name != ".." && name != ".git" {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        var status = stat()
        guard stat("\(root)/\(project)/\(path)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          folders.append(path)
        } else if isWanted(path), let bytes = read("\(root)/\(project)/\(path)", Int(status.st_size)) {
          files.append(SourceFile(path: path, bytes: bytes))
        }
      }
    }
    return files
  }

  private static func entries(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  private static func read(_ path: String, _ size: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, Glibc.read(descriptor, buffer.baseAddress, size))
    }
  }
}

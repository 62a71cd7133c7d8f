import ComposeSyntax

/// The files of a project as the compose front end asks for them, with a note of what it was told.
final class ComposeTree: ComposeFileReader {
  private let tree: any FileTree
  private let paths: RootPath
  /// Each question with its answer.
  private(set) var files: [String: ComposeFileContent] = [:]
  private(set) var folders: [String: [String]] = [:]

  init(tree: any FileTree, paths: RootPath) {
    self.tree = tree
    self.paths = paths
  }

  func read(_ path: String) -> ComposeFileContent {
    if let known = files[path] { return known }
    let content = content(of: path)
    files[path] = content
    return content
  }

  private func content(of path: String) -> ComposeFileContent {
    do throws(FileProblem) {
      return .bytes(try tree.read(paths.fromRoot(path)))
    } catch {
      switch error {
      case .missing: return .missing
      case .outside: return .outside
      case .notAFile: return tree.isDirectory(paths.fromRoot(path)) ? .directory : .refused(error.message)
      case .tooLarge, .refused: return .refused(error.message)
      }
    }
  }

  func names(in directory: String) -> [String] {
    let names = ((try? tree.entries(of: paths.fromRoot(directory))) ?? []).map(\.name)
    folders[directory] = names
    return names
  }
}

/// A compose project with all that the front end asked for when it read it.
struct ComposeReadings: Sendable {
  let options: ComposeOptions
  let files: [String: ComposeFileContent]
  let folders: [String: [String]]
  let project: ComposeProject

  /// Whether reading it again would come to the same.
  func hold(for options: ComposeOptions, _ tree: ComposeTree) -> Bool {
    self.options == options && files.allSatisfy { tree.read($0.key) == $0.value }
      && folders.allSatisfy { tree.names(in: $0.key) == $0.value }
  }
}

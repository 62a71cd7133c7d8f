import ComposeSyntax

/// The files of a project as the compose front end asks for them.
struct ComposeTree: ComposeFileReader {
  let tree: any FileTree
  let paths: RootPath

  func read(_ path: String) -> ComposeFileContent {
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
    ((try? tree.entries(of: paths.fromRoot(directory))) ?? []).map(\.name)
  }
}

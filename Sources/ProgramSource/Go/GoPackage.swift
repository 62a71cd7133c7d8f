import SourceText

/// The Go files of one folder.
///
/// A folder may hold files of several packages when some are excluded by constraints, or by mistake; `names` tells.
public struct GoPackage: Sendable {
  /// Without a slash at its end; empty for the project's root.
  public let directory: String
  /// Sorted by path; tests included.
  public let files: [GoFile]

  public init(directory: String, files: [GoFile]) {
    self.directory = directory
    self.files = files.sorted { $0.path < $1.path }
  }

  /// The files that take part in a build, without tests.
  public func files(in context: GoBuildContext) -> [GoFile] { files.filter(context.includes) }

  /// The package names of the files that take part in a build. Go refuses more than one.
  public func names(in context: GoBuildContext) -> Set<String> { Set(files(in: context).map(\.package.text)) }

  /// Whether a build gives a program: the package is `main` and has a function `main`.
  public func isMain(in context: GoBuildContext) -> Bool {
    let files = files(in: context)
    return files.contains { $0.package.text == "main" && $0.functions.contains { $0.fullName == "main" } }
  }

  /// Every import of the files that take part, with its place.
  public func imports(in context: GoBuildContext) -> [(path: String, place: SourcePlace)] {
    files(in: context).flatMap { file in file.imports.map { ($0.path, SourcePlace(file.path, $0.range)) } }
  }

  /// Whether a file of the package, also one that this build leaves out, is written with cgo.
  public var usesCgo: Bool { files.contains { !$0.isTest && $0.usesCgo } }
}

extension GoPackage {
  /// Groups files by folder.
  public static func packages(_ files: [GoFile]) -> [GoPackage] {
    Dictionary(grouping: files, by: \.directory).map { GoPackage(directory: $0, files: $1) }
      .sorted { $0.directory < $1.directory }
  }
}

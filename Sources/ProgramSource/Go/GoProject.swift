import SourceText

/// All Go packages and modules below a folder, and which package an import means.
public struct GoProject: Sendable {
  public let packages: [GoPackage]
  public let modules: [GoModFile]
  private let byDirectory: [String: Int]

  public init(files: [GoFile], modules: [GoModFile] = []) {
    packages = GoPackage.packages(files)
    self.modules = modules
    byDirectory = Dictionary(packages.enumerated().map { ($1.directory, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func package(at directory: String) -> GoPackage? { byDirectory[directory].map { packages[$0] } }

  /// The folders of all packages that build to a program.
  public func programs(in context: GoBuildContext) -> [GoPackage] { packages.filter { $0.isMain(in: context) } }

  /// The module that a folder belongs to: the one with the nearest go.mod above it.
  public func module(of directory: String) -> GoModFile? {
    modules.filter { Self.contains(folder(of: $0), directory) }.max {
      folder(of: $0).utf8.count < folder(of: $1).utf8.count
    }
  }

  /// The package that an import means for files of `directory`; nil for one that is not among the files.
  ///
  /// Looks in vendor folders, the modules, folders that replace a module, GOPATH folders (`src/…`), and, where no
  /// go.mod governs the file, in the folder whose path ends like the import.
  public func package(importing path: String, from directory: String) -> GoPackage? {
    if Self.isStandard(path) && modules.contains(where: { $0.module?.text == path }) == false,
      package(at: "src/\(path)") == nil, !isModulePrefix(path)
    {
      return nil
    }
    return candidates(path, directory).lazy.compactMap(package(at:)).first
  }

  private func isModulePrefix(_ path: String) -> Bool {
    modules.contains { $0.module.map { path.hasPrefix($0.text + "/") } ?? false }
  }

  private func candidates(_ path: String, _ directory: String) -> [String] {
    var found: [String] = []
    for folder in Self.ancestors(directory) { found.append(Self.join(folder, "vendor/\(path)")) }
    let inside = modules.compactMap { module -> (String, Int)? in
      guard let name = module.module?.text, let rest = Self.rest(of: path, behind: name) else { return nil }
      return (Self.join(folder(of: module), rest), name.utf8.count)
    }
    found += inside.sorted { $0.1 > $1.1 }.map(\.0)
    for module in modules {
      for replacement in module.replacements where replacement.isLocal {
        if let rest = Self.rest(of: path, behind: replacement.old.text),
          let target = Self.resolve(replacement.new.text, from: folder(of: module))
        {
          found.append(Self.join(target, rest))
        }
      }
    }
    for folder in Self.ancestors(directory) { found.append(Self.join(folder, "src/\(path)")) }
    if module(of: directory) == nil {
      var rest = path[...]
      while let slash = rest.firstIndex(of: "/") {
        rest = rest[rest.index(after: slash)...]
        found.append(String(rest))
      }
      found.append(path)
    }
    return found
  }

  private func folder(of module: GoModFile) -> String {
    module.source.path.lastIndex(of: "/").map { String(module.source.path[..<$0]) } ?? ""
  }

  /// Whether an import belongs to the standard library: its first part has no dot and is a name of the library.
  public static func isStandard(_ path: String) -> Bool {
    path == "C" || standardNames.contains(String(path.prefix { $0 != "/" }))
  }

  // MARK: Paths

  private static func contains(_ folder: String, _ directory: String) -> Bool {
    folder.isEmpty || directory == folder || directory.hasPrefix(folder + "/")
  }

  private static func join(_ folder: String, _ path: String) -> String {
    folder.isEmpty ? path : path.isEmpty ? folder : "\(folder)/\(path)"
  }

  /// What follows the module path in an import: empty for the module's root package, nil for another module's.
  private static func rest(of path: String, behind module: String) -> String? {
    path == module ? "" : path.hasPrefix(module + "/") ? String(path.dropFirst(module.count + 1)) : nil
  }

  private static func ancestors(_ directory: String) -> [String] {
    var folders = [directory]
    var rest = directory[...]
    while let slash = rest.lastIndex(of: "/") {
      rest = rest[..<slash]
      folders.append(String(rest))
    }
    return directory.isEmpty ? folders : folders + [""]
  }

  /// A relative path from a folder; nil when it leaves the project or is absolute.
  static func resolve(_ path: String, from folder: String) -> String? {
    guard !path.hasPrefix("/") else { return nil }
    var parts = folder.split(separator: "/")
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }

  private static let standardNames: Set<String> = [
    "archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "database", "debug", "embed",
    "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image", "index", "io", "iter", "log", "maps",
    "math", "mime", "net", "os", "path", "plugin", "reflect", "regexp", "runtime", "slices", "sort", "strconv",
    "strings",
    "structs", "sync", "syscall", "testing", "text", "time", "unicode", "unique", "unsafe", "weak",
  ]
}

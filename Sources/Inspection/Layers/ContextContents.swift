import DockerfileSyntax

/// What a build context holds: the files that the builder can be sent.
public struct ContextContents: Hashable, Sendable {
  /// A file or folder directly below the context, or a heavy one further down.
  public struct Entry: Hashable, Sendable {
    /// Relative to the context.
    public let path: String
    public let isDirectory: Bool
    public var files: Int
    /// Bytes.
    public var size: Int
  }

  /// The folder in the project.
  public let folder: String
  /// The ignore file that counts; nil where there is none.
  public let ignoreFile: String?
  public private(set) var files = 0
  /// Bytes of all files.
  public private(set) var size = 0
  /// What lies directly in the context, the largest first.
  public private(set) var entries: [Entry] = []
  /// Files that the ignore file leaves out; those in folders that the builder does not look into are not counted.
  public private(set) var ignoredFiles = 0
  /// Whether there were more files than were counted.
  public private(set) var isCutOff = false
  /// Folders and files anywhere in the context that are seldom meant to be sent, by what they are.
  public private(set) var burdens: [Burden] = []

  /// Something that a build seldom needs.
  public struct Burden: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
      /// The history of a version control system.
      case git
      /// What a package manager has fetched.
      case modules
      /// What an earlier build made.
      case output
      case log
      /// Recordings, archives, dumps and other large data.
      case data
      /// Keys and passwords.
      case secret
    }

    public let kind: Kind
    public var entry: Entry
  }

  /// - Parameter limit: so many files are counted, then it stops.
  init(_ tree: some FileTree, folder: String, ignore: ContextIgnore?, limit: Int) {
    self.folder = folder
    ignoreFile = ignore?.file.path
    var tops: [String: Entry] = [:]
    var found: [String: Burden] = [:]
    var folders = [(path: ".", depth: 0)]
    var next = 0
    while next < folders.count, !isCutOff {
      let (here, depth) = folders[next]
      next += 1
      for entry in (try? tree.entries(of: Path.join(folder, here))) ?? [] {
        let path = here == "." ? entry.name : here + "/" + entry.name
        let isIgnored = ignore?.verdict(path).isIgnored ?? false
        if entry.kind == .directory {
          if isIgnored, ignore?.rules.looksInto(ignored: path) == false { continue }
          if depth < 24 { folders.append((path, depth + 1)) }
          if !isIgnored, let kind = Self.kind(folder: path) {
            found[path] = Burden(kind: kind, entry: Entry(path: path, isDirectory: true, files: 0, size: 0))
          }
          continue
        }
        if isIgnored {
          ignoredFiles += 1
          continue
        }
        count(path, entry.size, &tops, &found)
        if files >= limit { isCutOff = true; break }
      }
    }
    entries = tops.values.sorted { ($1.size, $0.path) < ($0.size, $1.path) }
    burdens = found.values.sorted { ($1.entry.size, $0.entry.path) < ($0.entry.size, $1.entry.path) }
  }

  private mutating func count(
    _ path: String, _ size: Int, _ tops: inout [String: Entry], _ found: inout [String: Burden]
  ) {
    files += 1
    self.size &+= size
    let top = String(path.prefix { $0 != "/" })
    tops[top, default: Entry(path: top, isDirectory: top != path, files: 0, size: 0)].files += 1
    tops[top]?.size &+= size
    var above = Path.parent(path)
    while above != "." {
      if found[above] != nil {
        found[above]?.entry.files += 1
        found[above]?.entry.size &+= size
        return
      }
      above = Path.parent(above)
    }
    if let kind = Self.kind(file: path, size: size) {
      found[path] = Burden(kind: kind, entry: Entry(path: path, isDirectory: false, files: 1, size: size))
    }
  }

  // MARK: What is seldom needed

  private static func kind(folder path: String) -> Burden.Kind? {
    switch Path.name(path) {
    case ".git", ".hg", ".svn": .git
    case "node_modules", ".venv", "venv", "bower_components", ".pnpm-store", ".gradle", ".m2", ".terraform": .modules
    case "__pycache__", ".next", ".nuxt", ".cache", "coverage", ".pytest_cache", ".mypy_cache", ".tox", ".turbo",
      ".parcel-cache":
      .output
    case "testdata", "dumps", "backups", "backup", "recordings": .data
    case "logs": .log
    case ".ssh", ".aws", ".gnupg": .secret
    default: nil
    }
  }

  private static func kind(file path: String, size: Int) -> Burden.Kind? {
    if SecretFiles.matches(path) { return .secret }
    let name = Path.name(path).lowercased()
    if name.hasSuffix(".log") { return .log }
    let isArchive = [
      ".zip", ".tar", ".gz", ".tgz", ".iso", ".mp4", ".mov", ".dump", ".sqlite", ".db", ".parquet", ".bin", ".7z",
      ".raw", ".img",
    ]
    .contains { name.hasSuffix($0) }
    return isArchive && size >= 5_000_000 || size >= 20_000_000 ? .data : nil
  }
}

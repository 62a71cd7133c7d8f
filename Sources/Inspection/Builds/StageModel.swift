import SourceText

/// A file or folder that the steps of a build put into a stage.
struct HeldFile {
  enum Origin: String {
    /// Copied from the build context.
    case context
    /// Copied from another stage or image.
    case stage
    /// Made by a RUN step.
    case run
  }

  /// In the stage's file system, absolute.
  var path: String
  var isDirectory = false
  var origin: Origin
  /// The path in the project, or in the stage where it was made.
  var source: String?
  /// The stage where it was made; for files of the context, the stage that it was copied to first.
  var stage: Int
  var mode: Int?
  var order: Int
  var place: Place?
  /// Whether a step has edited it, so that it no longer reads as the file that it is a copy of.
  var isEdited = false
  /// Whether nobody knows what was copied: a file, or a whole folder.
  var isOpaque = false
}

/// A program that a step compiles.
struct BuiltProgram {
  var path: String
  var stage: Int
  var order: Int
  var tool: Cell
  /// The folder in the project that was compiled; nil when it is not known.
  var package: String?
  /// program, archive, or none where there is nothing to compile; nil when that is not known.
  var kind: String?
  /// Where the package is named among the arguments.
  var packagePlace: Place?
  /// What was probably meant, as it would stand among the arguments.
  var like: String?
  /// Whether the stage has a C compiler; nil when that is not known.
  var hasCompiler: Bool?
  var libc: String?
  /// nil where it depends on something unknown.
  var isDynamic: Bool?
  var isPresumed = false
  var cgo: Cell
  /// As Go names it; `native` for that of the machine that builds, or is built for.
  var architecture = Cell("native")
  var place: Place?
}

/// A command that a RUN step calls.
struct StageCommand {
  var stage: Int
  var order: Int
  var tool: Cell
  var verb: Cell
  var arguments: String
  var directory: String?
  var user: String?
  /// The file of the project that holds the command, when a step calls a script.
  var file: String?
  /// Whether the file that it starts by its path has the execute bit; nil where that is not known, or it starts none.
  var isExecutable: Bool?
  /// Whether the manifest of its tool is where it looks for it; nil when it cannot be said, or needs none.
  var manifest: Bool?
  var readsManifest = false
  /// The folder of the project with the manifest it reads; empty where there is none.
  var module: String?
  var fetches = false
  /// Whether the user of the step may do it; nil when that is not known, or does not matter.
  var hasRights: Bool?
  var needsRoot = false
  /// Whether it only changes its own shell, and nothing in its step comes after it.
  var isAlone = false
  /// Whether nothing else is in its step.
  var isSole = false
  /// The folder of the project with the package it compiles; empty where the project has no such folder.
  var target: Cell?
  /// What an installation of packages finds as their list; nil where that is not known, or it is no installation.
  var index: PackageIndex.State?
  /// Whether it has a version control tool fetch dependencies; nil when that is not known.
  var byVCS: Bool? = false
  /// For go, whether it keeps to the toolchain of its image: `local` or `any`; nil where that is not known.
  var toolchain: Cell = "none"
  var place: Place?
}

/// Something of the project that a step needs and that is not in the stage by then.
struct StageLack {
  enum Kind: String {
    case manifest, lock, source, vendor, replacement, embedded, script
  }

  enum Reason: String {
    /// The ignore file keeps it out of the context.
    case ignored
    /// A later step of the stage copies it.
    case copiedLater = "copied-later"
    case notCopied = "not-copied"
    /// It lies outside of the build context.
    case outside
    /// The project has not got it.
    case missing
  }

  var path: String
  var kind: Kind
  var reason: Reason
  /// Where the step asks for it, such as a line of a manifest.
  var because: Cell
  /// The pattern that hides it.
  var pattern: Cell?
  var tool: Cell
  var order: Int
  var place: Place?
  var isPresumed = false
}

/// A path that an instruction takes for a folder.
struct StageEntry {
  enum Way: String { case workdir, copy }
  enum Found: String { case directory, file, nothing }

  let path: String
  let how: Way
  /// nil where the base image decides.
  let finds: Found?
  let order: Int
  let place: Place?
}

/// What a stage holds after all its steps, those of the stage it is based on included.
struct StageModel {
  let index: Int
  var files: [String: HeldFile] = [:]
  /// Files of the project that a later step deletes or overwrites: they stay in the layer of the step that copied them.
  private(set) var buried: [HeldFile] = []
  var programs: [BuiltProgram] = []
  var commands: [StageCommand] = []
  /// Packages of the distribution that steps install, with the step's place.
  var packages: [(name: String, place: Place?)] = []
  var base: ImageCatalog.Properties?
  var reference: String?
  var referencePlace: Place?
  /// The paths that instructions take for folders.
  var entries: [StageEntry] = []
  /// What steps need of the project and did not find.
  var lacks: [StageLack] = []
  var packageIndex = PackageIndex()
  /// Whether every step was understood, so that what is not here is not there.
  var isUnderstood = true
  /// Whether the places of some copied files are not known.
  var hasUnknownCopies = false
  /// Whether some step may make files that nobody can tell without running it.
  var makesUnknownFiles = false
  /// Folders that the build scripts of packages make, where that is all that they make.
  var outputs: [String] = []
  /// Folders into which a step may have put files that nobody can name: `/` for a step that may write anywhere.
  var openFolders: Set<String> = []

  /// Whether a program of that name can be called: the base image has it, or a step installed it.
  func has(_ program: String) -> Bool {
    base?.words("programs").contains(program) == true || packages.contains { $0.name == program }
  }

  mutating func put(_ file: HeldFile) {
    if let old = files[file.path], old.source != file.source { bury(old, by: file.order) }
    files[file.path] = file
  }

  mutating func remove(_ path: String, by order: Int) {
    if let old = files.removeValue(forKey: path) { bury(old, by: order) }
  }

  /// What the step itself has made never gets into a layer.
  private mutating func bury(_ file: HeldFile, by order: Int) {
    if file.projectFile != nil, file.order < order { buried.append(file) }
  }

  /// Begins with all that another stage holds.
  mutating func takeLayers(of below: StageModel) {
    files = below.files
    buried = below.buried
  }

  /// Where it has a file of the project: of several copies the nearest at or above a folder, else the first by name.
  func place(of source: String, above folder: String) -> String? {
    let copies = files.values.filter { !$0.isDirectory && $0.source == source }.map(\.path)
    let above = copies.filter { Path.relative(folder, to: Path.parent($0)) != nil }
    return above.max { ($0.utf8.count, $0) < ($1.utf8.count, $1) } ?? copies.min()
  }

  /// What lies at a path, as far as the steps tell.
  enum Existence {
    case there(HeldFile)
    case missing
    case unknown
  }

  /// What lies at an absolute path. What the base image brings along is unknown, except on the empty image.
  func existence(_ path: String) -> Existence {
    if let file = files[path] { return .there(file) }
    guard isUnderstood, let base else { return .unknown }
    var folder = path
    while folder != "/" {
      folder = Path.parent(folder)
      if openFolders.contains(folder) { return .unknown }
      // A folder that was copied as a whole from where nobody knows what it holds.
      if let file = files[folder], !file.isDirectory { return .unknown }
    }
    return base.family == "scratch" || !Self.isOfSystem(path) ? .missing : .unknown
  }

  /// Whether base images keep files of their own there.
  static func isOfSystem(_ path: String) -> Bool {
    ["/bin", "/sbin", "/usr", "/lib", "/lib64", "/etc", "/opt", "/var", "/busybox", "/docker-entrypoint.d"].contains {
      Path.relative(path, to: $0) != nil
    }
      || path.hasPrefix("/docker-entrypoint")
  }
}

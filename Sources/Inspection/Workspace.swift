import DockerfileSyntax
import Knowledge
import SourceText

/// What inspectors share while one project is inspected: its files, what is known, and what went wrong.
final class Workspace {
  let request: InspectionRequest
  /// The files of the request; each folder is listed once.
  let tree: any FileTree
  private let folders: FolderMemory
  let known: InspectionReadings?
  let listing: ProjectListing
  let images: ImageCatalog
  let programs: ProgramCatalog
  private(set) var files: [String: SourceFile] = [:]
  private(set) var problems: [InspectionProblem] = []
  private var reported: Set<InspectionProblem> = []
  private var unreadable: Set<String> = []

  /// - Parameter known: what was read of the same project before some of its files changed.
  init(
    request: InspectionRequest, images: ImageCatalog, programs: ProgramCatalog, known: InspectionReadings? = nil
  ) {
    self.request = request
    self.known = known
    let folders = FolderMemory(request.tree)
    self.folders = folders
    tree = folders
    listing = ProjectListing(folders)
    self.images = images
    self.programs = programs
    if listing.isCutOff {
      report(.warning, file: nil, nil, "the folder holds more files than drydock looks at; some were left out")
    }
  }

  func report(_ severity: InspectionProblem.Severity, file: String?, _ range: ByteRange? = nil, _ message: String) {
    let problem = InspectionProblem(severity, file: file, range, message)
    if reported.insert(problem).inserted { problems.append(problem) }
  }

  /// A file of the project, read once; nil, with a problem, where it cannot be read.
  func file(_ path: String) -> SourceFile? {
    let path = Path.clean(path)
    if let file = files[path] { return file }
    guard !unreadable.contains(path) else { return nil }
    do throws(FileProblem) {
      let file = SourceFile(path: path, bytes: try tree.read(path))
      files[path] = file
      return file
    } catch {
      unreadable.insert(path)
      if error != .missing { report(.error, file: path, nil, error.message) }
      return nil
    }
  }

  // MARK: Worked out once

  private var syntaxes: [String: Dockerfile] = [:]
  private var ignores: [String: ContextIgnore] = [:]
  private var contents: [String: ContextContents] = [:]
  private var names: [String: FolderNames] = [:]

  /// Which files are made before images are built.
  private(set) lazy var made = MadeFiles(self)

  func syntax(of dockerfile: SourceFile) -> Dockerfile {
    if let known = syntaxes[dockerfile.path], known.bytes == dockerfile.bytes { return known }
    let before = known?.syntaxes[dockerfile.path].flatMap { $0.bytes == dockerfile.bytes ? $0 : nil }
    let syntax = before ?? Dockerfile(dockerfile.bytes)
    syntaxes[dockerfile.path] = syntax
    return syntax
  }

  /// The ignore file that counts for a build.
  func ignore(of plan: BuildPlan) -> ContextIgnore? {
    guard let folder = plan.context, let path = ContextIgnore.path(for: plan, listing), let file = file(path) else {
      return nil
    }
    let key = "\(folder)\0\(path)"
    if let known = ignores[key] { return known }
    let ignore = ContextIgnore(file, of: folder, listing)
    ignores[key] = ignore
    return ignore
  }

  /// So many files of a build context are counted; one with more is large in any case.
  private static let contextLimit = 30_000

  /// What a build with this ignore file sends of a folder.
  func contents(of folder: String, _ ignore: ContextIgnore?) -> ContextContents {
    let key = "\(folder)\0\(ignore?.file.path ?? "")"
    if let known = contents[key] { return known }
    let found = ContextContents(tree, folder: folder, ignore: ignore, limit: Self.contextLimit)
    contents[key] = found
    return found
  }

  func names(below folder: String) -> FolderNames {
    if let known = names[folder] { return known }
    let found = FolderNames(listing, below: folder)
    names[folder] = found
    return found
  }

  /// What may be used again when a few files have changed.
  func readings(_ compose: ComposeReadings?, _ go: GoReadings?) -> InspectionReadings {
    InspectionReadings(folders: folders.entries, syntaxes: syntaxes, compose: compose, go: go)
  }

  /// Takes a file that a front end has read itself.
  func add(_ file: SourceFile) { files[file.path] = file }

  /// Whether there is nothing in the folder but what starts containers: then the rest of the project is elsewhere.
  private(set) lazy var isBare = !listing.items.contains { item in
    let name = item.name.lowercased()
    return !DockerfileNames.matches(item.path) && !name.contains("compose") && !name.hasPrefix(".")
      && !name.hasSuffix(".md") && name != "makefile"
  }

  /// As `file`, for a file that has to be there.
  func required(_ path: String, as what: String) -> SourceFile? {
    if let file = file(path) { return file }
    if !tree.exists(path) { report(.error, file: Path.clean(path), nil, "\(what) is missing") }
    return nil
  }
}

extension FileProblem {
  /// One line that says what is wrong with the file and what was expected.
  public var message: String {
    switch self {
    case .missing: "there is no such file"
    case .outside: "it lies outside of the project, so it was not read"
    case .notAFile: "it is not a file that can be read (a folder, a socket, a pipe or a device)"
    case .tooLarge(let size): "it has \(size) bytes; files of more than 4 MB are not read"
    case .refused(let reason): "it cannot be read: \(reason)"
    }
  }
}

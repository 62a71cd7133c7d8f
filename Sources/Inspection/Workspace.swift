import DockerfileSyntax
import Knowledge
import SourceText

/// What inspectors share while one project is inspected: its files, what is known, and what went wrong.
final class Workspace {
  let request: InspectionRequest
  let tree: any FileTree
  let listing: ProjectListing
  let images: ImageCatalog
  let programs: ProgramCatalog
  private(set) var files: [String: SourceFile] = [:]
  private(set) var problems: [InspectionProblem] = []
  private var unreadable: Set<String> = []

  init(request: InspectionRequest, images: ImageCatalog, programs: ProgramCatalog) {
    self.request = request
    tree = request.tree
    listing = ProjectListing(request.tree)
    self.images = images
    self.programs = programs
    if listing.isCutOff {
      report(.warning, file: nil, nil, "the folder holds more files than drydock looks at; some were left out")
    }
  }

  func report(_ severity: InspectionProblem.Severity, file: String?, _ range: ByteRange? = nil, _ message: String) {
    let problem = InspectionProblem(severity, file: file, range, message)
    if !problems.contains(problem) { problems.append(problem) }
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

  /// Takes a file that a front end has read itself.
  func add(_ file: SourceFile) { files[file.path] = file }

  /// Whether there is nothing in the folder but what starts containers: then the rest of the project is elsewhere.
  private(set) lazy var isBare = !listing.items.contains { item in
    let name = Path.name(item.path).lowercased()
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

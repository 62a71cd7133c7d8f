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
}

/// A program that a step compiles.
struct BuiltProgram {
  var path: String
  var stage: Int
  var order: Int
  var tool: Cell
  /// The folder in the project that was compiled; nil when it is not known.
  var package: String?
  var isProgram: Bool?
  var libc: String?
  /// nil where it depends on something unknown.
  var isDynamic: Bool?
  var isPresumed = false
  var cgo: Cell
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
  /// Whether the manifest of its tool is where it looks for it; nil when it cannot be said, or needs none.
  var manifest: Bool?
  /// The folder of the project with the manifest it reads; empty where there is none.
  var module: String?
  var fetches = false
  var place: Place?
}

/// What a stage holds after all its steps, those of the stage it is based on included.
struct StageModel {
  let index: Int
  var files: [String: HeldFile] = [:]
  var programs: [BuiltProgram] = []
  var commands: [StageCommand] = []
  /// Packages of the distribution that steps install, with the step's place.
  var packages: [(name: String, place: Place?)] = []
  var base: ImageCatalog.Properties?
  var reference: String?
  var referencePlace: Place?
  /// Whether every step was understood, so that what is not here is not there.
  var isUnderstood = true

  /// Whether a program of that name can be called: the base image has it, or a step installed it.
  func has(_ program: String) -> Bool {
    base?.words("programs").contains(program) == true || packages.contains { $0.name == program }
  }

  mutating func put(_ file: HeldFile) { files[file.path] = file }
}

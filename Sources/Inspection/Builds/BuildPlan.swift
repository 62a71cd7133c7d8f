import DockerfileSyntax
import SourceText

/// A Dockerfile with the context, target and arguments that it is built with.
struct BuildPlan {
  enum Origin: String {
    case compose, make, ci, script, command, alone
  }

  /// Unique in the project; what conditions know it by.
  let id: String
  /// nil for an image that is pulled: its build has one stage and no instructions.
  let dockerfile: SourceFile?
  /// The folder of the build context; nil where it lies outside of what is inspected.
  let context: String?
  let target: String?
  let arguments: [String: String]
  /// Where arguments are given, those included whose value is not known.
  var argumentPlaces: [String: Place] = [:]
  /// Whether more arguments may be given than can be read.
  var hasUnknownArguments = false
  /// The command that builds it, where one is known.
  var command: Cell?
  let origin: Origin
  /// The names that the image gets.
  let tags: [String]
  /// Where the image is named, for a build without a Dockerfile.
  var imagePlace: Place?
  /// Where the target is named, when a compose file does.
  var targetPlace: Place?
  let syntax: Dockerfile
  let build: Build
  /// What the build makes; nil when it has no stage.
  let image: DockerfileSyntax.Image?
}

extension BuildPlan {
  init(
    id: String, dockerfile: SourceFile, context: String?, target: String?, arguments: [String: String],
    origin: Origin, tags: [String], workspace: Workspace, knowsAllArguments: Bool = true
  ) {
    var options = BuildOptions()
    options.arguments = arguments
    // Nobody says with which arguments a Dockerfile alone is built.
    options.knowsAllArguments = knowsAllArguments
    options.target = target
    options.platform = "linux/amd64"
    options.buildPlatform = "linux/amd64"
    options.baseImage = { [images = workspace.images] in images.configuration($0) }
    self.id = id
    self.dockerfile = dockerfile
    self.context = context
    self.target = target
    self.arguments = arguments
    self.origin = origin
    self.tags = tags
    syntax = workspace.syntax(of: dockerfile)
    let build = Build(syntax, options)
    self.build = build
    self.image = build.target.map(build.image(of:))
  }

  /// The build of an image that is pulled, as if it were `FROM image` and nothing else.
  init(image: String, id: String, place: Place?, images: ImageCatalog) {
    var options = BuildOptions()
    options.baseImage = { images.configuration($0) }
    self.id = id
    dockerfile = nil
    context = nil
    target = nil
    arguments = [:]
    origin = .compose
    tags = [image]
    imagePlace = place
    syntax = Dockerfile(text: "FROM \(image)\n")
    let build = Build(syntax, options)
    self.build = build
    self.image = build.target.map(build.image(of:))
  }

  /// A build whose Dockerfile is not here: nothing is known of its image, not even the base.
  init(unseen id: String, tags: [String], place: Place?) {
    self.id = id
    dockerfile = nil
    context = nil
    target = nil
    arguments = [:]
    origin = .compose
    self.tags = tags
    imagePlace = place
    syntax = Dockerfile(text: "")
    build = Build(syntax, BuildOptions())
    image = nil
  }

  /// The place of a range of the Dockerfile; of an image that is pulled, where it is named.
  func place(_ range: ByteRange) -> Place? {
    dockerfile.map { Place(file: $0.path, range) } ?? imagePlace
  }
}

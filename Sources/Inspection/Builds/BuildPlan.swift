import DockerfileSyntax
import SourceText

/// A Dockerfile with the context, target and arguments that it is built with.
///
/// It does not change once it was found; as an object it is handed to everything that asks about it at no cost.
final class BuildPlan {
  enum Origin: String {
    case compose, make, ci, script, command, alone
  }

  /// What a build is told, apart from its Dockerfile and context.
  struct Settings {
    var target: String?
    var arguments: [String: String] = [:]
    /// Where arguments are given, those included whose value is not known.
    var argumentPlaces: [String: Place] = [:]
    /// Whether nobody but these settings gives arguments.
    var knowsAllArguments = true
    /// Whether more arguments may be given than can be read.
    var hasUnknownArguments = false
    /// The names that the image gets.
    var tags: [String] = []
    /// Where the image is named, for a build without a Dockerfile.
    var imagePlace: Place?
    /// Where the target is named, when a compose file does.
    var targetPlace: Place?
    /// The command that builds it, where one is known.
    var command: Cell?
  }

  /// Unique in the project; what conditions know it by.
  let id: String
  /// nil for an image that is pulled: its build has one stage and no instructions.
  let dockerfile: SourceFile?
  /// The folder of the build context; nil where it lies outside of what is inspected.
  let context: String?
  let origin: Origin
  let settings: Settings
  let syntax: Dockerfile
  let build: Build
  /// What the build makes; nil when it has no stage.
  let image: DockerfileSyntax.Image?

  init(
    id: String, dockerfile: SourceFile, context: String?, origin: Origin, settings: Settings, workspace: Workspace
  ) {
    var options = BuildOptions()
    options.arguments = settings.arguments
    // Nobody says with which arguments a Dockerfile alone is built.
    options.knowsAllArguments = settings.knowsAllArguments
    options.target = settings.target
    options.platform = "linux/amd64"
    options.buildPlatform = "linux/amd64"
    options.baseImage = { [images = workspace.images] in images.configuration($0) }
    self.id = id
    self.dockerfile = dockerfile
    self.context = context
    self.origin = origin
    self.settings = settings
    syntax = workspace.syntax(of: dockerfile)
    build = Build(syntax, options)
    image = build.target.map(build.image(of:))
  }

  /// - Parameter text: instructions that stand in no file.
  private init(id: String, text: String, settings: Settings, images: ImageCatalog?) {
    var options = BuildOptions()
    if let images { options.baseImage = { images.configuration($0) } }
    self.id = id
    dockerfile = nil
    context = nil
    origin = .compose
    self.settings = settings
    syntax = Dockerfile(text: text)
    build = Build(syntax, options)
    image = build.target.map(build.image(of:))
  }

  /// The build of an image that is pulled, as if it were `FROM image` and nothing else.
  convenience init(image: String, id: String, place: Place?, images: ImageCatalog) {
    self.init(
      id: id, text: "FROM \(image)\n", settings: Settings(tags: [image], imagePlace: place), images: images)
  }

  /// A build whose Dockerfile is not here: nothing is known of its image, not even the base.
  convenience init(unseen id: String, tags: [String], place: Place?) {
    self.init(id: id, text: "", settings: Settings(tags: tags, imagePlace: place), images: nil)
  }

  /// The place of a range of the Dockerfile; of an image that is pulled, where it is named.
  func place(_ range: ByteRange) -> Place? {
    dockerfile.map { Place(file: $0.path, range) } ?? settings.imagePlace
  }
}

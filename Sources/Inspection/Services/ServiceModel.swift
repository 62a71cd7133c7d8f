import ComposeSyntax
import DockerfileSyntax
import SourceText

/// A container that runs, or would run: a build or an image, with what compose or a command line says about running it.
final class ServiceModel {
  enum Origin: String {
    case compose, dockerfile, command
    /// Only the program's source is there.
    case source
  }

  /// Unique in the project.
  let name: String
  let plan: BuildPlan
  let stages: [Int: StageModel]
  let origin: Origin
  let compose: ComposeService?
  let command: ContainerCommand?
  /// Where `docker compose run` starts it, instead of `up`.
  let composeRun: Place?
  /// What the files of `docker run --env-file` set.
  let fileVariables: [Setting]
  /// Whether all of those files could be read.
  let hasWholeEnvironment: Bool
  /// The program, where nothing but its source is there.
  let package: String?

  init(
    name: String, plan: BuildPlan, stages: [Int: StageModel], origin: Origin, compose: ComposeService? = nil,
    command: ContainerCommand? = nil, composeRun: Place? = nil, package: String? = nil, workspace: Workspace
  ) {
    self.name = name
    self.plan = plan
    self.stages = stages
    self.origin = origin
    self.compose = compose
    self.command = command
    self.composeRun = composeRun
    self.package = package
    (fileVariables, hasWholeEnvironment) = Self.environment(of: command, workspace)
  }

  /// What the image says about running it; nil when the build has no stage.
  var image: DockerfileSyntax.Image? { plan.image }
  /// What the final stage holds.
  var stage: StageModel? { plan.build.target.flatMap { stages[$0] } }

  /// Where the service is written.
  var place: Place? {
    if let place = compose?.place { return place.place }
    return command?.place ?? plan.dockerfile.map { Place(file: $0.path, ByteRange(at: 0)) }
  }
}

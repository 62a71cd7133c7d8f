import ComposeSyntax
import DockerfileSyntax
import SourceText

/// Finds everything that is built: by compose, by commands, and Dockerfiles that nothing names.
struct BuildDiscovery {
  let workspace: Workspace
  let compose: ComposeReading?
  let commands: [FoundCommand]

  /// Each build with the compose services that use it.
  func plans() -> [(plan: BuildPlan, services: [ComposeService])] {
    var found: [(plan: BuildPlan, services: [ComposeService])] = []
    for service in compose?.project.services ?? [] {
      if let plan = plan(of: service) { found.append((plan, [service])) }
    }
    let named = Set(found.compactMap { $0.plan.dockerfile?.path })
    let builds = commands.compactMap { BuildCommand($0.command, in: $0.source) }
    let dockerfiles = dockerfiles()
    for path in dockerfiles where !named.contains(path) {
      guard let file = workspace.file(path) else { continue }
      // A command whose context depends on a variable builds the only Dockerfile there is.
      let onlyOne = builds.count == 1 && dockerfiles.count == 1 ? builds.first { $0.isVague } : nil
      let command = builds.first { $0.names(path) } ?? onlyOne
      found.append((plan(alone: file, command, existing: found.map(\.plan.id)), []))
    }
    return found
  }

  private func dockerfiles() -> [String] {
    if let dockerfile = workspace.request.dockerfile { return [Path.clean(dockerfile)] }
    // Somebody who names a compose file asks about that project only.
    if !workspace.request.composeFiles.isEmpty { return [] }
    if workspace.tree.isDirectory("Dockerfile") {
      workspace.report(
        .error, file: "Dockerfile", nil, "it is a folder; expected a file with the instructions of the build")
    }
    return workspace.listing.items.map(\.path).filter(DockerfileNames.matches)
  }

  // MARK: Compose

  private func plan(of service: ComposeService) -> BuildPlan? {
    guard let build = service["build"], !build.isNull, let compose else {
      guard let image = service["image"]?.string else { return nil }
      return BuildPlan(
        image: image, id: service.name, place: compose?.place(service["image"]?.place), images: workspace.images)
    }
    let context = build["context"]?.string.flatMap(compose.path)
    let tags = [service["image"]?.string].compactMap { $0 }
    let file: SourceFile
    if let inline = build["dockerfile_inline"]?.string {
      file = SourceFile(path: "\(service.name).Dockerfile", text: inline)
    } else {
      // A context elsewhere, or a Dockerfile that nobody pasted: the service runs all the same.
      guard let context, let found = dockerfile(of: service, build, in: context) else {
        return BuildPlan(unseen: service.name, tags: tags, place: compose.place(build.place))
      }
      file = found
    }
    var settings = BuildPlan.Settings(
      target: build["target"]?.string, tags: tags, targetPlace: compose.place(build["target"]?.place))
    for entry in build["args"]?.map ?? ComposeMap() {
      if let value = entry.value.string { settings.arguments[entry.key] = value }
      settings.argumentPlaces[entry.key] = compose.place(entry.value.place)
    }
    return BuildPlan(
      id: service.name, dockerfile: file, context: context, origin: .compose, settings: settings, workspace: workspace)
  }

  private func dockerfile(of service: ComposeService, _ build: ComposeValue, in context: String) -> SourceFile? {
    let name = build["dockerfile"]?.string ?? "Dockerfile"
    let path = name.hasPrefix("/") ? compose?.path(name) ?? name : Path.join(context, name)
    return workspace.required(path, as: "the Dockerfile of the service “\(service.name)”")
  }

  // MARK: Dockerfiles alone

  private func plan(alone file: SourceFile, _ command: BuildCommand?, existing: [String]) -> BuildPlan {
    let request = workspace.request
    let own = Path.parent(file.path)
    var id = own == "." ? command?.tags.first.map(Self.plainName) ?? "app" : Path.name(own)
    if existing.contains(id) { id = file.path }
    let settings = BuildPlan.Settings(
      target: request.target ?? command?.target,
      arguments: (command?.arguments ?? [:]).merging(request.buildArguments) { _, given in given },
      argumentPlaces: command?.argumentPlaces ?? [:], knowsAllArguments: command?.knowsAllArguments ?? false,
      hasUnknownArguments: command?.hasUnknownArguments ?? false, tags: command?.tags ?? [],
      command: command?.spelling)
    return BuildPlan(
      id: id, dockerfile: file, context: command?.context ?? context(of: file), origin: command?.origin ?? .alone,
      settings: settings, workspace: workspace)
  }

  /// `registry.example/team/web:1.0` is called `web`.
  static func plainName(_ tag: String) -> String {
    Path.name(ImageReference(tag).repository)
  }

  /// The context of a Dockerfile that nothing builds: its own folder, or the one above in which more of its sources are.
  private func context(of file: SourceFile) -> String {
    let sources = workspace.syntax(of: file).instructions.flatMap { instruction -> [String] in
      guard case .copy(let copy) = instruction.content, copy.from == nil else { return [] }
      return copy.sources.map(\.text).filter { !$0.contains("$") && !$0.contains("://") && $0 != "." }
    }
    let own = Path.parent(file.path)
    var folder = own
    var best = (folder: own, found: count(sources, in: own))
    while folder != ".", !folder.hasPrefix("..") {
      folder = Path.parent(folder)
      let found = count(sources, in: folder)
      if found > best.found { best = (folder, found) }
    }
    // A Dockerfile in a folder of its own, such as `docker/`, is built from above.
    if sources.isEmpty || best.found == 0, own != ".", isBare(own) { return "." }
    return best.folder
  }

  private func count(_ sources: [String], in folder: String) -> Int {
    let files = ContextFiles(folder: folder, listing: workspace.listing)
    return sources.count(where: files.holds)
  }

  /// Whether a folder holds no manifest and no program of its own.
  private func isBare(_ folder: String) -> Bool {
    !["go.mod", "package.json", "pom.xml", "requirements.txt", "main.go"].contains {
      workspace.listing.contains(Path.join(folder, $0))
    }
  }
}

/// A command that stands in a script, a Makefile, a CI file or a transcript.
struct FoundCommand {
  let command: ShellCommand
  let source: Place.Source
}

/// A `docker build`.
///
/// https://docs.docker.com/reference/cli/docker/buildx/build/
struct BuildCommand {
  let context: String?
  let dockerfile: String?
  let target: String?
  let tags: [String]
  let arguments: [String: String]
  /// Where arguments are given, those included whose value is not known.
  let argumentPlaces: [String: Place]
  /// Whether some word may hold more arguments.
  let hasUnknownArguments: Bool
  let hasUnknownContext: Bool
  /// The command itself.
  let spelling: Cell
  /// Whether the value of every argument is known.
  var knowsAllArguments: Bool { !hasUnknownArguments && argumentPlaces.keys.allSatisfy { arguments[$0] != nil } }
  let origin: BuildPlan.Origin

  init?(_ command: ShellCommand, in source: Place.Source) {
    guard var words = BuildOption.words(of: command) else { return nil }
    var context: String?
    var dockerfile: String?
    var target: String?
    var tags: [String] = []
    var arguments: [String: String] = [:]
    var places: [String: Place] = [:]
    var isUnknown = false
    while let word = words.popFirst() {
      guard let text = word.text else {
        isUnknown = isUnknown || word.lead.isEmpty
        continue
      }
      guard text.hasPrefix("-"), text != "-" else {
        context = text
        continue
      }
      let parts = BuildOption.parts(of: text)
      let name = parts.first ?? text
      if Self.switches.contains(name) { continue }
      let next = parts.count > 1 ? nil : words.popFirst()
      let value = parts.count > 1 ? parts[1] : next?.text
      if name == "--build-arg" {
        let given = (parts.count > 1 ? parts[1] : next?.outline ?? "").prefix { $0 != "=" }
        if !given.isEmpty { places[String(given)] = Place(source, (next ?? word).range) }
      }
      switch name {
      case "-f", "--file": dockerfile = value
      case "-t", "--tag": if let value { tags.append(value) }
      case "--target": target = value
      case "--build-arg":
        if let value, let sign = value.firstIndex(of: "=") {
          arguments[String(value[..<sign])] = String(value[value.index(after: sign)...])
        }
      default: break
      }
    }
    self.context = context.flatMap { $0.contains("://") || $0 == "-" ? nil : Path.clean($0) }
    self.dockerfile = dockerfile.map { Path.clean($0) }
    self.target = target
    self.tags = tags
    self.arguments = arguments
    argumentPlaces = places
    hasUnknownArguments = isUnknown
    hasUnknownContext = command.words.last.map { $0.text == nil } ?? false
    spelling = Cell(command.words.map(\.outline).joined(separator: " "), Place(source, command.range))
    origin = source.file.map { Path.name($0).lowercased().hasPrefix("makefile") ? .make : .script } ?? .command
  }

  /// Whether nothing tells which Dockerfile it builds.
  var isVague: Bool { context == nil && dockerfile == nil && hasUnknownContext }

  /// Whether the command builds this Dockerfile.
  func names(_ path: String) -> Bool {
    if let dockerfile { return dockerfile == path }
    return context.map { Path.join($0, "Dockerfile") == path } ?? false
  }

  private static let switches: Set<String> = [
    "--no-cache", "--pull", "--push", "--load", "--quiet", "-q", "--rm", "--force-rm", "--squash", "--compress",
    "--check",
    "--debug", "-D",
  ]
}

/// An option of `docker build`, however it is written.
enum BuildOption {
  /// The name and the value of `--file=x` and `-fx`; the name alone where the value is the next word.
  static func parts(of text: String) -> [String] {
    if !text.hasPrefix("--"), text.utf8.count > 2, ["-f", "-t", "-o"].contains(where: text.hasPrefix) {
      let value = text.dropFirst(2)
      return [String(text.prefix(2)), String(value.first == "=" ? value.dropFirst() : value)]
    }
    return text.split(separator: "=", maxSplits: 1).map(String.init)
  }

  /// The words behind `build`; nil for any other command. `buildx` takes options of its own before it.
  static func words(of command: ShellCommand) -> ArraySlice<ShellCommand.Word>? {
    var words = command.plainWords
    guard let program = words.popFirst()?.text, ["docker", "podman", "nerdctl", "buildah"].contains(Path.name(program))
    else { return nil }
    while let word = words.first?.text, ["buildx", "image", "builder"].contains(word) || word.hasPrefix("--builder") {
      words = words.dropFirst(word == "--builder" ? 2 : 1)
    }
    guard let verb = words.popFirst()?.text, verb == "build" || verb == "bud" else { return nil }
    return words
  }
}

extension Place.Source {
  var file: String? { if case .file(let path) = self { path } else { nil } }
}

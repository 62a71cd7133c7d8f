import DockerfileSyntax
import SourceText

/// Writes down what an image holds and a mount hides: its program, its packages, what a step built.
///
/// https://docs.docker.com/engine/storage/bind-mounts/#bind-mount-over-existing-data
struct HiddenFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let mounts: [ServiceMount]
  let workspace: Workspace

  private struct Hidden {
    let path: String
    let what: String
    let place: Place?
  }

  func add(to facts: inout FactStore) {
    let candidates = programs() + packages() + copies()
    var seen: Set<String> = []
    for hidden in candidates where seen.insert(hidden.path).inserted {
      guard let mount = mount(over: hidden.path), mount.kind == .bind || mount.kind == .tmpfs else { continue }
      facts.add(
        "hides",
        [
          "service": Cell(service.name), "target": mount.target, "mount": Cell(mount.target.value, mount.place),
          "path": Cell(hidden.path, hidden.place), "name": Cell(Path.name(hidden.path)), "what": Cell(hidden.what),
          "source": mount.source, "host": Cell(isOnHost(hidden.path, mount).map { $0 ? "yes" : "no" } ?? "unknown"),
          "again": Cell(installsAtStart), "by": Cell(mount.by),
          "whole": Cell(mount.target.value, mount.removal ?? mount.place),
        ], at: hidden.place ?? mount.place)
    }
    facts.declare("hides", service.stage?.isUnderstood == true ? .complete : .open, for: service.name)
  }

  /// The innermost mount that a path lies in.
  private func mount(over path: String) -> ServiceMount? {
    mounts.filter { $0.covers(path) }.max { ($0.target.value?.utf8.count ?? 0) < ($1.target.value?.utf8.count ?? 0) }
  }

  /// Whether the folder that is mounted has it too; nil when the folder lies where nobody looked.
  private func isOnHost(_ path: String, _ mount: ServiceMount) -> Bool? {
    if mount.kind == .tmpfs { return false }
    guard let folder = mount.projectPath, let target = mount.target.value, let below = Path.relative(path, to: target),
      mount.existence != nil, !workspace.request.isPartial
    else { return nil }
    return workspace.tree.exists(Path.join(folder, below))
  }

  // MARK: What the image holds

  private var directory: String? {
    service.compose?["working_dir"]?.string ?? service.command?.value("--workdir")
      ?? service.image?.workingDirectory?.value.value
  }

  /// The program, and the file that an interpreter is told to run.
  private func programs() -> [Hidden] {
    guard service.plan.dockerfile != nil else { return [] }
    return chain.layers.flatMap { layer -> [Hidden] in
      var found: [Hidden] = []
      if layer.program.text.contains("/"), let path = layer.path {
        found.append(Hidden(path: path, what: "program", place: layer.program.place))
      }
      // A program that another one is told to start: dlv exec /app/shop
      for word in layer.arguments where word.text.hasPrefix("/") {
        let path = Path.clean(word.text)
        guard let held = service.stage?.files[path], !held.isDirectory, held.origin != .context else { continue }
        found.append(Hidden(path: path, what: "program", place: word.place))
      }
      let name = Path.name(layer.program.text)
      if ["node", "python", "python3", "ruby", "perl", "php", "bash", "sh"].contains(name),
        let first = layer.arguments.first, !first.text.hasPrefix("-"),
        first.text.contains(".") || first.text.contains("/"),
        !first.text.contains("$"), !first.text.contains(" "), let directory
      {
        found.append(Hidden(path: Path.join(directory, first.text), what: "program", place: first.place))
      }
      if name == "java", let option = layer.arguments.firstIndex(where: { $0.text == "-jar" }),
        option + 1 < layer.arguments.count, let directory
      {
        let jar = layer.arguments[option + 1]
        found.append(Hidden(path: Path.join(directory, jar.text), what: "program", place: jar.place))
      }
      return found
    }
  }

  /// Folders that package managers fill beside the sources.
  private func packages() -> [Hidden] {
    guard let target = service.plan.build.target else { return [] }
    return service.plan.build.chain(of: target).reversed().compactMap { service.stages[$0] }.flatMap { stage in
      stage.commands.compactMap { command -> Hidden? in
        guard let directory = command.directory, let folder = Self.folder(of: command) else { return nil }
        return Hidden(path: Path.join(directory, folder), what: "packages", place: command.place)
      }
    }
  }

  private static func folder(of command: StageCommand) -> String? {
    let words = command.arguments.split(separator: " ").map(String.init)
    guard !words.contains(where: { ["-g", "--global", "--location=global"].contains($0) }) else { return nil }
    let verb = words.first { !$0.hasPrefix("-") }
    switch command.tool.value ?? "" {
    case "npm": return ["install", "ci", "i", "clean-install"].contains(verb) ? "node_modules" : nil
    case "pnpm": return ["install", "i"].contains(verb) ? "node_modules" : nil
    case "yarn": return verb == nil || verb == "install" ? "node_modules" : nil
    case "bun": return ["install", "i"].contains(verb) ? "node_modules" : nil
    case "composer": return ["install", "update"].contains(verb) ? "vendor" : nil
    case "bower": return verb == "install" ? "bower_components" : nil
    case "python", "python3": return words.starts(with: ["-m", "venv"]) ? words.last : nil
    case "virtualenv": return words.last
    default: return nil
    }
  }

  /// What a step of another stage built, and the final stage took over.
  private func copies() -> [Hidden] {
    guard let stage = service.stage else { return [] }
    let names: Set<String> = [
      "node_modules", "vendor", ".venv", "venv", "dist", "build", "public", "static", ".next", "target",
    ]
    return stage.files.values.filter { $0.origin == .stage && names.contains(Path.name($0.path)) }
      .sorted { $0.path < $1.path }
      .map { file in
        let isPackages = ["node_modules", "vendor", ".venv", "venv"].contains(Path.name(file.path))
        return Hidden(path: file.path, what: isPackages ? "packages" : "built", place: file.place)
      }
  }

  // MARK: What happens at the start

  /// Whether the container fetches or builds at its start what the mount hides.
  private var installsAtStart: Bool {
    let words = [
      "npm install", "npm ci", "npm i ", "yarn install", "yarn &&", "pnpm install", "composer install", "go run",
      "go build", "pip install", "bundle install", "make ", "air", "npm run build", "poetry install", "uv sync",
      "pnpm i ",
      "bun install", "cargo run", "mvn ", "gradlew",
    ]
    return chain.layers.contains { layer in
      let text = ([layer.program.text] + layer.arguments.map(\.text)).joined(separator: " ") + " "
      if words.contains(where: text.contains) { return true }
      guard let path = layer.file, layer.kind == .script, let file = workspace.file(path) else { return false }
      let script = file.text(ByteRange(0, file.bytes.count))
      return words.contains(where: script.contains)
    }
  }
}

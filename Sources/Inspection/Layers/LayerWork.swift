import DockerfileSyntax

/// Says what a RUN step does that takes time, and whether a cache mount keeps the result.
struct LayerWork {
  let plan: BuildPlan
  let stages: [Int: StageModel]

  func fill(_ layer: inout Layer, _ run: Run) {
    let commands =
      stages[layer.stage]?.commands.filter { $0.order == layer.instruction && $0.stage == layer.stage } ?? []
    let mounts = run.mounts.compactMap { flag in (try? Mount(flag)).flatMap { $0.kind == .cache ? $0.target : nil } }
    for command in commands {
      guard let tool = command.tool.value else { continue }
      for work in Self.works(tool, command.verb.value ?? "", command.arguments) {
        if !layer.work.contains(work) { layer.work.append(work) }
        if layer.tools[work] == nil { layer.tools[work] = tool }
        if Self.isKept(work, tool, mounts) { layer.cached.insert(work) }
        // Compiling Go downloads too what is not there yet.
        if tool == "go", work == .compile, Self.isKept(.fetch, tool, mounts) { layer.cached.insert(.fetch) }
      }
    }
  }

  /// What a command does.
  static func works(_ tool: String, _ verb: String, _ arguments: String) -> [Layer.Work] {
    switch tool {
    case "go":
      switch verb {
      case "mod-download", "mod-vendor", "mod-tidy", "mod-verify": return [.fetch]
      case "get": return arguments.contains("...") || arguments.contains("./") ? [.fetch] : []
      // Compiling also downloads what is not there yet; `ReworkFacts` knows whether anything is left to download.
      case "build", "test", "vet", "generate": return [.compile]
      case "install", "run": return arguments.contains("@") ? [.install] : [.compile]
      default: return []
      }
    case "npm":
      if ["ci", "install", "i", "clean-install"].contains(verb) {
        return arguments.contains("-g") || arguments.contains("--global") ? [.install] : [.fetch]
      }
      return verb == "run" || verb == "build" ? [.compile] : []
    case "yarn", "pnpm", "bun":
      if ["", "install", "i", "fetch"].contains(verb) { return arguments.contains("-g") ? [.install] : [.fetch] }
      return ["build", "run"].contains(verb) ? [.compile] : []
    case "pip", "pip3":
      guard verb == "install" else { return [] }
      return arguments.contains("-r ") || arguments.contains("--requirement") ? [.fetch] : [.install]
    case "poetry", "pipenv", "uv": return ["install", "sync"].contains(verb) ? [.fetch] : []
    case "composer", "bundle": return verb == "install" ? [.fetch] : []
    case "mvn", "mvnw":
      return arguments.contains("dependency:") ? [.fetch] : [.compile]
    case "gradle", "gradlew": return verb == "dependencies" ? [.fetch] : [.compile]
    case "cargo":
      return verb == "fetch" || verb == "chef" ? [.fetch] : verb == "build" || verb == "install" ? [.compile] : []
    case "dotnet": return verb == "restore" ? [.fetch] : ["build", "publish"].contains(verb) ? [.compile] : []
    case "apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper":
      return arguments.contains("install") || arguments.contains("add") ? [.install] : []
    case "gcc", "g++", "cmake", "ninja": return [.compile]
    default: return []
    }
  }

  /// https://docs.docker.com/build/cache/optimize/#use-cache-mounts
  static func isKept(_ work: Layer.Work, _ tool: String, _ mounts: [String]) -> Bool {
    let folders: [String]
    switch (tool, work) {
    case ("go", .compile): folders = ["go-build", ".cache", "/cache"]
    // /root/.cache/go-build keeps what was compiled, and no module.
    case ("go", _): return mounts.contains { $0.contains("pkg") || $0.contains("mod") || $0.hasSuffix("/go") }
    case ("npm", _), ("yarn", _), ("pnpm", _), ("bun", _):
      folders = ["npm", "yarn", "pnpm", "node_modules", "store", ".bun", ".cache", ".next"]
    case ("pip", _), ("pip3", _), ("poetry", _), ("pipenv", _), ("uv", _): folders = ["cache"]
    case ("mvn", _), ("mvnw", _): folders = [".m2", "maven"]
    case ("gradle", _), ("gradlew", _): folders = ["gradle"]
    case ("cargo", _): folders = ["cargo", "target"]
    case ("composer", _), ("bundle", _): folders = ["cache", "composer", "bundle"]
    case ("dotnet", _): folders = ["nuget"]
    case ("apt-get", _), ("apt", _), ("apk", _), ("dnf", _), ("yum", _), ("microdnf", _): folders = ["/var/"]
    default: folders = ["cache"]
    }
    return mounts.contains { mount in folders.contains { mount.contains($0) } }
  }
}

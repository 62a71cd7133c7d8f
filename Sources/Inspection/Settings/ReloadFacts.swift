import ComposeSyntax
import SourceText

/// Writes down programs that run again when their sources change, and whether changes can reach them.
struct ReloadFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let compose: ComposeReading?
  let mounts: [ServiceMount]
  let workspace: Workspace
  let variables: [ServiceModel.Setting]

  func add(to facts: inout FactStore) {
    defer { facts.declare("reloads", .presumed, for: service.name) }
    guard let layer = chain.layers.last, let directory else { return }
    // A mount of the sources, or of any folder in them, is what somebody thought of.
    let mount = mounts.first { mount in
      guard mount.kind == .bind, mount.looksLikeSources, let target = mount.target.value else { return false }
      return Path.relative(target, to: directory) != nil || Path.relative(directory, to: target) != nil
    }
    guard service.plan.dockerfile != nil || mount != nil else { return }
    let files = ServiceFiles(service, compose, workspace)
    let words = [layer.program] + layer.arguments
    let launched = LaunchedProgram(words, in: files, workspace, directory: directory)
    let outer = words.map(\.text).joined(separator: " ")
    let inner = launched.words.map(\.text).joined(separator: " ")
    guard let tool = Self.tool(inner) ?? Self.tool(outer) ?? debugTool(inner) else { return }
    let isPolling =
      (variables + launched.variables).contains {
        ["CHOKIDAR_USEPOLLING", "WATCHPACK_POLLING", "CHOKIDAR_INTERVAL", "WATCHFILES_FORCE_POLLING"].contains($0.name)
      } || launched.words.contains { ["--legacy-watch", "-L", "--poll"].contains($0.text) } || isConfiguredToPoll(files)
    facts.add(
      "reloads",
      [
        "service": Cell(service.name), "tool": Cell(tool, layer.program.place ?? layer.commandPlace),
        "mounted": Cell(mount != nil), "watched": Cell(service.compose?.value.value(at: ["develop", "watch"]) != nil),
        "polls": Cell(isPolling), "directory": Cell(directory), "anchor": Cell(service.name, service.anchor),
        "context": Cell(service.plan.context.map { $0 == "." ? "." : "./" + $0 }),
        "volumes": Cell(service.compose?["volumes"] == nil ? "no" : "yes"),
      ], at: layer.commandPlace ?? service.place)
  }

  private var directory: String? {
    service.compose?["working_dir"]?.string ?? service.command?.value("--workdir")
      ?? service.image?.workingDirectory?.value.value
  }

  /// Whether the watcher's own settings say that it looks at the files again and again.
  private func isConfiguredToPoll(_ files: ServiceFiles) -> Bool {
    files.files.contains { file in
      let name = Path.name(file.projectFile)
      guard
        ["vite.config.", "next.config.", "nuxt.config.", "vue.config.", "webpack."].contains(where: name.hasPrefix),
        let source = workspace.file(file.projectFile)
      else { return false }
      let text = source.text(ByteRange(0, source.bytes.count))
      return text.contains("usePolling: true") || text.contains("poll: ")
    }
  }

  private static func tool(_ text: String) -> String? {
    let words = text.split(separator: " ").map(String.init)
    guard let first = words.first.map(Path.name) else { return nil }
    if [
      "nodemon", "air", "CompileDaemon", "reflex", "fresh", "ts-node-dev", "tsnd", "watchexec", "entr", "gin", "modd",
    ]
    .contains(first) {
      return first
    }
    switch first {
    case "vite": return words.contains("build") || words.contains("preview") ? nil : "vite"
    case "next", "nuxt", "nuxi", "astro", "remix": return words.contains("dev") ? first : nil
    case "react-scripts": return words.contains("start") ? first : nil
    case "ng", "vue-cli-service", "webpack": return words.contains("serve") ? first : nil
    case "webpack-dev-server": return first
    case "uvicorn", "gunicorn", "hypercorn": return words.contains("--reload") ? first : nil
    case "fastapi": return words.contains("dev") ? first : nil
    case "flask": return words.contains("--debug") || words.contains("--reload") ? first : nil
    case "manage.py": return words.contains("runserver") ? "runserver" : nil
    case "node", "tsx", "bun", "deno":
      return words.contains("--watch") || words.contains("watch") ? first + " --watch" : nil
    case "rails": return words.contains("server") || words.contains("s") ? "rails" : nil
    case "nest": return words.contains("--watch") ? "nest" : nil
    default: return nil
    }
  }

  private func debugTool(_ text: String) -> String? {
    guard text.hasPrefix("flask ") else { return nil }
    let isDebug = variables.contains {
      $0.name == "FLASK_DEBUG" && $0.value.value == "1" || $0.name == "FLASK_ENV" && $0.value.value == "development"
    }
    return isDebug ? "flask" : nil
  }
}

extension ServiceMount {
  /// Whether it brings a folder rather than one settings file.
  fileprivate var looksLikeSources: Bool { existence != .file }
}

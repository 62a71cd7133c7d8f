import DockerfileSyntax
import ProgramSource
import SourceText

/// Writes down which slow steps of a build are done again although nothing that they need has changed.
struct ReworkFacts {
  let plan: BuildPlan
  let layers: BuildLayers
  let workspace: Workspace
  let go: GoSources
  let invocations: [BuildInvocation]

  init(plan: BuildPlan, layers: BuildLayers, workspace: Workspace, go: GoSources, invocations: [BuildInvocation]) {
    self.plan = plan
    self.layers = layers
    self.workspace = workspace
    self.go = go
    self.invocations = invocations.filter { $0.builds(plan) }
  }

  func add(to facts: inout FactStore) {
    addDeclarations(to: &facts)
    for number in layers.layers.indices {
      for work in works(number) {
        addSource(number, work, to: &facts)
        addArguments(number, work, to: &facts)
      }
    }
    addInvocations(to: &facts)
    for relation in ["reruns", "builds"] {
      facts.declare(relation, workspace.request.isPartial ? .open : .presumed, for: plan.id)
    }
  }

  /// What a layer does; compiling Go also downloads what no earlier step has downloaded.
  private func works(_ number: Int) -> [Layer.Work] {
    let layer = layers.layers[number]
    guard layer.work.contains(.compile), !layer.work.contains(.fetch), layer.tools[.compile] == "go", needsModules
    else { return layer.work }
    let earlier = layers.chain(of: number).dropFirst().contains { layers.layers[$0].work.contains(.fetch) }
    return earlier ? layer.work : [.fetch] + layer.work
  }

  /// Whether some Go module of the project has dependencies that are not in a vendor folder.
  private var needsModules: Bool {
    go.modules.contains { module in
      let folder = Path.parent(module.source.path)
      return !module.requirements.isEmpty && !workspace.listing.contains(Path.join(folder, "vendor/modules.txt"))
    }
  }

  private func cells(_ number: Int, _ work: Layer.Work) -> [(String, Cell)] {
    let layer = layers.layers[number]
    let tool = layer.tools[work] ?? layer.tools[.compile] ?? ""
    return [
      ("build", Cell(plan.id)), ("stage", Cell(layer.stage)), ("work", Cell(work.rawValue)),
      ("tool", Cell(tool, plan.place(layer.range))),
      ("cached", Cell(layer.cached.contains(work))), ("mount", mount(layer, work, tool)),
    ]
  }

  private func hasModules(before layer: Layer) -> Bool {
    layers.layers.contains {
      $0.stage == layer.stage && $0.instruction < layer.instruction && $0.work.contains(.fetch)
        && !$0.cached.contains(.fetch) && $0.tools[.fetch] == "go"
    }
  }

  /// The keyword with mounts for the caches of the tool. https://docs.docker.com/build/cache/optimize/#use-cache-mounts
  private func mount(_ layer: Layer, _ work: Layer.Work, _ tool: String) -> Cell {
    guard layer.keyword == "RUN", !layer.text.contains("--mount=type=cache"), let file = plan.dockerfile else {
      return ""
    }
    let folders: [String]
    switch tool {
    case "go" where work == .compile:
      // A mount there would hide the modules that an earlier step has put into its layer.
      folders = (hasModules(before: layer) ? [] : ["/go/pkg/mod"]) + ["/root/.cache/go-build"]
    case "go": folders = ["/go/pkg/mod"]
    case "npm": folders = ["/root/.npm"]
    case "pip", "pip3": folders = ["/root/.cache/pip"]
    case "mvn": folders = ["/root/.m2"]
    case "gradle", "gradlew": folders = ["/root/.gradle"]
    case "cargo": folders = ["/usr/local/cargo/registry"]
    default: return ""
    }
    let range = ByteRange(layer.range.start, layer.range.start + 3)
    return Cell(file.text(range) + folders.map { " --mount=type=cache,target=\($0)" }.joined(), plan.place(range))
  }

  private func add(_ number: Int, _ cells: [(String, Cell)], presumed: Bool, to facts: inout FactStore) {
    let layer = layers.layers[number]
    facts.add(
      "reruns", cells: cells, at: plan.place(layer.range),
      order: BuildOrder(build: plan.id, position: layer.instruction),
      presumed: presumed)
  }

  // MARK: After an edit of a source file

  private func addSource(_ number: Int, _ work: Layer.Work, to facts: inout FactStore) {
    let chain = layers.chain(of: number)
    // The first copy of program source in the chain: everything behind it is done again after an edit.
    for below in chain.reversed() {
      let layer = layers.layers[below]
      guard let source = layer.sources.first(where: { isSource($0) }) else { continue }
      let first =
        work == .fetch
        ? ManifestCopies(plan: plan, workspace: workspace, layers: layers).lines(
          before: below, tool: layers.layers[number]) : nil
      let place = plan.place(layer.range)
      add(
        number,
        cells(number, work) + [
          ("after", "source"), ("name", Cell(source.text, plan.place(source.range))), ("used", Cell(work == .compile)),
          ("first", Cell(first ?? "", place)), ("alone", Cell(isAlone(number))),
          ("whole", Cell(ContextFiles.clean(source.text) == ".")),
        ],
        presumed: source.files.isEmpty, to: &facts)
      return
    }
  }

  /// Whether the step only downloads: it may go where its copy goes.
  private func isAlone(_ number: Int) -> Bool {
    let layer = layers.layers[number]
    return layer.work == [.fetch] && !layer.text.contains("&&") && !layer.text.contains(";")
  }

  private func isSource(_ source: Layer.Source) -> Bool {
    if source.files.isEmpty { return ContextFiles.clean(source.text) == "." }
    return source.files.contains { ProgramFiles.isSource($0) && !isDependency($0) }
  }

  /// Source of a module that go.mod replaces by a folder of the project, or a script that the package manager calls.
  private func isDependency(_ path: String) -> Bool {
    for module in go.modules {
      for replacement in module.replacements where replacement.new.text.hasPrefix(".") {
        let folder = Path.join(Path.parent(module.source.path), replacement.new.text)
        if folder != ".", !folder.hasPrefix(".."), Path.relative(path, to: folder) != nil { return true }
      }
    }
    return path.hasPrefix("vendor/") || path.contains("/vendor/") || path.contains("node_modules/")
      || path.hasPrefix("patches/")
      || Path.name(path) == "tools.go"
  }

  // MARK: After a change of an argument

  private func addArguments(_ number: Int, _ work: Layer.Work, to facts: inout FactStore) {
    let layer = layers.layers[number]
    let chain = layers.chain(of: number)
    for name in layers.arguments {
      guard let first = chain.last(where: { layers.layers[$0].arguments.contains(name) }) else { continue }
      let given = invocations.flatMap(\.arguments).first { $0.name == name }
      let isSure = given.map { Volatility.changes($0.text) } ?? false
      guard isSure || Volatility.changes(name: name) else { continue }
      guard let declaration = declaration(of: name, stage: layer.stage) else { continue }
      // With a value of its own and nothing given, it is the same in every build.
      let isFixed = declaration.hasValue && given == nil && plan.settings.arguments[name] == nil
      guard !isFixed else { continue }
      let isNamed = layer.namedArguments.contains(name) || layers.layers[first].namedArguments.contains(name)
      add(
        number,
        cells(number, work) + [
          ("after", "argument"), ("name", Cell(name, declaration.place)), ("used", Cell(isNamed)),
          ("first", Cell("", plan.place(layers.layers[first].range))),
          ("alone", Cell(declaration.isAlone && !isPassedOn(name, stage: layer.stage))),
          ("whole", "no"),
          ("given", Cell(given?.text ?? "", given?.place)),
        ], presumed: !isSure, to: &facts)
    }
  }

  /// Whether another instruction than RUN names it, which would lose its value.
  private func isPassedOn(_ name: String, stage: Int) -> Bool {
    plan.build.chain(of: stage).contains { index in
      plan.build.evaluations[index].steps.contains { step in
        ![.run, .arg].contains(step.instruction.keyword)
          && step.instruction.variableReferences.contains { $0.name == name }
      }
    }
  }

  private func declaration(of name: String, stage: Int) -> (place: Place?, hasValue: Bool, isAlone: Bool)? {
    for index in plan.build.chain(of: stage) {
      for step in plan.build.evaluations[index].steps {
        guard case .arg(let pairs) = step.instruction.content, let pair = pairs.first(where: { $0.name.text == name })
        else { continue }
        return (plan.place(step.instruction.range), pair.value != nil, pairs.count == 1)
      }
    }
    return nil
  }

  private func addDeclarations(to facts: inout FactStore) {
    guard let target = plan.build.target else { return }
    for stage in plan.build.stagesNeeded(by: target) {
      for step in plan.build.evaluations[stage].steps where !step.isTrigger {
        guard case .arg(let pairs) = step.instruction.content, let text = plan.dockerfile?.text(step.instruction.range)
        else { continue }
        for pair in pairs {
          facts.add(
            "declares", ["build": Cell(plan.id), "name": Cell(pair.name.text), "text": Cell(text)],
            at: plan.place(step.instruction.range),
            order: BuildOrder(build: plan.id, position: step.instruction.index))
        }
      }
    }
  }

  // MARK: The builds themselves

  private func addInvocations(to facts: inout FactStore) {
    for invocation in invocations {
      facts.add(
        "builds",
        [
          "build": Cell(plan.id),
          "in": Cell(invocation.isPipeline ? "pipeline" : invocation.place.file == nil ? "command" : "script"),
          "cache": Cell(invocation.usesCache ? "kept" : invocation.ignoresCache ? "refused" : "none", invocation.place),
        ], at: invocation.place)
    }
  }
}

/// Which files of a project are source that people edit.
enum ProgramFiles {
  private static let endings: Set<String> = [
    "go", "js", "ts", "jsx", "tsx", "mjs", "cjs", "py", "java", "kt", "kts", "php", "rb", "rs", "c", "cc", "cpp", "h",
    "cs", "swift", "vue",
    "svelte", "html", "css", "scss", "ex", "exs", "scala", "templ", "sql", "tmpl",
  ]

  static func isSource(_ path: String) -> Bool {
    let name = Path.name(path).lowercased()
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
      endings.contains(String(name[name.index(after: dot)...]))
    else { return false }
    return !name.contains("config.") && !name.hasPrefix(".")
      && !["setup.py", "build.gradle.kts", "settings.gradle.kts", "manage.py", "conftest.py", "build.rs"].contains(name)
  }
}

import DockerfileSyntax
import SourceText

/// Writes down every source of COPY, ADD and bind mounts, and whether it is where the builder looks for it.
struct CopyFacts {
  let plan: BuildPlan
  let stages: [Int: StageModel]
  let workspace: Workspace
  private let ignore: ContextIgnore?
  private let made: MadeFiles
  private let names: StageNames

  init(plan: BuildPlan, stages: [Int: StageModel], workspace: Workspace) {
    self.plan = plan
    self.stages = stages
    self.workspace = workspace
    ignore = workspace.ignore(of: plan)
    made = workspace.made
    names = StageNames(plan)
  }

  func add(to facts: inout FactStore) {
    guard let target = plan.build.target, plan.dockerfile != nil else { return }
    for stage in plan.build.stagesNeeded(by: target) {
      for step in plan.build.evaluations[stage].steps {
        switch step.instruction.content {
        case .copy(let copy): add(copy, step, stage, to: &facts)
        case .run(let run): for flag in run.mounts { add(flag, step, stage, to: &facts) }
        default: break
        }
      }
    }
    facts.declare("copies", workspace.request.isPartial ? .open : .complete, for: plan.id)
  }

  // MARK: Sources

  private func add(_ copy: Copy, _ step: StageEvaluation.Step, _ stage: Int, to facts: inout FactStore) {
    let destination = step.expand(copy.destination).value
    let slash = destination.map { $0.hasSuffix("/") || $0 == "." || $0.hasSuffix("/.") }
    let several = copy.sources.count + copy.heredocs.count > 1
    for source in copy.sources {
      guard !source.text.contains("://"), !source.text.hasPrefix("git@") else { continue }
      var look = look(step.expand(source).value, copy.from?.value)
      if source.text.contains("$") { look.isPresumed = true }
      let isFlat = several && look.isDirectory == true && slash == true && !copy.keepsParents
      facts.add(
        "copies",
        [
          "build": Cell(plan.id), "stage": Cell(stage), "by": Cell(copy.isAdd ? "add" : "copy"),
          "from": from(copy.from), "named": Cell(names.isPlain(copy.from?.value ?? "")),
          "meant": Cell(copy.from?.value.flatMap(names.nearest) ?? ""),
          "origin": Cell(look.origin), "source": Cell(source.text, plan.place(source.inner(of: plan.syntax))),
          "path": Cell(look.path),
          "matches": Cell(look.matches), "kind": Cell(look.isDirectory.map { $0 ? "directory" : "file" }),
          "pattern": look.pattern ?? Cell(""), "outside": Cell(look.isOutside), "glob": Cell(look.isGlob),
          "like": Cell(look.like ?? ""), "context": Cell(plan.context),
          "destination": Cell(destination, plan.place(copy.destination.inner(of: plan.syntax))),
          "to": Cell(destination.flatMap { target in step.directory.map { Path.join($0, target) } }),
          "slash": Cell(slash.map { $0 ? "yes" : "no" }), "several": Cell(several), "flattens": Cell(isFlat),
        ], at: plan.place(step.instruction.range), order: BuildOrder(build: plan.id, position: step.instruction.index),
        presumed: look.isPresumed)
    }
  }

  private func add(_ flag: InstructionFlag, _ step: StageEvaluation.Step, _ stage: Int, to facts: inout FactStore) {
    guard let mount = try? Mount(flag), mount.kind == .bind, !mount.source.isEmpty else { return }
    let look = look(step.environment.expand(mount.source).value, mount.from.isEmpty ? nil : mount.from)
    facts.add(
      "copies",
      [
        "build": Cell(plan.id), "stage": Cell(stage), "by": "mount",
        "from": Cell(mount.from, plan.place(flag.valueRange)), "named": Cell(names.isPlain(mount.from)),
        "meant": Cell(names.nearest(to: mount.from) ?? ""),
        "origin": Cell(look.origin), "source": Cell(mount.source, plan.place(flag.valueRange)), "path": Cell(look.path),
        "matches": Cell(look.matches), "kind": Cell(look.isDirectory.map { $0 ? "directory" : "file" }),
        "pattern": look.pattern ?? Cell(""), "outside": Cell(look.isOutside), "glob": Cell(look.isGlob),
        "like": Cell(look.like ?? ""),
        "context": Cell(plan.context), "destination": Cell(mount.target), "slash": "yes", "several": "no",
        "flattens": "no",
      ], at: plan.place(step.instruction.range), order: BuildOrder(build: plan.id, position: step.instruction.index),
      presumed: look.isPresumed)
  }

  private func from(_ flag: InstructionFlag?) -> Cell {
    guard let flag else { return "" }
    return Cell(flag.value, plan.place(flag.valueRange))
  }

  // MARK: Where the builder looks

  private struct Look {
    var origin: String?
    /// Absolute, as the builder prints it.
    var path: String?
    /// none, ignored, one, many, unsure.
    var matches = "unsure"
    var isDirectory: Bool?
    var pattern: Cell?
    /// It is written so that it leads out of the context.
    var isOutside = false
    var isGlob = false
    /// A path of the context that was probably meant.
    var like: String?
    var isPresumed = false
  }

  private func look(_ source: String?, _ from: String?) -> Look {
    guard let source else { return Look(origin: from == nil ? "context" : nil) }
    let path = Path.clean("/" + source)
    let isGlob = source.contains { "*?[".contains($0) }
    guard let from else { return lookInContext(source, path, isGlob) }
    var look = Look(path: path, isGlob: isGlob)
    guard let stage = plan.build.stage(called: from) else {
      look.origin = from.contains("$") ? nil : "image"
      return look
    }
    look.origin = "stage"
    guard let model = stages[stage], !isGlob else { return look }
    if let file = model.files[path] {
      look.matches = "one"
      look.isDirectory = file.isDirectory
    } else if model.files.keys.contains(where: { $0.hasPrefix(path == "/" ? "/" : path + "/") }) {
      look.matches = "many"
      look.isDirectory = true
    } else if model.isUnderstood, !model.makesUnknownFiles, !Self.isOfSystem(path), !path.contains("/node_modules"),
      !path.hasPrefix("/go/pkg"),
      !model.outputs.contains(where: { Path.relative(path, to: $0) != nil || Path.relative($0, to: path) != nil })
    {
      look.matches = "none"
      look.isPresumed = true
      look.like =
        model.outputs.first { Path.parent($0) == Path.parent(path) }
        ?? model.programs.map(\.path).first { Path.name($0) == Path.name(path) }
        ?? (model.programs.count == 1 ? model.programs.first?.path : nil)
    }
    return look
  }

  private func lookInContext(_ source: String, _ path: String, _ isGlob: Bool) -> Look {
    var look = Look(origin: "context", path: path, isGlob: isGlob)
    let below = ContextFiles.clean(source)
    look.isOutside = Path.clean(source).hasPrefix("..")
    if look.isOutside { look.like = below }
    guard let context = plan.context else { return look }
    let seen = ContextFiles(folder: context, listing: workspace.listing, ignore: ignore).files(matching: source)
    if !seen.files.isEmpty || below == "." {
      look.matches = seen.files.count > 1 ? "many" : "one"
      look.isDirectory = seen.isDirectory && !isGlob
      return look
    }
    let all = ContextFiles(folder: context, listing: workspace.listing).files(matching: source)
    if let hidden = all.files.first, let pattern = ignore?.pattern(hiding: hidden.path) {
      look.matches = "ignored"
      look.pattern = pattern
      look.isDirectory = all.isDirectory
      return look
    }
    // Folders that the listing skips, such as node_modules, and empty ones.
    let project = Path.join(context, below)
    if !isGlob, workspace.tree.exists(project) {
      look.matches = ignore?.pattern(hiding: project).map { _ in "ignored" } ?? "many"
      look.pattern = ignore?.pattern(hiding: project)
      look.isDirectory = workspace.tree.isDirectory(project)
      return look
    }
    if workspace.listing.isCutOff { return look }
    look.matches = "none"
    look.isPresumed = made.mayMake(project) || workspace.isBare || isStarted(Path.name(project))
    look.like = like(below, context) ?? (look.isOutside ? nil : look.like)
    return look
  }

  /// Whether the container starts a program of that name: it was compiled before the image is built.
  private func isStarted(_ name: String) -> Bool {
    guard !name.contains("."), let image = plan.image else { return false }
    let words = (image.entrypoint?.value.words ?? []) + (image.command?.value.words ?? [])
    return words.contains { Path.name($0) == name }
  }

  /// A path of the context that differs in case only, or the only one of that name.
  private func like(_ below: String, _ context: String) -> String? {
    let names = workspace.names(below: context)
    return names.differingInCase(from: below) ?? names.only(named: Path.name(below))
  }

  private static func isOfSystem(_ path: String) -> Bool {
    path == "/"
      || [
        "/etc", "/usr", "/lib", "/lib64", "/bin", "/sbin", "/var", "/root", "/home", "/run", "/dev", "/proc", "/opt",
        "/tmp",
      ].contains {
        path == $0
          || path.hasPrefix($0 + "/") && !path.hasPrefix("/usr/src/") && !path.hasPrefix("/opt/")
            && !path.hasPrefix("/usr/local/bin/")
      }
  }
}

/// Which files are made before the image is built, so that a fresh copy of the project has not got them.
struct MadeFiles {
  private let rules: IgnoreRules?
  private let texts: [String]
  /// What programs built on the host would be called: the last parts of module paths, and folders of commands.
  private let hasProgramNames: Set<String>

  init(_ workspace: Workspace) {
    let manifests = workspace.listing.items.map(\.path).filter { Path.name($0) == "go.mod" }.compactMap(workspace.file)
    hasProgramNames = Set(
      manifests.compactMap { file in
        file.text(ByteRange(0, file.bytes.count)).split(separator: "\n").first { $0.hasPrefix("module ") }.map {
          Path.name(String($0.dropFirst(7)))
        }
      } + workspace.listing.items.filter { Path.name($0.path) == "main.go" }.map { Path.name(Path.parent($0.path)) })
    rules = workspace.file(".gitignore").map { IgnoreRules($0.bytes) }
    texts = workspace.listing.items.filter { item in
      let name = item.name.lowercased()
      return item.entry.size <= 64 << 10
        && (name == "makefile" || name == "jenkinsfile" || name == "package.json" || name.hasSuffix(".sh")
          || name.hasSuffix(".mk")
          || item.path.contains(".github/workflows/") || name == ".gitlab-ci.yml" || name.hasPrefix(".goreleaser"))
    }.compactMap { workspace.file($0.path).map { $0.text(ByteRange(0, $0.bytes.count)) } }
  }

  /// Whether git leaves it out, a script mentions it, or it lies in a folder that usually holds what a build made.
  func mayMake(_ path: String) -> Bool {
    let path = Path.clean(path)
    let first = path.split(separator: "/").first.map(String.init) ?? path
    if hasProgramNames.contains(Path.name(path)) { return true }
    if Self.outputs.contains(first.lowercased()) || Self.outputs.contains(Path.name(path).lowercased()) { return true }
    if let rules,
      rules.verdict(path).isIgnored || rules.patterns.contains(where: { $0.text == Path.name(path) && !$0.isException })
    {
      return true
    }
    return texts.contains { $0.contains(path) }
  }

  private static let outputs: Set<String> = [
    "dist", "build", "target", "bin", "out", "output", "release", "_output", "node_modules", "vendor", ".next",
    "publish",
  ]
}

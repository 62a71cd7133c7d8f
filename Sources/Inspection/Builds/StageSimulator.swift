import DockerfileSyntax
import SourceText

/// Follows the steps of a build, and says which files and programs each stage holds.
struct StageSimulator {
  let plan: BuildPlan
  let workspace: Workspace
  let go: GoSources
  private let ignore: ContextIgnore?
  private(set) var stages: [Int: StageModel] = [:]

  init(plan: BuildPlan, workspace: Workspace, go: GoSources) {
    self.plan = plan
    self.workspace = workspace
    self.go = go
    ignore = workspace.ignore(of: plan)
    guard let target = plan.build.target else { return }
    for stage in plan.build.stagesNeeded(by: target) { stages[stage] = simulate(stage) }
  }

  private func simulate(_ index: Int) -> StageModel {
    var model = begin(index)
    for step in plan.build.evaluations[index].steps {
      switch step.instruction.content {
      case .copy(let copy): self.copy(copy, step, &model)
      case .run(let run): self.run(run, step, &model)
      case .workdir: model.makeDirectory(step, after: plan.build.evaluations[index], plan)
      default: break
      }
    }
    for index in model.lacks.indices where model.lacks[index].reason == .notCopied {
      let path = model.lacks[index].path
      if model.files.values.contains(where: { $0.source == path && $0.order > model.lacks[index].order }) {
        model.lacks[index].reason = .copiedLater
      }
    }
    return model
  }

  /// A RUN sees what it mounts, and nothing of that stays.
  private func run(_ run: Run, _ step: StageEvaluation.Step, _ model: inout StageModel) {
    guard !run.mounts.isEmpty else {
      RunStep(plan: plan, workspace: workspace, go: go, ignore: ignore, step: step).perform(run, on: &model)
      return
    }
    let files = model.files
    for flag in run.mounts { mount(flag, step, &model) }
    let mounted = model.files.filter { files[$0.key] == nil }
    RunStep(plan: plan, workspace: workspace, go: go, ignore: ignore, step: step).perform(run, on: &model)
    for (path, file) in mounted where model.files[path]?.origin == file.origin { model.files[path] = nil }
  }

  /// https://docs.docker.com/reference/dockerfile/#run---mounttypebind
  private func mount(_ flag: InstructionFlag, _ step: StageEvaluation.Step, _ model: inout StageModel) {
    guard let mount = try? Mount(flag) else { return }
    if mount.kind == .cache, let target = step.environment.expand(mount.target).value {
      model.packageIndex.mount(target)
    }
    guard mount.kind == .bind else { return }
    guard let source = step.environment.expand(mount.source.isEmpty ? "/" : mount.source).value,
      let target = step.environment.expand(mount.target).value, let directory = step.directory
    else {
      model.isUnderstood = false
      model.hasUnknownCopies = true
      return
    }
    let place = plan.place(flag.valueRange)
    let path = Path.join(directory, target)
    if mount.from.isEmpty {
      copyFromContext(source, to: path, false, nil, step, place, &model)
    } else {
      copyFromStage(mount.from, source, to: path, false, step, place, &model)
    }
  }

  private func begin(_ index: Int) -> StageModel {
    let stage = plan.build.stages[index]
    switch stage.base {
    case .stage(let base):
      var model = StageModel(index: index)
      if let below = stages[base] {
        model.takeLayers(of: below)
        model.programs = below.programs
        model.packages = below.packages
        model.packageIndex = below.packageIndex
        model.base = below.base
        model.reference = below.reference
        model.isUnderstood = below.isUnderstood
        model.makesUnknownFiles = below.makesUnknownFiles
        model.hasUnknownCopies = below.hasUnknownCopies
        model.outputs = below.outputs
        model.openFolders = below.openFolders
        model.referencePlace = below.referencePlace
      }
      return model
    case .scratch:
      var model = StageModel(index: index)
      model.base = ImageCatalog.scratch
      model.reference = "scratch"
      model.referencePlace = plan.place(stage.from.base.range)
      return model
    case .image(let reference):
      var model = StageModel(index: index)
      model.base = workspace.images.properties(ImageReference(reference))
      model.packageIndex = PackageIndex(manager: model.base?["manager"])
      model.reference = reference
      model.referencePlace = plan.place(stage.from.base.range)
      return model
    default:
      var model = StageModel(index: index)
      model.referencePlace = plan.place(stage.from.base.range)
      model.isUnderstood = false
      return model
    }
  }

  // MARK: COPY and ADD

  private func copy(_ copy: Copy, _ step: StageEvaluation.Step, _ model: inout StageModel) {
    guard let destination = step.expand(copy.destination).value,
      let directory = step.directory ?? (destination.hasPrefix("/") ? "/" : nil)
    else {
      model.isUnderstood = false
      model.hasUnknownCopies = true
      return
    }
    let target = Path.join(directory, destination)
    let intoDirectory =
      destination.hasSuffix("/") || destination == "." || copy.sources.count + copy.heredocs.count > 1
      || model.files[target]?.isDirectory == true || target == directory
    if destination.hasSuffix("/") { model.enter(target, .copy, step, plan.place(copy.destination.range)) }
    let mode = copy.mode.flatMap { $0.value }.flatMap { Int($0, radix: 8) }
    for source in copy.sources {
      guard let text = step.expand(source).value else {
        model.isUnderstood = false
        model.hasUnknownCopies = true
        continue
      }
      let place = plan.place(source.range)
      if let from = copy.from?.value {
        copyFromStage(from, text, to: target, intoDirectory, step, place, &model)
      } else if text.contains("://") {
        // What a repository holds is not known here (https://docs.docker.com/reference/dockerfile/#add).
        model.isUnderstood = model.isUnderstood && copy.isAdd && !Self.isRepository(text)
        model.put(
          HeldFile(
            path: intoDirectory ? Path.join(target, Path.name(text)) : target, origin: .run, stage: model.index,
            mode: mode ?? 0o600, order: step.instruction.index, place: place))
      } else {
        if copy.isAdd, Self.isArchive(text) { model.openFolders.insert(target) }
        copyFromContext(text, to: target, intoDirectory, mode, step, place, &model)
      }
    }
    for heredoc in copy.heredocs {
      let path = intoDirectory ? Path.join(target, heredoc.name) : target
      model.put(
        HeldFile(
          path: path, origin: .run, stage: model.index, mode: mode, order: step.instruction.index,
          place: plan.place(heredoc.operatorRange)))
    }
  }

  /// Whether ADD clones what stands behind an address, whole or a branch or a folder of it.
  private static func isRepository(_ address: String) -> Bool {
    let place = address.prefix { $0 != "#" && $0 != "?" }
    return place.hasSuffix(".git") || place.hasPrefix("git://") || place.hasPrefix("ssh://")
  }

  private func copyFromContext(
    _ source: String, to target: String, _ intoDirectory: Bool, _ mode: Int?, _ step: StageEvaluation.Step,
    _ place: Place?, _ model: inout StageModel
  ) {
    guard let context = plan.context else {
      model.isUnderstood = false
      model.hasUnknownCopies = true
      return
    }
    let found = ContextFiles(folder: context, listing: workspace.listing, ignore: ignore).files(matching: source)
    if found.files.isEmpty, !source.contains(where: { "*?[".contains($0) }),
      !workspace.tree.exists(Path.join(context, ContextFiles.clean(source)))
    {
      // It is made before the image is built, or the step fails; it is no folder because of that.
      model.put(
        HeldFile(
          path: intoDirectory ? Path.join(target, Path.name(source)) : target, origin: .context, stage: model.index,
          mode: mode, order: step.instruction.index, place: place))
      return
    }
    model.put(
      HeldFile(
        path: found.isDirectory || intoDirectory ? target : Path.parent(target), isDirectory: true, origin: .context,
        stage: model.index, order: step.instruction.index, place: place))
    for file in found.files {
      let path = found.isDirectory || intoDirectory ? Path.join(target, file.below) : target
      model.put(
        HeldFile(
          path: path, origin: .context, source: file.path, stage: model.index,
          mode: mode ?? workspace.listing.entry(file.path)?.mode, order: step.instruction.index, place: place))
    }
  }

  private func copyFromStage(
    _ from: String, _ source: String, to target: String, _ intoDirectory: Bool, _ step: StageEvaluation.Step,
    _ place: Place?, _ model: inout StageModel
  ) {
    let source = Path.clean("/" + source)
    let number = plan.build.stage(called: from)
    let origin = number.flatMap { stages[$0] }
    if let origin,
      !origin.isUnderstood
        || origin.openFolders.contains(where: {
          Path.relative(source, to: $0) != nil || Path.relative($0, to: source) != nil
        }),
      origin.files[source].map(\.isDirectory) != false
    {
      model.openFolders.insert(target)
    }
    let below =
      origin?.files.values.filter { !$0.isDirectory && Path.relative($0.path, to: source) != nil && $0.path != source }
      ?? []
    if !below.isEmpty || origin?.files[source]?.isDirectory == true {
      for file in below {
        guard let rest = Path.relative(file.path, to: source) else { continue }
        put(file, at: Path.join(target, rest), from: number, step, place, &model)
      }
      return
    }
    let path = intoDirectory ? Path.join(target, Path.name(source)) : target
    if let file = origin?.files[source] {
      put(file, at: path, from: number, step, place, &model)
    } else {
      model.put(
        HeldFile(
          path: path, origin: .stage, source: source, stage: number ?? model.index, order: step.instruction.index,
          place: place, isOpaque: true))
    }
  }

  /// ADD unpacks what tar can read.
  private static func isArchive(_ name: String) -> Bool {
    [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst"].contains {
      name.lowercased().hasSuffix($0)
    }
  }

  /// A file that keeps where it was made, however many stages it passes through.
  private func put(
    _ file: HeldFile, at path: String, from stage: Int?, _ step: StageEvaluation.Step, _ place: Place?,
    _ model: inout StageModel
  ) {
    var copy = file
    copy.path = path
    copy.order = step.instruction.index
    copy.place = place
    if file.origin == .run {
      copy.origin = .stage
      copy.source = file.source ?? file.path
      copy.stage = file.stage
    }
    model.put(copy)
  }
}

extension StageEvaluation.Step {
  /// The working directory. Where an unknown base image decides, it is taken for the root: relative paths agree then.
  var directory: String? { workingDirectory == nil ? "/" : workingDirectory?.value }
}

extension StageModel {
  /// Notes what is where an instruction expects a folder.
  mutating func enter(_ path: String, _ how: StageEntry.Way, _ step: StageEvaluation.Step, _ place: Place?) {
    let found = files[path]
    let finds: StageEntry.Found? = found.map { $0.isDirectory ? .directory : .file } ?? (isUnderstood ? .nothing : nil)
    entries.append(StageEntry(path: path, how: how, finds: finds, order: step.instruction.index, place: place))
  }

  /// WORKDIR makes its folder.
  fileprivate mutating func makeDirectory(
    _ step: StageEvaluation.Step, after evaluation: StageEvaluation, _ plan: BuildPlan
  ) {
    guard case .workdir(let word) = step.instruction.content, let path = step.expand(word).value else { return }
    let directory = Path.join(step.workingDirectory?.value ?? "/", path)
    enter(directory, .workdir, step, plan.place(word.range))
    put(
      HeldFile(
        path: directory, isDirectory: true, origin: .run, stage: index, order: step.instruction.index,
        place: plan.place(word.range)))
  }
}

extension ImageCatalog {
  /// The empty image.
  static let scratch = Properties(
    family: "scratch",
    values: ["libc": "none", "shell": "none", "manager": "none", "certificates": "no", "zones": "no", "programs": ""])
}

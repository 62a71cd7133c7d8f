import ProgramSource
import SourceText

/// What a call of the go command needs of the project, and does not find in the stage: members of a workspace, folders that
/// replace modules, checksums, vendored modules, sources.
struct GoNeeds {
  let step: GoStep
  /// The folder of the project with the go.mod, and where the stage has it.
  let module: String
  let root: String

  /// Nil where the module is not known.
  init?(_ step: GoStep, module: String?, _ model: StageModel) {
    guard let module, !module.isEmpty else { return nil }
    let manifest = Path.join(module, "go.mod")
    guard let root = model.place(of: manifest, above: step.state.directory ?? "/") else { return nil }
    self.step = step
    self.module = module
    self.root = Path.parent(root)
  }

  func check(_ verb: String, _ packages: [GoProgram], vendored: Bool, on model: inout StageModel) {
    guard !vendored else {
      checkVendor(&model)
      checkSources(packages, withVendor: true, &model)
      return
    }
    checkWorkspace(&model)
    checkReplacements(&model)
    checkLock(verb, &model)
    checkSources(packages, withVendor: false, &model)
  }

  // MARK: Manifests

  /// The members of the go.work above the module.
  private func checkWorkspace(_ model: inout StageModel) {
    guard step.setting("GOWORK") != "off" else { return }
    var folder = root
    while true {
      if let held = model.files[Path.join(folder, "go.work")], let path = held.source,
        let source = step.run.workspace.file(path)
      {
        for use in GoWorkFile(source).uses where !use.text.hasPrefix("/") {
          need(
            Path.join(folder, use.text + "/go.mod"), Path.join(Path.parent(path), use.text + "/go.mod"), .manifest,
            Cell(use.text, Place(file: path, use.range)), &model)
        }
        return
      }
      if folder == "/" { return }
      folder = Path.parent(folder)
    }
  }

  private func checkReplacements(_ model: inout StageModel) {
    guard let file = step.run.go.modules.first(where: { Path.parent($0.source.path) == module }) else { return }
    for replacement in file.replacements where replacement.isLocal && !replacement.new.text.hasPrefix("/") {
      guard file.requirements.contains(where: { $0.path.text == replacement.old.text }) else { continue }
      need(
        Path.join(root, replacement.new.text + "/go.mod"), Path.join(module, replacement.new.text + "/go.mod"),
        .replacement,
        Cell(replacement.new.text, Place(file: file.source.path, replacement.new.range)), &model)
    }
  }

  /// The checksums. Commands that only download a named version, or that write go.sum, do not need them.
  private func checkLock(_ verb: String, _ model: inout StageModel) {
    guard !["mod-tidy", "get", "mod-init", "mod-download"].contains(verb),
      !step.command.arguments.contains(where: { $0.text == "-mod=mod" }),
      let file = step.run.go.modules.first(where: { Path.parent($0.source.path) == module }), !file.requirements.isEmpty
    else { return }
    // go mod tidy or go get has written one.
    if model.commands.contains(where: { ["mod-tidy", "get"].contains($0.verb.value) && $0.module == module }) {
      return
    }
    let path = Path.join(module, "go.sum")
    guard step.run.workspace.listing.contains(path) else { return }
    need(Path.join(root, "go.sum"), path, .lock, Cell(path), &model)
  }

  private func checkVendor(_ model: inout StageModel) {
    guard !model.commands.contains(where: { $0.verb.value == "mod-vendor" }) else { return }
    let list = Path.join(module, "vendor/modules.txt")
    need(Path.join(root, "vendor/modules.txt"), list, .vendor, Cell(list), &model)
  }

  // MARK: Sources

  private func checkSources(_ programs: [GoProgram], withVendor: Bool, _ model: inout StageModel) {
    for program in programs {
      for directory in program.directories {
        guard let package = step.run.go.package(directory) else { continue }
        let isVendored = directory.hasPrefix("vendor/") || directory.contains("/vendor/")
        if isVendored, !withVendor { continue }
        for file in package.files(in: step.builtFor(model)) where !file.isTest {
          guard let below = Path.relative(file.path, to: module) else { continue }
          need(Path.join(root, below), file.path, .source, Cell(file.path), &model)
        }
      }
    }
  }

  // MARK: One file

  private func need(
    _ path: String, _ project: String, _ kind: StageLack.Kind, _ because: Cell, _ model: inout StageModel
  ) {
    StageNeed(
      plan: step.run.plan, workspace: step.run.workspace, ignore: step.run.ignore, tool: step.toolCell,
      order: step.state.order,
      place: step.run.plan.place(step.command.range), isPresumed: step.isFollowed
    ).look(for: path, project: project, kind, because: because, in: &model)
  }
}

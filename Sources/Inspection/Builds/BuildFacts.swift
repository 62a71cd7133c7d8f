import DockerfileSyntax
import SourceText

/// Writes down what a build holds: stages, images, files, commands, programs.
struct BuildFacts {
  let plan: BuildPlan
  let stages: [Int: StageModel]
  let isPartial: Bool
  let isBare: Bool

  func add(to facts: inout FactStore) {
    let target = plan.build.target
    facts.add(
      "build",
      [
        "build": Cell(plan.id), "dockerfile": Cell(plan.dockerfile?.path), "context": Cell(plan.context),
        "target": Cell(plan.settings.target ?? ""), "by": Cell(plan.origin.rawValue),
        "command": plan.settings.command ?? "",
      ], at: plan.dockerfile.map { Place(file: $0.path, ByteRange(at: 0)) } ?? plan.settings.imagePlace)
    for (index, model) in stages.sorted(by: { $0.key < $1.key }) {
      add(index, model, isFinal: index == target, to: &facts)
    }
    for name in Set(plan.settings.arguments.keys).union(plan.settings.argumentPlaces.keys).sorted() {
      let place = plan.settings.argumentPlaces[name]
      facts.add(
        "passes",
        ["build": Cell(plan.id), "name": Cell(name, place), "value": Cell(plan.settings.arguments[name], place)],
        at: place)
    }
    declare(&facts)
  }

  private func order(_ instruction: Int) -> BuildOrder { BuildOrder(build: plan.id, position: instruction) }

  private func add(_ index: Int, _ model: StageModel, isFinal: Bool, to facts: inout FactStore) {
    let stage = plan.build.stages[index]
    let names = StageNames(plan)
    let number = Cell(index)
    let from = order(stage.fromInstruction)
    facts.add(
      "stage",
      [
        "build": Cell(plan.id), "stage": number,
        "name": Cell(stage.name ?? "", stage.from.name.flatMap { plan.place($0.range) }),
        "base": Cell(model.reference, model.referencePlace), "final": Cell(isFinal),
        "named": Cell(names.isPlain(stage.base)), "meant": Cell(names.nearest(to: stage.base) ?? ""),
      ], at: model.referencePlace, order: from)
    addImage(number, model, from, to: &facts)
    addFiles(number, model, to: &facts)
    addCommands(number, model, to: &facts)
    addPrograms(number, model, to: &facts)
    addVariables(index, to: &facts)
    addForms(index, to: &facts)
    addLacks(number, model, to: &facts)
    addEntries(number, model, to: &facts)
    for program in model.base?.words("programs") ?? [] {
      facts.add(
        "provides", ["build": Cell(plan.id), "stage": number, "kind": "program", "name": Cell(program)],
        at: model.referencePlace)
    }
    if ["yes", "bundle"].contains(model.base?["certificates"]) {
      facts.add(
        "provides", ["build": Cell(plan.id), "stage": number, "kind": "certificates", "name": "ca-certificates"],
        at: model.referencePlace)
    }
    for package in model.packages {
      for program in PackagePrograms.programs(of: package.name) {
        facts.add(
          "provides",
          ["build": Cell(plan.id), "stage": number, "kind": "program", "name": Cell(program, package.place)],
          at: package.place)
      }
      facts.add(
        "provides",
        ["build": Cell(plan.id), "stage": number, "kind": "package", "name": Cell(package.name, package.place)],
        at: package.place)
    }
  }

  private func addImage(_ stage: Cell, _ model: StageModel, _ order: BuildOrder, to facts: inout FactStore) {
    let reference = model.reference.map { ImageReference($0) }
    let place = model.referencePlace
    // The bytes of the version inside of the reference, for a fix that asks for another one.
    let versionPlace = reference?.version.flatMap { version in
      model.reference.flatMap { plan.place(of: version, in: $0, at: place) }
    }
    facts.add(
      "image",
      [
        "build": Cell(plan.id), "stage": stage, "reference": Cell(model.reference, place),
        "family": Cell(model.base?.family), "version": Cell(reference?.version, versionPlace),
        "floating": Cell(reference?.isFloating ?? false),
        "newest": Cell(reference.map { $0.version == nil && $0.digest == nil ? "yes" : "no" }),
        "published": Cell(model.base.map { $0["published"] ?? "yes" }, place),
        "known": Cell(model.base != nil), "jdk": Cell(reference.map { $0.javaVersion ?? "" }, place),
        "local": Cell(reference.map(LibraryImages.isLocal) ?? false),
        "like": Cell(reference.flatMap(LibraryImages.nearest) ?? ""),
        "distribution": Cell(model.base?["distribution"], place),
        "mirrors": Cell(model.base.map { $0["mirrors"] ?? "live" }, place), "libc": Cell(model.base?["libc"], place),
        "libc-version": Cell(model.base?["libc-version"], place), "shell": Cell(model.base?["shell"], place),
      ], at: place, order: order)
  }

  private func addFiles(_ stage: Cell, _ model: StageModel, to facts: inout FactStore) {
    let files = Array(model.files.values)
    // The numbers are sorted, not the files, of which there may be thousands.
    let sorted = files.indices.sorted { one, other in
      files[one].order == files[other].order
        ? files[one].path < files[other].path : files[one].order < files[other].order
    }
    for file in sorted.lazy.map({ files[$0] }) {
      facts.add(
        "holds",
        [
          "build": Cell(plan.id), "stage": stage, "path": Cell(file.path),
          "kind": Cell(file.isDirectory ? "directory" : "file"),
          "origin": Cell(file.origin.rawValue), "source": Cell(file.source), "from": Cell(file.stage),
          "mode": Cell(file.mode.map { String($0, radix: 8) }),
        ], at: file.place, order: order(file.order))
    }
  }

  private func addCommands(_ stage: Cell, _ model: StageModel, to facts: inout FactStore) {
    for command in model.commands {
      facts.add(
        "runs",
        [
          "build": Cell(plan.id), "stage": stage, "tool": command.tool, "verb": command.verb,
          "arguments": Cell(command.arguments), "directory": Cell(command.directory), "user": Cell(command.user),
          "file": Cell(command.file ?? ""),
          "executable": Cell(command.isExecutable.map { $0 ? "yes" : "no" } ?? "unsure"),
          "manifest": Cell(
            command.manifest.map { $0 ? "present" : "missing" } ?? (command.readsManifest ? nil : "none")),
          "module": Cell(command.module), "fetches": Cell(command.fetches),
          "rights": Cell(command.hasRights.map { $0 ? "enough" : "missing" } ?? (command.needsRoot ? nil : "enough")),
          "alone": Cell(command.isAlone), "sole": Cell(command.isSole), "target": command.target ?? "",
          "index": Cell(command.index?.rawValue ?? "none"),
          "by-vcs": Cell(command.byVCS.map { $0 ? "yes" : "no" }), "toolchain": command.toolchain,
        ], at: command.place, order: order(command.order),
        // Where the sources are not here, neither is the manifest that comes with them.
        presumed: command.manifest == false && isBare)
    }
  }

  private func addPrograms(_ stage: Cell, _ model: StageModel, to facts: inout FactStore) {
    for program in model.programs {
      facts.add(
        "built",
        [
          "build": Cell(plan.id), "stage": stage, "path": Cell(program.path), "tool": program.tool,
          "package": Cell(program.package, program.packagePlace), "kind": Cell(program.kind ?? "unsure"),
          "compiler": Cell(program.hasCompiler.map { $0 ? "present" : "missing" }), "like": Cell(program.like ?? ""),
          "libc": Cell(program.libc), "linkage": Cell(program.isDynamic.map { $0 ? "dynamic" : "static" }),
          "architecture": program.architecture,
          "cgo": Cell(program.cgo.value == "1" || program.cgo.value == "on" ? "on" : "off", program.cgo.place),
        ], at: program.place, order: order(program.order), presumed: program.isPresumed)
    }
  }

  private func addVariables(_ index: Int, to facts: inout FactStore) {
    for variable in plan.build.evaluations[index].environment.variables where variable.origin != .predefined {
      facts.add(
        "variable",
        [
          "build": Cell(plan.id), "stage": Cell(index), "name": Cell(variable.name),
          "kind": Cell(variable.origin == .arg ? "arg" : "env"),
          "value": Cell(variable.value, variable.range.flatMap(plan.place)),
          "unset": Cell(variable.origin == .arg && variable.value == nil && variable.unknown == [variable.name]),
        ], at: variable.range.flatMap(plan.place), order: variable.instruction.map(order))
    }
  }

  private func addLacks(_ stage: Cell, _ model: StageModel, to facts: inout FactStore) {
    for lack in model.lacks {
      facts.add(
        "lacks",
        [
          "build": Cell(plan.id), "stage": stage, "path": Cell(lack.path, lack.because.place),
          "name": Cell(Path.name(lack.path)),
          "kind": Cell(lack.kind.rawValue), "why": Cell(lack.reason.rawValue), "because": lack.because,
          "pattern": lack.pattern ?? "",
          "tool": lack.tool, "context": Cell(plan.context),
        ], at: lack.place, order: order(lack.order), presumed: lack.isPresumed)
    }
  }

  private func addEntries(_ stage: Cell, _ model: StageModel, to facts: inout FactStore) {
    for entry in model.entries {
      facts.add(
        "enters",
        [
          "build": Cell(plan.id), "stage": stage, "path": Cell(entry.path, entry.place),
          "how": Cell(entry.how.rawValue),
          "finds": Cell(entry.finds?.rawValue),
        ], at: entry.place, order: order(entry.order))
    }
  }

  // MARK: Forms of commands

  private func addForms(_ index: Int, to facts: inout FactStore) {
    for step in plan.build.evaluations[index].steps {
      guard let (name, line) = step.instruction.commandLine else { continue }
      let meant = Self.meant(line)
      let place = plan.place(step.instruction.argumentsRange)
      let failure = line.jsonFailure.flatMap { plan.place(ByteRange($0, $0 + 1)) }
      facts.add(
        "written",
        [
          "build": Cell(plan.id), "stage": Cell(index), "instruction": Cell(name),
          "form": Cell(line.form == .exec ? "exec" : "shell", place), "meant": Cell(meant),
          "because": Cell(line.jsonFailure == nil ? "none" : "other", failure ?? place),
        ], at: plan.place(step.instruction.range), order: order(step.instruction.index))
    }
  }

  /// A shell form that begins with a bracket and a quote was meant to be an array.
  private static func meant(_ line: Command) -> String {
    guard line.form == .shell, let text = line.words.first?.text else { return line.form == .exec ? "exec" : "shell" }
    let inner = text.drop { $0 == " " }
    guard inner.first == "[", inner.dropFirst().first != "[" else { return "shell" }
    // `[ -f x ] && y` is the shell's test command.
    return inner.dropFirst().first == " " && !inner.contains("\"") && !inner.contains("'") ? "shell" : "exec"
  }

  // MARK: Completeness

  private func declare(_ facts: inout FactStore) {
    let understood = stages.values.allSatisfy(\.isUnderstood)
    let known = stages.values.allSatisfy { $0.base != nil }
    let files: Grade = isPartial ? .open : .complete
    facts.declare(
      "passes", plan.origin == .alone || plan.settings.hasUnknownArguments || isPartial ? .presumed : .complete,
      for: plan.id)
    for relation in ["stage", "written", "image", "variable", "enters"] {
      facts.declare(relation, .complete, for: plan.id)
    }
    for relation in ["runs", "built", "lacks"] { facts.declare(relation, understood ? files : .open, for: plan.id) }
    facts.declare("holds", understood && known ? min(files, .presumed) : .open, for: plan.id)
    facts.declare("provides", understood && known ? files : .open, for: plan.id)
  }
}

extension BuildPlan {
  /// The place of a part of a word that stands in the Dockerfile as it is.
  func place(of part: String, in word: String, at place: Place?) -> Place? {
    guard let place, let file = place.file, let source = dockerfile, source.path == file else { return nil }
    guard source.text(place.range) == word else { return nil }
    let bytes = Array(word.utf8)
    let wanted = Array(part.utf8)
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")), colon + 1 + wanted.count <= bytes.count,
      Array(bytes[(colon + 1)...].prefix(wanted.count)) == wanted
    else { return nil }
    let start = place.range.start + colon + 1
    return Place(file: file, ByteRange(start, start + wanted.count))
  }
}

extension Instruction {
  /// The command of RUN, CMD, ENTRYPOINT and HEALTHCHECK with the instruction's name.
  fileprivate var commandLine: (name: String, line: Command)? {
    switch content {
    case .cmd(let line): ("cmd", line)
    case .entrypoint(let line): ("entrypoint", line)
    case .run(let run): ("run", run.command)
    case .healthcheck(let check): check.command.map { ("healthcheck", $0) }
    default: nil
    }
  }
}

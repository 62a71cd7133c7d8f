import ProgramSource
import SourceText

/// What a call of the go command does to a stage.
struct GoStep {
  let run: RunStep
  let command: ShellCommand
  let state: RunStep.State

  func perform(on model: inout StageModel) {
    let arguments = command.arguments.map(\.outline)
    guard let verb = Self.verb(arguments) else { return }
    var entry = run.stageCommand(command, verb: verb, state, model)
    let module = moduleFolder(model)
    entry.module = module?.project
    // Where modules are off, or wait for a go.mod, all but `go mod` does without one.
    let isOptional =
      ["off", "auto"].contains(setting("GO111MODULE") ?? "") && !verb.hasPrefix("mod-") && module?.isThere == false
    let reads = Self.needsModule.contains(verb) && !Self.namesVersion(arguments) && !isOptional
    entry.manifest = reads ? module?.isThere : nil
    entry.fetches = Self.fetching.contains(verb)
    entry.readsManifest = reads
    entry.byVCS = fetchesByVCS(verb, model)
    entry.toolchain = toolchain(model)
    model.commands.append(entry)
    let programs =
      verb == "build" || verb == "install" ? module.map { compile(verb, arguments, $0.project, &model) } ?? [] : []
    if entry.manifest == false { lookForModule(verb, &model) }
    if entry.manifest == true, Self.needsModule.contains(verb), verb != "mod-vendor" {
      GoNeeds(self, module: module?.project, model)?
        .check(verb, programs, vendored: isVendored(verb, arguments, module?.project, model), on: &model)
    }
  }

  /// A go.mod of the project that the stage has not got: the one in the context's folder, or the only one.
  private func lookForModule(_ verb: String, _ model: inout StageModel) {
    guard let directory = state.directory, let context = run.plan.context else { return }
    let remote = command.arguments.dropFirst().map(\.outline).contains {
      !$0.hasPrefix("-") && !$0.hasPrefix(".") && $0.contains("/") && !$0.hasSuffix(".go")
    }
    if ["get", "install", "run"].contains(verb), remote { return }
    if setting("GO111MODULE") == "off" { return }
    if model.commands.contains(where: { $0.verb.value == "mod-init" }) { return }
    let all = run.workspace.listing.paths(below: context).filter {
      Path.name($0) == "go.mod" && !$0.contains("vendor/") && !$0.contains("testdata/")
    }
    let here = Path.join(context, "go.mod")
    guard let project = all.contains(here) ? here : all.count == 1 ? all.first : nil else { return }
    let place = Place(file: project, ByteRange(at: 0))
    StageNeed(
      plan: run.plan, workspace: run.workspace, ignore: run.ignore, tool: toolCell, order: state.order,
      place: run.plan.place(command.range), isPresumed: isFollowed
    ).look(for: Path.join(directory, "go.mod"), project: project, .manifest, because: Cell(project, place), in: &model)
  }

  /// Whether the go command clones repositories: it does without a proxy, which is so by default before Go 1.13
  /// (https://go.dev/doc/go1.13#modules), outside of module mode, and with `GOPROXY=direct`.
  private func fetchesByVCS(_ verb: String, _ model: StageModel) -> Bool? {
    guard Self.fetching.contains(verb) else { return false }
    if verb == "build" || verb == "test" { return compilesByVCS(model) }
    let remote = command.arguments.dropFirst().map(\.outline).contains { !$0.hasPrefix("-") && !$0.hasPrefix(".") }
    if setting("GO111MODULE") == "off" { return remote }
    if let proxy = setting("GOPROXY") { return proxy == "direct" || proxy.hasPrefix("direct,") }
    if setting("GOPRIVATE") != nil || setting("GONOPROXY") != nil { return nil }
    guard let version = model.base.flatMap({ _ in ImageReference(model.reference ?? "").version }) else {
      // A floating tag was an old Go when a project without modules was written.
      let isOld = verb == "get" && remote && !run.workspace.listing.items.contains { $0.name == "go.mod" }
      return isOld ? nil : false
    }
    // Without modules only `go get` fetches anything.
    let hasModules =
      VersionOrder.compare(version, "1.11").map { $0 >= 0 } ?? true
      && run.workspace.listing.items.contains { $0.name == "go.mod" }
    if !hasModules, verb != "get" { return false }
    return (VersionOrder.compare(version, "1.13") ?? 0) < 0
  }

  /// Whether `go build` clones what go.mod requires: in module mode before Go 1.13, unless a proxy is named.
  private func compilesByVCS(_ model: StageModel) -> Bool {
    guard setting("GOPROXY") == nil, setting("GO111MODULE") != "off", let directory = state.directory,
      let version = model.base.flatMap({ _ in ImageReference(model.reference ?? "").version }),
      let isModular = VersionOrder.compare(version, "1.11"), isModular >= 0,
      let isOld = VersionOrder.compare(version, "1.13"), isOld < 0
    else { return false }
    // Below GOPATH modules are off by default until Go 1.13.
    guard setting("GO111MODULE") == "on" || Path.relative(directory, to: "/go/src") == nil else { return false }
    let words = command.words.map(\.outline)
    guard let module = moduleFolder(model), module.isThere == true, let project = module.project,
      !words.contains(where: { $0.contains("-mod=vendor") }),
      setting("GOFLAGS").map({ !$0.contains("-mod=vendor") }) ?? true,
      let manifest = run.workspace.file(Path.join(project, "go.mod"))
    else { return false }
    return String(decoding: manifest.bytes, as: UTF8.self).contains("require")
  }

  /// `go install example.com/tool@latest` and the like work without a module around them.
  private static func namesVersion(_ arguments: [String]) -> Bool {
    let targets = arguments.dropFirst().filter { !$0.hasPrefix("-") }
    return ["install", "run", "get"].contains(arguments.first) && !targets.isEmpty
      && targets.allSatisfy { $0.contains("@") }
  }

  /// Whether dependencies come from vendor/: because a flag says so, or because it is there and go.mod asks for Go 1.14 or later.
  private func isVendored(_ verb: String, _ arguments: [String], _ module: String?, _ model: StageModel) -> Bool {
    guard !verb.hasPrefix("mod-"), verb != "get" else { return false }
    let flags = arguments + (state.variable("GOFLAGS")?.value?.split(separator: " ").map(String.init) ?? [])
    if let flag = flags.last(where: { $0.hasPrefix("-mod=") || $0.hasPrefix("--mod=") }) {
      return flag.hasSuffix("=vendor")
    }
    guard let module, !module.isEmpty else { return false }
    let list = Path.join(module, "vendor/modules.txt")
    return model.files.values.contains { $0.source == list }
  }

  /// Whether it stands in a script or Makefile that the step calls.
  var isFollowed: Bool { state.depth > 0 }

  var toolCell: Cell { command.words.first.map { Cell("go", run.plan.place($0.range)) } ?? Cell("go") }

  /// What the command compiles for.
  func builtFor(_ model: StageModel) -> GoBuildContext { context(Options(command.arguments.map(\.outline)), model) }

  /// `build`, `mod-download`; nil for options alone.
  private static func verb(_ arguments: [String]) -> String? {
    let words = arguments.filter { !$0.hasPrefix("-") }
    guard let first = words.first else { return nil }
    return first == "mod" || first == "work" ? words.dropFirst().first.map { "\(first)-\($0)" } : first
  }

  private static let needsModule: Set<String> = [
    "build", "install", "get", "run", "test", "generate", "vet", "mod-download", "mod-verify", "mod-tidy", "mod-vendor",
  ]
  private static let fetching: Set<String> = [
    "build", "get", "mod-download", "mod-tidy", "mod-vendor", "install", "test",
  ]

  /// The folder of the project whose go.mod the command reads; `isThere` is nil where that cannot be said.
  private func moduleFolder(_ model: StageModel) -> (project: String?, isThere: Bool?)? {
    guard let directory = state.directory else { return (nil, nil) }
    var folder = directory
    while true {
      if let file = model.files[Path.join(folder, "go.mod")], !file.isDirectory {
        return (file.source.map(Path.parent), true)
      }
      if folder == "/" { break }
      folder = Path.parent(folder)
    }
    return ("", model.isUnderstood ? false : nil)
  }

  // MARK: go build

  /// - Returns: the programs of the project that it compiles.
  private func compile(_ verb: String, _ arguments: [String], _ module: String?, _ model: inout StageModel)
    -> [GoProgram]
  {
    let options = Options(arguments)
    var programs: [GoProgram] = []
    for target in targets(options, module, model) {
      guard !target.contains("@") else { continue }
      // What is compiled depends on something that nobody knows here.
      guard !target.contains("$") else {
        model.makesUnknownFiles = true
        continue
      }
      let package = packageFolder(target, module, model)
      let context = context(options, model)
      let program = package.flatMap { run.go.program($0, context) }
      if let program { programs.append(program) }
      let kind = kind(target, package, context, model)
      // What is compiled of a library is thrown away, unless -o names a file for it.
      if kind == "archive", options.output.map({ $0.hasSuffix("/") }) ?? true { continue }
      guard let path = output(verb, target, package, options, model) else {
        model.makesUnknownFiles = true
        continue
      }
      let linkage = linkage(program, options, context, model)
      let built = BuiltProgram(
        path: path, stage: model.index, order: state.order,
        tool: command.words.first.map { Cell("go", run.plan.place($0.range)) } ?? .unknown, package: package,
        kind: kind, packagePlace: word(target).flatMap { run.plan.place($0.range) },
        like: like(target, package, module, context, model), hasCompiler: hasCompiler(model),
        libc: model.base?["libc"], isDynamic: linkage.isDynamic, isPresumed: linkage.isPresumed,
        cgo: switchCell ?? Cell(context.cgo ? "on" : "off"), architecture: architecture(),
        place: run.plan.place(command.range))
      model.programs.append(built)
      model.put(
        HeldFile(
          path: path, origin: .run, source: path, stage: model.index, mode: 0o755, order: state.order,
          place: run.plan.place(command.range)))
    }
    return programs
  }

  /// The packages that are compiled; `./cmd/...` means every program below.
  private func targets(_ options: Options, _ module: String?, _ model: StageModel) -> [String] {
    let written = options.targets.isEmpty ? ["."] : options.targets
    return written.flatMap { target -> [String] in
      guard target.hasSuffix("/..."), let folder = packageFolder(String(target.dropLast(4)), module, model) else {
        return [target]
      }
      let programs = run.go.project.programs(in: context(options, model)).map(\.directory)
      return programs.compactMap {
        Path.relative($0.isEmpty ? "." : $0, to: folder).map { Path.join(String(target.dropLast(4)), $0) }
      }
      .map { $0.hasPrefix("/") || $0 == "." ? $0 : "./" + $0 }
    }
  }

  private func word(_ text: String) -> ShellCommand.Word? { command.arguments.last { $0.text == text } }

  /// Whether a package is a program; none where its folder has no Go file, or the named file is not there.
  private func kind(_ target: String, _ package: String?, _ context: GoBuildContext, _ model: StageModel) -> String? {
    guard let package, !run.workspace.listing.isCutOff, !run.workspace.request.isPartial else { return nil }
    if target.hasSuffix(".go") {
      let path = Path.join(package, Path.name(target))
      if !run.workspace.listing.contains(path) { return run.workspace.made.mayMake(path) ? nil : "none" }
    }
    guard let found = run.go.package(package) else { return run.workspace.made.mayMake(package) ? nil : "none" }
    return found.isMain(in: context) ? "program" : "archive"
  }

  /// The only program of the module, as an argument would name it; nil where there are several, or the target is one.
  private func like(
    _ target: String, _ package: String?, _ module: String?, _ context: GoBuildContext, _ model: StageModel
  ) -> String? {
    guard let module, let package, run.go.package(package)?.isMain(in: context) != true else { return nil }
    let programs = run.go.project.programs(in: context).map { $0.directory.isEmpty ? "." : $0.directory }
      .filter { run.go.moduleFolder(of: $0) == module }
    let same = programs.filter { Path.name($0) == Path.name(package) }
    guard let only = programs.count == 1 ? programs.first : same.count == 1 ? same.first : nil,
      let below = Path.relative(only, to: module)
    else { return nil }
    return below == "." ? "." : "./" + below
  }

  private func hasCompiler(_ model: StageModel) -> Bool? {
    if ["gcc", "build-base", "clang", "build-essential", "alpine-sdk", "g++", "tcc"].contains(where: model.has) {
      return true
    }
    return model.base == nil || !model.isUnderstood ? nil : false
  }

  /// The folder in the project that a package argument means: `.`, `./cmd/x`, `cmd/x/main.go`, `example.com/m/cmd/x`.
  private func packageFolder(_ target: String, _ module: String?, _ model: StageModel) -> String? {
    guard let directory = state.directory else { return nil }
    guard let module, !module.isEmpty else { return folder(of: target, in: directory, model) }
    let isLocal = target.hasPrefix(".") || target.hasPrefix("/") || target.hasSuffix(".go")
    guard isLocal else {
      let name = run.go.modules.first { Path.parent($0.source.path) == module }?.module?.text
      guard let name, target == name || target.hasPrefix(name + "/") else { return nil }
      return Path.join(module, String(target.dropFirst(name.count + 1)))
    }
    let path = Path.join(directory, target.hasSuffix(".go") ? Path.parent(target) : target)
    let root = model.place(of: Path.join(module, "go.mod"), above: directory)
    guard let root, let below = Path.relative(path, to: Path.parent(root)) else { return nil }
    return Path.join(module, below)
  }

  /// The folder of the project that a package without a module was copied from, by one of its Go files.
  private func folder(of target: String, in directory: String, _ model: StageModel) -> String? {
    guard target.hasPrefix(".") || target.hasSuffix(".go") else { return nil }
    let path = Path.join(directory, target.hasSuffix(".go") ? Path.parent(target) : target)
    let files = model.files.values.filter {
      !$0.isDirectory && $0.path.hasSuffix(".go") && Path.parent($0.path) == path && $0.projectFile != nil
    }
    let file = files.min { $0.path < $1.path }
    return file?.projectFile.map(Path.parent)
  }

  /// Where the program is written to.
  private func output(
    _ verb: String, _ target: String, _ package: String?, _ options: Options, _ model: StageModel
  ) -> String? {
    guard let directory = state.directory else { return nil }
    let name =
      target.hasSuffix(".go")
      ? String(Path.name(target).dropLast(3)) : nameOutsideOfModules(target, directory) ?? name(of: package)
    if verb == "install" {
      guard let name else { return nil }
      let folder = state.variable("GOBIN")?.value ?? Path.join(state.variable("GOPATH")?.value ?? "/go", "bin")
      return Path.join(folder, name)
    }
    guard let output = options.output else { return name.map { Path.join(directory, $0) } }
    if output.contains("$") { return nil }
    let path = Path.join(directory, output)
    if output.hasSuffix("/") || model.files[path]?.isDirectory == true { return name.map { Path.join(path, $0) } }
    return path
  }

  /// Below GOPATH/src the last folder of the image gives the name, whatever the project calls it.
  private func nameOutsideOfModules(_ target: String, _ directory: String) -> String? {
    guard target.hasPrefix("."), run.go.modules.isEmpty, !target.contains("...") else { return nil }
    let sources = Path.join(state.variable("GOPATH")?.value ?? "/go", "src")
    let folder = Path.join(directory, target)
    return Path.relative(folder, to: sources).flatMap { $0 == "." ? nil : Path.name($0) }
  }

  /// The name of the program of a package: the last part of its import path.
  private func name(of package: String?) -> String? {
    guard let package else { return nil }
    guard let module = run.go.moduleFolder(of: package), module == Path.clean(package) else {
      return Path.name(package)
    }
    let file = run.go.modules.first { Path.parent($0.source.path) == module }
    guard let name = file?.module?.text else { return nil }
    let parts = name.split(separator: "/")
    // A major version is no name: example.com/tool/v2 builds `tool`.
    if let last = parts.last, last.first == "v", Int(last.dropFirst()) != nil, parts.count > 1 {
      return String(parts[parts.count - 2])
    }
    return parts.last.map(String.init)
  }

  // MARK: Platform

  /// The processor that GOARCH names. A value that comes from the platform of the build follows it.
  private func architecture() -> Cell {
    let own = command.assignments.first { $0.name == "GOARCH" }
    let written = run.step.environment["GOARCH"]
    let inStep = state.variable("GOARCH").flatMap { $0.place == nil ? nil : $0 }
    let cell =
      own.map { Cell($0.value.text, run.plan.place($0.value.range)) } ?? inStep
      ?? written.map { Cell($0.value, $0.range.flatMap(run.plan.place)) }
    guard let cell, let name = cell.value, !name.isEmpty else { return Cell("native") }
    if let place = cell.place, let file = place.file.flatMap(run.workspace.file), file.text(place.range).contains("$") {
      return Cell("native", place)
    }
    return cell.place == nil ? Cell("native") : cell
  }

  // MARK: Linkage

  /// What the build is for. cgo is off where there is no C compiler, and where it compiles for another platform.
  private func context(_ options: Options, _ model: StageModel) -> GoBuildContext {
    var context = GoBuildContext(tags: options.tags)
    context.system = setting("GOOS") ?? "linux"
    context.architecture = setting("GOARCH") ?? "amd64"
    let version = ImageReference(model.reference ?? "").version.flatMap(VersionOrder.numbers)
    if model.base?.family == "golang", let version, version.count > 1 { context.minorVersion = version[1] }
    let compiler = hasCompiler(model) ?? false
    let switched = setting("CGO_ENABLED")
    let isOld = context.minorVersion.map { $0 < 20 } ?? false
    context.cgo = switched.map { $0 == "1" } ?? (context.system == "linux" && (compiler || isOld))
    return context
  }

  /// The value of CGO_ENABLED where it is written: before the command, in the step, in the stage.
  private var switchCell: Cell? {
    if let own = command.assignments.first(where: { $0.name == "CGO_ENABLED" }) {
      return Cell(own.value.text, run.plan.place(own.value.range))
    }
    return state.variable("CGO_ENABLED")
      ?? run.step.environment["CGO_ENABLED"].map { variable in
        Cell(variable.value, variable.range.flatMap(run.plan.place))
      }
  }

  /// Whether the go command may fetch another toolchain. Without GOTOOLCHAIN it may: `auto` is the default
  /// (https://go.dev/doc/toolchain#select).
  private func toolchain(_ model: StageModel) -> Cell {
    let name = "GOTOOLCHAIN"
    if let own = command.assignments.first(where: { $0.name == name }) {
      return Cell(own.value.text.map { $0 == "local" ? "local" : "any" }, run.plan.place(own.value.range))
    }
    if let given = state.variables[name] {
      return Cell(given.value.map { $0 == "local" ? "local" : "any" }, given.place)
    }
    guard let variable = run.step.environment[name] else { return model.base == nil ? .unknown : "any" }
    return Cell(
      variable.value.map { $0 == "local" ? "local" : "any" }, variable.range.flatMap(run.plan.place))
  }

  func setting(_ name: String) -> String? {
    if let own = command.assignments.first(where: { $0.name == name }) { return own.value.text }
    return state.variable(name)?.value.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether the program needs a C library and its loader when it starts.
  private func linkage(
    _ program: GoProgram?, _ options: Options, _ context: GoBuildContext, _ model: StageModel
  ) -> (isDynamic: Bool?, isPresumed: Bool) {
    if !context.cgo { return (false, false) }
    if options.isStatic { return (false, false) }
    guard let program else { return (nil, true) }
    if program.imports.keys.contains("C") { return (true, false) }
    let pureNames = options.tags.contains("netgo")
    let pureUsers = options.tags.contains("osusergo")
    let standard = program.imports.keys.filter(GoProject.isStandard)
    if !pureNames, standard.contains(where: GoImports.reachesNet) { return (true, false) }
    if !pureUsers, standard.contains("os/user") { return (true, false) }
    let foreign = program.imports.keys.contains { !GoProject.isStandard($0) }
    return foreign && !(pureNames && pureUsers) ? (nil, true) : (false, false)
  }

  /// The flags of `go build`.
  struct Options {
    private(set) var output: String?
    private(set) var tags: Set<String> = []
    private(set) var isStatic = false
    private(set) var targets: [String] = []

    init(_ arguments: [String]) {
      var rest = arguments.dropFirst()[...]
      while let word = rest.popFirst() {
        guard word.hasPrefix("-") else {
          targets.append(word)
          continue
        }
        let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1)
        let name = parts.first.map(String.init) ?? ""
        let takesValue = Self.valued.contains(name)
        let value = parts.count > 1 ? String(parts[1]) : takesValue ? rest.popFirst() : nil
        switch name {
        case "o": output = value
        case "tags": tags = Set(value?.split { $0 == "," || $0 == " " }.map(String.init) ?? [])
        case "ldflags": isStatic = value?.contains("-static") ?? false
        default: break
        }
      }
    }

    private static let valued: Set<String> = [
      "o", "tags", "ldflags", "gcflags", "asmflags", "mod", "modfile", "p", "buildmode", "compiler", "overlay", "pgo",
      "pkgdir",
      "toolexec", "installsuffix", "C", "buildvcs", "covermode", "coverpkg",
    ]
  }
}

/// Which packages of Go's standard library lead to package net, and with cgo on to the C library.
enum GoImports {
  /// Source: `go list -deps`; crypto/x509 and what stands on it use net for addresses in certificates.
  static func reachesNet(_ path: String) -> Bool {
    if path == "net" || path.hasPrefix("net/") { return !["net/netip", "net/url"].contains(path) }
    return ["crypto/tls", "crypto/x509", "expvar", "log/syslog", "golang.org/x/net"].contains(path)
  }

  /// What an import brings in; nil when it needs no C library.
  static func kind(_ path: String) -> String? {
    if path == "C" { return "cgo" }
    if CgoModules.contains(path) { return "cgo-only" }
    if path == "os/user" { return "user" }
    return reachesNet(path) ? "net" : nil
  }
}

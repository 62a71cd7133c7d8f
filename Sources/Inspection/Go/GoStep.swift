import ProgramSource
import SourceText

/// What a call of the go command does to a stage.
struct GoStep {
  let run: RunStep
  let command: ShellCommand
  let state: RunStep.State

  func perform(on model: inout StageModel) {
    let arguments = command.arguments.compactMap(\.text)
    guard let verb = Self.verb(arguments) else { return }
    var entry = run.stageCommand(command, verb: verb, state, model)
    let module = moduleFolder(model)
    entry.module = module?.project
    entry.manifest = Self.needsModule.contains(verb) ? module?.isThere : nil
    entry.fetches = Self.fetching.contains(verb)
    model.commands.append(entry)
    if verb == "build" || verb == "install", let module { compile(verb, arguments, module.project, &model) }
  }

  /// `build`, `mod-download`; nil for options alone.
  private static func verb(_ arguments: [String]) -> String? {
    let words = arguments.filter { !$0.hasPrefix("-") }
    guard let first = words.first else { return nil }
    return first == "mod" || first == "work" ? words.dropFirst().first.map { "\(first)-\($0)" } : first
  }

  private static let needsModule: Set<String> = [
    "build", "install", "get", "run", "test", "generate", "vet", "mod-download", "mod-verify", "mod-tidy", "mod-vendor",
  ]
  private static let fetching: Set<String> = ["build", "get", "mod-download", "mod-tidy", "mod-vendor", "install", "test"]

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

  private func compile(_ verb: String, _ arguments: [String], _ module: String?, _ model: inout StageModel) {
    let options = Options(arguments)
    for target in options.targets.isEmpty ? ["."] : options.targets {
      guard !target.contains("@") else { continue }
      let package = packageFolder(target, module, model)
      let context = context(options, model)
      let program = package.flatMap { run.go.program($0, context) }
      guard let path = output(verb, target, package, options, model) else {
        model.isUnderstood = false
        continue
      }
      let linkage = linkage(program, options, context, model)
      let built = BuiltProgram(
        path: path, stage: model.index, order: state.order,
        tool: command.words.first.map { Cell("go", run.plan.place($0.range)) } ?? .unknown, package: package,
        isProgram: package.flatMap { run.go.package($0) }?.isMain(in: context),
        libc: model.base?["libc"], isDynamic: linkage.isDynamic, isPresumed: linkage.isPresumed,
        cgo: state.variable("CGO_ENABLED") ?? Cell(context.cgo ? "on" : "off"),
        place: run.plan.place(command.range))
      model.programs.append(built)
      model.put(
        HeldFile(
          path: path, origin: .run, source: path, stage: model.index, mode: 0o755, order: state.order,
          place: run.plan.place(command.range)))
    }
  }

  /// The folder in the project that a package argument means: `.`, `./cmd/x`, `cmd/x/main.go`, `example.com/m/cmd/x`.
  private func packageFolder(_ target: String, _ module: String?, _ model: StageModel) -> String? {
    guard let directory = state.directory, let module, !module.isEmpty else { return nil }
    let isLocal = target.hasPrefix(".") || target.hasPrefix("/") || target.hasSuffix(".go")
    guard isLocal else {
      let name = run.go.modules.first { Path.parent($0.source.path) == module }?.module?.text
      guard let name, target == name || target.hasPrefix(name + "/") else { return nil }
      return Path.join(module, String(target.dropFirst(name.count + 1)))
    }
    let path = Path.join(directory, target.hasSuffix(".go") ? Path.parent(target) : target)
    let root = model.files.values.first { !$0.isDirectory && $0.source == Path.join(module, "go.mod") }?.path
    guard let root, let below = Path.relative(path, to: Path.parent(root)) else { return nil }
    return Path.join(module, below)
  }

  /// Where the program is written to.
  private func output(
    _ verb: String, _ target: String, _ package: String?, _ options: Options, _ model: StageModel
  ) -> String? {
    guard let directory = state.directory else { return nil }
    let name = target.hasSuffix(".go") ? String(Path.name(target).dropLast(3)) : name(of: package)
    if verb == "install" {
      guard let name else { return nil }
      let folder = state.variable("GOBIN")?.value ?? Path.join(state.variable("GOPATH")?.value ?? "/go", "bin")
      return Path.join(folder, name)
    }
    guard let output = options.output else { return name.map { Path.join(directory, $0) } }
    let path = Path.join(directory, output)
    if output.hasSuffix("/") || model.files[path]?.isDirectory == true { return name.map { Path.join(path, $0) } }
    return path
  }

  /// The name of the program of a package: the last part of its import path.
  private func name(of package: String?) -> String? {
    guard let package else { return nil }
    guard let module = run.go.moduleFolder(of: package), module == Path.clean(package) else { return Path.name(package) }
    let file = run.go.modules.first { Path.parent($0.source.path) == module }
    guard let name = file?.module?.text else { return nil }
    let parts = name.split(separator: "/")
    // A major version is no name: example.com/tool/v2 builds `tool`.
    if let last = parts.last, last.first == "v", Int(last.dropFirst()) != nil, parts.count > 1 {
      return String(parts[parts.count - 2])
    }
    return parts.last.map(String.init)
  }

  // MARK: Linkage

  /// What the build is for. cgo is off where there is no C compiler, and where it compiles for another platform.
  private func context(_ options: Options, _ model: StageModel) -> GoBuildContext {
    var context = GoBuildContext(tags: options.tags)
    context.system = setting("GOOS") ?? "linux"
    context.architecture = setting("GOARCH") ?? "amd64"
    let version = ImageReference(model.reference ?? "").version.flatMap(VersionOrder.numbers)
    if model.base?.family == "golang", let version, version.count > 1 { context.minorVersion = version[1] }
    let compiler = model.has("gcc") || model.has("build-base") || model.has("clang") || model.has("build-essential")
    let switched = setting("CGO_ENABLED")
    let isOld = context.minorVersion.map { $0 < 20 } ?? false
    context.cgo = switched.map { $0 == "1" } ?? (context.system == "linux" && (compiler || isOld))
    return context
  }

  private func setting(_ name: String) -> String? {
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
      "o", "tags", "ldflags", "gcflags", "asmflags", "mod", "modfile", "p", "buildmode", "compiler", "overlay", "pgo", "pkgdir",
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
    if path == "os/user" { return "user" }
    return reachesNet(path) ? "net" : nil
  }
}

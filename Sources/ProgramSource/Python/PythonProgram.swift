import SourceText

/// What a Python program does, from the file that is run on through every module of the project that it imports.
public struct PythonProgram: Sendable {
  public let entry: String
  /// The paths of all files that it is made of, the first one first.
  public let files: [String]
  /// Every module that is not among the files, with each place where it is imported.
  public let imports: [String: [SourcePlace]]
  public let listeners: [Listener]
  public let signals: [SignalHandler]
  public let variables: [VariableUse]
  public let hosts: [HostUse]
  public let fileUses: [FileUse]
  public let zones: [ZoneUse]
  public let commands: [CommandUse]

  /// Reads the program that starts with the file `entry`. Nil where that is not given.
  public init?(_ sources: [SourceFile], entry: String) {
    let known = Dictionary(sources.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    guard let first = known[entry] else { return nil }
    var files: [ScriptFile] = []
    var settings: [[PythonSetting]] = []
    var paths: [String: Int] = [:]
    var imports: [String: [SourcePlace]] = [:]
    var rest = [first]
    var seen: Set<Int> = [first]
    while !rest.isEmpty {
      let (file, fields) = PythonFileReader.read(sources[rest.removeFirst()])
      paths[file.path] = files.count
      files.append(file)
      settings.append(fields)
      for one in file.imports {
        // `from package import module` names a file, too.
        let inner = one.name.flatMap { PythonLanguage.submodule($0, of: one.module) }
        let targets = [one.module, inner].compactMap { $0 }.compactMap {
          PythonLanguage.resolve($0, from: file, in: known)
        }
        for target in targets where seen.insert(target).inserted { rest.append(target) }
        if targets.isEmpty { imports[one.module, default: []].append(file.place(one.range)) }
      }
    }
    let findings = ScriptFindings<PythonLanguage>(files, paths)
    self.entry = entry
    self.files = files.map(\.path)
    self.imports = imports
    listeners = PythonListeners(findings: findings).find()
    let needs = PythonNeeds(findings: findings, settings: settings)
    signals = needs.signals()
    variables = needs.variables()
    hosts = PythonHosts(findings: findings).find()
    fileUses = needs.files()
    zones = needs.zones()
    commands = needs.commands()
  }
}

/// The settings of a gunicorn configuration file: https://docs.gunicorn.org/en/stable/settings.html
public struct GunicornConfiguration: Sendable {
  public let host: Traced<String>
  public let port: Traced<Int>

  /// Reads `gunicorn.conf.py` or a file that the command line names. Without `bind`: 127.0.0.1:8000, or `$PORT` on every
  /// address where that is set.
  public init(_ source: SourceFile) {
    let (file, _) = PythonFileReader.read(source)
    var evaluator = ScriptEvaluator<PythonLanguage>([file], [source.path: 0])
    let around = SourcePlace(source.path, ByteRange(at: 0))
    guard let bind = file.bindings(of: "bind", at: source.bytes.count).last else {
      host = Traced(.known("127.0.0.1", around), byFramework: true)
      port = Traced(.known(8000, around), setters: [Setter(.variable, "PORT", around)], byFramework: true)
      return
    }
    var value = evaluator.variable("bind", [], at: source.bytes.count, in: 0)
    if case .list(let elements, _) = value, let first = elements.first { value = evaluator.value(first, in: 0) }
    let place = file.place(bind.value?.range ?? bind.name.range)
    let split = value.pieces.splitAddress()
    host = (split?.host ?? value.pieces).traced(around: place).withoutBrackets
    port = split?.port.traced(around: place).port ?? Traced(.unknown(.malformed))
  }
}

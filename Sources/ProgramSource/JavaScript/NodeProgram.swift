import SourceText

/// What a Node.js program does, from its first file on through everything that it imports by a relative path.
public struct NodeProgram: Sendable {
  /// The first file.
  public let entry: String
  /// The paths of all files that it is made of, the first one first.
  public let files: [String]
  /// Every module that is not among the files, with each place where it is imported; without `node:`.
  public let imports: [String: [SourcePlace]]
  /// Modules imported by a relative path that is not among the given files.
  public let missing: [SourcePlace]
  public let listeners: [Listener]
  public let signals: [SignalHandler]
  public let shutdowns: [ShutdownCall]
  public let variables: [VariableUse]
  public let hosts: [HostUse]
  public let fileUses: [FileUse]
  public let commands: [CommandUse]

  /// Reads the program that starts with `entry`, a path as Node.js takes it: the suffix may be missing.
  /// Nil where no such file is given.
  public init?(_ sources: [SourceFile], entry: String) {
    let known = Dictionary(sources.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    let names = JavaScriptLanguage.suffixes.map { entry + $0 }
    guard let first = names.lazy.compactMap({ known[$0] }).first else { return nil }
    var files: [ScriptFile] = []
    var paths: [String: Int] = [:]
    var rest = [first]
    var seen: Set<Int> = [first]
    var imports: [String: [SourcePlace]] = [:]
    var missing: [SourcePlace] = []
    while !rest.isEmpty {
      let source = sources[rest.removeFirst()]
      let file = source.path.hasSuffix(".json") ? ScriptFile(json: source) : JavaScriptFileReader.read(source)
      paths[source.path] = files.count
      files.append(file)
      for one in file.imports {
        if let target = JavaScriptLanguage.resolve(one.module, from: file, in: known) {
          if seen.insert(target).inserted { rest.append(target) }
        } else if one.module.hasPrefix(".") {
          missing.append(file.place(one.range))
        } else {
          let name = one.module.hasPrefix("node:") ? String(one.module.dropFirst(5)) : one.module
          imports[name, default: []].append(file.place(one.range))
        }
      }
    }
    let findings = ScriptFindings<JavaScriptLanguage>(files, paths)
    self.entry = sources[first].path
    self.files = files.map(\.path)
    self.imports = imports
    self.missing = missing
    listeners = NodeListeners(findings: findings).find()
    let stopping = NodeStopping(findings: findings)
    signals = stopping.handlers()
    shutdowns = stopping.shutdowns()
    variables = NodeNeeds(findings: findings).variables()
    hosts = NodeHosts(findings: findings).find()
    fileUses = NodeNeeds(findings: findings).files()
    commands = NodeNeeds(findings: findings).commands()
  }
}

extension ScriptFile {
  /// A JSON file as a module: its value is its export.
  init(json source: SourceFile) {
    self.init(source: source)
    let scanned = JavaScriptScanner.scan(source.bytes)
    var parser = JavaScriptParser(bytes: source.bytes, scanned: scanned)
    exports[""] = parser.expression()
  }
}

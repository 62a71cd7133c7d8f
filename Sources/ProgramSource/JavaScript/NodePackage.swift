import SourceText

/// A package.json: https://docs.npmjs.com/cli/configuring-npm/package-json
public struct NodePackage: Sendable {
  public struct Dependency: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      case dependencies, devDependencies, peerDependencies, optionalDependencies
    }

    public var kind: Kind
    public var name: SpelledText
    public var version: SpelledText
  }

  public let document: JSONDocument
  private var root: JSONValue { document.root }

  public init(_ source: SourceFile) { document = JSONDocument(source) }

  public var source: SourceFile { document.source }
  public var problems: [SourceProblem] { document.problems }
  public var name: SpelledText? { root["name"]?.spelled }
  public var version: SpelledText? { root["version"]?.spelled }
  /// The first file, as `require` and `node .` take it.
  public var main: SpelledText? { root["main"]?.spelled }
  /// `module` or `commonjs`.
  public var type: SpelledText? { root["type"]?.spelled }
  /// The package manager with its version, as corepack reads it: `pnpm@9.1.0`.
  public var packageManager: SpelledText? { root["packageManager"]?.spelled }
  public var isPrivate: Bool { root["private"]?.boolean ?? false }

  /// The commands by name, in the order of the file.
  public var scripts: [(name: SpelledText, command: SpelledText)] { pairs("scripts").map { ($0, $1) } }
  /// Version ranges by program: `node`, `npm`, `pnpm`.
  public var engines: [(name: SpelledText, range: SpelledText)] { pairs("engines").map { ($0, $1) } }

  public func script(_ name: String) -> SpelledText? { root["scripts"]?[name]?.spelled }
  public func engine(_ name: String) -> SpelledText? { root["engines"]?[name]?.spelled }

  public var dependencies: [Dependency] {
    Dependency.Kind.allCases.flatMap { kind in
      pairs(kind.rawValue).map { Dependency(kind: kind, name: $0, version: $1) }
    }
  }

  public func depends(on name: String) -> Bool { dependencies.contains { $0.name.text == name } }

  /// The folders of a workspace, as patterns.
  public var workspaces: [SpelledText] {
    let value = root["workspaces"]
    return (value?["packages"] ?? value)?.elements.compactMap(\.spelled) ?? []
  }

  private func pairs(_ key: String) -> [(SpelledText, SpelledText)] {
    root[key]?.members.compactMap { member in member.value.spelled.map { (member.key, $0) } } ?? []
  }
}

/// The files that fix the versions of a Node.js project's dependencies.
public enum NodeLockFile: String, Hashable, Sendable, CaseIterable {
  case npm = "package-lock.json"
  case shrinkwrap = "npm-shrinkwrap.json"
  case yarn = "yarn.lock"
  case pnpm = "pnpm-lock.yaml"
  case bun = "bun.lockb"
  case bunText = "bun.lock"

  /// The lock file that a path names; nil for any other file.
  public init?(path: String) {
    self.init(rawValue: path.split(separator: "/").last.map(String.init) ?? "")
  }

  /// The program that reads it.
  public var tool: String {
    switch self {
    case .npm, .shrinkwrap: "npm"
    case .yarn: "yarn"
    case .pnpm: "pnpm"
    case .bun, .bunText: "bun"
    }
  }
}

/// Where the development server of a build tool listens, by its configuration file.
///
/// Sources: https://vite.dev/config/server-options, https://webpack.js.org/configuration/dev-server,
/// https://angular.dev/cli/serve, https://cli.vuejs.org/config/#devserver, https://nuxt.com/docs/api/nuxt-config#devserver
public struct DevelopmentServer: Sendable {
  public enum Tool: String, Hashable, Sendable, CaseIterable {
    case vite, webpack, angular, vue, nuxt
  }

  public let tool: Tool
  /// The host; by the tool's default only this machine, for vue every address.
  public let host: Traced<String>
  public let port: Traced<Int>
  public let problems: [SourceProblem]

  /// Reads `vite.config.*`, `webpack.config.*`, `vue.config.js`, `nuxt.config.*` or `angular.json`. Nil for another file.
  public init?(_ source: SourceFile) {
    let name = source.path.split(separator: "/").last.map(String.init) ?? ""
    let stem = name.split(separator: ".").first.map(String.init) ?? ""
    let around = SourcePlace(source.path, ByteRange(at: 0))
    var values: (host: [TextPiece]?, port: [TextPiece]?)
    switch (stem, name) {
    case ("angular", "angular.json"):
      tool = .angular
      let document = JSONDocument(source)
      problems = document.problems
      values = Self.angular(document, source)
    case ("vite", let name) where name.hasPrefix("vite.config."):
      (tool, problems, values) = Self.read(source, .vite, ["server"])
    case ("webpack", _): (tool, problems, values) = Self.read(source, .webpack, ["devServer"])
    case ("vue", "vue.config.js"): (tool, problems, values) = Self.read(source, .vue, ["devServer"])
    case ("nuxt", let name) where name.hasPrefix("nuxt.config."):
      (tool, problems, values) = Self.read(source, .nuxt, ["devServer"])
    default: return nil
    }
    let ports: [Tool: Int] = [.vite: 5173, .webpack: 8080, .angular: 4200, .vue: 8080, .nuxt: 3000]
    let fallback = Traced<String>(.known(tool == .vue ? "" : "localhost", around), byFramework: true)
    host = values.host.map { $0.traced(around: around) } ?? fallback
    port =
      values.port.map { $0.traced(around: around).port }
      ?? Traced(ports[tool].map { .known($0, around) } ?? .unknown(.library), byFramework: true)
  }

  private static func read(_ source: SourceFile, _ tool: Tool, _ path: [String]) -> (
    Tool, [SourceProblem], (host: [TextPiece]?, port: [TextPiece]?)
  ) {
    let file = JavaScriptFileReader.read(source)
    var evaluator = ScriptEvaluator<JavaScriptLanguage>([file], [source.path: 0])
    func pieces(_ key: String) -> [TextPiece]? {
      guard let exported = file.exports["default"] ?? file.exports[""] else { return nil }
      var value = evaluator.value(exported, in: 0)
      // `export default defineConfig({…})`, also with a function that returns the object.
      if case .call(_, let arguments) = exported.kind, let first = arguments.first?.value {
        value = configuration(first, file, &evaluator)
      }
      if case .function = exported.kind { value = configuration(exported, file, &evaluator) }
      let found = evaluator.member(path + [key], of: value)
      switch found {
      case .unknown(.undeclared, _), .unknown(.computed, []): return nil
      case .boolean(let isEvery, let place): return key == "host" && isEvery ? [TextPiece(text: "", place: place)] : nil
      default: return found.pieces
      }
    }
    return (tool, file.problems, (pieces("host"), pieces("port")))
  }

  private static func configuration(
    _ expression: ScriptExpression, _ file: ScriptFile, _ evaluator: inout ScriptEvaluator<JavaScriptLanguage>
  ) -> ScriptValue {
    guard case .function = expression.kind,
      let function = file.functions.first(where: { $0.start == expression.range.start }),
      let result = function.returns.last
    else { return evaluator.value(expression, in: 0) }
    return evaluator.value(result, in: 0)
  }

  private static func angular(_ document: JSONDocument, _ source: SourceFile) -> (
    host: [TextPiece]?, port: [TextPiece]?
  ) {
    for project in document.root["projects"]?.members ?? [] {
      let options = (project.value["architect"] ?? project.value["targets"])?["serve"]?["options"]
      func pieces(_ key: String) -> [TextPiece]? {
        guard let value = options?[key] else { return nil }
        let text = value.string ?? value.integer.map { String($0) }
        return [TextPiece(text: text, place: SourcePlace(source.path, value.content), isVerbatim: true)]
      }
      if options != nil { return (pieces("host"), pieces("port")) }
    }
    return (nil, nil)
  }
}

import ComposeSyntax
import DockerfileSyntax
import SourceText

/// The scripts of a package.json, and what is known of them without running them.
struct PackageScripts {
  private let file: SourceFile
  private let scripts: YAMLNode?

  init(_ file: SourceFile) {
    self.file = file
    scripts = YAMLFile(file).root?["scripts"]
  }

  /// Scripts deeper in each other than this are a circle.
  private static let limit = 8

  /// The commands of a script, with those of the scripts that it calls; nil where it has no such script.
  func commands(_ name: String, depth: Int = 0) -> [ShellCommand]? {
    guard depth < Self.limit, let text = scripts?[name]?.scalar?.value else { return nil }
    return ShellCommands(Shell.Script(Array(text.utf8))).commands.filter { !$0.words.isEmpty }.flatMap { command in
      inner(command).flatMap { commands($0, depth: depth + 1) } ?? [command]
    }
  }

  /// What an installation calls by itself, with the place of the script.
  ///
  /// https://docs.npmjs.com/cli/using-npm/scripts#life-cycle-operation-order
  var lifecycle: [(place: Place, command: ShellCommand)] {
    ["preinstall", "install", "postinstall", "prepare"].flatMap { name -> [(place: Place, command: ShellCommand)] in
      guard let range = scripts?[name]?.range else { return [] }
      let place = Place(file: file.path, range)
      let all = commands(name) ?? []
      // What stands in a condition is called only where it can be.
      if all.contains(where: { ["test", "[", "[["].contains($0.program) }) { return [] }
      return all.filter { !$0.isConditional }.map { (place, $0) }
    }
  }

  /// The script that a command calls: `npm run build`, `yarn build`.
  private func inner(_ command: ShellCommand) -> String? {
    guard let tool = command.program, ["npm", "yarn", "pnpm", "bun"].contains(tool) else { return nil }
    return Self.script(called: tool, command.arguments.compactMap(\.text))
  }

  /// The name of the script that a package manager is told to run; nil where it does something else.
  static func script(called tool: String, _ arguments: [String]) -> String? {
    let words = arguments.filter { !$0.hasPrefix("-") }
    guard let verb = words.first, words.count == arguments.count else { return nil }
    if verb == "run" || verb == "run-script" { return words.dropFirst().first }
    if tool == "npm" { return ["start", "test"].contains(verb) ? verb : nil }
    return tool == "yarn" || tool == "pnpm" ? verb : nil
  }

  // MARK: What a build makes

  /// The folders that a script makes, from the folder of its package; nil where it may write elsewhere too.
  ///
  /// - Parameter configuration: the text of a file beside package.json.
  func outputs(of script: String, _ configuration: (String) -> String?) -> [String]? {
    guard let all = commands(script), !all.isEmpty, scripts?["pre" + script] == nil, scripts?["post" + script] == nil
    else { return nil }
    var folders: [String] = []
    for command in all {
      guard let made = Self.outputs(command, configuration) else { return nil }
      folders += made
    }
    return folders
  }

  private static func outputs(_ command: ShellCommand, _ configuration: (String) -> String?) -> [String]? {
    var words = command.words.map { $0.text ?? "" }
    if ["cross-env", "npx", "env"].contains(words.first) {
      words = Array(words.dropFirst().drop { $0.contains("=") || $0.hasPrefix("-") })
    }
    func option(_ name: String) -> String? {
      words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
    switch words.first {
    // https://vite.dev/config/build-options#build-outdir
    case "vite":
      guard words.contains("build") else { return nil }
      if let folder = option("--outDir") { return [folder] }
      return setting("outDir", in: configurations("vite.config", configuration)).map { $0.isEmpty ? ["dist"] : [$0] }
    // https://create-react-app.dev/docs/production-build/
    case "react-scripts":
      return words.contains("build") && command.assignments.isEmpty && configuration(".env") == nil ? ["build"] : nil
    // https://cli.vuejs.org/config/#outputdir
    case "vue-cli-service":
      guard words.contains("build") else { return nil }
      if let folder = option("--dest") { return [folder] }
      return setting("outputDir", in: configurations("vue.config", configuration)).map { $0.isEmpty ? ["dist"] : [$0] }
    // https://nextjs.org/docs/app/api-reference/config/next-config-js/distDir
    case "next":
      let text = configurations("next.config", configuration)
      return words.contains("build") && !text.contains("distDir") && !text.contains("export") ? [".next"] : nil
    case "tsc", "vue-tsc":
      guard !words.contains("--outDir") else { return nil }
      let texts = ["tsconfig.json", "tsconfig.app.json", "tsconfig.node.json", "tsconfig.build.json"]
      return texts.contains { configuration($0)?.contains("outDir") == true } ? nil : []
    case "eslint", "prettier", "echo", "rimraf", "rm", "true": return []
    default: return nil
    }
  }

  private static func configurations(_ name: String, _ configuration: (String) -> String?) -> String {
    ["js", "ts", "mjs", "mts", "cjs"].compactMap { configuration("\(name).\($0)") }.joined(separator: "\n")
  }

  /// The text that a setting is given; empty where it is not mentioned, nil where it is worked out.
  private static func setting(_ name: String, in text: String) -> String? {
    guard let start = text.firstRange(of: name) else { return "" }
    let rest = text[start.upperBound...].drop { $0 == " " || $0 == ":" }
    guard let quote = rest.first, quote == "\"" || quote == "'", let end = rest.dropFirst().firstIndex(of: quote) else {
      return nil
    }
    return String(rest.dropFirst()[..<end])
  }
}

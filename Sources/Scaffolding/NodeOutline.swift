import Inspection
import ProgramSource
import SourceText

/// A Node.js package: started by its `start` script, or its main file.
struct NodeOutline {
  let project: ScaffoldProject

  func outline() throws(ScaffoldProblem) -> Outline {
    guard let manifest = project.tree.file("package.json") else {
      throw ScaffoldProblem("there is no package.json here; name the folder of the package")
    }
    let package = NodePackage(manifest)
    let command = try command(package)
    let install = Installation(project)
    let hasBuild = package.script("build") != nil
    var values = [
      "version": version(package), "install": hasBuild ? install.all : install.production, "command": command,
      "manifests": (["package.json"] + project.present(install.files + [".npmrc"])).joined(separator: " "),
      "cache": install.cache,
    ]
    if hasBuild { values["build"] = "\(install.run) build && \(install.prune)" }
    return Outline(
      name: ScaffoldProject.name(package.name?.text ?? "app"),
      template: hasBuild ? DockerfileTexts.nodeWithBuild : DockerfileTexts.node, values: values,
      ignored: ["node_modules", "npm-debug.log*", "coverage"]
        + (hasBuild ? project.present(["dist", "build", ".next"]) : []),
      defaultPort: "3000", needsInit: true)
  }

  /// The major version that `engines` asks for; for a range without an end, one that is supported for long.
  private func version(_ package: NodePackage) -> String {
    let current = 22
    guard let range = package.engine("node")?.text else { return String(current) }
    let isOpen = range.contains(">") && !range.contains("<")
    let digits = range.drop { !$0.isNumber }.prefix { $0.isNumber }
    guard let major = Int(digits), major > 0 else { return String(current) }
    return String(isOpen ? max(major, current) : major)
  }

  /// The program in exec form: a package manager as PID 1 would keep signals from it.
  private func command(_ package: NodePackage) throws(ScaffoldProblem) -> String {
    if let start = package.script("start")?.text {
      var words = start.split(separator: " ").map(String.init)
      while words.first == "cross-env" || words.first?.contains("=") == true { words.removeFirst() }
      let isPlain = !words.isEmpty && words.allSatisfy { word in !word.contains { "\"'&|;$<>()`*\\".contains($0) } }
      guard isPlain, let program = words.first else { return #"["npm", "start"]"# }
      let own = ["node", "npm", "npx", "yarn", "pnpm", "bun", "deno"].contains(program)
      return JSONList.of((own ? [program] : ["node_modules/.bin/\(program)"]) + words.dropFirst())
    }
    let files = [package.main?.text].compactMap { $0 } + ["server.js", "index.js", "app.js", "main.js", "src/index.js"]
    guard let file = files.first(where: project.has) else {
      throw ScaffoldProblem("package.json has neither a start script nor a main file that is there")
    }
    return JSONList.of(["node", Path.clean(file)])
  }

  /// How the package manager of a lock file installs.
  private struct Installation {
    let files: [String]
    let all: String
    let production: String
    let run: String
    let prune: String
    let cache: String

    init(_ project: ScaffoldProject) {
      if project.has("yarn.lock") {
        (files, run) = (["yarn.lock"], "yarn")
        (all, production) = ("yarn install --frozen-lockfile", "yarn install --frozen-lockfile --production")
        (prune, cache) = (
          "yarn install --frozen-lockfile --production --ignore-scripts",
          "--mount=type=cache,target=/usr/local/share/.cache/yarn "
        )
      } else if project.has("pnpm-lock.yaml") {
        (files, run) = (["pnpm-lock.yaml"], "pnpm run")
        (all, production) = (
          "corepack enable && pnpm install --frozen-lockfile",
          "corepack enable && pnpm install --frozen-lockfile --prod"
        )
        (prune, cache) = ("pnpm prune --prod", "--mount=type=cache,target=/root/.local/share/pnpm/store ")
      } else {
        let lock = project.present(["package-lock.json", "npm-shrinkwrap.json"])
        let verb = lock.isEmpty ? "install" : "ci"
        (files, run) = (lock, "npm run")
        (all, production) = ("npm \(verb)", "npm \(verb) --omit=dev")
        (prune, cache) = ("npm prune --omit=dev", "--mount=type=cache,target=/root/.npm ")
      }
    }
  }
}

/// A list of texts as JSON.
enum JSONList {
  static func of(_ words: [String]) -> String {
    let quoted = words.map { word in
      "\"" + word.unicodeScalars.map { "\"\\".unicodeScalars.contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
    }
    return "[" + quoted.joined(separator: ", ") + "]"
  }
}

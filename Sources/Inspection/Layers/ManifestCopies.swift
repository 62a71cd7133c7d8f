import DockerfileSyntax
import SourceText

/// The lines that would download the dependencies before the sources are copied.
struct ManifestCopies {
  let plan: BuildPlan
  let workspace: Workspace
  let layers: BuildLayers

  /// Nil where it cannot be said: the manifest lies elsewhere, or the working directory is not known.
  ///
  /// - Parameters:
  ///   - copy: the number of the layer that copies the sources.
  ///   - tool: the layer that downloads.
  func lines(before copy: Int, tool: Layer) -> String? {
    guard let context = plan.context, let name = tool.tools[.fetch] ?? tool.tools[.compile] else { return nil }
    let files: [String]
    let command: String
    switch name {
    case "go": (files, command) = (["go.mod", "go.sum"], "go mod download")
    case "npm":
      let hasLock = workspace.listing.contains(Path.join(context, "package-lock.json"))
      (files, command) = (
        ["package.json", "package-lock.json", ".npmrc"],
        hasLock && tool.text.contains("npm ci") ? "npm ci" : "npm install"
      )
    case "yarn": (files, command) = (["package.json", "yarn.lock"], "yarn install")
    case "pnpm": (files, command) = (["package.json", "pnpm-lock.yaml"], "pnpm install")
    case "pip", "pip3": (files, command) = (["requirements.txt"], "\(name) install -r requirements.txt")
    case "composer":
      (files, command) = (["composer.json", "composer.lock"], "composer install --no-scripts --no-autoloader")
    case "bundle": (files, command) = (["Gemfile", "Gemfile.lock"], "bundle install")
    default: return nil
    }
    let there = files.filter { workspace.listing.contains(Path.join(context, $0)) }
    guard there.first == files.first else { return nil }
    return "COPY \(there.joined(separator: " ")) ./\n" + "RUN \(ownCommand(tool) ?? command)"
  }

  /// The step's own command, where it does nothing else.
  private func ownCommand(_ layer: Layer) -> String? {
    guard layer.work == [.fetch], layer.keyword == "RUN", !layer.text.contains("&&"), !layer.text.contains(";"),
      !layer.text.contains("|")
    else { return nil }
    return String(layer.text.dropFirst(4))
  }
}

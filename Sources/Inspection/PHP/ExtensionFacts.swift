import ComposeSyntax
import SourceText

/// Writes down which of the extensions that a composer.json requires the stage has that installs its packages.
///
/// https://getcomposer.org/doc/01-basic-usage.md#platform-packages
struct ExtensionFacts {
  let plan: BuildPlan
  let stages: [Int: StageModel]
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    for (index, stage) in stages.sorted(by: { $0.key < $1.key }) {
      for command in stage.commands where command.tool.value == "composer" && command.verb.value == "install" {
        guard let manifest = command.module.map({ Path.join($0, "composer.json") }) else { continue }
        for requirement in ComposerManifest(manifest, workspace).extensions {
          let installed = PHPExtensions(stage).installs(requirement.name, before: command.order)
          facts.add(
            "extension",
            [
              "build": Cell(plan.id), "stage": Cell(index), "name": Cell(requirement.name, requirement.place),
              "state": Cell(installed.map { $0 ? "there" : "missing" } ?? "unsure"), "manifest": Cell(manifest),
              "by": Cell(command.arguments, command.place),
            ], at: requirement.place, order: BuildOrder(build: plan.id, position: command.order))
        }
      }
    }
    facts.declare("extension", .presumed, for: plan.id)
  }
}

/// What a composer.json requires of the platform.
struct ComposerManifest {
  /// Without `ext-`.
  let extensions: [(name: String, place: Place)]

  /// Empty where there is none, or where it says itself what the platform has.
  init(_ path: String, _ workspace: Workspace) {
    guard let root = workspace.file(path).flatMap({ YAMLFile($0).root }) else {
      extensions = []
      return
    }
    let given = Set((root["config"]?["platform"]?.entries ?? []).compactMap(\.key.text))
    extensions = (root["require"]?.entries ?? []).compactMap { entry in
      guard let name = entry.key.text, name.hasPrefix("ext-"), !given.contains(name) else { return nil }
      return (String(name.dropFirst(4)).lowercased(), Place(file: path, entry.key.range))
    }
  }
}

/// The PHP extensions of a stage.
struct PHPExtensions {
  let stage: StageModel

  init(_ stage: StageModel) { self.stage = stage }

  /// Programs that install extensions, and of which every argument names one.
  private static let installers: Set<String> = [
    "docker-php-ext-install", "docker-php-ext-enable", "install-php-extensions", "pecl", "pie", "mlocati",
  ]

  /// Whether an extension is there before an instruction; nil where that cannot be said.
  func installs(_ name: String, before order: Int) -> Bool? {
    guard let base = stage.base else { return nil }
    let built = base.words("extensions")
    guard !built.isEmpty else { return nil }
    if built.contains(name) { return true }
    for command in stage.commands where command.order <= order {
      guard let tool = command.tool.value, Self.installers.contains(tool) || command.arguments.contains("php") else {
        continue
      }
      if tool == "apk" || tool == "apt-get" || tool == "apt" { continue }
      // `pecl install xdebug-3.3.1`, `docker-php-ext-install -j$(nproc) gd`, and what a variable names.
      let words = command.arguments.lowercased().split(separator: " ")
      if words.contains(where: { $0.split(separator: "-").first.map(String.init) == name || $0 == name }) {
        return true
      }
      if words.contains(where: { $0 == "$" || $0.hasPrefix("$") && !$0.hasPrefix("$(") }) { return nil }
    }
    return stage.isUnderstood && !stage.makesUnknownPHP ? false : nil
  }
}

extension StageModel {
  /// Whether something else than the image's own tools may have built an extension: a script, a copied folder.
  fileprivate var makesUnknownPHP: Bool {
    commands.contains { ["make", "phpize", "sh", "bash"].contains($0.tool.value ?? "") || $0.file?.isEmpty == false }
      || files.values.contains {
        $0.path.hasPrefix("/usr/local/lib/php") || $0.path.hasPrefix("/usr/local/etc/php/conf.d")
      }
  }
}

/// Which file a package manager reads, and when.
enum PackageManagers {
  /// The manifest that a command needs, relative to its working directory; nil when it needs none.
  static func manifest(of program: String, _ arguments: [String]) -> String? {
    let words = arguments.filter { !$0.hasPrefix("-") }
    switch program {
    case "npm":
      return words.count == 1 && ["ci", "clean-install", "install", "i"].contains(words[0]) && !isGlobal(arguments)
        ? "package.json" : nil
    case "yarn": return words.isEmpty && !isQuestion(arguments) || words == ["install"] ? "package.json" : nil
    case "pnpm": return words == ["install"] || words == ["i"] ? "package.json" : nil
    case "mvn", "mvnw":
      if isQuestion(arguments) || words.isEmpty || words.contains(where: { $0.hasPrefix("archetype:") }) { return nil }
      return value(of: ["-f", "--file"], in: arguments).map { $0.hasSuffix(".xml") ? $0 : $0 + "/pom.xml" } ?? "pom.xml"
    case "composer": return words.first == "install" ? "composer.json" : nil
    case "bundle": return words.isEmpty && !isQuestion(arguments) || words.first == "install" ? "Gemfile" : nil
    case "poetry": return words.first == "install" || words.first == "lock" ? "pyproject.toml" : nil
    case "uv": return words.first == "sync" || words.first == "lock" ? "pyproject.toml" : nil
    case "pipenv": return ["install", "sync", "lock"].contains(words.first) && words.count == 1 ? "Pipfile" : nil
    case "cargo":
      return ["build", "fetch", "install", "test", "check"].contains(words.first) && words.count == 1
        ? "Cargo.toml" : nil
    case "pip", "pip3":
      guard words.first == "install" else { return nil }
      return value(of: ["-r", "--requirement"], in: arguments)
    case "python", "python3":
      guard arguments.first == "-m", arguments.dropFirst().first == "pip" else { return nil }
      return manifest(of: "pip", Array(arguments.dropFirst(2)))
    default: return nil
    }
  }

  /// The lock files of which a command demands one; nil when it does without.
  static func locks(of program: String, _ arguments: [String]) -> [String]? {
    let words = arguments.filter { !$0.hasPrefix("-") }
    func has(_ flags: String...) -> Bool { arguments.contains(where: flags.contains) }
    switch program {
    case "npm":
      return ["ci", "clean-install"].contains(words.first) ? ["package-lock.json", "npm-shrinkwrap.json"] : nil
    // The first yarn goes on without a lock file, whatever the flag says.
    case "yarn": return has("--immutable") ? ["yarn.lock"] : nil
    case "pnpm": return has("--frozen-lockfile") ? ["pnpm-lock.yaml"] : nil
    case "uv": return has("--frozen", "--locked") ? ["uv.lock"] : nil
    case "pipenv": return words.first == "sync" || has("--deploy", "--ignore-pipfile") ? ["Pipfile.lock"] : nil
    case "cargo": return has("--locked", "--frozen") ? ["Cargo.lock"] : nil
    default: return nil
    }
  }

  /// The name under which manifests are known of a program that is called otherwise.
  static func tool(_ program: String) -> String {
    switch program {
    case "pip3", "python", "python3": "pip"
    case "mvnw": "mvn"
    case "gradlew": "gradle"
    default: program
    }
  }

  private static func isGlobal(_ arguments: [String]) -> Bool {
    arguments.contains { ["-g", "--global", "--prefix"].contains($0) || $0.hasPrefix("--prefix=") }
  }

  private static func isQuestion(_ arguments: [String]) -> Bool {
    arguments.contains { ["-v", "-V", "--version", "-version", "-h", "--help"].contains($0) }
  }

  private static func value(of flags: [String], in arguments: [String]) -> String? {
    for (index, word) in arguments.enumerated() {
      if flags.contains(word) { return index + 1 < arguments.count ? arguments[index + 1] : nil }
      if let flag = flags.first(where: { word.hasPrefix($0 + "=") }) { return String(word.dropFirst(flag.count + 1)) }
    }
    return nil
  }
}

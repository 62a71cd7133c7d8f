import DockerfileSyntax
import SourceText

/// What the small tools of a RUN step do to the files of a stage: copy, move, link, delete, edit, change modes.
///
/// A command that may make files nobody can name opens the folder that it works in: what is not known to be there may be.
struct FileCommands {
  let plan: BuildPlan
  let directory: String?
  let order: Int

  func perform(_ command: ShellCommand, on model: inout StageModel) {
    guard let program = command.program else {
      model.openFolders.insert("/")
      return
    }
    let words = command.arguments.map(\.text)
    let operands = words.compactMap { $0 }.filter { !$0.hasPrefix("-") }
    switch program {
    case "cp": transfer(operands, words, keepsSource: true, &model)
    case "mv": transfer(operands, words, keepsSource: false, &model)
    case "install": transfer(operands, words, keepsSource: true, &model)
    case "ln": if operands.count == 2 { link(operands[0], operands[1], &model) }
    case "chmod": chmod(words, &model)
    case "rm": for path in operands { remove(path, &model) }
    case "touch": for path in operands { make(path, mode: 0o644, &model) }
    case "dos2unix": for path in operands { edit(path, &model) }
    case "sed", "perl":
      if words.contains(where: { $0?.hasPrefix("-") == true && $0?.contains("i") == true }) {
        for path in operands { edit(path, &model) }
      }
    case "curl", "wget": fetch(words, &model)
    default: open(program, operands, &model)
    }
  }

  /// Files that a command's output goes to.
  func redirect(_ script: Shell.Script, on model: inout StageModel) {
    script.visit { command in
      for redirection in command.redirections where [">", ">>", ">|", "&>"].contains(redirection.operation) {
        guard let target = redirection.target.value, !target.hasPrefix("/dev/") else { continue }
        // A mode that a later command of the step gives stays.
        if let directory, model.files[Path.join(directory, target)] == nil { make(target, mode: 0o644, &model) }
      }
    }
  }

  private func path(_ text: String) -> String? {
    directory.map { Path.join($0, text) } ?? (text.hasPrefix("/") ? Path.clean(text) : nil)
  }

  private func make(_ text: String, mode: Int?, _ model: inout StageModel) {
    guard let path = path(text), model.files[path] == nil else { return }
    model.put(HeldFile(path: path, origin: .run, source: path, stage: model.index, mode: mode, order: order))
  }

  /// The files that a path or a pattern names.
  private func named(_ text: String, _ model: StageModel) -> [HeldFile] {
    guard let path = path(text) else { return [] }
    guard text.contains(where: { "*?[".contains($0) }) else { return model.files[path].map { [$0] } ?? [] }
    return model.files.values.filter {
      Path.parent($0.path) == Path.parent(path) && PathPattern.matches(Path.name($0.path), Path.name(path))
    }
    .sorted { $0.path < $1.path }
  }

  private func below(_ folder: String, _ model: StageModel) -> [HeldFile] {
    model.files.values.filter { $0.path != folder && Path.relative($0.path, to: folder) != nil }.sorted {
      $0.path < $1.path
    }
  }

  // MARK: Copies

  private func transfer(_ operands: [String], _ words: [String?], keepsSource: Bool, _ model: inout StageModel) {
    guard operands.count > 1, !words.contains(where: { $0 == nil }), let last = operands.last, let target = path(last)
    else {
      model.openFolders.insert("/")
      return
    }
    let mode = words.firstIndex { $0?.hasPrefix("-m") == true }.flatMap { words[$0] }.flatMap {
      Int($0.drop { !$0.isNumber }, radix: 8)
    }
    let isFolder =
      last.hasSuffix("/") || operands.count > 2 || model.files[target]?.isDirectory == true
      || Self.folders.contains(target)
    for source in operands.dropLast() {
      let found = named(source, model)
      if found.isEmpty { model.openFolders.insert(isFolder ? target : Path.parent(target)) }
      for file in found {
        let path = isFolder ? Path.join(target, Path.name(file.path)) : target
        if file.isDirectory {
          let root = source.hasSuffix("/.") || !isFolder ? target : path
          for inner in below(file.path, model) {
            if let rest = Path.relative(inner.path, to: file.path) {
              put(inner, at: Path.join(root, rest), mode, &model)
            }
          }
          if model.openFolders.contains(where: {
            Path.relative($0, to: file.path) != nil || Path.relative(file.path, to: $0) != nil
          }) {
            model.openFolders.insert(root)
          }
        } else {
          put(file, at: path, mode, &model)
        }
        if !keepsSource { remove(file.path, &model) }
      }
    }
  }

  private func put(_ file: HeldFile, at path: String, _ mode: Int?, _ model: inout StageModel) {
    var copy = file
    copy.path = path
    copy.order = order
    copy.mode = mode ?? file.mode
    if file.origin == .run { copy.source = file.source ?? file.path }
    model.put(copy)
  }

  /// Folders that every base image has.
  private static let folders: Set<String> = [
    "/", "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/usr/local", "/usr/lib",
    "/usr/local/lib",
    "/etc", "/opt", "/tmp", "/var", "/root", "/home", "/srv", "/lib",
  ]

  private func link(_ source: String, _ name: String, _ model: inout StageModel) {
    guard let target = path(name) else { return }
    let place =
      model.files[target]?.isDirectory == true || name.hasSuffix("/") ? Path.join(target, Path.name(source)) : target
    let from = source.hasPrefix("/") ? Path.clean(source) : Path.join(Path.parent(place), source)
    if let file = model.files[from], !file.isDirectory {
      put(file, at: place, nil, &model)
    } else {
      // What the link leads to may be anything.
      model.put(HeldFile(path: place, origin: .stage, source: from, stage: model.index, order: order))
    }
  }

  private func remove(_ text: String, _ model: inout StageModel) {
    for file in named(text, model) {
      model.remove(file.path, by: order)
      if file.isDirectory { for inner in below(file.path, model) { model.remove(inner.path, by: order) } }
    }
  }

  // MARK: Changes

  private func chmod(_ words: [String?], _ model: inout StageModel) {
    guard let change = words.first(where: { $0?.hasPrefix("-") != true || $0?.hasPrefix("-x") == true }) ?? nil else {
      return
    }
    let isDeep = words.contains { $0?.hasPrefix("-") == true && $0?.contains("R") == true }
    for case let text? in words.drop(while: { $0 != change }).dropFirst() {
      for file in named(text, model) {
        for one in [file] + (isDeep && file.isDirectory ? below(file.path, model) : []) where !one.isDirectory {
          var changed = one
          changed.mode = Self.mode(one.mode, change)
          model.put(changed)
        }
      }
    }
  }

  /// The mode that a change such as `755`, `+x` or `u+rwx,go-w` leaves; nil where that cannot be said.
  static func mode(_ mode: Int?, _ change: String) -> Int? {
    if let number = Int(change, radix: 8) { return number }
    var mode = mode
    for part in change.split(separator: ",") {
      guard let sign = part.firstIndex(where: { "+-=".contains($0) }) else { return nil }
      let who = part[..<sign]
      let letters = part[part.index(after: sign)...]
      if letters.contains("x") || letters.contains("X") {
        let bits =
          who.isEmpty || who.contains("a")
          ? 0o111 : (who.contains("u") ? 0o100 : 0) | (who.contains("g") ? 0o010 : 0) | (who.contains("o") ? 0o001 : 0)
        switch part[sign] {
        case "-": mode = mode.map { $0 & ~bits }
        default: mode = (mode ?? 0o644) | bits
        }
      } else if part[sign] == "=" {
        mode = nil
      }
    }
    return mode
  }

  private func edit(_ text: String, _ model: inout StageModel) {
    for var file in named(text, model) where !file.isDirectory {
      file.isEdited = true
      model.put(file)
    }
    // `find . -name '*.sh' | xargs dos2unix`: any script may have been meant.
  }

  private func fetch(_ words: [String?], _ model: inout StageModel) {
    for (index, word) in words.enumerated() {
      guard let word else { continue }
      if ["-o", "-O", "--output", "--output-document"].contains(word), index + 1 < words.count,
        let target = words[index + 1], target != "-",
        !target.hasPrefix("http")
      {
        make(target, mode: 0o644, &model)
        return
      }
    }
    if let directory { model.openFolders.insert(directory) }
  }

  // MARK: Everything else

  private func open(_ program: String, _ operands: [String], _ model: inout StageModel) {
    if Self.harmless.contains(program) { return }
    if ["npm", "yarn", "pnpm"].contains(program), let verb = operands.first,
      ["ci", "install", "i", "cache", "config", "prune"].contains(verb)
    {
      if let directory { model.openFolders.insert(Path.join(directory, "node_modules")) }
      return
    }
    if ["find", "xargs"].contains(program) {
      if operands.contains(where: { ["dos2unix", "sed"].contains($0) }) {
        for path in model.files.keys { model.files[path]?.isEdited = true }
      }
      if operands.contains("chmod") {
        for path in model.files.keys where model.files[path]?.isDirectory == false { model.files[path]?.mode = nil }
      }
      return
    }
    if Self.builders.contains(program), let directory {
      model.openFolders.insert(directory)
    } else {
      model.openFolders.insert("/")
    }
  }

  /// Programs that make no file of the project's own, or only where base images keep theirs.
  private static let harmless: Set<String> = [
    "apk", "apt-get", "apt", "apt-cache", "apt-mark", "yum", "dnf", "microdnf", "zypper", "rpm", "dpkg",
    "dpkg-reconfigure", "apt-key",
    "update-ca-certificates", "update-ca-trust", "update-alternatives", "adduser", "addgroup", "useradd", "groupadd",
    "usermod", "groupmod",
    "userdel", "groupdel", "deluser", "delgroup", "passwd", "chpasswd", "chown", "chgrp", "chmod", "setcap", "mkdir",
    "rmdir", "echo", "printf",
    "true", "false", ":", "set", "cd", "export", "unset", "test", "[", "[[", "ls", "cat", "grep", "env", "which",
    "whoami", "id", "uname",
    "date", "sleep", "pwd", "ldconfig", "ldd", "file", "strip", "upx", "locale-gen", "update-locale", "rc-update",
    "a2enmod", "a2dismod",
    "a2ensite", "a2dissite", "phpenmod", "docker-php-ext-install", "docker-php-ext-enable", "docker-php-ext-configure",
    "pecl", "pip", "pip3",
    "gem", "git-lfs", "go", "gofmt", "sync", "exit", "if", "then", "readlink", "tee", "tail", "head", "wc", "sort",
    "stat", "du", "df",
    "hash", "type", "command", "ssh-keyscan", "ssh-keygen", "mkfifo", "dirname", "basename", "corepack", "nginx",
    "visudo",
  ]

  /// Programs that build or unpack into the folder they are called in.
  private static let builders: Set<String> = [
    "make", "cmake", "mvn", "mvnw", "gradle", "gradlew", "cargo", "npm", "yarn", "pnpm", "npx", "tsc", "dotnet",
    "composer", "bundle",
    "gcc", "g++", "cc", "clang", "javac", "python", "python3", "node", "php", "ng", "vite", "webpack", "git", "tar",
    "unzip", "hugo",
  ]
}

import DockerfileSyntax
import ProgramSource
import SourceText

/// Writes down where a service's main process writes, and whether its user may.
struct WriteFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let mounts: [ServiceMount]
  let user: ServiceUser
  let simulator: OwnershipSimulator?
  let variables: [ServiceModel.Setting]
  let go: GoSources
  let workspace: Workspace

  private struct Write {
    let path: String
    let tool: Cell
    let place: Place?
    let when: String
    var isPresumed = false
  }

  func add(to facts: inout FactStore) {
    guard let name = user.name.value, user.isRoot == false else { return }
    var seen: Set<String> = []
    for write in denied(facts) + arguments() + scripts() + sources() + settings() where seen.insert(write.path).inserted
    {
      let (verdict, mount) = verdict(write.path, name)
      guard let verdict else { continue }
      facts.add(
        "writes",
        [
          "build": Cell(service.plan.id), "service": Cell(service.name), "path": Cell(write.path, write.place),
          "folder": Cell(verdict.path, verdict.place), "user": Cell(name, user.name.place),
          "owner": Cell(verdict.owner),
          "tool": write.tool, "when": Cell(write.when), "mount": Cell(mount?.kind.rawValue ?? "none", mount?.place),
          "make": Cell(
            mount?.target.value ?? DataPaths.folder(of: write.path, isFolder: !DataPaths.isFile(write.path))),
          "allowed": Cell(verdict.isAllowed.map { $0 ? "yes" : "no" } ?? "unknown"),
        ], at: write.place ?? user.name.place ?? service.place, presumed: write.isPresumed || verdict.isPresumed)
    }
  }

  // MARK: Whether it may

  private func verdict(_ path: String, _ name: String) -> (Ownership.Verdict?, ServiceMount?) {
    let mount = mounts.filter { $0.covers(path) }
      .max { ($0.target.value?.utf8.count ?? 0) < ($1.target.value?.utf8.count ?? 0) }
    guard let mount, let target = mount.target.value else {
      return (simulator?.ownership.verdict(path, user: name, group: user.group), nil)
    }
    var verdict = Ownership.Verdict(
      isAllowed: nil, owner: nil, path: target, place: mount.target.place, isPresumed: true)
    switch mount.kind {
    case .tmpfs: verdict.isAllowed = true
    case .bind:
      // The engine runs as root, and so does what it makes.
      if mount.existence == .no { (verdict.isAllowed, verdict.owner) = (false, "root") }
    case .volume, .anonymous:
      // An empty volume takes over what the image has at that place, its owner too; else it is root's.
      if let entry = simulator?.ownership.entries[target] {
        var own = simulator?.ownership.verdict(target, user: name, group: user.group) ?? verdict
        own.place = entry.place ?? mount.target.place
        return (own, mount)
      }
      if simulator?.ownership.isCertain == true, service.plan.dockerfile != nil {
        (verdict.isAllowed, verdict.owner) = (false, "root")
      }
    }
    return (verdict, mount)
  }

  // MARK: Where it writes

  /// Paths that a line of the log says were refused.
  private func denied(_ facts: FactStore) -> [Write] {
    facts.rows("observed").compactMap { row in
      guard facts.cell(row, "kind").value == "file-denied", let path = facts.cell(row, "path").value, !path.isEmpty
      else {
        return nil
      }
      let absolute = directory.map { Path.join($0, path) } ?? path
      guard absolute.hasPrefix("/"), !chain.layers.contains(where: { $0.path == absolute }) else { return nil }
      // A file that the image brings was perhaps only to be read.
      let isThere = service.stage?.files[absolute]?.isDirectory == false
      return Write(path: absolute, tool: "", place: nil, when: "seen", isPresumed: isThere)
    }
  }

  private var directory: String? {
    service.compose?["working_dir"]?.string ?? service.image?.workingDirectory?.value.value
  }

  /// Arguments that name a file or folder for data.
  private func arguments() -> [Write] {
    guard let layer = chain.layers.last, layer.kind == .program else { return [] }
    return layer.arguments.enumerated().compactMap { index, word in
      let option = index > 0 ? layer.arguments[index - 1].text : ""
      var text = word.text
      var name = option
      if text.hasPrefix("-"), let sign = text.firstIndex(of: "=") {
        name = String(text[..<sign])
        text = String(text[text.index(after: sign)...])
      }
      guard text.hasPrefix("/"), DataPaths.isData(text) || DataPaths.isDataOption(name) else { return nil }
      return Write(
        path: Path.clean(text), tool: Cell(layer.program.text, layer.program.place), place: word.place, when: "start",
        isPresumed: !DataPaths.isData(text))
    }
  }

  /// Folders and files that the entry scripts make whatever happens.
  private func scripts() -> [Write] {
    chain.layers.filter { $0.kind == .script }.flatMap { layer -> [Write] in
      guard let path = layer.file, let file = workspace.file(path) else { return [] }
      let commands = ShellCommands(Shell.Script(file.bytes)).commands
      // A script that becomes another user, or asks who it is, writes as somebody else.
      guard
        !commands.contains(where: { ["su", "gosu", "su-exec", "sudo", "runuser", "id"].contains($0.program ?? "") })
      else { return [] }
      return commands.filter { ["mkdir", "touch"].contains($0.program ?? "") && !$0.isConditional }.flatMap { command in
        command.arguments.compactMap { word in
          guard let text = word.text, text.hasPrefix("/"), !text.hasPrefix("/dev/") else { return nil }
          let tool = command.words.first.map { Cell($0.text ?? "", Place(file: path, $0.range)) } ?? ""
          return Write(path: Path.clean(text), tool: tool, place: Place(file: path, word.range), when: "start")
        }
      }
    }
  }

  /// Files that the program's source makes while it starts.
  private func sources() -> [Write] {
    guard let package = chain.layers.last?.built?.package, let program = go.program(package) else { return [] }
    return program.files.compactMap { use in
      guard use.access == .write, let text = use.path.value.value, use.path.setters.isEmpty, !use.isPattern,
        !text.isEmpty
      else { return nil }
      let path = directory.map { Path.join($0, text) } ?? text
      guard path.hasPrefix("/") else { return nil }
      return Write(
        path: path, tool: Cell(use.call), place: Place(file: use.place.path, use.place.range), when: "start",
        isPresumed: use.isFatal != .yes || use.isAtStart != .yes)
    }
  }

  /// Variables that name a database file or a folder for data.
  private func settings() -> [Write] {
    variables.compactMap { setting in
      guard var text = setting.value.value else { return nil }
      for scheme in ["sqlite:////", "sqlite3:////", "file:///", "sqlite:///", "sqlite3:///"]
      where text.hasPrefix(scheme) {
        text = (scheme.hasSuffix("////") || scheme == "file:///" ? "/" : "") + text.dropFirst(scheme.utf8.count)
        break
      }
      let isVolume = mounts.contains {
        [.volume, .anonymous].contains($0.kind) && $0.target.value.map(Path.clean) == Path.clean(text)
      }
      guard text.hasPrefix("/"), DataPaths.isData(text) || isVolume else { return nil }
      return Write(
        path: Path.clean(text), tool: Cell(setting.name), place: setting.value.place, when: "start", isPresumed: true)
    }
  }
}

/// Names of files and options that stand for data which a program writes.
enum DataPaths {
  static func isData(_ path: String) -> Bool {
    let name = Path.name(path).lowercased()
    return [".db", ".sqlite", ".sqlite3", ".log", ".pid", ".bolt", ".db3"].contains { name.hasSuffix($0) }
  }

  /// Whether the last part of a path looks like the name of a file.
  static func isFile(_ path: String) -> Bool { Path.name(path).dropFirst().contains(".") }

  /// The folder that a step could make and give away, so that the path can be written; empty for folders of the system.
  static func folder(of path: String, isFolder: Bool) -> String {
    let folder = isFolder ? path : Path.parent(path)
    let system: Set<String> = [
      "/", "/root", "/etc", "/usr", "/var", "/bin", "/sbin", "/lib", "/home", "/opt", "/srv", "/usr/local",
      "/usr/local/bin",
      "/var/lib", "/var/log", "/var/run", "/run", "/usr/bin", "/usr/lib", "/proc", "/sys", "/dev",
    ]
    return system.contains(folder) ? "" : folder
  }

  static func isDataOption(_ option: String) -> Bool {
    let name = option.lowercased().drop { $0 == "-" }
    return [
      "data-dir", "datadir", "data_dir", "data", "storage", "cache-dir", "db", "database", "db-path", "dbpath",
      "log-file",
      "logfile", "log-dir", "logdir", "state-dir", "statedir", "storage.tsdb.path", "pid-file", "pidfile", "data-path",
      "upload-dir", "home",
    ].contains(String(name))
  }
}

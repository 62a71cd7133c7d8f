import DockerfileSyntax
import SourceText

/// Follows the steps of a stage, and says whose its folders are and which accounts it has.
struct OwnershipSimulator {
  /// Something that a RUN step writes as another user than root.
  struct Attempt {
    let path: String
    let user: String
    let userPlace: Place?
    let tool: String
    let order: Int
    let place: Place?
    let verdict: Ownership.Verdict
  }

  /// A user or group that an instruction names.
  struct Mention {
    let name: String
    let isGroup: Bool
    /// user, copy or run.
    let by: String
    let order: Int
    let place: Place?
    let isKnown: Bool
    let stage: Int
  }

  let plan: BuildPlan
  let stages: [Int: StageModel]
  private(set) var ownership: Ownership
  private(set) var users: KnownUsers
  private(set) var attempts: [Attempt] = []
  private(set) var mentions: [Mention] = []
  private var user: String? = "root"
  /// Where the user is named that holds now.
  private(set) var userPlace: Place?
  private var group = ""
  private var stage = 0

  /// - Parameter stage: the one that is asked about; those it is based on are followed first.
  init(plan: BuildPlan, stages: [Int: StageModel], stage: Int) {
    self.plan = plan
    self.stages = stages
    let chain = Array(plan.build.chain(of: stage).reversed())
    let base = chain.first.flatMap { stages[$0] }
    users = KnownUsers(base?.base)
    ownership = Ownership(users: users, base: base?.base, place: base?.referencePlace)
    for index in chain {
      self.stage = index
      for step in plan.build.evaluations[index].steps { follow(step) }
      if let user = plan.build.evaluations[index].finalUser?.value { setUser(user) }
    }
  }

  private mutating func setUser(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    user = parts.first
    group = parts.count > 1 ? parts[1] : ""
  }

  private mutating func follow(_ step: StageEvaluation.Step) {
    if let value = step.user {
      if let text = value.value { setUser(text) } else { user = nil }
    } else {
      (user, group) = ("root", "")
    }
    let order = step.instruction.index
    switch step.instruction.content {
    case .user(let word):
      userPlace = plan.place(word.range)
      if let text = step.expand(word).value { mention(text, by: "user", order, plan.place(word.range)) }
    case .workdir(let word):
      guard let text = step.expand(word).value else { return }
      // BuildKit gives the folder to the user, the classic builder, kaniko and others to root.
      let path = Path.join(step.workingDirectory?.value ?? "/", text)
      ownership.makeFolder(path, "root", order: order, plan.place(word.range), isPresumed: user != "root")
    case .copy(let copy): self.copy(copy, step)
    case .volume(let words):
      // The engine makes the folder of a volume as root, whoever the user is.
      for word in words {
        guard let path = step.expand(word).value, path.hasPrefix("/") else { continue }
        ownership.makeFolder(Path.clean(path), "root", order: order, plan.place(word.range))
      }
    case .run: run(step)
    default: break
    }
  }

  // MARK: COPY

  private mutating func copy(_ copy: Copy, _ step: StageEvaluation.Step) {
    let order = step.instruction.index
    guard let destination = step.expand(copy.destination).value, let directory = step.directory else {
      ownership.giveUp()
      return
    }
    let place = plan.place(copy.destination.range)
    var owner: String? = "root"
    if let flag = copy.owner {
      let text = flag.value.flatMap { step.environment.expand($0).value }
      mention(text, by: "copy", order, plan.place(flag.valueRange))
      owner = text?.split(separator: ":").first.map(String.init)
    }
    let target = Path.join(directory, destination)
    for source in copy.sources {
      let text = step.expand(source).value ?? source.text
      // The account files of another stage bring accounts along.
      if ["/etc/passwd", "/etc", "/etc/"].contains(Path.clean(text)) || target.hasPrefix("/etc/passwd") || target == "/"
      {
        users.isOpen = true
      }
      let isFile = copy.sources.count == 1 && !destination.hasSuffix("/") && !isFolder(target)
      if isFile {
        ownership.makeFolder(Path.parent(target), owner, order: order, place)
        ownership.set(target, owner, isDirectory: false, order: order, place)
      } else {
        ownership.makeFolder(target, owner, order: order, place)
      }
    }
    // What is copied into a folder belongs to the owner, the folder itself stays whose it was.
    var folders: Set<String> = []
    for file in (stages[stage]?.files ?? [:]).values
    where file.order == order && file.path != target && file.place != nil {
      ownership.set(file.path, owner, isDirectory: file.isDirectory, order: order, place)
      var folder = Path.parent(file.path)
      while folder.utf8.count > target.utf8.count, Path.relative(folder, to: target) != nil,
        folders.insert(folder).inserted
      {
        ownership.set(folder, owner, order: order, place)
        folder = Path.parent(folder)
      }
    }
  }

  private func isFolder(_ path: String) -> Bool {
    ownership.entries[path]?.isDirectory == true || stages[stage]?.files[path]?.isDirectory == true
  }

  // MARK: RUN

  private mutating func run(_ step: StageEvaluation.Step) {
    guard let script = step.script else { return }
    let commands = ShellCommands(script) { step.environment[$0]?.value }
    if !commands.isUnderstood { ownership.giveUp() }
    // Accounts first, also those that scripts and recipes of the project add.
    for command in stages[stage]?.commands ?? [] where command.order == step.instruction.index {
      let words = command.arguments.split(separator: " ").map(String.init)
      if let tool = command.tool.value { account(tool, words) }
      if command.file?.isEmpty == false || command.tool.value == "make" { ownership.giveUp(); users.isOpen = true }
    }
    var directory = step.directory
    for command in commands.commands.prefix(200) {
      if command.program == "cd", let path = command.arguments.first?.text {
        directory = directory.map { Path.join($0, path) }
        continue
      }
      perform(command, directory, step)
    }
  }

  private mutating func perform(_ command: ShellCommand, _ directory: String?, _ step: StageEvaluation.Step) {
    guard let program = command.program, let directory else { return }
    let order = step.instruction.index
    let words = command.arguments.compactMap(\.text)
    let paths = words.filter { !$0.hasPrefix("-") }
    func absolute(_ path: String) -> String { Path.join(directory, path) }
    let place = plan.place(command.range)
    switch program {
    case "mkdir":
      let mode = words.firstIndex { $0 == "-m" || $0 == "--mode" }
        .flatMap { $0 + 1 < words.count ? Int(words[$0 + 1], radix: 8) : nil }
      for path in paths where Int(path, radix: 8) == nil {
        attempt(absolute(path), "mkdir", order, place)
        ownership.makeFolder(absolute(path), user, order: order, place, mode: mode)
      }
    case "chown", "chgrp":
      guard let word = paths.first else { return ownership.giveUp() }
      let who = AccountNames.withColon(word)
      let isDeep = words.contains {
        $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("R") || $0 == "--recursive"
      }
      if command.arguments.contains(where: { $0.text == nil }) { ownership.giveUp() }
      if program == "chown" {
        let place = command.arguments.first { $0.text == word }.flatMap { plan.place($0.range) }
        mention(who, by: "run", order, place)
        let owner = who.split(separator: ":", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        for path in paths.dropFirst() {
          let path = path.hasSuffix("/*") ? String(path.dropLast(2)) : path
          if !owner.isEmpty { ownership.chown(absolute(path), owner, isDeep: isDeep, order: order, place) }
        }
      }
    case "chmod":
      let isDeep = words.contains { $0.hasPrefix("-") && $0.contains("R") }
      guard let text = words.first(where: { !$0.hasPrefix("-") || $0.hasPrefix("-R") == false }) else { return }
      guard let mode = Self.mode(text) else { return }
      for path in words where path != text && !path.hasPrefix("-") {
        ownership.chmod(absolute(path), mode, isDeep: isDeep, order: order)
      }
    case "touch":
      for path in paths {
        attempt(absolute(path), "touch", order, place)
        ownership.set(absolute(path), user, isDirectory: false, order: order, place)
      }
    case "install":
      guard words.contains("-d") else { return }
      var owner = user
      if let option = words.firstIndex(of: "-o"), option + 1 < words.count { owner = words[option + 1] }
      for path in paths where path.hasPrefix("/") { ownership.makeFolder(path, owner, order: order, place) }
    case "git":
      if words.first == "clone", let path = paths.dropFirst(2).first {
        ownership.makeFolder(absolute(path), user, order: order, place)
      }
    default:
      if let folder = StepOutput.folder(program, words) { attempt(absolute(folder), program, order, place) }
    }
  }

  /// What others and the group may do with a mode, as digits; nil for what cannot be read.
  private static func mode(_ text: String) -> Int? {
    if let number = Int(text, radix: 8) { return number }
    guard let sign = text.firstIndex(where: { $0 == "+" || $0 == "=" }),
      text[sign...].contains("w") || text.contains("=u")
    else { return 0 }
    let who = text[..<sign]
    var mode = 0
    if who.isEmpty || who.contains("a") || who.contains("o") { mode |= 0o002 }
    if who.isEmpty || who.contains("a") || who.contains("g") { mode |= 0o020 }
    return mode
  }

  private mutating func attempt(_ path: String, _ tool: String, _ order: Int, _ place: Place?) {
    guard let user, !users.isSame(user, "root") else { return }
    attempts.append(
      Attempt(
        path: path, user: user, userPlace: userPlace, tool: tool, order: order, place: place,
        verdict: ownership.verdict(path, user: user, group: group)))
  }

  // MARK: Accounts

  private mutating func account(_ tool: String, _ words: [String]) {
    switch tool {
    case "adduser", "useradd":
      let values: Set<String> = [
        "-h", "-g", "-s", "-G", "-u", "-k", "-d", "-c", "-p", "-e", "-f", "-K", "-b", "--home", "--gecos", "--uid",
        "--ingroup", "--shell", "--gid", "--home-dir", "--groups", "--comment", "--home_dir", "--disabled-login_",
      ]
      var names: [String] = []
      var options: [String: String] = [:]
      var index = 0
      while index < words.count {
        let word = words[index]
        if values.contains(word), index + 1 < words.count {
          options[word] = words[index + 1]
          index += 1
        } else if !word.hasPrefix("-") {
          names.append(word)
        }
        index += 1
      }
      let number = (options["-u"] ?? options["--uid"]).flatMap { Int($0) }
      let home = options["-h"] ?? options["-d"] ?? options["--home"] ?? options["--home-dir"]
      // BusyBox puts system accounts into nogroup unless it is told a group.
      let isSystem = words.contains { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.contains("S") }
      let withGroup = tool != "adduser" || !isSystem || options["-G"] != nil
      for name in names {
        users.add(name, number, withGroup: withGroup && !words.contains("-N"))
        ownership.know(users)
        let folder = home ?? "/home/\(name)"
        ownership.setHome(folder, of: name)
        ownership.makeFolder(folder, "root", order: 0, nil)
        ownership.chown(folder, name, isDeep: false, order: 0, nil)
      }
    case "addgroup", "groupadd":
      for word in words where !word.hasPrefix("-") && Int(word) == nil { users.add(group: word) }
    case "usermod", "vipw": users.isOpen = true
    default: break
    }
  }

  private mutating func mention(_ text: String?, by: String, _ order: Int, _ place: Place?) {
    guard let text else { return }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let packages = plan.build.chain(of: stage).compactMap { stages[$0] }.flatMap(\.packages).map(\.name)
    for (index, name) in parts.prefix(2).enumerated() where !name.isEmpty && Int(name) == nil {
      let known = index == 0 ? users.names.contains(name) : users.groups.contains(name)
      // A package may bring an account of its own.
      let maybe =
        users.isOpen || packages.contains { $0.contains(name) || name.contains($0) }
        || stages[stage]?.isUnderstood == false
      if !known, maybe { continue }
      mentions.append(
        Mention(
          name: name, isGroup: index == 1, by: by, order: order, place: place,
          isKnown: known,
          stage: stage))
    }
  }
}

enum AccountNames {
  /// `user.group`, `user.` and `user:` with a colon: chown still takes the dot of old, where no account has it in its name.
  /// https://www.gnu.org/software/coreutils/manual/html_node/Disambiguating-names-and-IDs.html
  static func withColon(_ text: String) -> String {
    guard !text.contains(":"), let dot = text.firstIndex(of: "."), dot != text.startIndex else { return text }
    return String(text[..<dot]) + ":" + String(text[text.index(after: dot)...])
  }
}

/// What tools write into the working directory while they run.
enum StepOutput {
  static func folder(_ program: String, _ words: [String]) -> String? {
    let verb = words.first { !$0.hasPrefix("-") }
    if words.contains("-g") || words.contains("--global") { return nil }
    switch program {
    case "npm", "pnpm": return ["ci", "install", "i"].contains(verb) ? "node_modules" : nil
    case "yarn": return verb == nil || verb == "install" ? "node_modules" : nil
    case "composer": return verb == "install" ? "vendor" : nil
    case "go":
      guard verb == "build", let flag = words.firstIndex(of: "-o"), flag + 1 < words.count else { return nil }
      return words[flag + 1]
    case "mvn", "mvnw": return "target"
    case "gradle", "gradlew": return ".gradle"
    default: return nil
    }
  }
}

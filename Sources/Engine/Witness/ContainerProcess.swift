import Inspection

/// A process of a container, as `docker top` lists it.
struct ContainerProcess: Hashable, Sendable {
  let id: Int
  let parent: Int
  let command: String
  /// Whether it is PID 1 of the container.
  var isFirst: Bool

  var isZombie: Bool { command.hasSuffix("<defunct>") }

  /// Reads a table whose head says what its columns are; the last one is the command with its blanks.
  ///
  /// - Parameter first: the number of PID 1 on the engine's machine; podman's table counts as the container does.
  static func all(in text: String, first: Int) -> [ContainerProcess] {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let names = lines.first?.split(whereSeparator: \.isWhitespace).map({ $0.uppercased() }),
      let id = names.firstIndex(of: "PID"), let parent = names.firstIndex(of: "PPID"), let last = names.last,
      ["CMD", "COMMAND", "ARGS"].contains(last)
    else { return [] }
    var processes = lines.dropFirst().compactMap { line -> ContainerProcess? in
      let words = line.split(maxSplits: names.count - 1, whereSeparator: \.isWhitespace)
      guard words.count == names.count, let number = Int(words[id]), let above = Int(words[parent]) else { return nil }
      return ContainerProcess(
        id: number, parent: above, command: String(words[names.count - 1].drop(while: \.isWhitespace)),
        isFirst: false)
    }
    let ids = Set(processes.map(\.id))
    let root =
      processes.firstIndex { $0.id == first } ?? processes.firstIndex { $0.id == 1 }
      ?? processes.firstIndex { !ids.contains($0.parent) }
    if let root { processes[root].isFirst = true }
    return processes
  }
}

enum ProcessFacts {
  /// What PID 1 is, and what nobody has waited for.
  static func facts(_ processes: [ContainerProcess], from source: String) -> [Testimony.Fact] {
    var facts: [Testimony.Fact] = []
    if let first = processes.first(where: \.isFirst),
      let (kind, program) = kind(
        of: first.command, isWaiting: processes.contains { $0.parent == first.id && !$0.isZombie })
    {
      facts.append(Testimony.Fact("observed", ["kind": kind, "program": program], from: source))
    }
    for zombie in processes where zombie.isZombie {
      let name = zombie.command.drop { $0 == "[" }.prefix { $0 != "]" && $0 != " " }
      facts.append(Testimony.Fact("observed", ["kind": "zombie", "program": String(name)], from: source))
      break
    }
    return facts
  }

  /// As the files' inspector knows them.
  private static let managers: Set<String> = ["npm", "yarn", "pnpm", "npx", "pipenv", "poetry"]
  /// They pass signals on: neither a shell nor the program.
  private static let inits = Launcher.inits.union(Launcher.waiting).union(["init"])

  /// What PID 1 is, with the program that it is about; nil for what settles nothing.
  ///
  /// - Parameter isWaiting: whether it has a child. A shell without one works by itself.
  private static func kind(of command: String, isWaiting: Bool) -> (kind: String, program: String)? {
    let words = command.split(separator: " ").map(String.init)
    guard let first = words.first else { return nil }
    let name = String(Path.name(first).prefix { $0 != ":" })
    if Launcher.shells.contains(name) {
      guard isWaiting, let next = words.dropFirst().firstIndex(where: { !$0.hasPrefix("-") }) else { return nil }
      let isText = words[1..<next].contains { $0.hasSuffix("c") }
      return isText
        ? ("pid1-shell", String(words[next].prefix { !";&|".contains($0) })) : ("pid1-script", Path.name(words[next]))
    }
    // node and python run most of them.
    for word in [name] + (["node", "python", "python3"].contains(name) ? words.dropFirst().prefix(1) : []) {
      let tool = String(Path.name(word).prefix { $0 != "." && $0 != "-" })
      if managers.contains(tool) { return ("pid1-manager", tool) }
    }
    return inits.contains(name) || name.isEmpty ? nil : ("pid1-program", name)
  }
}

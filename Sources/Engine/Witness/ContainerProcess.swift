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
  /// A shell above the program, and what nobody has waited for.
  static func facts(_ processes: [ContainerProcess], from source: String) -> [Testimony.Fact] {
    var facts: [Testimony.Fact] = []
    if let first = processes.first(where: \.isFirst), let program = shelled(first.command),
      processes.contains(where: { $0.parent == first.id && !$0.isZombie })
    {
      facts.append(Testimony.Fact("observed", ["kind": "pid1-shell", "program": program], from: source))
    }
    for zombie in processes where zombie.isZombie {
      let name = zombie.command.drop { $0 == "[" }.prefix { $0 != "]" && $0 != " " }
      facts.append(Testimony.Fact("observed", ["kind": "zombie", "program": String(name)], from: source))
      break
    }
    return facts
  }

  /// The program of `/bin/sh -c program ...`.
  private static func shelled(_ command: String) -> String? {
    let words = command.split(separator: " ")
    guard words.count > 2, words[1] == "-c", ["sh", "bash", "ash", "dash"].contains(Path.name(String(words[0]))) else {
      return nil
    }
    return String(words[2].prefix { !";&|".contains($0) })
  }
}

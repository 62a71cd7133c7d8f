import DockerfileSyntax
import SourceText

/// Finds commands where people write them: `--run`, transcripts, Makefiles and scripts.
struct CommandDiscovery {
  let workspace: Workspace
  let transcript: [LogReading.Line]

  /// Scripts longer than this are no list of commands that somebody wrote.
  private static let sizeLimit = 256 << 10

  func commands() -> [FoundCommand] {
    given() + fromTranscript() + fromFiles()
  }

  /// The folder that a command is typed in is taken for the project's.
  private static func read(_ script: Shell.Script) -> [ShellCommand] {
    ShellCommands(script) { $0 == "PWD" || $0 == "pwd" ? "." : nil }.commands
  }

  private func given() -> [FoundCommand] {
    workspace.request.commands.flatMap { text in
      let bytes = Array(text.utf8)
      return Self.read(Shell.Script(bytes)).map { FoundCommand(command: $0.spelled(in: bytes), source: .command) }
    }
  }

  private func fromTranscript() -> [FoundCommand] {
    transcript.flatMap { line -> [FoundCommand] in
      // The prompt is cut off; places are those of the whole line.
      let text = line.text.drop { $0 == " " }.dropFirst(2)
      let bytes = Array(text.utf8)
      return Self.read(Shell.Script(bytes)).map { command in
        FoundCommand(command: command.spelled(in: bytes).moved(to: line.range), source: .log)
      }
    }
  }

  private func fromFiles() -> [FoundCommand] {
    workspace.listing.items.flatMap { item -> [FoundCommand] in
      let name = item.name.lowercased()
      guard item.entry.kind == .file, item.entry.size <= Self.sizeLimit else { return [] }
      if name == "makefile" || name.hasSuffix(".mk") { return fromMakefile(item.path) }
      if name.hasSuffix(".sh") { return fromScript(item.path) }
      return []
    }
  }

  private func fromScript(_ path: String) -> [FoundCommand] {
    guard let file = workspace.file(path), file.mentionsDocker else { return [] }
    return Self.read(Shell.Script(file.bytes)).map { FoundCommand(command: $0, source: .file(path)) }
  }

  /// The recipes of a Makefile: lines that begin with a tab.
  private func fromMakefile(_ path: String) -> [FoundCommand] {
    guard let file = workspace.file(path), file.mentionsDocker else { return [] }
    let map = file.lineMap
    var found: [FoundCommand] = []
    var number = 0
    while number < map.lineCount {
      number += 1
      guard let range = map.range(ofLine: number), range.count > 1, file.bytes[range.start] == 0x09 else { continue }
      var start = range.start + 1
      while start < range.end,
        [UInt8(ascii: "@"), UInt8(ascii: "-"), UInt8(ascii: "+"), 0x20].contains(file.bytes[start])
      { start += 1 }
      var end = range.end
      // A backslash at the end of a line joins the next one to it.
      while file.bytes[start..<end].last(where: { $0 != 0x0A && $0 != 0x0D }) == UInt8(ascii: "\\"),
        let next = map.range(ofLine: number + 1)
      {
        number += 1
        end = next.end
      }
      let script = Shell.Script(file.bytes, ByteRange(start, end))
      found += Self.read(script).map { FoundCommand(command: $0, source: .file(path)) }
    }
    return found
  }
}

extension SourceFile {
  /// Whether it is worth looking for commands of an engine in it.
  fileprivate var mentionsDocker: Bool {
    let words = ["docker", "podman"].map { Array($0.utf8) }
    return bytes.indices.contains { index in
      (bytes[index] == UInt8(ascii: "d") || bytes[index] == UInt8(ascii: "p"))
        && words.contains { bytes[index...].starts(with: $0) }
    }
  }
}

extension ShellCommand {
  /// The command with the characters of those words that only a shell could replace.
  fileprivate func spelled(in bytes: [UInt8]) -> ShellCommand {
    ShellCommand(
      assignments: assignments, words: words.map { $0.text == nil ? $0.spelled(in: bytes) : $0 }, range: range,
      isExec: isExec, isBackground: isBackground, isLast: isLast, isConditional: isConditional)
  }

  /// The command with all places those of one line.
  func moved(to range: ByteRange) -> ShellCommand {
    ShellCommand(
      assignments: assignments.map { ($0.name, $0.value.moved(to: range)) }, words: words.map { $0.moved(to: range) },
      range: range, isExec: isExec,
      isBackground: isBackground,
      isLast: isLast, isConditional: isConditional)
  }
}

extension ShellCommand.Word {
  fileprivate func spelled(in bytes: [UInt8]) -> Self {
    let range = range.clamped(to: bytes.count)
    let spelling = String(decoding: bytes[range.start..<range.end], as: UTF8.self)
    return ShellCommand.Word(text: text, range: self.range, lead: lead, spelling: spelling)
  }

  fileprivate func moved(to range: ByteRange) -> Self {
    ShellCommand.Word(text: text, range: range, lead: lead, spelling: spelling)
  }
}

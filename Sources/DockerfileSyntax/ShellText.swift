import SourceText

extension Shell {
  /// The program that reads a text of commands, told by its name.
  public enum Dialect: Hashable, Sendable {
    /// sh, dash, ash, busybox.
    case posix
    /// bash, zsh, ksh: what they add to the grammar is understood as far as it goes.
    case bash
    /// cmd, PowerShell, or something else whose texts are left alone.
    case foreign

    /// The dialect of a program, given by its path or name.
    public init(program: String) {
      let name = program.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? program
      switch name {
      case "sh", "dash", "ash", "busybox": self = .posix
      case "bash", "zsh", "ksh", "mksh", "rbash": self = .bash
      default: self = .foreign
      }
    }

    /// The dialect of a shell with its arguments, as SHELL gives them: a text is read as commands after `-c`.
    public init(shell: [String]) {
      let reads = shell.dropFirst().contains { $0.hasPrefix("-") && !$0.hasPrefix("--") && $0.hasSuffix("c") }
      self = reads ? Dialect(program: shell[0]) : .foreign
    }
  }

  /// The first line of a script, `#!path argument`.
  public struct Shebang: Hashable, Sendable {
    /// The program, as an absolute path.
    public let path: String
    public let argument: String?
    /// From `#!` to the end of the line, without the line feed.
    public let range: ByteRange
    /// The line ends with a carriage return, which the kernel takes for a part of the path or of the argument.
    public let endsWithCarriageReturn: Bool

    /// The name of the program that reads the script, also behind `env`.
    public var program: String {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      guard name == "env", let argument else { return name }
      let words = argument.split(separator: " ").filter { !$0.hasPrefix("-") && !$0.contains("=") }
      return words.first?.split(separator: "/").last.map(String.init) ?? name
    }

    public var dialect: Dialect { Dialect(program: program) }

    /// The line at the beginning of a file or of a part of it; nil if there is none.
    public init?(_ bytes: [UInt8], _ range: ByteRange? = nil) {
      let range = (range ?? ByteRange(0, bytes.count)).clamped(to: bytes.count)
      let text = bytes[range.start..<range.end]
      guard text.starts(with: [.hash, UInt8(ascii: "!")]) else { return nil }
      let line = text.prefix { $0 != .lineFeed }
      endsWithCarriageReturn = line.last == .carriageReturn
      self.range = ByteRange(line.startIndex, line.endIndex)
      let content = endsWithCarriageReturn ? line.dropLast() : line
      let words = content.dropFirst(2).split(maxSplits: 1, whereSeparator: \.isBlank)
      path = words.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
      let rest = words.count > 1 ? String(decoding: words[1], as: UTF8.self) : ""
      argument = rest.isEmpty ? nil : rest
    }
  }
}

extension Instruction {
  /// The text that RUN, CMD, ENTRYPOINT and HEALTHCHECK hand to a shell; nil if there is none, or if the shell is none of
  /// Unix.
  ///
  /// - Parameter shell: what shell forms are handed to. A `["sh", "-c", "text"]` in exec form has its own.
  func shellText(shell: [String], file: Dockerfile) -> LogicalLine? {
    let command: Command
    switch content {
    case .run(let run): command = run.command
    case .cmd(let line), .entrypoint(let line): command = line
    case .healthcheck(let check):
      guard let line = check.command else { return nil }
      command = line
    default: return nil
    }
    if command.form == .exec { return innerShellText(command.words) }
    guard Shell.Dialect(shell: shell) != .foreign, let word = command.words.first else { return nil }
    if heredocs.isEmpty { return line.part(word.logical) }
    return shellTextWithHeredocs(word, file)
  }

  /// The text in `["sh", "-c", "text"]`.
  private func innerShellText(_ words: [Word]) -> LogicalLine? {
    guard words.count >= 3, let option = words.dropFirst().firstIndex(where: { $0.text.hasSuffix("c") }),
      option + 1 < words.count, Shell.Dialect(shell: words[...option].map(\.text)) != .foreign
    else { return nil }
    return JSONArray.content(words[option + 1], of: line)
  }

  private func shellTextWithHeredocs(_ word: Word, _ file: Dockerfile) -> LogicalLine? {
    var builder = LogicalLineBuilder()
    // One heredoc that is the whole command is a script.
    if let first = heredocs.first, (try? Heredoc(Array(word.text.utf8), at: word.range)) != nil {
      append(first, to: &builder, file, stripsTabs: first.stripsTabs)
      let text = builder.line
      if let shebang = Shell.Shebang(text.bytes), shebang.dialect == .foreign { return nil }
      return text
    }
    // Anything else is put together for the shell, which finds the heredocs itself.
    builder.append(line, word.logical)
    for heredoc in heredocs {
      builder.append(CollectionOfOne(.lineFeed), at: max(heredoc.bodyRange.start - 1, 0))
      append(heredoc, to: &builder, file, stripsTabs: false)
      builder.append(heredoc.name.utf8, at: heredoc.terminatorRange?.start ?? heredoc.bodyRange.end)
    }
    return builder.line
  }

  private func append(_ heredoc: Heredoc, to builder: inout LogicalLineBuilder, _ file: Dockerfile, stripsTabs: Bool) {
    let body = heredoc.bodyRange
    guard stripsTabs else { return builder.append(file.bytes[body.start..<body.end], at: body.start) }
    var start = body.start
    while start < body.end {
      let end = file.bytes[start..<body.end].firstIndex(of: .lineFeed).map { $0 + 1 } ?? body.end
      let content = file.bytes[start..<end].drop { $0 == .tab }
      builder.append(content, at: content.startIndex)
      start = end
    }
  }
}

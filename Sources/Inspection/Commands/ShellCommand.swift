import SourceText

/// A simple command of a script, with its words as far as they are known without running it.
struct ShellCommand {
  struct Word {
    /// nil where it depends on a variable or on another command.
    let text: String?
    /// The bytes in the file that spell it, quotes included.
    let range: ByteRange
    /// What the word begins with, as far as that is known.
    var lead = ""
    /// The word as it is written, where it is not known what the shell makes of it.
    var spelling = ""

    /// The word, with a dollar sign for what is not known.
    var outline: String { text ?? lead + "$" }

    /// The word without its first bytes.
    func dropping(_ count: Int) -> Word {
      Word(
        text: text.map { String(decoding: $0.utf8.dropFirst(count), as: UTF8.self) },
        range: ByteRange(min(range.start + count, range.end), range.end))
    }
  }

  /// `NAME=value` before the command, or alone.
  let assignments: [(name: String, value: Word)]
  /// The program first.
  let words: [Word]
  let range: ByteRange
  /// Whether it is started by `exec`, which is not among the words.
  var isExec = false
  /// Whether the script goes on without waiting for it.
  var isBackground = false
  /// Whether something else may run after it, in the same list.
  var isLast = true
  /// Whether it stands in an `if`, a loop, a function or behind `&&` or `||`.
  var isConditional = false

  /// The name of the program, without its folder.
  var program: String? { words.first?.text.map(Path.name) }
  var arguments: ArraySlice<Word> { words.dropFirst() }

  /// The words without those that only say how the program is started, as in `sudo -E docker run` or
  /// `winpty docker run`, and without the options of docker itself, as in `docker --context far run`.
  var plainWords: ArraySlice<Word> {
    var rest = words[...]
    while let first = rest.first?.text.map(Path.name), ["sudo", "winpty", "env"].contains(first), rest.count > 1 {
      rest = rest.dropFirst()
      while let text = rest.first?.text, text.hasPrefix("-") || first == "env" && text.contains("=") {
        rest = rest.dropFirst(["-u", "--user", "-g", "--group"].contains(text) ? 2 : 1)
      }
    }
    guard let program = rest.first, let name = program.text.map(Path.name),
      ["docker", "podman", "nerdctl"].contains(name)
    else { return rest }
    var options = rest.dropFirst()
    while let text = options.first?.text, text.hasPrefix("-") {
      let takesValue = [
        "-H", "--host", "-c", "--context", "-l", "--log-level", "--config", "--tlscacert", "--tlscert", "--tlskey",
      ].contains(text)
      options = options.dropFirst(takesValue ? 2 : 1)
    }
    return [program] + options
  }
}

import DockerfileSyntax
import SourceText

/// What a health check does: with which tool it asks where.
struct HealthProbe {
  struct Word {
    let text: String
    let place: Place?
  }

  /// A check as it is written, with the engine's defaults: https://docs.docker.com/reference/dockerfile/#healthcheck
  struct Check {
    var isOwn = false
    var isShell = false
    var isDisabled = false
    var words: [Word] = []
    /// The shell text of a Dockerfile with the places of its words.
    var script: Shell.Script?
    var scriptPlace: ((ByteRange) -> Place?)?
    var place: Place?
    /// Nanoseconds.
    var interval: Int64 = 30_000_000_000
    var intervalPlace: Place?
    var timeout: Int64 = 30_000_000_000
    var startPeriod: Int64 = 0
    var startPeriodPlace: Place?
    var retries = 3
    var retriesPlace: Place?
  }

  enum Flaw: String {
    case none
    /// `||` and the like among the words of the exec form.
    case operators
    /// A whole command line in one word of the exec form.
    case oneWord = "one-word"
    /// Words behind the text of CMD-SHELL, which the shell takes for its parameters.
    case extraWords = "extra-words"
  }

  private(set) var tool: Word?
  private(set) var host: (value: String, place: Place?)?
  private(set) var port: (value: String, place: Place?)?
  private(set) var path: String?
  private(set) var flaw = Flaw.none
  private let lookup: (String) -> String?

  init(_ check: Check, lookup: @escaping (String) -> String?) {
    self.lookup = lookup
    if check.isShell {
      if check.words.count > 1 { flaw = .extraWords }
      readShell(check)
    } else if let first = check.words.first {
      if check.words.contains(where: { ["||", "&&", "|", ";"].contains($0.text) }) { flaw = .operators }
      if check.words.count == 1, first.text.contains(" "), !first.text.hasPrefix("/") { flaw = .oneWord }
      if ["sh", "/bin/sh", "bash", "/bin/bash"].contains(first.text), check.words.count > 2,
        check.words[1].text.hasSuffix("c")
      {
        readText(check.words[2])
      } else {
        read(check.words)
      }
    }
  }

  private mutating func readShell(_ check: Check) {
    if let script = check.script {
      let commands = ShellCommands(script, lookup: lookup).commands
      readFirst(commands) { check.scriptPlace?($0) }
    } else if let text = check.words.first {
      readText(text)
    }
  }

  /// Shell text in one word of a compose file; the places of its words are known where it stands there as it is.
  private mutating func readText(_ word: Word) {
    let extra = word.place.map { $0.range.count - word.text.utf8.count } ?? 0
    let start = (word.place?.range.start ?? 0) + extra / 2
    let isVerbatim = extra == 0 || extra == 2
    let script = Shell.Script(Array(word.text.utf8))
    readFirst(ShellCommands(script, lookup: lookup).commands) { range in
      guard let place = word.place, isVerbatim else { return word.place }
      return Place(place.source, range.shifted(by: start))
    }
  }

  private mutating func readFirst(_ commands: [ShellCommand], _ place: (ByteRange) -> Place?) {
    let asking = commands.first { command in
      command.program.map { !["exit", "test", "[", "[[", "true", "set", "echo", "export", "cd", "sleep"].contains($0) }
        ?? false
    }
    guard let asking else { return }
    // A word with quotes or a variable in it is longer or shorter than what it means: then it has no exact place.
    read(
      asking.words.map {
        Word(
          text: $0.text ?? "", place: $0.text?.utf8.count == $0.range.count ? place($0.range) : Self.quoted($0, place))
      })
    if tool?.text.isEmpty == true { tool = nil }
  }

  private static func quoted(_ word: ShellCommand.Word, _ place: (ByteRange) -> Place?) -> Place? {
    guard let text = word.text, word.range.count == text.utf8.count + 2 else { return nil }
    return place(ByteRange(word.range.start + 1, word.range.end - 1))
  }

  // MARK: Arguments

  private mutating func read(_ words: [Word]) {
    tool = words.first
    guard let name = words.first.map({ Path.name($0.text) }) else { return }
    let arguments = Array(words.dropFirst())
    switch name {
    case "nc", "ncat", "netcat": readPlain(arguments.filter { !$0.text.hasPrefix("-") })
    case "pg_isready", "mysqladmin", "redis-cli", "mysql", "psql": readFlags(arguments, name)
    default: readAddress(arguments, isClient: ["curl", "wget", "http"].contains(name))
    }
  }

  private mutating func readPlain(_ words: [Word]) {
    guard words.count >= 2, Int(words[1].text) != nil else { return }
    host = (words[0].text, words[0].place)
    port = (words[1].text, words[1].place)
  }

  private mutating func readFlags(_ words: [Word], _ name: String) {
    for (index, word) in words.enumerated() {
      if ["-h", "--host"].contains(word.text), index + 1 < words.count {
        host = (words[index + 1].text, words[index + 1].place)
      }
      if ["-p", "-P", "--port"].contains(word.text), index + 1 < words.count, Int(words[index + 1].text) != nil {
        port = (words[index + 1].text, words[index + 1].place)
      }
    }
  }

  private mutating func readAddress(_ words: [Word], isClient: Bool) {
    for word in words {
      let bytes = Array(word.text.utf8)
      var address = NetworkAddress.all(in: bytes, 0..<bytes.count).first
      if address == nil, isClient, !word.text.hasPrefix("-") {
        // curl and wget take `localhost` and `localhost/health` too.
        let prefix = Array("http://".utf8)
        address = NetworkAddress.all(in: prefix + bytes, 0..<(prefix.count + bytes.count)).first {
          NetworkAddress.isLoopback($0.host)
        }
        if let found = address {
          host = (found.host, word.place)
          port = (String(found.effectivePort ?? 80), word.place)
          path = found.path
          return
        }
      }
      guard let address else { continue }
      host = (address.host, part(address.hostRange, of: word))
      if let number = address.effectivePort {
        port = (String(number), address.portRange.flatMap { part($0, of: word) })
      }
      path = address.path
      return
    }
  }

  private func part(_ range: Range<Int>, of word: Word) -> Place? {
    guard let place = word.place else { return nil }
    let extra = place.range.count - word.text.utf8.count
    guard extra == 0 || extra == 2 else { return nil }
    let start = place.range.start + extra / 2
    return Place(place.source, ByteRange(start + range.lowerBound, start + range.upperBound))
  }
}

import SourceText

/// A `docker run`, `docker create` or `docker service create` that somebody typed or wrote into a script.
///
/// https://docs.docker.com/reference/cli/docker/container/run/
struct ContainerCommand {
  struct Option {
    let name: String
    let value: ShellCommand.Word
  }

  let verb: String
  let place: Place
  let options: [Option]
  let image: ShellCommand.Word
  /// What stands behind the image: the command, or arguments of the entry point.
  let arguments: [ShellCommand.Word]
  let source: Place.Source

  /// Nil for any other command.
  init?(_ command: ShellCommand, in source: Place.Source) {
    guard let (verb, rest) = Self.verb(command) else { return nil }
    var options: [Option] = []
    var index = rest.startIndex
    while index < rest.endIndex, let text = rest[index].text, text.hasPrefix("-"), text != "--" {
      let word = rest[index]
      index += 1
      if let sign = text.firstIndex(of: "="), text.hasPrefix("--") {
        options.append(Option(name: Self.long(String(text[..<sign])), value: word.dropping(text[...sign].utf8.count)))
      } else if let flag = Self.valued(text) {
        if text.hasPrefix("--") || text.count == 2 {
          guard index < rest.endIndex else { break }
          options.append(Option(name: flag, value: rest[index]))
          index += 1
        } else {
          options.append(Option(name: flag, value: word.dropping(2)))
        }
      } else if text.hasPrefix("--") {
        options.append(Option(name: text, value: word))
      } else {
        // -dit: each letter is a switch; the last one may take a value, as in -dp 80:80.
        for letter in text.dropFirst() {
          if let flag = Self.valued("-\(letter)"), index < rest.endIndex {
            options.append(Option(name: flag, value: rest[index]))
            index += 1
          } else {
            options.append(Option(name: Self.long("-\(letter)"), value: word))
          }
        }
      }
    }
    guard index < rest.endIndex, rest[index].text != nil else { return nil }
    self.verb = verb
    self.options = options
    self.source = source
    image = rest[index]
    arguments = Array(rest[(index + 1)...])
    place = Place(source, command.range)
  }

  func values(_ name: String) -> [ShellCommand.Word] { options.filter { $0.name == name }.map(\.value) }
  func value(_ name: String) -> String? { values(name).last?.text }
  func has(_ name: String) -> Bool { options.contains { $0.name == name } }

  /// The verb and the words behind it.
  private static func verb(_ command: ShellCommand) -> (String, ArraySlice<ShellCommand.Word>)? {
    var words = command.plainWords
    guard let program = words.popFirst()?.text, ["docker", "podman", "nerdctl"].contains(Path.name(program)) else {
      return nil
    }
    if words.first?.text == "container" { words = words.dropFirst() }
    guard let verb = words.popFirst()?.text else { return nil }
    if verb == "service", words.first?.text == "create" { return ("service create", words.dropFirst()) }
    return verb == "run" || verb == "create" ? (verb, words) : nil
  }

  /// The long name of an option that takes a value; nil for a switch.
  private static func valued(_ text: String) -> String? {
    let name = long(text.hasPrefix("--") ? text : String(text.prefix(2)))
    return switches.contains(name) ? nil : name
  }

  private static func long(_ name: String) -> String { short[name] ?? name }

  private static let short = [
    "-p": "--publish", "-P": "--publish-all", "-e": "--env", "-v": "--volume", "-d": "--detach", "-i": "--interactive",
    "-t": "--tty", "-w": "--workdir", "-u": "--user", "-h": "--hostname", "-l": "--label", "-m": "--memory",
    "-c": "--cpu-shares", "-a": "--attach", "-q": "--quiet",
  ]

  private static let switches: Set<String> = [
    "--publish-all", "--detach", "--interactive", "--tty", "--rm", "--init", "--privileged", "--read-only",
    "--no-healthcheck", "--oom-kill-disable", "--quiet", "--sig-proxy", "--disable-content-trust", "--help",
    "--use-api-socket",
  ]
}

/// A port of `-p`, `--publish` or a compose file's short form, with the bytes of its parts.
struct PublishedPort {
  var hostAddress: Cell
  var host: Cell
  var container: Cell
  var protocolName: String

  /// Reads `8080:80`, `127.0.0.1:8080:80/udp`, `80`; ranges give their first port. Nil for what is no port.
  init?(_ text: String, place: (Range<Int>) -> Place?) {
    let bytes = Array(text.utf8)
    if text.contains("target=") {
      let values = Self.keyed(text, place: place)
      guard let target = values["target"] else { return nil }
      container = Cell(Int(target.text).map(String.init), target.place)
      host = Cell(values["published"]?.text ?? "", values["published"]?.place)
      hostAddress = Cell("")
      protocolName = values["protocol"]?.text.lowercased() ?? "tcp"
      return
    }
    var end = bytes.count
    protocolName = "tcp"
    if let slash = bytes.lastIndex(of: UInt8(ascii: "/")) {
      protocolName = String(decoding: bytes[(slash + 1)...], as: UTF8.self).lowercased()
      end = slash
    }
    var colons: [Int] = []
    var depth = 0
    for index in 0..<end {
      switch bytes[index] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":") where depth == 0: colons.append(index)
      default: break
      }
    }
    func cell(_ range: Range<Int>) -> Cell {
      let text = String(decoding: bytes[range], as: UTF8.self)
      return Cell(text.contains("$") ? nil : text, place(range))
    }
    func port(_ range: Range<Int>) -> Cell {
      let first = bytes[range].prefix { $0 != UInt8(ascii: "-") }
      let text = String(decoding: first, as: UTF8.self)
      return Cell(Int(text).map(String.init), place(range))
    }
    container = port((colons.last.map { $0 + 1 } ?? 0)..<end)
    hostAddress = Cell("")
    host = Cell("")
    if let last = colons.last {
      let start = colons.count > 1 ? colons[colons.count - 2] + 1 : 0
      host = start == last ? Cell("") : port(start..<last)
      if colons.count > 1 { hostAddress = cell(0..<(start - 1)) }
    }
    if container.value == nil, !text.contains("$") { return nil }
  }

  /// The parts of `published=8080,target=80,protocol=tcp`, as `docker service create` has it.
  private static func keyed(
    _ text: String, place: (Range<Int>) -> Place?
  ) -> [String: (text: String, place: Place?)] {
    var values: [String: (text: String, place: Place?)] = [:]
    var start = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      let end = start + part.utf8.count
      if pair.count == 2 { values[pair[0]] = (pair[1], place((end - pair[1].utf8.count)..<end)) }
      start = end + 1
    }
    return values
  }
}

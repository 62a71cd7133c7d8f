import SourceText

/// Writes down where redis, PostgreSQL and MySQL listen when a file of the project or their arguments say so.
///
/// https://redis.io/docs/latest/operate/oss_and_stack/management/config/,
/// https://www.postgresql.org/docs/current/runtime-config-connection.html,
/// https://dev.mysql.com/doc/refman/en/server-system-variables.html#sysvar_bind_address
struct ServerFileFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let files: ServiceFiles
  let workspace: Workspace

  private struct Server {
    let addressKey: String
    let port: String
    /// Where it listens when its own configuration file does not say: nil where that is everywhere.
    var silent: String?
  }

  private static let servers = [
    "redis-server": Server(addressKey: "bind", port: "6379"),
    "postgres": Server(addressKey: "listen_addresses", port: "5432", silent: "loopback"),
    "mysqld": Server(addressKey: "bind-address", port: "3306"),
    "mariadbd": Server(addressKey: "bind-address", port: "3306"),
  ]

  /// The servers of images that are called otherwise.
  private static let families = ["redis": "redis-server", "mysql": "mysqld", "mariadb": "mariadbd"]

  private struct Found {
    let program: String
    let address: Cell
    let port: Cell
    let by: String
    let place: Place?
  }

  /// Whether something says where it listens, so that the defaults of its image do not hold.
  var isConfigured: Bool { found != nil || FpmPool(chain, service, files, workspace)?.listen != nil }

  func add(to facts: inout FactStore) {
    guard let found else { return }
    facts.add(
      "listens",
      [
        "service": Cell(service.name), "address": found.address, "port": found.port, "protocol": "tcp",
        "by": Cell(found.by), "role": "main", "name": "", "program": Cell(found.program),
      ], at: found.address.place ?? found.place)
    facts.declare("listens", workspace.request.isPartial ? .presumed : .complete, for: service.name)
  }

  private var found: Found? {
    guard let layer = chain.layers.last, layer.kind == .program else { return nil }
    let name = Path.name(layer.program.text)
    // The entry script of the image starts the server behind options alone.
    let program = name.hasPrefix("-") ? service.family.map { Self.families[$0] ?? $0 } ?? name : name
    guard let server = Self.servers[program] else { return nil }
    let arguments = (name.hasPrefix("-") ? [layer.program] : []) + layer.arguments
    let file = configuration(program, arguments)
    let settings = file.map { Self.settings(of: $0, section: program.hasPrefix("m") ? "mysqld" : nil) } ?? [:]
    let given = Self.options(arguments)
    let isGiven = given[server.addressKey] != nil
    let isWhole = program == "postgres" && file != nil
    guard let address = given[server.addressKey] ?? settings[server.addressKey] ?? (isWhole ? Cell("") : nil) else {
      return nil
    }
    let kind = isWhole && !isGiven && settings[server.addressKey] == nil ? server.silent : Self.kind(address.value)
    return Found(
      program: program, address: Cell(kind, address.place),
      port: given["port"] ?? settings["port"] ?? Cell(server.port),
      by: isGiven ? "argument" : "file", place: file.map { Place(file: $0.path, ByteRange(at: 0)) })
  }

  /// The first address that others can reach, else loopback.
  private static func kind(_ text: String?) -> String? {
    guard let text, !text.contains("$") else { return nil }
    // redis has a dash before addresses that need not be there.
    let kinds = text.split { $0 == "," || $0 == " " }.map {
      KnownListener.kind(String($0.first == "-" ? $0.dropFirst() : $0))
    }
    return kinds.contains("all") ? "all" : kinds.contains("name") ? "name" : kinds.isEmpty ? nil : "loopback"
  }

  // MARK: Where it is written

  private func configuration(_ program: String, _ arguments: [CommandWords.Word]) -> SourceFile? {
    switch program {
    case "redis-server":
      guard let first = arguments.first?.text, !first.hasPrefix("-") else { return nil }
      let path = chain.workingDirectory.map { Path.join($0, first) } ?? first
      return files.projectFile(at: path).flatMap(workspace.file)
    case "postgres":
      let named = Self.options(arguments)["config_file"]?.value
      return files.projectFile(at: named ?? "/var/lib/postgresql/data/postgresql.conf").flatMap(workspace.file)
    default:
      // Files of these folders are read in the order of their names; the last one counts.
      let own = files.files.last { file in
        ["/etc/mysql/conf.d", "/etc/mysql/mysql.conf.d", "/etc/mysql/mariadb.conf.d"].contains(Path.parent(file.path))
          && file.path.hasSuffix(".cnf") || ["/etc/my.cnf", "/etc/mysql/my.cnf"].contains(file.path)
      }
      return own.flatMap { workspace.file($0.projectFile) }
    }
  }

  /// `--bind 0.0.0.0`, `--bind-address=0.0.0.0`, `-c listen_addresses=*`, `-p 5433`.
  private static func options(_ words: [CommandWords.Word]) -> [String: Cell] {
    var found: [String: Cell] = [:]
    for (index, word) in words.enumerated() {
      let previous = index > 0 ? words[index - 1].text : ""
      let text = word.text.hasPrefix("--") ? word.text.dropFirst(2) : word.text[...]
      if let sign = text.firstIndex(of: "="), word.text.hasPrefix("--") || previous == "-c" {
        let value = String(text[text.index(after: sign)...])
        let place = word.place.map { place in
          // Behind the sign, where the word stands as it is or in quotes.
          let quote = place.range.count == word.text.utf8.count + 2 ? 1 : 0
          let end = place.range.end - quote
          return Place(place.source, ByteRange(max(place.range.start, end - value.utf8.count), end))
        }
        let name = String(text[..<sign])
        found[previous == "-c" ? name : name.replacing("_", with: "-")] = Cell(value, place)
      } else if previous.hasPrefix("--"), !previous.contains("=") {
        found[String(previous.dropFirst(2))] = Cell(word.text, word.place)
      } else if previous == "-p" || previous == "-P" {
        found["port"] = Cell(word.text, word.place)
      }
    }
    return found
  }

  /// Lines such as `bind 127.0.0.1`, `listen_addresses = '*'`, `bind-address=0.0.0.0`; the last one of a name counts.
  private static func settings(of file: SourceFile, section: String?) -> [String: Cell] {
    var found: [String: Cell] = [:]
    var isInside = section == nil
    let bytes = file.bytes
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      defer { start = end + 1 }
      guard end - start < 4096 else { continue }
      let line = bytes[start..<end]
      guard let first = line.firstIndex(where: { $0 > 0x20 }), bytes[first] != UInt8(ascii: "#"),
        bytes[first] != UInt8(ascii: ";")
      else { continue }
      if bytes[first] == UInt8(ascii: "["), let section {
        isInside = line[first...].starts(with: Array("[\(section)".utf8))
        continue
      }
      guard isInside,
        let nameEnd = line[first...].firstIndex(where: { $0 <= 0x20 || $0 == UInt8(ascii: "=") })
      else { continue }
      let name = String(decoding: line[first..<nameEnd], as: UTF8.self)
      let isValue: (UInt8) -> Bool = { $0 > 0x20 && !"='\"".utf8.contains($0) }
      guard let valueStart = line[nameEnd...].firstIndex(where: isValue) else { continue }
      let comment = line[valueStart...].firstIndex(of: UInt8(ascii: "#")) ?? end
      guard let last = line[valueStart..<comment].lastIndex(where: isValue) else { continue }
      let range = ByteRange(valueStart, last + 1)
      let key = section == nil ? name : name.replacing("_", with: "-")
      found[key] = Cell(file.text(range), Place(file: file.path, range))
    }
    return found
  }
}

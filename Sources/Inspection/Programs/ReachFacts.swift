import SourceText

/// Writes down which addresses a service is told to connect to, as far as its environment says, or settings that are read
/// like one.
struct ReachFacts {
  let service: ServiceModel
  let variables: [ServiceModel.Setting]
  /// For settings of a file, which may mean anything: the names of other containers. Other names are passed over then.
  var only: Set<String>?

  /// One address of a file, an argument or a script; `start` is where its text stands in the file.
  static func add(
    _ address: NetworkAddress, _ service: String, by: String, _ place: Place, at start: Int?, when: String? = nil,
    retries: String? = nil, fatal: String? = nil, presumed: Bool = false, to facts: inout FactStore
  ) {
    func part(_ range: Range<Int>) -> Place {
      start.map { Place(place.source, ByteRange($0 + range.lowerBound, $0 + range.upperBound)) } ?? place
    }
    facts.add(
      "reaches",
      [
        "service": Cell(service), "host": Cell(address.host, part(address.hostRange)),
        "address": Cell(NetworkAddress.kind(address.host)),
        "port": Cell(address.effectivePort.map(String.init), address.portRange.map(part)), "by": Cell(by), "name": "",
        "when": Cell(when), "retries": Cell(retries), "fatal": Cell(fatal),
      ], at: place, presumed: presumed)
  }

  /// Servers that are asked and ask nobody: what their environment names is for somebody else, or for nobody.
  private static let passive: Set<String> = [
    "postgres", "mysql", "mariadb", "mongo", "redis", "memcached", "minio", "rabbitmq", "adminer",
  ]

  func add(to facts: inout FactStore) {
    if service.plan.dockerfile == nil, let family = service.family, Self.passive.contains(family) { return }
    for setting in variables {
      guard let text = setting.value.value, !isShared(setting), let target = target(setting.name, text),
        isTelling(target.host.text),
        !Self.isOwnAddress(setting.name) || target.host.text == "host.docker.internal" && Self.asks(setting.name)
      else { continue }
      facts.add(
        "reaches",
        [
          "service": Cell(service.name), "host": Cell(target.host.text, place(target.host.range, text, setting)),
          "address": Cell(NetworkAddress.kind(target.host.text)),
          "port": Cell(target.port, portPlace(target, text, setting)),
          "by": only == nil ? "environment" : "file", "name": only == nil ? Cell(setting.name) : "",
        ], at: setting.value.place, presumed: only != nil)
    }
  }

  private func isTelling(_ host: String) -> Bool {
    only.map { Self.isLoopback(host) || NetworkAddress.kind(host) == "gateway" || $0.contains(host) } ?? true
  }

  /// Whether the setting is probably another service's: a file of settings is often given to all of them, and a web server
  /// that is used as it is asks its own configuration.
  private func isShared(_ setting: ServiceModel.Setting) -> Bool {
    guard service.plan.dockerfile == nil, let family = service.family, let file = setting.value.place?.file,
      !file.hasSuffix(".yml"), !file.hasSuffix(".yaml")
    else { return false }
    return ["nginx", "httpd", "caddy", "traefik", "haproxy", "varnish"].contains(family)
  }

  private struct Target {
    var host: (text: String, range: Range<Int>)
    var port: String?
    /// In the same text as the host.
    var portRange: Range<Int>?
    /// Of the variable that gives the port.
    var portPlace: Place?
  }

  private func portPlace(_ target: Target, _ text: String, _ setting: ServiceModel.Setting) -> Place? {
    target.portPlace ?? target.portRange.flatMap { place($0, text, setting) }
  }

  /// The host and port in the value of a variable: a URL, `host:port`, or a host beside a `*_PORT`.
  private func target(_ name: String, _ text: String) -> Target? {
    let bytes = Array(text.utf8)
    if let scheme = bytes.firstRange(of: Array("://".utf8))?.upperBound, (5..<bytes.count).contains(scheme) {
      var start = scheme
      var end = bytes[start...].firstIndex { "/?#,".utf8.contains($0) } ?? bytes.count
      if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) { start = at + 1 }
      // Go's MySQL driver writes tcp(host:port).
      if bytes[start..<end].starts(with: Array("tcp(".utf8)) {
        start += 4; end = bytes[start..<end].firstIndex(of: UInt8(ascii: ")")) ?? end
      }
      // The scheme is what stands last before `://`: jdbc:postgresql, redis+sentinel.
      let schemeName =
        String(decoding: bytes[..<max(scheme - 3, 0)], as: UTF8.self).split { $0 == ":" || $0 == "+" }.last.map(
          String.init) ?? ""
      return hostAndPort(bytes, start..<end, standard: Self.ports[schemeName] ?? nil)
    }
    // The same without a scheme: user:password@tcp(host:port)/name
    if let mark = bytes.firstRange(of: Array("@tcp(".utf8)), let end = bytes[mark.upperBound...].firstIndex(of: 0x29) {
      return hostAndPort(bytes, mark.upperBound..<end, standard: "3306")
    }
    let upper = name.uppercased()
    if let suffix = ["_HOST", "_HOSTNAME", "_SERVER", "HOST"].first(where: upper.hasSuffix), Self.looksLikeHost(text),
      Int(text) == nil
    {
      let prefix = String(upper.dropLast(suffix.count))
      if text.contains(":"), let target = hostAndPort(bytes, 0..<bytes.count, standard: nil) { return target }
      let beside = variables.first { $0.name.uppercased() == prefix + (suffix.hasPrefix("_") ? "_PORT" : "PORT") }?
        .value
      let port = beside?.value ?? Self.port(ofPrefix: prefix)
      guard port != nil || Self.isLoopback(text) || suffix != "HOST" && !text.contains(".") else { return nil }
      return Target(host: (text, 0..<bytes.count), port: port, portPlace: beside?.place)
    }
    if [
      "_ADDR", "_ADDRESS", "_ENDPOINT", "_ENDPOINTS", "_BROKERS", "_BROKER", "_SERVERS", "_URI", "_URL", "_CONNECT",
      "_TARGET", "_NODES",
    ]
    .contains(where: upper.hasSuffix) {
      let end = bytes.firstIndex(of: UInt8(ascii: ",")) ?? bytes.count
      return hostAndPort(bytes, 0..<end, standard: nil)
    }
    return nil
  }

  private func hostAndPort(_ bytes: [UInt8], _ range: Range<Int>, standard: String?) -> Target? {
    let part = bytes[range]
    let colon = part.lastIndex(of: UInt8(ascii: ":"))
    let hostRange = range.lowerBound..<(colon ?? range.upperBound)
    let host = String(decoding: bytes[hostRange], as: UTF8.self)
    let port = colon.map { String(decoding: bytes[($0 + 1)..<range.upperBound], as: UTF8.self) }
    guard Self.looksLikeHost(host), port == nil || Int(port ?? "") != nil, port != nil || standard != nil else {
      return nil
    }
    return Target(
      host: (host, hostRange), port: port ?? standard, portRange: colon.map { ($0 + 1)..<range.upperBound })
  }

  /// The place of some bytes of a value, where the value stands in its file as it is.
  private func place(_ range: Range<Int>, _ text: String, _ setting: ServiceModel.Setting) -> Place? {
    guard let place = setting.value.place else { return nil }
    let extra = place.range.count - text.utf8.count
    // Quotes around the value take one byte on each side.
    guard extra == 0 || extra == 2 else { return place }
    let start = place.range.start + extra / 2
    return Place(place.source, ByteRange(start + range.lowerBound, start + range.upperBound))
  }

  static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host.hasPrefix("127.") || host == "::1" || host == "[::1]"
  }

  /// Variables that say where the program itself listens, or what browsers call it: there localhost is no other container.
  static func isOwnAddress(_ name: String) -> Bool {
    // Whole words: a DATABASE_URL is no BASE_URL.
    let name = name.uppercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }).joined(separator: "_")
    let marked = "_" + name
    return foreign.contains(where: marked.contains) || own.contains(name)
  }

  /// Whether a program asks what the variable names: the host's name for containers is what no browser is given.
  private static func asks(_ name: String) -> Bool {
    let name = name.uppercased()
    return !own.contains(name)
      && !["LISTEN", "BIND", "ADVERTISE", "ALLOWED", "CORS", "ORIGIN", "COOKIE", "HOSTNAME", "DOMAIN", "VIRTUAL_HOST"]
        .contains(where: name.contains)
  }

  private static let foreign = words.map { "_" + $0 }

  private static let words = [
    "LISTEN", "BIND", "ADVERTISE", "ALLOWED", "PUBLIC", "CORS", "ORIGIN", "VITE_", "REACT_APP_", "BASE_URL", "BASEURL",
    "ROOT_URL",
    "SITE", "APP_URL", "EXTERNAL", "FRONTEND", "CLIENT_URL", "REDIRECT", "CALLBACK", "HOME_URL", "WEB_URL",
    "DOMAIN",
    "ISSUER", "KC_HOSTNAME", "SERVER_NAME", "VIRTUAL_HOST", "LOGIN_URL", "LOGOUT", "NEXTAUTH_URL", "EXPO_", "VUE_APP_",
    "COOKIE", "HOSTNAME_URL", "HOSTNAME_ADMIN",
  ]

  private static let own: Set<String> = [
    "HOST", "HOSTNAME", "ADDR", "ADDRESS", "SERVER_HOST", "HTTP_HOST", "APP_HOST", "SERVER_ADDR", "HTTP_ADDR",
    "SERVER_ADDRESS",
    "WEB_HOST", "API_HOST_BIND", "FLASK_RUN_HOST", "UVICORN_HOST", "NITRO_HOST", "NUXT_HOST", "MYSQL_ROOT_HOST", "URL",
    "NO_PROXY",
    "HTTP_PROXY", "HTTPS_PROXY", "DOCKER_HOST", "WEBSITE_HOSTNAME",
  ]

  private static func looksLikeHost(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
          || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") || (0x30...0x39).contains(byte)
          || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
  }

  /// Standard ports by the scheme of a URL: https://www.iana.org/assignments/service-names-port-numbers
  private static let ports = [
    "postgres": "5432", "postgresql": "5432", "mysql": "3306", "mariadb": "3306", "redis": "6379", "rediss": "6379",
    "mongodb": "27017", "amqp": "5672", "http": "80", "https": "443", "nats": "4222", "ldap": "389", "smtp": "25",
  ]

  /// Standard ports by the beginning of a variable's name.
  private static func port(ofPrefix prefix: String) -> String? {
    let names = [
      "POSTGRES": "5432", "PG": "5432", "MYSQL": "3306", "MARIADB": "3306", "REDIS": "6379", "MONGO": "27017",
      "MONGODB": "27017", "RABBITMQ": "5672",
      "KAFKA": "9092", "ELASTICSEARCH": "9200", "MEMCACHED": "11211", "NATS": "4222",
    ]
    return names.first { prefix.hasPrefix($0.key) || prefix.hasSuffix("_" + $0.key) }?.value
  }
}

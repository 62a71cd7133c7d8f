import SourceText

/// Where a Spring Boot application listens: `server.port` and `server.address` of its settings, and what comes before them.
///
/// https://docs.spring.io/spring-boot/reference/features/external-config.html
public struct SpringServer: Sendable {
  /// Empty for all addresses.
  public let address: Traced<String>
  public let port: Traced<Int>
  /// The settings on the port of the management endpoints; nil where they share the main one.
  public let managementPort: Traced<Int>?
  private let place: SourcePlace

  /// A setting as a file has it.
  public struct Setting: Hashable, Sendable {
    public var text: String
    public var place: SourcePlace
    /// Whether the bytes are the text, letter by letter.
    public var isSpelled: Bool

    public init(text: String, place: SourcePlace, isSpelled: Bool) {
      self.text = text
      self.place = place
      self.isSpelled = isSpelled
    }
  }

  /// - Parameter setting: the value of a key such as `server.port`; nil where no file sets it.
  /// - Parameter around: where it would be set: the file of settings, or the one that names the framework.
  public init(around: SourcePlace, setting: (String) -> Setting?) {
    let address = Self.traced("server.address", setting("server.address"), fallback: "", around)
    self.address = address
    place = around
    port = Self.number(Self.traced("server.port", setting("server.port"), fallback: "8080", around))
    managementPort = setting("management.server.port").map {
      Self.number(Self.traced("management.server.port", $0, fallback: "8080", around))
    }
  }

  public init(_ properties: JavaProperties, path: String) {
    self.init(around: SourcePlace(path, ByteRange(at: 0))) { key in
      properties[key].map {
        Setting(text: $0.value.text, place: SourcePlace(path, $0.value.range), isSpelled: $0.isSpelled)
      }
    }
  }

  /// The server of the application, and that of the management endpoints where it is another.
  public var listeners: [Listener] {
    let management = managementPort.map { listener($0, .admin) }
    return [listener(port, .main)] + (management.map { [$0] } ?? [])
  }

  private func listener(_ port: Traced<Int>, _ role: Listener.Role) -> Listener {
    Listener(
      place: place, function: "main", call: "SpringApplication.run", network: .tcp, host: address, port: port,
      isTLS: false, role: role)
  }

  /// Arguments and variables come before files; a file may take the value of a variable: `${PORT:8080}`.
  private static func traced(
    _ key: String, _ setting: Setting?, fallback: String, _ around: SourcePlace
  ) -> Traced<String> {
    let variable = String(key.map { $0 == "." ? "_" : $0 }).uppercasedASCII
    let place = setting?.place ?? around
    var setters = [
      Setter(.flag, key, place), Setter(.flag, "D" + key, place), Setter(.variable, variable, place),
    ]
    guard let setting else { return Traced(.known(fallback, around), setters: setters, byFramework: true) }
    guard setting.text.hasPrefix("${"), setting.text.hasSuffix("}") else {
      return setting.text.contains("${")
        ? Traced(.unknown(.computed), setters: setters)
        : Traced(.known(setting.text, place), setters: setters, isSpelled: setting.isSpelled)
    }
    let inner = setting.text.dropFirst(2).dropLast()
    let name = inner.prefix { $0 != ":" }
    setters.append(Setter(.variable, String(name), place))
    guard name.count < inner.count else { return Traced(.unknown(.setOutside), setters: setters) }
    let text = String(inner.dropFirst(name.count + 1))
    guard !text.contains("${") else { return Traced(.unknown(.computed), setters: setters) }
    let range = ByteRange(place.range.end - 1 - text.utf8.count, place.range.end - 1)
    return Traced(
      .known(text, setting.isSpelled ? SourcePlace(place.path, range) : place), setters: setters,
      isSpelled: setting.isSpelled)
  }

  private static func number(_ text: Traced<String>) -> Traced<Int> {
    let value: Known<Int> =
      switch text.value {
      case .known(let written, let place): Int(written).map { .known($0, place) } ?? .unknown(.malformed)
      case .unknown(let reason): .unknown(reason)
      }
    return Traced(value, setters: text.setters, byFramework: text.byFramework, isSpelled: text.isSpelled)
  }
}

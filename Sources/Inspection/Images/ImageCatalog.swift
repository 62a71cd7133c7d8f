import DockerfileSyntax
import Knowledge
import Synchronization

/// What is known of base images.
struct ImageCatalog: Sendable {
  /// What a base image holds.
  struct Properties: Sendable {
    let family: String
    let values: [String: String]
    /// The words of each value.
    private let words: [String: [String]]

    init(family: String, values: [String: String]) {
      self.family = family
      self.values = values
      words = values.mapValues { $0.split(separator: " ").map(String.init) }
    }

    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    func words(_ name: String) -> [String] { words[name] ?? [] }
  }

  private let families: [String: ImageFamily]
  private let memory = Memory()

  init(_ families: [ImageFamily]) {
    var table: [String: ImageFamily] = [:]
    for family in families { for repository in family.repositories { table[repository] = family } }
    self.families = table
  }

  /// The properties of an image; nil when its repository is not in the knowledge base.
  func properties(_ reference: ImageReference) -> Properties? {
    memory.properties(reference) { work(out: reference) }
  }

  private func work(out reference: ImageReference) -> Properties? {
    guard let family = families[reference.repository] else { return nil }
    var values: [String: String] = [:]
    for rule in family.rules where Self.matches(rule.tag, reference) {
      for property in rule.properties { values[property.name] = property.value }
    }
    return Properties(family: family.family, values: values)
  }

  /// How containers of the image run; nil when it is not known.
  func configuration(_ reference: String) -> ImageConfiguration? {
    memory.configuration(reference) { work(out: reference) }
  }

  private func work(out reference: String) -> ImageConfiguration? {
    guard let properties = properties(ImageReference(reference)) else { return nil }
    var configuration = ImageConfiguration()
    configuration.environment = properties.words("environment")
    configuration.entrypoint = Self.array(properties["entrypoint"])
    configuration.command = Self.array(properties["command"])
    configuration.user = properties["user"] ?? ""
    configuration.workingDirectory = properties["working-directory"] ?? ""
    configuration.exposedPorts = properties.words("ports")
    configuration.volumes = properties.words("volumes")
    configuration.stopSignal = properties["stop-signal"] ?? ""
    return configuration
  }

  /// A pattern with `*`, or a bound such as `>=1.25`, which only a tag with a version can meet.
  private static func matches(_ pattern: String, _ reference: ImageReference) -> Bool {
    for (sign, accepts) in bounds where pattern.hasPrefix(sign) {
      guard let version = reference.version else { return sign == ">=" && reference.effectiveTag.isWordOfNewest }
      let order = VersionOrder.compare(version, String(pattern.dropFirst(sign.count)))
      return order.map(accepts) ?? false
    }
    return Wildcard.matches(reference.effectiveTag, pattern)
  }

  private static let bounds: [(String, @Sendable (Int) -> Bool)] = [
    (">=", { $0 >= 0 }), ("<", { $0 < 0 }),
  ]

  /// A JSON array of strings, as the Dockerfile front end reads one.
  private static func array(_ text: String?) -> [String] {
    guard let text else { return [] }
    return Dockerfile(text: "FROM scratch\nCMD \(text)\n").instructions.last?.arguments.map(\.text) ?? []
  }
}

extension ImageCatalog {
  /// What was worked out already: projects ask for the same few images again and again.
  private final class Memory: Sendable {
    private let properties = Mutex<[ImageReference: Properties?]>([:])
    private let configurations = Mutex<[String: ImageConfiguration?]>([:])
    private static let limit = 1000

    func properties(_ key: ImageReference, _ work: () -> Properties?) -> Properties? {
      if let known = properties.withLock({ $0[key] }) { return known }
      let value = work()
      properties.withLock { if $0.count < Self.limit { $0[key] = .some(value) } }
      return value
    }

    func configuration(_ key: String, _ work: () -> ImageConfiguration?) -> ImageConfiguration? {
      if let known = configurations.withLock({ $0[key] }) { return known }
      let value = work()
      configurations.withLock { if $0.count < Self.limit { $0[key] = .some(value) } }
      return value
    }
  }
}

extension String {
  /// A tag without a version stands for the newest image: `latest`, `alpine`, `bookworm`.
  fileprivate var isWordOfNewest: Bool { first?.isLetter == true }
}

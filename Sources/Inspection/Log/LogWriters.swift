import ComposeSyntax

/// Which service a container is, by the name that output calls it.
struct LogWriters {
  /// Services by their names and those of their containers.
  private let services: [String: String]

  init(_ compose: ComposeReading?) {
    var services: [String: String] = [:]
    for service in compose?.project.services ?? [] {
      services[service.name] = service.name
      if let container = service.containerName?.value { services[container] = service.name }
    }
    self.services = services
  }

  /// The service behind `web-1`, `web_1`, `project-web-1` or a container's own name; nil where none is called so.
  func service(_ writer: String) -> String? {
    if let service = services[writer] { return service }
    let name = Self.withoutNumber(writer)
    if let service = services[name] { return service }
    // The project stands before it; of several services that end so, the longest name is meant.
    let fitting = services.filter { name.hasSuffix("-" + $0.key) || name.hasSuffix("_" + $0.key) }
    return fitting.max { ($0.key.utf8.count, $1.key) < ($1.key.utf8.count, $0.key) }?.value
  }

  private static func withoutNumber(_ writer: String) -> String {
    guard let mark = writer.lastIndex(where: { $0 == "-" || $0 == "_" }) else { return writer }
    let rest = writer[writer.index(after: mark)...]
    return !rest.isEmpty && rest.allSatisfy(\.isNumber) ? String(writer[..<mark]) : writer
  }
}

import ProgramSource
import SourceText

/// Writes down what a service that runs PHP does: where php-fpm listens, whether it drops the environment, and which hosts
/// the source speaks to.
struct PHPFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let files: ServiceFiles
  let workspace: Workspace
  let variables: [ServiceModel.Setting]

  func add(to facts: inout FactStore) {
    let sources = PHPSources(chain, files, workspace)
    let source = SourceFacts(
      service: service, runtime: "other", values: EffectiveValues(arguments: [], variables: variables))
    // Which of the files a request leads through nobody can tell.
    for host in sources.hosts { source.add(host, presumed: true, to: &facts) }
    guard let pool = FpmPool(chain, service, files, workspace) else { return }
    if let listen = pool.listen { add(listen, to: &facts) }
    if pool.clearsEnvironment == true { addDropped(pool, sources, to: &facts) }
  }

  /// `9000`, `127.0.0.1:9000`, `[::]:9000`; a path is a unix socket.
  private func add(_ listen: Cell, to facts: inout FactStore) {
    guard let text = listen.value, !text.contains("/"), !text.contains("$") else { return }
    let colon = text.lastIndex(of: ":")
    let port = colon.map { String(text[text.index(after: $0)...]) } ?? text
    guard Int(port) != nil else { return }
    let host = colon.map { String(text[..<$0]) } ?? ""
    facts.add(
      "listens",
      [
        "service": Cell(service.name),
        "address": Cell(
          KnownListener.kind(host),
          colon == nil
            ? nil
            : listen.place.map { place in
              Place(place.source, ByteRange(place.range.start, place.range.start + host.utf8.count))
            }),
        "port": Cell(port, listen.place), "protocol": "tcp", "by": "file", "role": "main", "name": "",
        "program": "php-fpm",
      ], at: listen.place)
    facts.declare("listens", .presumed, for: service.name)
  }

  private func addDropped(_ pool: FpmPool, _ sources: PHPSources, to facts: inout FactStore) {
    let given = variables.filter { $0.by != "image" && !pool.handedOn.contains($0.name) }
    let names = Set(given.map(\.name))
    let use = sources.variables.first { $0.name.value.map(names.contains) == true }
    let name = use?.name.value ?? given.first?.name
    guard let name else { return }
    facts.add(
      "drops-environment",
      [
        "service": Cell(service.name), "via": Cell("php-fpm", pool.place), "saved": "no",
        "name": Cell(
          name,
          use.map { Place(file: $0.place.path, $0.place.range) } ?? given.first { $0.name == name }?.value.place),
        "uses": Cell(use != nil), "job": "",
      ], at: pool.place ?? service.place)
  }
}

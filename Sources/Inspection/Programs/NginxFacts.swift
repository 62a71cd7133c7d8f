import ProgramSource
import SourceText

/// Writes down where an nginx with a configuration of the project listens, and where it passes requests on.
struct NginxFacts {
  let service: ServiceModel
  let files: ServiceFiles
  let workspace: Workspace

  /// The configurations that this nginx reads.
  private var configurations: [NginxFile] {
    let own = files.files.filter { file in
      file.path.hasPrefix("/etc/nginx/")
        && (file.path.hasSuffix(".conf") || file.path.hasSuffix(".template") || !Path.name(file.path).contains("."))
        || file.path.hasPrefix("/opt/bitnami/nginx/conf/") && file.path.hasSuffix(".conf")
    }
    return own.compactMap { workspace.file($0.projectFile) }.map(NginxFile.init)
  }

  /// Whether it has a configuration that says where it listens.
  var isConfigured: Bool {
    configurations.contains { $0.directives(["listen"]).contains { $0.blocks.contains("server") } }
  }

  func add(to facts: inout FactStore) {
    for file in configurations {
      for directive in file.directives(["listen"]) where directive.blocks.contains("server") {
        guard let word = directive.arguments.first else { continue }
        addListener(word, directive, file, to: &facts)
      }
      for directive in file.directives(["proxy_pass", "server", "fastcgi_pass", "grpc_pass", "uwsgi_pass"]) {
        guard directive.name.text != "server" || directive.blocks.last == "upstream",
          let word = directive.arguments.first
        else { continue }
        addTarget(word, isResolvedLater: directive.arguments.contains { $0.text == "resolve" }, file, to: &facts)
      }
    }
  }

  private func addListener(
    _ word: SpelledText, _ directive: NginxFile.Directive, _ file: NginxFile, to facts: inout FactStore
  ) {
    let text = word.text
    guard !text.hasPrefix("unix:") else { return }
    let colon =
      text.hasPrefix("[")
      ? text.firstIndex(of: "]").flatMap { text[$0...].firstIndex(of: ":") } : text.lastIndex(of: ":")
    let host = colon.map { String(text[..<$0]) } ?? (Int(text) == nil ? text : "")
    let port = colon.map { String(text[text.index(after: $0)...]) } ?? (Int(text) == nil ? "80" : text)
    let start = word.range.end - port.utf8.count
    let portPlace =
      text.hasSuffix(port)
      ? Place(file: file.path, ByteRange(start, word.range.end)) : Place(file: file.path, word.range)
    let hostPlace =
      host.isEmpty
      ? Place(file: file.path, word.range)
      : Place(file: file.path, ByteRange(word.range.start, word.range.start + host.utf8.count))
    facts.add(
      "listens",
      [
        "service": Cell(service.name), "address": Cell(host.contains("$") ? nil : KnownListener.kind(host), hostPlace),
        "port": Cell(Int(port).map(String.init), portPlace),
        "protocol": Cell(directive.arguments.contains { $0.text == "udp" || $0.text == "quic" } ? "udp" : "tcp"),
        "by": "file", "role": "main", "name": "", "program": "nginx",
      ], at: Place(file: file.path, word.range))
  }

  /// Names are resolved once, at the start, and one that is unknown ends nginx; those of servers with `resolve` are not.
  ///
  /// https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve
  private func addTarget(
    _ word: SpelledText, isResolvedLater: Bool, _ file: NginxFile, to facts: inout FactStore
  ) {
    // A name with a variable in it is resolved at each request, by a resolver.
    guard !word.text.contains("$"), !word.text.hasPrefix("unix:") else { return }
    let bytes = Array(word.text.utf8)
    var address = NetworkAddress.all(in: bytes, 0..<bytes.count).first
    if address == nil, !word.text.contains("/"), !word.text.isEmpty {
      address = NetworkAddress(
        scheme: "http", host: word.text, hostRange: 0..<bytes.count, port: nil, portRange: nil, path: "")
    }
    guard let address, !isUpstream(address.host, file) else { return }
    ReachFacts.add(
      address, service.name, by: "file", Place(file: file.path, word.range), at: word.range.start,
      when: isResolvedLater ? "request" : "start", retries: isResolvedLater ? nil : "no",
      fatal: isResolvedLater ? "no" : "yes", to: &facts)
  }

  private func isUpstream(_ name: String, _ file: NginxFile) -> Bool {
    configurations.contains { $0.directives(["upstream"]).contains { $0.arguments.first?.text == name } }
  }
}

import ComposeSyntax

extension ServiceModel {
  /// The names under which other containers find it.
  var names: Set<String> {
    var names: Set<String> = [name]
    if let container = compose?.containerName?.value ?? command?.value("--name") { names.insert(container) }
    for network in compose?.networks ?? [] { names.formUnion(network.aliases.map(\.value)) }
    for word in (command?.values("--network-alias") ?? []) + (command?.values("--net-alias") ?? []) {
      if let text = word.text { names.insert(text) }
    }
    return names
  }

  /// The family of its image: what the knowledge base says, else a well-known word in the name of an image that it does
  /// not know, such as `team/dev-elasticsearch`.
  var family: String? {
    // A build that brings a command of its own runs something else than its base image.
    guard plan.dockerfile == nil || runsBaseCommand else { return nil }
    if let known = stage?.base?.family { return known }
    guard plan.dockerfile == nil, let reference = stage?.reference else { return nil }
    let words = Path.name(ImageReference(reference).repository).lowercased().split { !$0.isLetter && !$0.isNumber }.map(
      String.init)
    return Self.families.first { family in words.contains { $0.hasPrefix(family) } }
  }

  /// Whether its server is ready only long after its process has started; nil where that is not known.
  var startsSlowly: Bool? {
    guard let family else { return nil }
    return stage?.base?["starts"] == "slow" || Self.slow.contains(family)
  }

  private var runsBaseCommand: Bool {
    guard let image else { return false }
    return image.entrypoint?.instruction == nil && image.command?.instruction == nil
      && (image.entrypoint != nil || image.command != nil)
  }

  private static let slow: Set<String> = [
    "postgres", "pgvector", "postgis", "timescaledb", "mysql", "mariadb", "percona", "mongo", "mongodb",
    "elasticsearch", "opensearch", "kafka",
    "rabbitmq", "cassandra", "keycloak", "oracle", "mssql", "neo4j", "clickhouse", "cockroach", "couchbase",
    "zookeeper", "solr", "sonarqube",
    "localstack", "activemq", "artemis", "influxdb", "scylla", "redpanda", "logstash", "kibana", "vault",
  ]

  private static let families =
    slow.sorted() + ["redis", "nginx", "memcached", "traefik", "haproxy", "caddy", "httpd", "minio", "nats"]
}

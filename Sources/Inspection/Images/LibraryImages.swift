/// The images of Docker Hub that are named by one word.
///
/// https://github.com/docker-library/official-images/tree/master/library, deprecated ones included.
enum LibraryImages {
  /// Whether the reference is a single word that is none of them: only a local build makes an image of that name.
  static func isLocal(_ reference: ImageReference) -> Bool {
    !reference.repository.contains("/") && !names.contains(reference.repository)
  }

  /// The reference with a tag of the shape that these images have: releases of Alpine without a patch number, no `v` before a
  /// version, no `latest-` before a variant. Nil where there is nothing to mend.
  static func nearest(_ reference: ImageReference) -> String? {
    guard let tag = reference.tag, reference.digest == nil else { return nil }
    var parts = tag.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    if parts.count > 1, parts.first == "latest" { parts.removeFirst() }
    if let first = parts.first, first.hasPrefix("v"), first.dropFirst().first?.isNumber == true {
      parts[0] = String(first.dropFirst())
    }
    for index in parts.indices where parts[index].hasPrefix("alpine3.") {
      parts[index] = parts[index].split(separator: ".").prefix(2).joined(separator: ".")
    }
    let mended = parts.joined(separator: "-")
    return mended == tag ? nil : "\(reference.repository):\(mended)"
  }

  static let names: Set<String> = [
    "adminer", "adoptopenjdk", "aerospike", "almalinux", "alpine", "alt", "amazoncorretto", "amazonlinux",
    "api-firewall",
    "arangodb", "archlinux", "backdrop", "bash", "bonita", "buildpack-deps", "busybox", "caddy", "cassandra", "centos",
    "chronograf", "cirros", "clearlinux", "clefos", "clickhouse", "clojure", "composer", "consul", "convertigo",
    "couchbase",
    "couchdb", "crate", "crux", "dart", "debian", "docker", "django", "drupal", "eclipse-mosquitto", "eclipse-temurin",
    "eggdrop", "elasticsearch", "elixir", "emqx", "erlang", "euleros", "express-gateway", "fedora", "flink", "fluentd",
    "friendica", "gazebo", "gcc", "geonetwork", "ghost", "golang", "gradle", "groovy", "haproxy", "haskell", "haxe",
    "hello-seattle",
    "hello-world", "hitch", "hola-mundo", "httpd", "hylang", "ibmjava", "ibm-semeru-runtimes", "influxdb", "iojs",
    "irssi",
    "java", "jenkins", "jetty", "jobber", "joomla", "jruby", "julia", "kaazing-gateway", "kapacitor", "kibana", "known",
    "kong",
    "krakend", "lightstreamer", "liquibase", "logstash", "mageia", "mariadb", "matomo", "maven", "mediawiki",
    "memcached",
    "mongo", "mongo-express", "monica", "mono", "mysql", "nats", "nats-streaming", "neo4j", "neurodebian", "nextcloud",
    "nginx",
    "node", "notary", "nuxeo", "odoo", "open-liberty", "openjdk", "opensuse", "oraclelinux", "orientdb", "percona",
    "perl",
    "photon", "php", "php-zendserver", "phpmyadmin", "piwik", "plone", "postfixadmin", "postgres", "pypy", "python",
    "r-base",
    "rabbitmq", "rails", "rakudo-star", "rapidoid", "redis", "redmine", "registry", "rethinkdb", "rocket.chat",
    "rockylinux",
    "ros", "ruby", "rust", "sapmachine", "satosa", "scratch", "sentry", "silverpeas", "sl", "solr", "sonarqube",
    "sourcemage",
    "spark", "spiped", "storm", "swarm", "swift", "swipl", "teamspeak", "telegraf", "thrift", "tomcat", "tomee",
    "traefik",
    "ubuntu", "ubuntu-debootstrap", "ubuntu-upstart", "unit", "valkey", "varnish", "vault", "websphere-liberty",
    "wordpress",
    "xwiki", "yourls", "znc", "zookeeper",
  ]
}

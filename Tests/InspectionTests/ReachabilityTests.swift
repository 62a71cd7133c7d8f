import Inspection
import Testing

/// What is published, declared and attached: the way from the host, and between containers.
@Suite struct ReachabilityTests {
  private func service(_ lines: String, image: String = "nginx:1.27") -> Facts {
    Facts(["compose.yaml": "services:\n  web:\n    image: \(image)\n\(lines)"])
  }

  private func run(_ options: String, image: String = "nginx:1.27") -> Facts {
    Facts([:]) { $0.commands = ["docker run \(options) \(image)"] }
  }

  @Test(arguments: [
    ("\"8080:80\"", ["", "8080", "80", "tcp", "short"]), ("\"80\"", ["", "", "80", "tcp", "short"]),
    ("\"127.0.0.1:8080:80\"", ["127.0.0.1", "8080", "80", "tcp", "short"]),
    ("\"[::1]:8080:80\"", ["::1", "8080", "80", "tcp", "short"]),
    ("\"5353:53/udp\"", ["", "5353", "53", "udp", "short"]),
    ("{target: 80, published: \"8080\", host_ip: 127.0.0.1}", ["127.0.0.1", "8080", "80", "tcp", "long"]),
    ("22:22", ["", "22", "22", "tcp", "base60"]),
  ])
  func portsOfCompose(port: String, expected: [String]) {
    let facts = service("    ports:\n      - \(port)\n")
    #expect(facts.rows("publishes", "host-address", "host", "container", "protocol", "written") == [expected])
  }

  @Test func aRangeIsAsManyPorts() {
    let facts = service("    ports:\n      - \"8000-8002:90-92\"\n")
    #expect(facts.rows("publishes", "host", "container") == [["8000", "90"], ["8001", "91"], ["8002", "92"]])
  }

  @Test func yamlTakesAColonForMinutes() {
    // 22 * 60 + 22, as YAML 1.1 reads it.
    #expect(service("    ports:\n      - 22:22\n").rows("publishes", "misread", "text") == [["1342", "22:22"]])
  }

  @Test(arguments: [("container", "80"), ("host", "8080"), ("host-address", "127.0.0.1")])
  func partsOfAPortAreUnderlined(column: String, text: String) {
    #expect(service("    ports:\n      - \"127.0.0.1:8080:80\"\n").texts("publishes", column) == [text])
  }

  private static let portsOfACommandLineCases: [(String, [[String]])] = [
    ("-p 8080:80", [["", "8080", "80", "tcp"]]), ("-p8080:80", [["", "8080", "80", "tcp"]]),
    ("--publish=127.0.0.1:8080:80", [["127.0.0.1", "8080", "80", "tcp"]]), ("-p 53:53/udp", [["", "53", "53", "udp"]]),
    ("-dp 8080:80", [["", "8080", "80", "tcp"]]), ("-p 127.0.0.1::80", [["127.0.0.1", "", "80", "tcp"]]),
    ("-p [::1]:8080:80", [["[::1]", "8080", "80", "tcp"]]), ("-p $PORT:80", [["?", "?", "?", "?"]]),
    ("-p 80:80/quic", [["", "80", "80", "?"]]), ("-p nonsense", []), ("-p :", []),
  ]

  @Test(arguments: portsOfACommandLineCases)
  func portsOfACommandLine(options: String, expected: [[String]]) {
    let facts = run(options)
    #expect(facts.result.facts.misfits == [])
    let found = facts.rows("publishes", "host-address", "host", "container", "protocol")
    #expect(found == expected)
  }

  @Test func allExposedPortsArePublished() {
    #expect(run("-P").rows("publishes", "container", "host") == [["80", "?"]])
  }

  @Test(arguments: [("\"3000\"", ["3000", "tcp"]), ("\"53/udp\"", ["53", "udp"]), ("3000", ["3000", "tcp"])])
  func composeDeclaresPorts(port: String, expected: [String]) {
    let rows = service("    expose:\n      - \(port)\n").rows("exposes", "port", "protocol", "in", "own")
    #expect(rows.filter { $0[2] == "compose" } == [expected + ["compose", "yes"]])
  }

  @Test func theImageDeclaresPortsOfItsOwn() {
    let facts = Facts(["Dockerfile": "FROM nginx:1.27\nEXPOSE 8080/udp 9090\n"])
    let rows = Set(facts.rows("exposes", "port", "protocol", "own"))
    #expect(rows == [["80", "tcp", "no"], ["8080", "udp", "yes"], ["9090", "tcp", "yes"]])
  }

  @Test(arguments: [
    ("    network_mode: host\n", [["host", "host"]]), ("    network_mode: none\n", [["none", "none"]]),
    ("    network_mode: \"container:db\"\n", [["container", "container:db"]]),
    ("    networks: [front, back]\n", [["bridge", "front"], ["bridge", "back"]]),
  ])
  func networksOfCompose(lines: String, expected: [[String]]) {
    let facts = service(lines + "networks:\n  front:\n  back:\n")
    #expect(facts.rows("network", "mode", "name") == expected)
  }

  @Test(arguments: [
    ("--network host", [["host", "host"]]), ("--net=none", [["none", "none"]]),
    ("--network container:db", [["container", "container:db"]]),
    ("--network shop", [["bridge", "shop"]]), ("", [["bridge", "bridge"]]),
  ])
  func networksOfACommandLine(options: String, expected: [[String]]) {
    #expect(run(options).rows("network", "mode", "name") == expected)
  }

  @Test func namesOfAContainer() {
    let facts = run("--name shop --network back --network-alias api --network-alias=web")
    #expect(Set(facts.rows("names", "name", "kind")) == [["shop", "service"], ["api", "alias"], ["web", "alias"]])
    let compose = service(
      "    container_name: shop\n    networks:\n      back:\n        aliases: [api]\nnetworks:\n  back:\n")
    #expect(
      Set(compose.rows("names", "name", "kind")) == [["web", "service"], ["shop", "container"], ["api", "alias"]])
    #expect(compose.texts("names", "name").contains("api"))
  }

  @Test func namesThatOnlyOneContainerKnows() {
    let lines =
      "    hostname: box\n    extra_hosts:\n      - \"host.docker.internal:host-gateway\"\n    links: [\"db:store\"]\n"
    let facts = Facts([
      "compose.yaml": "services:\n  web:\n    image: nginx:1.27\n\(lines)  db:\n    image: postgres:17\n"
    ])
    #expect(
      Set(facts.rows("hosts-entry", "name", "kind", "value")) == [
        ["store", "link", "db"], ["host.docker.internal", "extra-host", "host-gateway"], ["box", "hostname", ""],
      ])
    let typed = run("--add-host db:10.0.0.7 --hostname box --link store:db2")
    #expect(
      Set(typed.rows("hosts-entry", "name", "kind", "value")) == [
        ["db2", "link", "store"], ["db", "extra-host", "10.0.0.7"], ["box", "hostname", ""],
      ])
  }

  @Test(arguments: [
    ("\"8080:80\"", "\"8080:90\"", 1), ("\"8080:80\"", "\"8081:80\"", 0), ("\"8080:80/udp\"", "\"8080:80\"", 0),
    ("\"127.0.0.1:8080:80\"", "\"127.0.0.2:8080:80\"", 0), ("\"127.0.0.1:8080:80\"", "\"8080:80\"", 1),
    ("\"80\"", "\"80\"", 0),
  ])
  func twoServicesWantAPortOfTheHost(one: String, other: String, count: Int) {
    let facts = Facts([
      "compose.yaml": """
      services:
        a:
          image: nginx:1.27
          ports: [\(one)]
        b:
          image: nginx:1.27
          ports: [\(other)]
      """
    ])
    #expect(facts.rows("conflicts", "how").count == count)
    if count > 0 { #expect(facts.rows("conflicts", "service", "with", "port") == [["b", "a", "8080"]]) }
  }

  @Test(arguments: [
    ("    depends_on: [db]\n", ["db", "started", "list"]),
    ("    depends_on:\n      db:\n        condition: service_healthy\n", ["db", "healthy", "map"]),
    ("    depends_on:\n      db:\n        condition: service_completed_successfully\n", ["db", "completed", "map"]),
  ])
  func whatIsStartedFirst(lines: String, expected: [String]) {
    let facts = Facts([
      "compose.yaml": "services:\n  web:\n    image: nginx:1.27\n\(lines)  db:\n    image: postgres:17\n"
    ])
    #expect(facts.rows("depends", "on", "condition", "form") == [expected])
    #expect(facts.texts("depends", "on") == ["db"])
  }

  private static let strangeOptions: [String] = [
    String(repeating: "-p 80:80 ", count: 500), "-p " + String(repeating: "9", count: 100_000) + ":80",
    "-p " + String(repeating: ":", count: 100_000), "-p " + String(repeating: "[", count: 100_000),
    "-p target=,published=,,,=", "--network " + String(repeating: "a:", count: 50_000), "-p \u{0}:\u{0}",
  ]

  @Test(arguments: strangeOptions)
  func strangeOptionsEnd(options: String) {
    #expect(run(options).result.facts.misfits == [])
  }
}

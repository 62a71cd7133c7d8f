import Inspection
import Knowledge
import KnowledgeData
import Testing

/// How services are reached: published ports, networks, names, and what transcripts say of them.
struct PortAndNetworkTests {
  private func facts(log: String, _ files: [String: String] = [:]) -> Facts {
    Facts(files) { request in
      var reader = LogReader(KnowledgeBase.builtIn.observations)
      reader.read(Array(log.utf8))
      request.log = reader
    }
  }

  @Test(arguments: [
    ("$ docker run -p 8080:80 nginx", "8080", "80"),
    ("laptop$ docker run -p 8080:80 nginx", "8080", "80"),
    ("root@server:/srv# docker run -p 8080:80 nginx", "8080", "80"),
    ("[me@server ~]$ docker run -p 8080:80 nginx", "8080", "80"),
    ("$ docker service create --publish published=8080,target=80 nginx", "8080", "80"),
  ])
  func portsOfATypedCommand(line: String, host: String, container: String) {
    #expect(facts(log: line + "\n").rows("publishes", "host", "container") == [[host, container]])
  }

  @Test(arguments: [
    "price is 5$ docker run -p 8080:80 nginx", "Step# 4 -p 8080:80", "cost$ 12", "$", "# ", "a$ b",
  ])
  func textThatIsNoPrompt(line: String) {
    #expect(facts(log: line + "\n").rows("publishes", "host").isEmpty)
  }

  @Test(arguments: [
    ("curl localhost:8080/x", "localhost", "8080"),
    ("curl -m 30 http://203.0.113.7:10080/", "203.0.113.7", "10080"),
    ("curl https://shop.example/", "shop.example", "443"),
  ])
  func whomAClientAsked(command: String, host: String, port: String) {
    let found = facts(log: "$ \(command)\ncurl: (52) Empty reply from server\n").rows(
      "observed", "kind", "host", "port")
    #expect(found == [["client-reset", host, port]])
  }

  @Test func namesOfContainersOnTheDefaultNetworkAreNoNames() {
    let log = "$ docker run --name db postgres:16\n$ docker run --name web --network shop nginx\n"
    #expect(facts(log: log).rows("names", "name") == [["web"]])
  }

  @Test func anInternalNetworkIsPointedAt() {
    let found = Facts([
      "compose.yaml": """
      services:
        web:
          image: nginx
          networks: [back]
      networks:
        back:
          internal: true
      """
    ])
    #expect(found.rows("network", "name", "internal", "form") == [["back", "yes", "list"]])
    #expect(found.texts("network", "internal") == ["true"])
  }

  private static let ownAddressesAreNotReachedCases: [(String, [String])] = [
    ("DATABASE_URL: postgres://app@localhost:5432/app", ["localhost"]),
    ("BASE_URL: http://localhost:8080", []),
    ("ALLOWED_ORIGINS: http://localhost:3000", []),
  ]

  @Test(arguments: ownAddressesAreNotReachedCases)
  func ownAddressesAreNotReached(setting: String, hosts: [String]) {
    let found = Facts(["compose.yaml": "services:\n  web:\n    image: shop/web\n    environment:\n      \(setting)\n"])
    #expect(found.rows("reaches", "host").map { $0[0] } == hosts)
  }

  @Test func aDatabaseAsksNobody() {
    let text =
      "services:\n  db:\n    image: postgres:16\n    environment:\n      DB_HOST: localhost\n      DB_PORT: 5432\n"
    #expect(Facts(["compose.yaml": text]).rows("reaches", "host").isEmpty)
  }

  @Test func theServiceThatWroteALineIsKnown() {
    let compose = "services:\n  web:\n    image: nginx\n  db:\n    image: postgres:16\n    container_name: store\n"
    let log = """
      web-1  | dial tcp 172.18.0.2:5432: connect: connection refused
      $ docker logs store
      LOG:  database system is ready to accept connections
      """
    let found = facts(log: log, ["compose.yaml": compose]).rows("observed", "kind", "service")
    #expect(found == [["refused", "web"], ["server-ready", "db"]])
  }
}

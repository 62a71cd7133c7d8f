import Inspection
import Testing

/// Where a Spring Boot application listens, and which services its settings name.
@Suite struct SpringTests {
  private static let pom =
    "<project><artifactId>shop</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>"
  private static let dockerfile = """
    FROM maven:3.9-eclipse-temurin-21 AS build
    WORKDIR /src
    COPY . .
    RUN mvn package
    FROM eclipse-temurin:21-jre
    WORKDIR /app
    COPY --from=build /src/target/shop.jar /app/shop.jar
    %
    """

  private func shop(
    _ settings: [String: String], command: String = "CMD [\"java\", \"-jar\", \"/app/shop.jar\"]", compose: String = "",
    manifest: [String: String] = ["pom.xml": pom]
  ) -> Facts {
    var files = manifest
    files["Dockerfile"] = Self.dockerfile.replacing("%", with: command) + "\n"
    for (name, text) in settings { files[name.contains("/") ? name : "src/main/resources/\(name)"] = text }
    files["compose.yaml"] =
      "services:\n  shop:\n    build: .\n\(compose)  db:\n    image: postgres:17\n  cache:\n    image: redis:7\n"
    return Facts(files)
  }

  private func listens(_ facts: Facts) -> [[String]] {
    facts.rows("listens", "service", "address", "port", "role").filter { $0[0] == "shop" }.map { Array($0.dropFirst()) }
  }

  // MARK: Listening

  private static let settingsOfTheServerCases: [([String: String], [[String]])] = [
    (["application.properties": "server.port=8081\n"], [["all", "8081", "main"]]),
    (["application.properties": "server.address = 127.0.0.1\n"], [["loopback", "8080", "main"]]),
    (["application.properties": "# server.port=8081\nserver.port: 82\n"], [["all", "82", "main"]]),
    (["application.yml": "server:\n  port: 8081\n  address: localhost\n"], [["loopback", "8081", "main"]]),
    (["application.yaml": "server.port: 8081\n"], [["all", "8081", "main"]]),
    (["application.yml": "server: {port: \"${PORT:9000}\"}\n"], [["all", "9000", "main"]]),
    (["application.yml": "spring: {}\n"], [["all", "8080", "main"]]),
    (
      ["application.properties": "server.port=81\nmanagement.server.port=82\n"],
      [["all", "81", "main"], ["all", "82", "admin"]]
    ),
    // Properties come before YAML in one folder.
    (
      ["application.yml": "server: {port: 81}\n", "application.properties": "server.port=82\n"],
      [["all", "82", "main"]]
    ),
    // A part that holds only with a profile.
    (
      ["application.yml": "server:\n  port: 81\n---\nspring.config.activate.on-profile: dev\nserver.port: 82\n"],
      [["all", "81", "main"]]
    ),
    (["application.properties": "spring.main.web-application-type=none\n"], []),
    (["application.properties": "server.port=0\n"], []),
    (["application.properties": "server.port=-1\n"], []),
  ]

  @Test(arguments: settingsOfTheServerCases)
  func settingsOfTheServer(settings: [String: String], expected: [[String]]) {
    #expect(listens(shop(settings)) == expected)
  }

  @Test(arguments: [
    ("    environment: {SERVER_PORT: \"90\"}\n", "CMD [\"java\", \"-jar\", \"/app/shop.jar\"]", ["all", "90"]),
    (
      "    environment: {SERVER_ADDRESS: 127.0.0.1}\n", "CMD [\"java\", \"-jar\", \"/app/shop.jar\"]",
      ["loopback", "81"]
    ),
    ("", "CMD [\"java\", \"-jar\", \"/app/shop.jar\", \"--server.port=90\"]", ["all", "90"]),
    ("", "CMD [\"java\", \"-Dserver.port=90\", \"-jar\", \"/app/shop.jar\"]", ["all", "90"]),
    ("", "ENTRYPOINT java -Dserver.address=localhost -jar /app/shop.jar", ["loopback", "81"]),
    (
      "    environment: {JAVA_TOOL_OPTIONS: \"-Xmx1g -Dserver.port=90\"}\n",
      "CMD [\"java\", \"-jar\", \"/app/shop.jar\"]", ["all", "90"]
    ),
    (
      "    environment: {SPRING_PROFILES_ACTIVE: \"other,docker\"}\n", "CMD [\"java\", \"-jar\", \"/app/shop.jar\"]",
      ["all", "99"]
    ),
    ("", "CMD [\"java\", \"-jar\", \"/app/shop.jar\", \"--spring.profiles.active=docker\"]", ["all", "99"]),
    // A file beside the program.
    (
      "    volumes: [\"./own.properties:/app/config/application.properties\"]\n",
      "CMD [\"java\", \"-jar\", \"/app/shop.jar\"]", ["all", "7000"]
    ),
  ])
  func whatComesBeforeTheFile(compose: String, command: String, expected: [String]) {
    let facts = shop(
      [
        "application.properties": "server.port=81\n", "application-docker.yml": "server.port: 99\n",
        "./own.properties": "server.port=7000\n",
      ], command: command, compose: compose)
    #expect(listens(facts).map { Array($0.prefix(2)) } == [expected])
  }

  @Test func theValuesAreUnderlined() throws {
    let facts = shop(["application.yml": "server:\n  address: 127.0.0.1 # inside\n  port: ${PORT:8081}\n"])
    let rows = facts.result.facts.rows("listens").filter { facts.result.facts.cell($0, "service").value == "shop" }
    let row = try #require(rows.first)
    for (column, text) in [("address", "127.0.0.1"), ("port", "8081")] {
      let place = try #require(facts.result.facts.cell(row, column).place)
      #expect(place.file == "src/main/resources/application.yml")
      #expect(facts.result.files[place.file ?? ""]?.text(place.range) == text)
    }
  }

  @Test(arguments: [
    "CMD [\"java\", \"-cp\", \"/app\", \"Main\"]", "CMD [\"/app/run\"]", "CMD [\"java\", \"-version\"]",
  ])
  func otherProgramsAreNotTakenForOne(command: String) {
    #expect(listens(shop(["application.properties": "server.port=81\n"], command: command)).isEmpty)
  }

  @Test func withoutAServerNothingListens() {
    let plain = "<project><artifactId>shop</artifactId></project>"
    #expect(listens(shop(["application.properties": "a=b\n"], manifest: ["pom.xml": plain])).isEmpty)
    let gradle = "dependencies {\n  implementation 'org.springframework.boot:spring-boot-starter-webflux'\n}\n"
    #expect(
      listens(shop(["application.properties": "a=b\n"], manifest: ["build.gradle": gradle])).map { $0[1] } == ["8080"])
  }

  @Test func ofSeveralModulesTheCommandNamesOne() {
    let settings = [
      "shop/src/main/resources/application.properties": "server.port=81\n",
      "bank/src/main/resources/application.properties": "server.port=82\n",
    ]
    #expect(listens(shop(settings)).map { $0[1] } == ["81"])
    let unclear = shop(settings, command: "CMD [\"java\", \"-jar\", \"/app/app.jar\"]")
    #expect(listens(unclear).isEmpty)
  }

  // MARK: Other services

  private static let hostsCases: [(String, [[String]])] = [
    ("spring.datasource.url=jdbc:postgresql://localhost:5432/shop\n", [["localhost", "5432"]]),
    ("spring.datasource.url=jdbc:postgresql://db/shop\n", [["db", "5432"]]),
    ("spring.datasource.url=jdbc:postgresql://${DB_HOST:localhost}:${DB_PORT:5433}/shop\n", [["localhost", "5433"]]),
    ("spring.datasource.url=jdbc:postgresql://${DB_HOST}:5432/shop\n", []),
    ("spring.data.redis.host=127.0.0.1\nspring.data.redis.port=6380\n", [["127.0.0.1", "6380"]]),
    ("spring.data.redis.host=cache\n", [["cache", "6379"]]),
    ("spring.kafka.bootstrap-servers=localhost:9092\n", [["localhost", "9092"]]),
    ("spring.data.mongodb.uri=mongodb://localhost/shop\n", [["localhost", "27017"]]),
    // Nobody knows whether that is another container.
    ("spring.datasource.url=jdbc:postgresql://far.example:5432/shop\n", []),
    ("app.link=http://localhost:3000\n", []),
    ("# spring.datasource.url=jdbc:postgresql://localhost:5432/shop\n", []),
    ("host=localhost\nspring.datasource.url=jdbc:postgresql://${host}:5432/shop\n", [["localhost", "5432"]]),
    ("a=${b}\nb=${a}\nspring.datasource.url=jdbc:postgresql://${a}:5432/shop\n", []),
    ("spring.datasource.url=jdbc:postgresql://${x:${y:db}}:5432/${\n", []),
    ("spring.datasource.url=jdbc:postgresql://${x:${y:db}}:5432/shop\n", [["db", "5432"]]),
  ]

  @Test(arguments: hostsCases)
  func hosts(text: String, expected: [[String]]) {
    let rows = shop(["application.properties": text]).rows("reaches", "service", "host", "port", "by")
    #expect(rows == expected.map { ["shop"] + $0 + ["file"] })
  }

  @Test(arguments: ["SPRING_DATASOURCE_URL", "DB_HOST"])
  func theContainersVariablesComeFirst(name: String) {
    let facts = shop(
      ["application.properties": "spring.datasource.url=jdbc:postgresql://${DB_HOST:localhost}:5432/shop\n"],
      compose: "    environment: {\(name): \"\(name == "DB_HOST" ? "db" : "jdbc:postgresql://db:5432/shop")\"}\n")
    #expect(Set(facts.rows("reaches", "host")) == [["db"]])
  }

  @Test func profilesDecideAboutHostsToo() {
    let settings = [
      "application.properties": "spring.datasource.url=jdbc:postgresql://localhost:5432/shop\n",
      "application-docker.properties": "spring.datasource.url=jdbc:postgresql://db:5432/shop\n",
    ]
    #expect(shop(settings).rows("reaches", "host") == [["localhost"]])
    let active = shop(settings, compose: "    environment: {SPRING_PROFILES_ACTIVE: docker}\n")
    #expect(active.rows("reaches", "host") == [["db"]])
  }

  // MARK: Hostile

  private static let strangeSettings: [(String, String)] = [
    ("application.yml", String(repeating: "a: {", count: 20_000)), ("application.yml", "- server\n- port\n"),
    ("application.yml", String(repeating: "---\nserver.port: 1\n", count: 2_000)),
    ("application.yml", (0..<60).map { String(repeating: " ", count: $0) + "a:\n" }.joined()),
    ("application.properties", "spring.a.url=" + String(repeating: "${", count: 50_000)),
    ("application.properties", "spring.a.url=" + String(repeating: "${a:", count: 2_000)),
    (
      "application.properties",
      (0..<30).map { "k\($0)=${k\($0 + 1)}${k\($0 + 1)}\n" }.joined() + "spring.a.url=http://${k0}\n"
    ),
    ("application.properties", (0..<20_000).map { "spring.k\($0).url=http://localhost:80\n" }.joined()),
    ("application.properties", "spring.profiles.active=../../etc,/,,a\nserver.port=99999999999999999999\n"),
    ("application.properties", "server.port=\u{0}\nserver.address=" + String(repeating: "9", count: 100_000)),
    ("application-.yml", "server.port: 1\n"),
  ]

  @Test(arguments: strangeSettings)
  func strangeSettingsEnd(name: String, text: String) {
    #expect(shop([name: text]).result.facts.misfits == [])
  }
}

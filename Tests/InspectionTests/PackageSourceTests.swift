import Inspection
import Testing

/// Where packages come from, and what the platform has to bring along.
@Suite struct PackageSourceTests {
  private static let pom = """
    <project>
      <repositories>
        <repository><id>old</id><url>http://repo.example/maven</url></repository>
        <repository><id>own</id><url>${repo.url}</url></repository>
      </repositories>
      <pluginRepositories>
        <pluginRepository><id>plugins</id><url>https://plugins.example/</url></pluginRepository>
      </pluginRepositories>
    </project>
    """

  @Test func repositoriesOfAPom() {
    let facts = Facts(["pom.xml": Self.pom])
    #expect(
      facts.rows("repository", "tool", "kind", "name", "scheme", "host") == [
        ["mvn", "repository", "old", "http", "repo.example"], ["mvn", "repository", "own", "?", "?"],
        ["mvn", "plugin", "plugins", "https", "plugins.example"],
      ])
    #expect(facts.texts("repository", "scheme") == ["http", "", "https"])
  }

  @Test func mirrorsOfSettings() {
    let text =
      "<settings><mirrors><mirror><id>near</id><mirrorOf>central</mirrorOf><url>https://m.example/r</url></mirror></mirrors></settings>"
    let facts = Facts(["settings.xml": text, "main.go": "package main\n"])
    #expect(facts.rows("repository", "kind", "name", "host", "of") == [["mirror", "near", "m.example", "central"]])
  }

  @Test(arguments: [
    (
      "build.gradle", "repositories {\n  maven { url 'http://old.example/maven' }\n  mavenCentral()\n}\n",
      [["gradle", "http", "old.example"]]
    ),
    (
      "build.gradle.kts", "repositories {\n  maven(\"https://own.example/m\")\n}\n",
      [["gradle", "https", "own.example"]]
    ),
    ("build.gradle", "repositories { mavenCentral() }\n", []),
  ])
  func repositoriesOfGradle(name: String, text: String, expected: [[String]]) {
    #expect(Facts([name: text]).rows("repository", "tool", "scheme", "host") == expected)
  }

  @Test(arguments: ["<project><repositories>", "\u{0}\u{1}", String(repeating: "<a>", count: 20_000)])
  func filesThatAreNoneAreRead(text: String) {
    #expect(Facts(["pom.xml": text, "settings.xml": text]).rows("repository", "url").isEmpty)
  }

  // MARK: Extensions

  private func extensions(_ require: String, _ steps: String, base: String = "php:8.3-fpm-alpine") -> [[String]] {
    Facts([
      "Dockerfile": "FROM \(base)\nWORKDIR /app\nCOPY . .\n\(steps)\n", "composer.json": "{\(require)}",
      "index.php": "<?php\n",
    ]).rows("extension", "name", "state")
  }

  private static let extensionCases: [(String, String, [[String]])] = [
    (
      "\"require\": {\"ext-intl\": \"*\", \"ext-mbstring\": \"*\"}", "RUN composer install",
      [["intl", "missing"], ["mbstring", "there"]]
    ),
    (
      "\"require\": {\"ext-intl\": \"*\"}", "RUN install-php-extensions intl gd\nRUN composer install",
      [["intl", "there"]]
    ),
    // It comes too late.
    (
      "\"require\": {\"ext-intl\": \"*\"}", "RUN composer install\nRUN docker-php-ext-install intl",
      [["intl", "missing"]]
    ),
    (
      "\"require\": {\"ext-intl\": \"*\"}", "RUN docker-php-ext-install $MORE\nRUN composer install",
      [["intl", "unsure"]]
    ),
    (
      "\"require\": {\"ext-intl\": \"*\"}, \"config\": {\"platform\": {\"ext-intl\": \"8\"}}", "RUN composer install",
      []
    ),
    ("\"require-dev\": {\"ext-intl\": \"*\"}", "RUN composer install", []),
    ("\"require\": 3", "RUN composer install", []),
    ("\"require\": {\"ext-intl\": \"*\"}", "RUN composer dump-autoload", []),
  ]

  @Test(arguments: extensionCases)
  func extensionsThatComposerAsksFor(require: String, steps: String, expected: [[String]]) {
    #expect(extensions(require, steps) == expected)
  }

  @Test func anImageThatNobodyKnowsMayHaveAny() {
    #expect(
      extensions("\"require\": {\"ext-intl\": \"*\"}", "RUN composer install", base: "team.example/php:8") == [
        ["intl", "unsure"]
      ])
  }

  // MARK: Variables of PHP

  @Test func variablesThatPHPAsksFor() {
    let facts = Facts([
      "Dockerfile": "FROM php:8.3-apache\nCOPY . /var/www/html\n",
      "index.php": "<?php $a = getenv('API_KEY'); $b = $_ENV['DSN'] ?? 'x'; // getenv('NONE')\n",
    ])
    #expect(
      facts.rows("asks", "name", "default", "fatal") == [["API_KEY", "no", "unknown"], ["DSN", "yes", "unknown"]])
  }

  // MARK: Steps and commands

  @Test(arguments: [(0o644, "no"), (0o755, "yes")])
  func theModeOfAWrapperThatAStepCalls(mode: Int, expected: String) {
    var tree = MemoryTree([
      "Dockerfile": "FROM eclipse-temurin:21\nWORKDIR /src\nCOPY mvnw pom.xml ./\nRUN ./mvnw package\n",
      "pom.xml": "<project></project>",
    ])
    tree["mvnw"] = MemoryTree.File(Array("#!/bin/sh\nexec java -version\n".utf8), mode: mode)
    let facts = Facts([:]) { $0.tree = tree }
    #expect(facts.rows("runs", "tool", "executable").contains(["mvnw", expected]))
  }

  @Test func anArgumentThatACommandMakesIsKeptAsItIsGiven() {
    let facts = Facts([
      "Dockerfile":
        "FROM golang:1.24\nARG BUILD_DATE\nWORKDIR /src\nCOPY . .\nRUN go build -ldflags \"-X main.d=$BUILD_DATE\" -o /a .\n",
      "go.mod": "module a.example/a\n\ngo 1.24\n", "main.go": "package main\n\nvar d string\n\nfunc main() {}\n",
    ]) { $0.commands = ["docker build --build-arg BUILD_DATE=$(date -u +%F) -t a ."] }
    #expect(facts.rows("passes", "name", "value") == [["BUILD_DATE", "?"]])
    #expect(facts.rows("reruns", "name", "given").contains(["BUILD_DATE", "$(date -u +%F)"]))
  }
}

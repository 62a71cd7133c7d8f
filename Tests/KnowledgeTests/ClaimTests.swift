import Diagnosis
import Inspection
import Knowledge
import KnowledgeData
import Testing

/// What causes claim of small projects that differ in one line: proven where it is, silent where it is not.
@Suite struct ClaimTests {
  private func claim(_ cause: String, _ symptom: String, _ files: [String: String]) -> Confidence? {
    let inspection = Inspector(knowledge: .builtIn).inspect(InspectionRequest(tree: MemoryTree(files)))
    let findings = Diagnoser(knowledge: .builtIn, inspection: inspection).findings(symptom: symptom)
    return findings.diagnoses.first { $0.cause.id == cause }?.confidence
  }

  private static let aToolchainThatMayBeFetchedIsNotTooOldCases: [(String, String, Confidence?)] = [
    ("golang:1.22", "RUN go build -o /app .", Confidence.proven),
    ("golang:1.22", "ENV GOTOOLCHAIN=auto\nRUN go build -o /app .", nil),
    ("golang:1.22", "ENV GOTOOLCHAIN=go1.24.1\nRUN go build -o /app .", nil),
    ("golang:1.22", "ENV GOTOOLCHAIN=path\nRUN go build -o /app .", nil),
    ("golang:1.22", "RUN GOTOOLCHAIN=auto go build -o /app .", nil), ("golang:1.24", "RUN go build -o /app .", nil),
    ("golang:1.22", "ENV GOTOOLCHAIN=local\nRUN go build -o /app .", .proven),
    // Go 1.20 knows nothing of toolchains.
    ("golang:1.20", "ENV GOTOOLCHAIN=auto\nRUN go build -o /app .", .likely),
  ]

  /// https://go.dev/doc/toolchain: what GOTOOLCHAIN does not forbid, the go command downloads.
  @Test(arguments: aToolchainThatMayBeFetchedIsNotTooOldCases)
  func aToolchainThatMayBeFetchedIsNotTooOld(base: String, steps: String, expected: Confidence?) {
    let files = [
      "Dockerfile":
        "FROM \(base) AS build\nWORKDIR /src\nCOPY . .\n\(steps)\nFROM alpine:3.20\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
      "go.mod": "module a.example/a\n\ngo 1.24\n", "main.go": "package main\n\nfunc main() {}\n",
    ]
    #expect(claim("toolchain-too-old", "build-fails", files) == expected)
  }

  private static let aDeletedSecretIsStillInItsLayerCases: [(String, Confidence?)] = [
    ("COPY . .", Confidence.proven), ("COPY . .\nRUN rm -f .env", .proven), ("COPY . .\nRUN mv .env /tmp/env", .proven),
    ("COPY app.sh .", nil),
  ]

  @Test(arguments: aDeletedSecretIsStillInItsLayerCases)
  func aDeletedSecretIsStillInItsLayer(steps: String, expected: Confidence?) {
    let files = [
      "Dockerfile": "FROM alpine:3.20\nWORKDIR /srv\n\(steps)\nCMD [\"./app.sh\"]\n", "app.sh": "#!/bin/sh\n",
      ".env": "API_TOKEN=f8a7c2e94b1d\n",
    ]
    #expect(claim("secret-in-image", "leaked-secret", files) == expected)
  }

  @Test(arguments: [("bind 127.0.0.1 -::1\n", true), ("bind 0.0.0.0\n", false)])
  func aServerThatOnlyItsContainerReaches(text: String, isFound: Bool) {
    let files = [
      "compose.yaml":
        "services:\n  store:\n    image: redis:7\n    command: redis-server /etc/redis.conf\n    ports: [\"6379:6379\"]\n    volumes: [\"./redis.conf:/etc/redis.conf\"]\n",
      "redis.conf": text,
    ]
    #expect((claim("listens-on-loopback", "port-unreachable", files) != nil) == isFound)
  }

  private static let composerCases: [(String, String, Confidence?)] = [
    ("php:8.1-cli", "RUN composer install", .proven), ("php:8.2-cli", "RUN composer install", nil),
    ("php:8.1-cli", "RUN composer install --ignore-platform-reqs", nil),
    ("php:8.1-cli", "RUN echo composer install", nil),
  ]

  @Test(arguments: composerCases)
  func aVersionOfPHPThatComposerRefuses(base: String, step: String, expected: Confidence?) {
    let files = [
      "Dockerfile":
        "FROM \(base)\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN apt-get update && apt-get install -y unzip\nWORKDIR /app\nCOPY . .\n\(step)\n",
      "composer.json": "{\"require\": {\"php\": \"^8.2\"}}", "index.php": "<?php\n",
    ]
    #expect(claim("toolchain-too-old", "build-fails", files) == expected)
  }

  private static let archivesCases: [(String, String, Confidence?)] = [
    ("php:8.3-cli", "", .likely), ("php:8.3-cli", "RUN apt-get update && apt-get install -y unzip", nil),
    ("php:8.3-cli", "RUN apt-get update && apt-get install -y git", nil),
    ("php:8.3-cli", "RUN docker-php-ext-install pdo zip", nil), ("php:8.3-cli-alpine", "", nil),
  ]

  @Test(arguments: archivesCases)
  func composerUnpacksArchivesOrClones(base: String, step: String, expected: Confidence?) {
    let files = [
      "Dockerfile":
        "FROM \(base)\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\n\(step)\nWORKDIR /app\nCOPY . .\nRUN composer install\n",
      "composer.json": "{\"require\": {\"a/b\": \"^1.0\"}}", "index.php": "<?php\n",
    ]
    #expect(claim("vcs-tool-missing", "module-download", files) == expected)
  }

  @Test func aWrapperThatIsNotThereYet() {
    let files = [
      "Dockerfile": "FROM eclipse-temurin:21\nWORKDIR /src\nCOPY mvnw pom.xml ./\nRUN ./mvnw dependency:go-offline\n",
      "mvnw": "#!/bin/sh\n", "pom.xml": "<project/>", ".mvn/wrapper/maven-wrapper.properties": "distributionUrl=x\n",
    ]
    #expect(claim("manifest-not-copied", "module-download", files) == .likely)
  }

  @Test(arguments: [
    ("", "spring.datasource.url=jdbc:mysql://localhost:3306/shop", true),
    (
      "    environment: {SPRING_DATASOURCE_URL: \"jdbc:mysql://db:3306/shop\"}\n",
      "spring.datasource.url=jdbc:mysql://localhost:3306/shop", false
    ),
    ("", "spring.datasource.url=jdbc:mysql://db:3306/shop", false),
  ])
  func aSettingOfSpringThatMeansAnotherContainer(compose: String, setting: String, isFound: Bool) {
    let files = [
      "Dockerfile":
        "FROM maven:3-eclipse-temurin-21 AS b\nWORKDIR /src\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre\nCOPY --from=b /src/target/a.jar /a.jar\nCMD [\"java\", \"-jar\", \"/a.jar\"]\n",
      "pom.xml":
        "<project><artifactId>a</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>",
      "src/main/resources/application.properties": setting + "\n",
      "compose.yaml": "services:\n  shop:\n    build: .\n\(compose)  db:\n    image: mysql:8.4\n",
    ]
    #expect((claim("localhost-between-containers", "dependency-not-ready", files) != nil) == isFound)
  }

  // MARK: Ports

  @Test(arguments: [
    ("    scale: 2\n", "8080:80", Confidence.proven), ("    deploy:\n      replicas: 3\n", "8080:80", .proven),
    ("    deploy:\n      replicas: 1\n", "8080:80", nil), ("    scale: 2\n", "80", nil),
  ])
  func copiesOfOneServiceWantOnePort(copies: String, port: String, expected: Confidence?) {
    let files = ["compose.yaml": "services:\n  web:\n    image: nginx:1.27\n    ports: [\"\(port)\"]\n\(copies)"]
    #expect(claim("host-port-conflict", "port-unreachable", files) == expected)
  }

  // MARK: Names

  @Test(arguments: [("accuonts", Confidence.likely), ("accounts", nil), ("payments", nil)])
  func aNameThatIsNearlyThatOfAnotherContainer(host: String, expected: Confidence?) {
    let files = [
      "compose.yaml":
        "services:\n  accounts:\n    image: team.example/accounts:1\n  front:\n    image: nginx:1.27\n    volumes: [\"./site.conf:/etc/nginx/conf.d/default.conf\"]\n",
      "site.conf": "server {\n  listen 80;\n  location / {\n    proxy_pass http://\(host):8080;\n  }\n}\n",
    ]
    #expect(claim("unknown-service-name", "dependency-not-ready", files) == expected)
  }

  @Test(arguments: [("external: true", Confidence.likely), ("driver: bridge", nil)])
  func aProxyOfAnotherProjectIsInNoNetworkOfThisOne(web: String, expected: Confidence?) {
    let files = [
      "compose.yaml":
        "services:\n  app:\n    image: team.example/app:1\n    labels: [\"traefik.http.routers.app.rule=Host(`a.example`)\"]\n    networks: [web, inner]\n  store:\n    image: redis:7\n    networks: [inner]\nnetworks:\n  web:\n    \(web)\n  inner:\n    driver: bridge\n"
    ]
    #expect(claim("proxy-picks-wrong-network", "port-unreachable", files) == expected)
  }

  // MARK: What a step or a script may

  @Test(arguments: [("./data:/srv/data", Confidence.likely), ("/dev/null:/srv/other", nil)])
  func aScriptThatMakesFoldersInAFolderOfRoot(mount: String, expected: Confidence?) {
    let files = [
      "Dockerfile":
        "FROM alpine:3.20\nRUN adduser -D app && mkdir -p /srv/data && chown -R app /srv/data\nCOPY --chmod=755 start.sh /start.sh\nUSER app\nENTRYPOINT [\"/start.sh\"]\n",
      "start.sh": "#!/bin/sh\nset -e\nmkdir -p /srv/data/cache\nexec sleep 1000\n",
      "compose.yaml": "services:\n  app:\n    build: .\n    volumes: [\"\(mount)\"]\n",
    ]
    #expect(claim("unwritable-path-for-user", "permission-denied", files) == expected)
  }

  @Test(arguments: [
    ("\"app:make()\"", nil as Confidence?), ("\"\\\"app:make()\\\"\"", .likely), ("\"'app:make()'\"", .likely),
  ])
  func quotesInsideAnElementReachTheProgram(element: String, expected: Confidence?) {
    let files = [
      "Dockerfile":
        "FROM python:3.12\nWORKDIR /srv\nCOPY app.py .\nRUN pip install gunicorn\nCMD [\"gunicorn\", \(element)]\n",
      "app.py": "def make(): pass\n",
    ]
    #expect(claim("exec-form-needs-shell", "exits-immediately", files) == expected)
  }

  private static let extensionCases: [(String, String, Confidence?)] = [
    ("ext-bcmath", "", .likely), ("ext-json", "", nil), ("ext-bcmath", "RUN docker-php-ext-install -j4 bcmath\n", nil),
    ("ext-redis", "RUN pecl install redis-6.0.2 && docker-php-ext-enable redis\n", nil),
    ("ext-redis", "RUN docker-php-ext-install bcmath\n", .likely),
  ]

  @Test(arguments: extensionCases)
  func anExtensionThatComposerAsksFor(name: String, step: String, expected: Confidence?) {
    let files = [
      "Dockerfile":
        "FROM php:8.3-cli\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nRUN apt-get update && apt-get install -y unzip\nWORKDIR /app\n\(step)COPY . .\nRUN composer install\n",
      "composer.json": "{\"require\": {\"php\": \"^8.2\", \"\(name)\": \"*\"}}", "index.php": "<?php\n",
    ]
    #expect(claim("dependency-version-conflict", "module-download", files) == expected)
  }

  @Test(arguments: [("http", Confidence.possible), ("https", nil)])
  func aRepositoryThatMavenDoesNotAsk(scheme: String, expected: Confidence?) {
    let files = [
      "Dockerfile": "FROM maven:3.9-eclipse-temurin-21\nWORKDIR /src\nCOPY . .\nRUN mvn package\n",
      "pom.xml":
        "<project><artifactId>a</artifactId><repositories><repository><id>old</id><url>\(scheme)://repo.example/maven</url></repository></repositories></project>",
    ]
    #expect(claim("proxy-unreachable", "module-download", files) == expected)
  }
}

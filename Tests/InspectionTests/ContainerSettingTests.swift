import Inspection
import Testing

/// Settings that come too late, or never arrive: baked in by a build, dropped on the way, told to clients.
@Suite struct ContainerSettingTests {
  private func compose(_ lines: String, _ files: [String: String]) -> Facts {
    Facts(files.merging(["compose.yaml": "services:\n  web:\n    build: .\n\(lines)"]) { _, own in own })
  }

  // MARK: Baked into what a build makes

  private static let page = ["package.json": "{\"scripts\": {\"build\": \"vite build\"}}", "a.js": ""]
  private static let bundling =
    "FROM node:22 AS b\nWORKDIR /app\nCOPY . .\n%RUN npm run build\nFROM nginx:1.27\nCOPY --from=b /app/dist /srv\n"

  private func bundle(_ lines: String, before: String = "", _ files: [String: String] = page) -> Facts {
    let text = Self.bundling.replacing("%", with: before)
    return compose(lines, files.merging(["Dockerfile": text]) { _, own in own })
  }

  @Test(arguments: [
    ("VITE_API", "vite"), ("NEXT_PUBLIC_API", "next"), ("REACT_APP_API", "react-scripts"),
    ("VUE_APP_API", "vue-cli-service"),
  ])
  func settingsThatABundlerPutsIn(name: String, tool: String) {
    let facts = bundle("    environment:\n      \(name): \"https://api.example\"\n      OTHER: x\n")
    #expect(
      facts.rows("bakes", "name", "value", "tool", "given", "stage") == [
        [name, "https://api.example", tool, "no", "0"]
      ])
    #expect(facts.texts("bakes", "step") == ["RUN npm run build"])
    #expect(facts.texts("bakes", "from") == ["FROM node:22 AS b"])
    #expect(facts.texts("bakes", "context") == ["."])
  }

  @Test(arguments: [
    ("", "no"), ("ENV VITE_API=https://api.example\n", "yes"), ("ARG VITE_API=https://api.example\n", "yes"),
    ("ENV VITE_API=\n", "no"), ("ARG VITE_API\n", "no"), ("ENV VITE_OTHER=x\n", "no"),
  ])
  func whetherTheBuildHasItToo(before: String, given: String) {
    let lines = "    environment:\n      VITE_API: x\n"
    #expect(bundle(lines, before: before).rows("bakes", "given") == [[given]])
  }

  @Test func aFileOfSettingsCountsToo() {
    let lines = "    environment: [\"VITE_API=x\"]\n"
    let files = Self.page.merging([".env": "VITE_API=y\n"]) { own, _ in own }
    #expect(bundle(lines, files).rows("bakes", "given") == [["yes"]])
    let ignored = files.merging([".dockerignore": ".env\n"]) { own, _ in own }
    #expect(bundle(lines, ignored).rows("bakes", "given") == [["no"]])
  }

  @Test(arguments: [
    ("RUN echo \"$API\" > /srv/config.js", [["API", "shell"]]),
    ("RUN sed -i s/x/${API}/ /srv/config.js", [["API", "shell"]]),
    ("RUN API=y && echo $API", []), ("ENV API=y\nRUN echo $API", []), ("RUN echo ${API:-y}", []),
    ("RUN echo '$API'", []), ("RUN echo API", []), ("CMD echo $API", []),
  ])
  func settingsThatAStepUses(step: String, expected: [[String]]) {
    let facts = compose("    environment:\n      API: x\n", ["Dockerfile": "FROM nginx:1.27\n\(step)\n"])
    #expect(facts.rows("bakes", "name", "tool") == expected)
  }

  @Test func whatIsBuiltNowhereIsNotBaked() {
    let facts = Facts(["compose.yaml": "services:\n  web:\n    image: nginx:1.27\n    environment: {VITE_API: x}\n"])
    #expect(facts.rows("bakes", "name").isEmpty)
    let plain = compose("    environment: {VITE_API: x}\n", ["Dockerfile": "FROM node:22\nRUN npm ci\n"])
    #expect(plain.rows("bakes", "name").isEmpty)
  }

  // MARK: Dropped on the way to a program

  private static let debian = "FROM debian:12\nRUN apt-get update && apt-get install -y cron\nCOPY *.sh crontab /srv/\n"
  private static let jobs = [
    "crontab": "* * * * * root /srv/job.sh\n", "job.sh": "#!/bin/sh\ncurl \"$DB_URL\" --header \"$TOKEN\"\n",
    "start.sh": "#!/bin/sh\ncron -f\n", "save.sh": "#!/bin/sh\nprintenv > /etc/environment\nexec cron -f\n",
  ]

  private static let environmentsThatAreLostCases: [(String, [[String]])] = [
    ("CMD [\"cron\", \"-f\"]", [["cron", "no", "DB_URL", "yes"]]),
    ("CMD cron -f", [["cron", "no", "DB_URL", "yes"]]),
    ("CMD [\"/srv/start.sh\"]", [["cron", "no", "DB_URL", "yes"]]),
    ("CMD [\"/srv/save.sh\"]", [["cron", "yes", "DB_URL", "yes"]]),
    ("CMD [\"su\", \"-\", \"app\", \"-c\", \"/srv/job.sh\"]", [["su", "no", "DB_URL", "no"]]),
    ("CMD [\"su\", \"app\", \"-c\", \"/srv/job.sh\"]", []),
    ("CMD [\"/usr/sbin/sshd\", \"-D\"]", [["sshd", "no", "DB_URL", "no"]]),
    ("CMD [\"/srv/job.sh\"]", []),
  ]

  @Test(arguments: environmentsThatAreLostCases)
  func environmentsThatAreLost(command: String, expected: [[String]]) {
    let files = Self.jobs.merging(["Dockerfile": Self.debian + command + "\n"]) { _, own in own }
    // A script that saves the environment counts only where it is in the image.
    let kept = command.contains("save") ? files : files.filter { $0.key != "save.sh" }
    let facts = compose("    environment:\n      DB_URL: x\n", kept)
    #expect(facts.rows("drops-environment", "via", "saved", "name", "uses") == expected)
  }

  @Test func aJobThatReadsAFileMayHaveEverything() {
    var files = Self.jobs.filter { $0.key != "save.sh" }
    files["Dockerfile"] = Self.debian + "CMD [\"cron\", \"-f\"]\n"
    files["job.sh"] = "#!/bin/sh\n. /srv/settings\ncurl $DB_URL\n"
    let facts = compose("    environment:\n      DB_URL: x\n", files)
    #expect(facts.rows("drops-environment", "uses") == [["no"]])
  }

  @Test func busyBoxHandsTheEnvironmentOn() {
    let facts = compose(
      "    environment:\n      DB_URL: x\n", ["Dockerfile": "FROM alpine:3.20\nCMD [\"crond\", \"-f\"]\n"])
    #expect(facts.rows("drops-environment", "via").isEmpty)
    let other = compose(
      "    environment:\n      DB_URL: x\n", ["Dockerfile": "FROM fedora:40\nCMD [\"crond\", \"-n\"]\n"])
    #expect(other.rows("drops-environment", "via") == [["cron"]])
  }

  @Test func withoutSettingsNothingIsLost() {
    let facts = compose("", ["Dockerfile": "FROM debian:12\nCMD [\"cron\", \"-f\"]\n"])
    #expect(facts.rows("drops-environment", "via").isEmpty)
  }

  // MARK: Programs that run again when their sources change

  @Test(arguments: [
    ("[\"nodemon\", \"a.js\"]", "nodemon"), ("[\"npx\", \"nodemon\", \"a.js\"]", "nodemon"),
    ("[\"npm\", \"run\", \"dev\"]", "vite"), ("[\"node\", \"--watch\", \"a.js\"]", "node --watch"),
    ("[\"uvicorn\", \"--reload\", \"app:app\"]", "uvicorn"), ("[\"air\"]", "air"), ("next dev", "next"),
  ])
  func programsThatReload(command: String, tool: String) {
    let files = [
      "Dockerfile": "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD \(command)\n",
      "package.json": "{\"scripts\": {\"dev\": \"vite\"}}", "a.js": "",
    ]
    let facts = compose("", files)
    #expect(
      facts.rows("reloads", "tool", "mounted", "watched", "polls", "directory", "context") == [
        [tool, "no", "no", "no", "/app", "."]
      ])
  }

  @Test(arguments: [
    "[\"node\", \"a.js\"]", "[\"uvicorn\", \"app:app\"]", "[\"npx\", \"vite\", \"build\"]", "next start",
    "[\"npm\", \"start\"]",
  ])
  func programsThatDoNot(command: String) {
    let files = [
      "Dockerfile": "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD \(command)\n",
      "package.json": "{\"scripts\": {\"start\": \"node a.js\"}}",
    ]
    #expect(compose("", files).rows("reloads", "tool").isEmpty)
  }

  @Test(arguments: [
    ("    volumes: [\".:/app\"]\n", ["yes", "no", "no"]), ("    volumes: [\"./src:/app/src\"]\n", ["yes", "no", "no"]),
    ("    volumes: [\"data:/app/data\"]\n", ["no", "no", "no"]),
    ("    volumes: [\"./a.js:/app/a.js\"]\n", ["no", "no", "no"]),
    ("    volumes: [\"./conf:/etc/conf\"]\n", ["no", "no", "no"]),
    (
      "    develop:\n      watch:\n        - {action: sync, path: ., target: /app}\n", ["no", "yes", "no"]
    ),
    ("    environment: {CHOKIDAR_USEPOLLING: \"true\"}\n", ["no", "no", "yes"]),
  ])
  func howChangesReachThem(lines: String, expected: [String]) {
    let files = ["Dockerfile": "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD [\"nodemon\"]\n", "a.js": "", "src/b.js": ""]
    #expect(compose(lines, files).rows("reloads", "mounted", "watched", "polls") == [expected])
  }

  // MARK: Addresses that clients are told

  private static let addressesForClientsCases: [(String, String, [[String]])] = [
    (
      "KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://localhost:9092", [["localhost", "loopback", "9092"]]
    ),
    (
      "KAFKA_CFG_ADVERTISED_LISTENERS", "IN://kafka:9092,OUT://127.0.0.1:29092",
      [["kafka", "name", "9092"], ["127.0.0.1", "loopback", "29092"]]
    ),
    ("KAFKA_ADVERTISED_HOST_NAME", "localhost", [["localhost", "loopback", "9092"]]),
    ("KAFKA_LISTENERS", "PLAINTEXT://localhost:9092", []),
    ("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP_ADVERTISED", "A:PLAINTEXT", []),
    ("KAFKA_ADVERTISED_LISTENERS", "", []), ("KAFKA_ADVERTISED_LISTENERS", "://,:,//", []),
  ]

  @Test(arguments: addressesForClientsCases)
  func addressesForClients(name: String, value: String, expected: [[String]]) {
    let facts = Facts([
      "compose.yaml":
        "services:\n  kafka:\n    image: apache/kafka:3.9\n    environment:\n      \(name): \"\(value)\"\n"
    ])
    #expect(facts.rows("advertises", "host", "address", "port") == expected)
    #expect(facts.texts("advertises", "host") == expected.map { $0[0] })
  }

  // MARK: Hostile

  @Test func manySettingsAndStepsEnd() {
    let settings = (0..<2000).map { "      V\($0): x\n" }.joined()
    let steps = (0..<100).map { "RUN echo $W\($0) " + String(repeating: "$X ", count: 100) + "\n" }.joined()
    let facts = compose("    environment:\n\(settings)", ["Dockerfile": "FROM alpine:3.20\n\(steps)"])
    #expect(facts.rows("bakes", "name").isEmpty)
  }

  @Test func longScriptsBesideManyFilesEnd() {
    var files = ["Dockerfile": "FROM debian:12\nCOPY . /srv/\nCMD [\"cron\", \"-f\"]\n"]
    files["long.sh"] = "#!/bin/sh\n# cron\n" + String(repeating: "echo nothing here\n", count: 20_000)
    for index in 0..<300 { files["job\(index).sh"] = "echo $A\n" }
    let facts = compose("    environment: {A: x}\n", files)
    #expect(facts.rows("drops-environment", "via") == [["cron"]])
  }

  private static let strangeValues: [String] = [
    String(repeating: "PLAINTEXT://localhost:9092,", count: 5000), String(repeating: "://", count: 20_000),
    "PLAINTEXT://[::1]:99999999999999999999", "\\u0000", String(repeating: "[", count: 20_000),
  ]

  @Test(arguments: strangeValues)
  func strangeValuesEnd(value: String) {
    let facts = Facts([
      "compose.yaml":
        "services:\n  kafka:\n    image: apache/kafka:3.9\n    environment:\n      KAFKA_ADVERTISED_LISTENERS: \"\(value)\"\n"
    ])
    #expect(facts.result.facts.misfits == [])
    #expect(facts.rows("advertises", "host").count <= 16)
  }
}

import Inspection
import Testing

/// What surrounds a program: mounts, users and rights, variables.
@Suite struct SurroundingsTests {
  private static let node = [
    "Dockerfile":
      "FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY . .\nCMD [\"node\", \"a.js\"]\n",
    "package.json": "{\"name\": \"a\"}", "a.js": "",
  ]

  private func compose(_ service: String, _ files: [String: String] = node) -> Facts {
    Facts(files.merging(["compose.yaml": "services:\n  web:\n    build: .\n\(service)"]) { _, new in new })
  }

  // MARK: Mounts

  @Test func aMountOverTheSourcesHidesPackages() {
    let facts = compose("    volumes:\n      - .:/app\n")
    #expect(
      facts.rows("hides", "path", "what", "host") == [
        ["/app/a.js", "program", "yes"], ["/app/node_modules", "packages", "no"],
      ])
  }

  @Test func aVolumeOfItsOwnKeepsThem() {
    let facts = compose("    volumes:\n      - .:/app\n      - /app/node_modules\n")
    #expect(facts.rows("hides", "path") == [["/app/a.js"]])
  }

  @Test(arguments: [
    ("./conf.json:/etc/app/conf.json", ["no", "file"]), ("./a.js:/srv/a.js", ["file", "file"]),
    ("./data:/var/lib/data", ["no", "either"]), ("${DATA}/x:/x", ["unknown", "either"]),
  ])
  func sourcesAreLookedFor(mount: String, expected: [String]) {
    #expect(compose("    volumes:\n      - \"\(mount)\"\n").rows("mounts", "exists", "looks") == [expected])
  }

  // MARK: Users and rights

  @Test(arguments: [
    ("USER nobody", "scratch", ["nobody", "no"]), ("USER nobody", "alpine:3.20", ["nobody", "yes"]),
    ("RUN adduser -D ann\nUSER ann", "alpine:3.20", ["ann", "yes"]), ("USER ann", "debian:12", ["ann", "no"]),
  ])
  func accountsAreThoseOfTheImage(steps: String, base: String, expected: [String]) {
    let facts = Facts(["Dockerfile": "FROM \(base)\n\(steps)\nCMD [\"/a\"]\n"])
    #expect(facts.rows("account", "name", "known") == [expected])
  }

  @Test func nothingIsSaidOfAccountsThatMayComeFromElsewhere() {
    let facts = Facts([
      "Dockerfile": "FROM alpine AS b\nFROM scratch\nCOPY --from=b /etc/passwd /etc/passwd\nUSER ann\n"
    ])
    #expect(facts.rows("account", "name").isEmpty)
    #expect(Facts(["Dockerfile": "FROM registry.example/base\nUSER ann\n"]).rows("account", "name").isEmpty)
  }

  @Test(arguments: [
    ("RUN mkdir /data\nUSER node\nRUN mkdir /data/x", "no"),
    ("RUN mkdir /data && chown node /data\nUSER node\nRUN mkdir /data/x", "yes"),
    ("RUN mkdir -m 777 /data\nUSER node\nRUN mkdir /data/x", "yes"), ("USER node\nRUN mkdir /tmp/x", "yes"),
    ("USER node\nRUN mkdir /home/node/x", "yes"),
    ("RUN mkdir /data && chmod 777 /data\nUSER 1000\nRUN touch /data/x", "yes"),
  ])
  func ownersDecideWhoMayWrite(steps: String, allowed: String) {
    #expect(Facts(["Dockerfile": "FROM node:22\n\(steps)\n"]).rows("writes", "allowed") == [[allowed]])
  }

  // MARK: Variables

  @Test func composeTakesDollarSignsOutOfPasswords() {
    let facts = compose("    environment:\n      KEY: \"a9$kTq\"\n      URL: \"${URL:-x}\"\n      OK: \"a$$b\"\n")
    #expect(
      facts.rows("interpolates", "name", "value", "looks") == [
        ["kTq", "missing", "text"], ["URL", "default", "variable"],
      ])
    #expect(facts.texts("interpolates", "text") == ["$kTq", "${URL:-x}"])
  }

  private static let doubledDollarSignsCases: [(String, [String])] = [
    ("CMD echo $${PORT}", ["PORT"]), ("CMD echo $$", []), ("RUN echo \\$$HOME", []), ("ENV A=$$HOME", ["HOME"]),
  ]

  @Test(arguments: doubledDollarSignsCases)
  func doubledDollarSigns(line: String, names: [String]) {
    #expect(Facts(["Dockerfile": "FROM alpine\n\(line)\n"]).rows("escapes", "name").map { $0[0] } == names)
  }

  @Test func quotesInAListBelongToTheValue() {
    let facts = compose("    environment:\n      - A=\"x\"\n      - \"B=y\"\n      - C=it's\n")
    #expect(facts.rows("literals", "name", "clean", "why") == [["A", "x", "quotes"]])
    #expect(facts.texts("literals", "value") == ["\"x\""])
  }

  @Test func aPostgresWithoutPasswordAsksForOne() {
    let file = ["compose.yaml": "services:\n  db:\n    image: postgres:17\n", ".env": "POSTGRES_PASSWORD=x\n"]
    let facts = Facts(file)
    #expect(facts.rows("asks", "name", "given") == [["POSTGRES_PASSWORD", "no"]])
    #expect(facts.rows("dotenv", "name", "read") == [["POSTGRES_PASSWORD", "yes"]])
  }

  private static let hostileTextEndsInGoodTimeCases: [String] = [
    String(repeating: "$", count: 40_000), String(repeating: "A=\"", count: 20_000), "\u{0}\u{1}$${", "=\n==\n='\n",
    String(repeating: "RUN chown -R a /a && ", count: 2000),
  ]

  @Test(arguments: hostileTextEndsInGoodTimeCases)
  func hostileTextEndsInGoodTime(text: String) {
    let facts = Facts([
      "Dockerfile": "FROM node:22\nUSER node\nRUN \(text)\nENV A=\(text)\n", ".env": text,
      "run.sh": "#!/bin/sh\n" + text,
      "compose.yaml": "services:\n  a:\n    build: .\n    env_file: .env\n",
    ])
    #expect(facts.result.facts.misfits.isEmpty)
  }
}

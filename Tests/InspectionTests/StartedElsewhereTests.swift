import Inspection
import Testing

/// Programs behind make, cron and sudo, folders of the host, and Dockerfiles of other names.
@Suite struct StartedElsewhereTests {
  @Test(arguments: [
    "Dockerfile-development", "Dockerfile_base", "web-dockerfile", "Dockerfile.web", "web.Dockerfile",
  ])
  func aDockerfileHasItsNameSomewhere(name: String) {
    #expect(Facts([name: "FROM alpine:3.20\n"]).rows("build", "dockerfile") == [[name]])
  }

  @Test func makeStartsWhatItsRecipeSaysLast() {
    let facts = Facts([
      "compose.yaml": """
      services:
        front:
          build: .
          command: [make, run]
          ports: ["8080:8080"]
          volumes: [".:/app"]

      """, "Dockerfile": "FROM node:22\nWORKDIR /app\nCMD [\"bash\"]\n",
      "Makefile": "YARN ?= yarn\nweb/modules:\n\tcd web && $(YARN)\nrun:\n\texport V=1 && cd web && $(YARN) dev\n",
      "web/package.json": "{\"scripts\": {\"dev\": \"vite --port 8080\"}}\n",
    ])
    #expect(facts.rows("listens", "service", "address", "port") == [["front", "loopback", "8080"]])
  }

  @Test func aMakefileThatCallsItselfIsNoProgram() {
    let facts = Facts([
      "Dockerfile": "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD [\"make\", \"run\"]\n",
      "Makefile": "run: run\n\tmake run\n",
    ])
    #expect(facts.rows("listens", "service").isEmpty)
  }

  @Test(arguments: [
    ("cron && tail -f /var/log/jobs.log", 1), ("service cron start && tail -f /dev/null", 1), ("tail -f /dev/null", 0),
  ])
  func cronInTheTextOfACommandDropsTheEnvironment(command: String, expected: Int) {
    let facts = Facts([
      "compose.yaml": "services:\n  jobs:\n    build: .\n    environment:\n      - API_URL=https://api.example\n",
      "Dockerfile": "FROM php:8.3-cli\nRUN apt-get update && apt-get install -y cron\nCMD \(command)\n",
    ])
    #expect(facts.rows("drops-environment", "service", "via", "name").count == expected)
  }

  @Test(arguments: [
    ("exec sudo -E \"$@\"", "runs"), ("exec gosu web \"$@\"", "runs"), ("exec \"$@\"", "runs"),
    ("exec serve web", "no"),
    ("exec sudo -E serve", "no"),
  ])
  func anEntryScriptMayHandItsArgumentsToAnother(line: String, passes: String) {
    let facts = Facts([
      "Dockerfile": "FROM php:8.3-fpm\nCOPY start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\n",
      "start.sh": "#!/bin/sh\nset -e\n\(line)\n",
    ])
    #expect(facts.rows("launch", "passes") == [[passes]])
  }

  @Test func aFolderOfTheHostKeepsADatabaseToo() {
    let facts = Facts([
      "compose.yaml": """
      services:
        db:
          image: mysql:8.4
          environment: {MYSQL_ROOT_PASSWORD: word}
          volumes: ["./data:/var/lib/mysql", "./sql:/docker-entrypoint-initdb.d"]

      """, "sql/tables.sql": "create table words (id int);\n",
    ])
    #expect(facts.rows("keeps", "target", "kind", "what") == [["/var/lib/mysql", "bind", "database"]])
  }

  @Test(arguments: ["$(pwd)", "$PWD", "${PWD}"])
  func theFolderOfATranscriptIsThatOfTheProject(folder: String) {
    let facts = Facts(["package.json": "{}\n"]) { request in
      request.commands = ["docker run -v \"\(folder)/src:/app\" node:22"]
    }
    #expect(facts.rows("mounts", "kind", "source", "target") == [["bind", "./src", "/app"]])
  }

  @Test func aMountThatNobodyWatchesIsSaid() {
    let facts = Facts(["package.json": "{\"scripts\": {\"start\": \"react-scripts start\"}}\n"]) { request in
      request.commands = ["docker run -v $(pwd):/app -w /app node:22 npm start"]
    }
    #expect(facts.rows("reloads", "tool", "mounted", "polls") == [["react-scripts", "yes", "no"]])
  }

  @Test func theFirstFormOfComposeFilesHadTheDockerfileBesideBuild() {
    let facts = Facts([
      "docker-compose.yml": "web:\n  build: .\n  dockerfile: Dockerfile.dev\n", "Dockerfile": "FROM alpine:3.20\n",
      "Dockerfile.dev": "FROM node:22\n",
    ])
    #expect(facts.rows("stage", "build", "base").contains(["web", "node:22"]))
  }
}

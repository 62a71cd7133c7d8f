import Diagnosis
import Inspection
import Knowledge
import KnowledgeData
import Testing

/// Small projects with what a person saw, and the cause that has to come first.
@Suite struct FirstCauseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let cause: String
    let symptom: String
    var log = ""
    let files: [String: String]

    var testDescription: String { cause }
  }

  private static let serving =
    "package main\n\nimport \"net/http\"\n\nfunc main() {\n\thttp.ListenAndServe(\":8080\", nil)\n}\n"

  static let cases: [Case] = [
    // Built for a processor that the Dockerfile fixes, started by a script.
    Case(
      cause: "architecture-mismatch", symptom: "exits-immediately",
      log: "/start.sh: line 3: /usr/local/bin/shop: cannot execute binary file: Exec format error\n",
      files: [
        "Dockerfile":
          "FROM golang:1.24-alpine AS build\nWORKDIR /src\nCOPY . .\nRUN GOARCH=amd64 go build -o /shop .\nFROM alpine:3.20\nCOPY start.sh /start.sh\nRUN chmod +x /start.sh\nCOPY --from=build /shop /usr/local/bin/shop\nENTRYPOINT [\"/start.sh\"]\n",
        "start.sh": "#!/bin/sh\nset -e\nexec shop \"$@\"\n", "go.mod": "module example.com/shop\n\ngo 1.24\n",
        "main.go": serving,
      ]),
    // Compiled outside of the build, on a machine with another C library.
    Case(
      cause: "libc-mismatch", symptom: "exits-immediately",
      log: "exec /usr/bin/shop: no such file or directory\n",
      files: ["Dockerfile": "FROM alpine:3.20\nCOPY shop /usr/bin/shop\nENTRYPOINT [\"shop\"]\n"]),
    Case(
      cause: "dynamic-binary-on-bare-image", symptom: "exits-immediately",
      log: "exec /shop: no such file or directory\n",
      files: ["Dockerfile": "FROM scratch\nCOPY shop /shop\nENTRYPOINT [\"/shop\"]\n"]),
    // The line that was pasted does not name its container.
    Case(
      cause: "localhost-between-containers", symptom: "dependency-not-ready",
      log: "cannot store it: dial tcp 127.0.0.1:6379: connect: connection refused\n",
      files: [
        "compose.yaml": "services:\n  shop:\n    build: .\n  cache:\n    image: redis:7\n",
        "Dockerfile": "FROM debian:bookworm\nCOPY shop /shop\nCMD [\"/shop\"]\n",
      ]),
    // Only EXPOSE tells where it listens.
    Case(
      cause: "port-mapping-mismatch", symptom: "port-unreachable",
      files: [
        "compose.yaml": "services:\n  shop:\n    build: .\n    ports: [\"8085:8085\"]\n",
        "Dockerfile": "FROM debian:bookworm\nCOPY shop /shop\nEXPOSE 80\nCMD [\"/shop\"]\n",
      ]),
    Case(
      cause: "daemonized-main-process", symptom: "exits-immediately",
      files: ["Dockerfile": "FROM node:22\nRUN npm install -g pm2\nCMD [\"pm2\", \"start\", \"shop.js\"]\n"]),
    Case(
      cause: "missing-interpreter", symptom: "exits-immediately",
      files: [
        "Dockerfile":
          "FROM python:3.13-slim AS build\nWORKDIR /build\nRUN python -m venv env\nFROM python:3.13-slim\nCOPY --from=build /build/env /env\nENV PATH=/env/bin:$PATH\nCMD [\"gunicorn\", \"shop:app\"]\n"
      ]),
    // It drains on Ctrl+C alone.
    Case(
      cause: "no-signal-handler", symptom: "signal-handling",
      files: [
        "Dockerfile":
          "FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /shop .\nFROM alpine:3.20\nCOPY --from=build /shop /shop\nENTRYPOINT [\"/shop\"]\n",
        "go.mod": "module example.com/shop\n\ngo 1.24\n",
        "main.go":
          "package main\n\nimport (\n\t\"context\"\n\t\"net/http\"\n\t\"os\"\n\t\"os/signal\"\n)\n\nfunc main() {\n\tserver := &http.Server{Addr: \":8080\"}\n\tgo server.ListenAndServe()\n\tquit := make(chan os.Signal, 1)\n\tsignal.Notify(quit, os.Interrupt)\n\t<-quit\n\tserver.Shutdown(context.Background())\n}\n",
      ]),
    Case(
      cause: "needs-root-at-build", symptom: "permission-denied",
      log: "mkdir: cannot create directory '/shop': Permission denied\n",
      files: [
        "Dockerfile": "FROM debian:bookworm\nRUN useradd shop\nUSER shop\nRUN mkdir -p /shop\nCMD [\"sleep\", \"9\"]\n"
      ]),
    Case(
      cause: "context-too-large", symptom: "leaked-secret",
      files: [
        "Dockerfile":
          "FROM node:22 AS build\nWORKDIR /src\nCOPY . .\nRUN npm run build\nFROM nginx:1.27\nCOPY --from=build /src/dist /usr/share/nginx/html\n",
        ".env": "DB_PASSWORD=gx81-hollow-mill\n",
        "package.json": "{\"name\": \"shop\", \"scripts\": {\"build\": \"vite build\"}}\n",
      ]),
    Case(
      cause: "no-readiness-condition", symptom: "dependency-not-ready",
      log: "shop-1  | dial tcp 172.20.0.2:3306: connect: connection refused\n",
      files: [
        "compose.yaml":
          "services:\n  shop:\n    build: .\n    environment:\n      SHOP_STORE: shop:shop@tcp(db:3306)/shop\n    depends_on: [db]\n  db:\n    image: mysql:8\n    environment: {MYSQL_ROOT_PASSWORD: shop}\n",
        "Dockerfile": "FROM debian:bookworm\nCOPY shop /shop\nCMD [\"/shop\"]\n",
      ]),
  ]

  @Test(arguments: cases)
  func firstCause(of given: Case) {
    let knowledge = KnowledgeBase.builtIn
    var request = InspectionRequest(tree: MemoryTree(given.files))
    if !given.log.isEmpty {
      var reader = LogReader(knowledge.observations)
      reader.read(Array(given.log.utf8))
      request.log = reader
    }
    let inspection = Inspector(knowledge: knowledge).inspect(request)
    let findings = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: given.symptom)
    #expect(findings.diagnoses.first?.cause.id == given.cause)
  }
}

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
}

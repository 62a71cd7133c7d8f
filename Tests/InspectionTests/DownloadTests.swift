import Inspection
import Testing

/// What steps download with: lists of packages, manifests and their neighbours, version control tools, versions of Java.
@Suite struct DownloadTests {
  private func installs(_ steps: String, base: String = "debian:bookworm") -> [String] {
    Facts(["Dockerfile": "FROM \(base)\n\(steps)\n"]).rows("runs", "arguments", "index")
      .filter { $0[0].contains("install") }.map { $0[1] }
  }

  @Test(arguments: [
    ("RUN apt-get install -y jq", ["missing"]),
    ("RUN apt-get update && apt-get install -y jq", ["fresh"]),
    ("RUN apt-get update\nRUN apt-get install -y jq", ["stale"]),
    (
      "RUN apt-get update && apt-get install -y jq && rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y git",
      ["fresh", "missing"]
    ),
    ("RUN apt-get update\nRUN bash /tmp/setup.sh\nRUN apt-get install -y jq", ["none"]),
    ("RUN apt-get install -y ./tool.deb", ["none"]),
    ("RUN --mount=type=cache,target=/var/lib/apt/lists apt-get install -y jq", ["none"]),
  ])
  func aListOfPackagesLastsAsLongAsItsStep(steps: String, expected: [String]) {
    #expect(installs(steps) == expected)
  }

  @Test func ofAnUnknownImageNobodyKnowsTheList() {
    #expect(installs("RUN apt-get install -y jq", base: "registry.example/base:1") == ["none"])
  }

  @Test func aListOfRequirementsThatNamesAnotherNeedsBoth() {
    let facts = Facts([
      "Dockerfile": "FROM python:3.12\nWORKDIR /srv\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n",
      "requirements.txt": "-r requirements/base.txt\nflask==3.0.3\n", "requirements/base.txt": "requests==2.32.0\n",
    ])
    #expect(facts.rows("lacks", "path", "kind", "why") == [["requirements/base.txt", "manifest", "not-copied"]])
  }

  @Test func aPackageBesideTheContextCannotBeCopied() {
    let facts = Facts([
      "compose.yaml": "services:\n  web:\n    build: ./web\n",
      "web/Dockerfile": "FROM node:22\nWORKDIR /srv\nCOPY package.json .\nRUN npm install\n",
      "web/package.json": "{\"dependencies\": {\"words\": \"file:../words\"}}\n",
      "words/package.json": "{\"name\": \"words\"}\n",
    ])
    #expect(facts.rows("lacks", "path", "kind", "why") == [["words/package.json", "replacement", "outside"]])
  }

  @Test(arguments: [
    ("golang:1.12-alpine", "RUN go get example.org/tool", "yes"),
    ("golang:1.22-alpine", "RUN go install example.org/tool@latest", "no"),
    ("golang:1.22-alpine", "ENV GOPROXY=direct\nRUN go install example.org/tool@latest", "yes"),
  ])
  func goClonesWhereItAsksNoProxy(base: String, step: String, expected: String) {
    let facts = Facts(["Dockerfile": "FROM \(base)\n\(step)\n"])
    #expect(facts.rows("runs", "tool", "by-vcs").filter { $0[0] == "go" } == [["go", expected]])
  }

  @Test(arguments: [
    ("maven:3.8-eclipse-temurin-17", "17"), ("maven:3-jdk-8-alpine", "8"), ("gradle:8.5-jdk21", "21"),
    ("eclipse-temurin:17-jdk", "17"), ("openjdk:11", "11"), ("amazoncorretto:21-alpine", "21"),
  ])
  func tagsTellTheVersionOfJava(reference: String, version: String) {
    #expect(ImageReference(reference).javaVersion == version)
  }

  @Test(arguments: ["eclipse-temurin:17-jre", "golang:1.22", "maven", "node:20-alpine"])
  func otherTagsTellNone(reference: String) {
    #expect(ImageReference(reference).javaVersion == nil)
  }

  @Test(arguments: [
    String(repeating: "<a>", count: 100_000), "<project><!-- " + String(repeating: "x", count: 100_000),
    "<project></b></project>",
    "<", "<project", "</project>", "<project><dependencies><dependency></project>", "\u{0}<project/>",
  ])
  func aBrokenManifestSaysNothing(text: String) {
    let facts = Facts(["pom.xml": text, "Dockerfile": "FROM maven:3.9\nCOPY pom.xml .\nRUN mvn package\n"])
    #expect(facts.rows("requires", "module").isEmpty)
    #expect(facts.result.facts.misfits.isEmpty)
  }
}

import Testing

@testable import ComposeSyntax

/// Each value knows what it took the place of, the latest first.
@Suite struct ProvenanceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var project: String
    var path: String
    var history: [String]
    var testDescription: String { "\(project): \(path)" }

    init(_ project: String, _ path: String, _ history: String...) {
      self.project = project
      self.path = path
      self.history = history
    }
  }

  static let cases = [
    Case("override file", "services.web.image", "compose.yaml:3 a"),
    Case("override file", "services.web.command", "compose.yaml:4 serve"),
    Case("override file", "services.web.environment.LEVEL", "compose.yaml:6 info"),
    Case("override file", "services.web.environment.KEEP"),
    Case("override file", "services.web.ports", "compose.yaml:5 [\"80:80\"]"),
    Case("override file", "services.web.volumes.0", "compose.yaml:7 \"./a:/data\""),
    Case("override file", "services.web.labels.one", "compose.yaml:8 1"),
    Case("extends", "services.web.environment.B", "compose.yaml:4 \"2\"", "base/common.yaml:6 \"1\""),
    Case("extends", "services.web.image", "base/common.yaml:3 a"),
    Case("environment files", "services.web.environment.B", "common.env:2 2"),
    Case("environment files", "services.web.environment.C", "common.env:3 'three'"),
    Case("anchors", "services.two.environment.B", "compose.yaml:5 \"2\""),
    Case("anchors", "services.two.restart", "compose.yaml:11 \"no\""),
    Case("several documents", "services.web.image", "compose.yaml:1 a"),
  ]

  @Test(arguments: cases) func replaced(_ expected: Case) throws {
    let project = Projects.load(expected.project)
    let value = try #require(project.value(at: expected.path.split(separator: ".").map(String.init)))
    let history = value.place?.history.map { "\($0.path):\($0.position.line) \($0.text)" }
    #expect(history == expected.history)
  }

  /// A service that extends another replaces that one's value first, then what an earlier file says about it.
  @Test func keepsAllOfThreeFiles() throws {
    let project = ComposeProject(
      ComposeOptions(files: ["a.yaml", "b.yaml", "c.yaml"]),
      from: ComposeFilesInMemory([
        "a.yaml": "services: {web: {image: first}}",
        "b.yaml": "services: {web: {image: second}}",
        "c.yaml": "services: {web: {image: third, extends: {file: base.yaml, service: base}}}",
        "base.yaml": "services: {base: {image: base}}",
      ]))
    let place = try #require(project.service("web")?.image?.place)
    #expect(place.text == "third")
    #expect(place.history.map(\.text) == ["base", "second", "first"])
  }

  @Test func tellsWhereVariablesComeFrom() throws {
    let project = Projects.load(
      [
        ".env": "TAG=1\nPORT=80\n", "compose.yaml": "services: {web: {image: \"a:$TAG\", ports: [\"$PORT:80\"]}}",
      ], environment: ["PORT": "90"])
    let tag = try #require(project.variables.first { $0.name == "TAG" })
    guard case .file(let place) = tag.source else { return #expect(Bool(false), "TAG does not come from a file") }
    #expect("\(place.path):\(place.position.line) \(place.text)" == ".env:1 1")
    let port = try #require(project.variables.first { $0.name == "PORT" })
    guard case .host = port.source else { return #expect(Bool(false), "PORT does not come from the host") }
    #expect(port.value == "90")
    #expect(project.service("web")?.ports.first?.published?.place?.text == "$PORT")
  }
}

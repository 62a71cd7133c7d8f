import Testing

@testable import ComposeSyntax

/// What is wrong in a file is named with its line, and the rest of the project is there all the same.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var kind: ComposeProblem.Kind
    var severity: ComposeProblem.Severity
    /// `file:line`
    var place: String
    var suggestion: String?
    var files: [String: String]
    var testDescription: String { name }

    init(
      _ name: String, _ kind: ComposeProblem.Kind, _ place: String, suggestion: String? = nil,
      severity: ComposeProblem.Severity = .error, _ files: [String: String]
    ) {
      self.name = name
      self.kind = kind
      self.severity = severity
      self.place = place
      self.suggestion = suggestion
      self.files = files
    }

    init(_ name: String, _ kind: ComposeProblem.Kind, _ place: String, suggestion: String? = nil, _ text: String) {
      self.init(name, kind, place, suggestion: suggestion, ["compose.yaml": text])
    }
  }

  static let cases = [
    Case("a key twice", .yaml(.duplicateKey), "compose.yaml:4", "services:\n  web:\n    image: a\n    image: b\n"),
    Case("a tab", .yaml(.tab), "compose.yaml:3", "services:\n  web:\n\timage: a\n"),
    Case(
      "an unknown attribute", .unknownKey, "compose.yaml:4", suggestion: "ports",
      "services:\n  web:\n    image: a\n    port: [80]\n"),
    Case(
      "an unknown section", .unknownKey, "compose.yaml:3", suggestion: "volumes",
      "services:\n  web: {image: a}\nvolume: {}\n"),
    Case(
      "an unknown word", .notAllowed, "compose.yaml:5", suggestion: "service_healthy",
      "services:\n  web:\n    image: a\n    depends_on:\n      db: {condition: service_heathy}\n  db: {image: b}\n"),
    Case(
      "an unknown service", .undefinedReference, "compose.yaml:2", suggestion: "database",
      "services:\n  web: {image: a, depends_on: [databse]}\n  database: {image: b}\n"),
    Case(
      "services that extend each other", .extendsCycle, "compose.yaml:3",
      "services:\n  a:\n    extends: b\n  b:\n    extends: a\n  web: {image: a}\n"),
    Case(
      "a service that extends itself", .extendsCycle, "compose.yaml:2",
      "services:\n  a: {extends: {file: compose.yaml, service: a}}\n  web: {image: a}\n"),
    Case(
      "files that include each other", .includeCycle, "b.yaml:1",
      ["compose.yaml": "include: [a.yaml]\n", "a.yaml": "include: [b.yaml]\n", "b.yaml": "include: [a.yaml]\n"]),
    Case(
      "a file that includes itself", .includeCycle, "compose.yaml:2",
      "services: {web: {image: a}}\ninclude: [./compose.yaml]\n"),
    Case(
      "a chain of files that is too long", .yaml(.tooLarge), "i499.yaml:1",
      Dictionary(
        uniqueKeysWithValues: (0..<600).map { ("i\($0).yaml", "include: [i\($0 + 1).yaml]") }
          + [("compose.yaml", "include: [i0.yaml]")])),
    Case(
      "an anchor that holds itself", .yaml(.alias), "compose.yaml:2", "x-a: &a\n  b: *a\nservices:\n  web: {image: a}\n"
    ),
    Case("an unknown anchor", .yaml(.alias), "compose.yaml:3", "services:\n  web:\n    image: *none\n"),
    Case("a bracket that stays open", .yaml(.syntax), "compose.yaml:3", "services:\n  web:\n    image: [a\n"),
    Case(
      "201 levels", .yaml(.tooLarge), "compose.yaml:2",
      "services: {web: {image: a}}\nx: " + String(repeating: "[", count: 201) + String(repeating: "]", count: 201)),
    Case(
      "variables that multiply", .invalidEnvFile, ".env:7",
      [
        ".env": "V0=xxxxxxxxxx\n"
          + (1..<30).map { "V\($0)=" + String(repeating: "$V\($0 - 1)", count: 10) + "\n" }.joined(),
        "compose.yaml": "services: {web: {image: a}}",
      ]),
    Case(
      "a file to extend outside of the project", .outsideRoot, "compose.yaml:2", severity: .unknown,
      ["compose.yaml": "services:\n  a: {extends: {file: ../base.yaml, service: b}}\n  web: {image: a}\n"]),
    Case(
      "a file to include outside of the project", .outsideRoot, "compose.yaml:1", severity: .unknown,
      ["compose.yaml": "include: [../../other.yaml]\nservices: {web: {image: a}}\n"]),
    Case(
      "an environment file outside of the project", .outsideRoot, "compose.yaml:1", severity: .unknown,
      ["compose.yaml": "services: {web: {image: a, env_file: /etc/environment}}\n"]),
    Case(
      "a file of the network", .outsideRoot, "compose.yaml:1", severity: .unknown,
      ["compose.yaml": "include: [\"https://git.example/shop.git\"]\nservices: {web: {image: a}}\n"]),
    Case(
      "a file that is not there", .missingFile, "compose.yaml:1", suggestion: "common.env",
      ["compose.yaml": "services: {web: {image: a, env_file: comon.env}}\n", "common.env": "A=1\n"]),
  ]

  @Test(arguments: cases) func isNamedWithItsLine(_ input: Case) throws {
    let project = ComposeProject(ComposeOptions(), from: ComposeFilesInMemory(input.files))
    let problem = try #require(
      project.problems.first { $0.kind == input.kind }, "\(project.problems.map(\.description))")
    #expect(problem.severity == input.severity)
    #expect(problem.place.map { "\($0.path):\($0.position.line)" } == input.place)
    #expect(problem.suggestion == input.suggestion)
    if input.severity == .unknown {
      #expect(project.strictError == nil)
      #expect(project.service("web")?.image?.value == "a")
    }
  }

  @Test func whatIsNotReadIsNotTakenForMissing() {
    let project = Projects.load([
      "compose.yaml": "include: [../other.yaml]\nservices: {web: {image: a, depends_on: [db], networks: [shared]}}\n"
    ])
    #expect(project.strictError == nil)
    #expect(!project.isComplete)
  }
}

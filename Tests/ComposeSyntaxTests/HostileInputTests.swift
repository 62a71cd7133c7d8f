import SourceText
import Testing

@testable import ComposeSyntax

/// Input that is made to break a reader ends soon, with a problem instead of a crash.
@Suite struct HostileInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var kind: ComposeProblem.Kind?
    var text: @Sendable () -> String
    var testDescription: String { name }

    init(_ name: String, _ kind: ComposeProblem.Kind?, _ text: @escaping @Sendable () -> String) {
      self.name = name
      self.kind = kind
      self.text = text
    }
  }

  static let cases = [
    Case("100,000 opening brackets", .yaml(.tooLarge)) { "services: " + String(repeating: "[", count: 100_000) },
    Case("100,000 opening braces with keys", .yaml(.tooLarge)) { String(repeating: "{a: ", count: 100_000) },
    Case("100,000 nested keys on lines of their own", .yaml(.tooLarge)) {
      var text = ""
      for depth in 0..<2000 { text += String(repeating: " ", count: depth) + "a:\n" }
      return text
    },
    Case("10,000 dashes on one line", .yaml(.tooLarge)) { "services: \n" + String(repeating: "- ", count: 10_000) },
    Case("aliases that multiply", .yaml(.tooLarge)) {
      var text = "x-a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9]\n"
      for level in 1..<30 {
        text +=
          "x-a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
      }
      return text + "services: {web: {image: x}}\n"
    },
    Case("an anchor inside of itself", .yaml(.alias)) { "x-a: &a\n  b: *a\nservices:\n  web:\n    image: x\n" },
    Case("anchors that deepen each other", .yaml(.tooLarge)) {
      var text = "x-a0: &a0 [1]\n"
      for level in 1..<3000 { text += "x-a\(level): &a\(level) [*a\(level - 1)]\n" }
      return text + "services: {web: {image: x}}\n"
    },
    Case("four million of one character", .wrongType) { String(repeating: "a", count: 4_000_000) },
    Case("four million spaces", nil) { String(repeating: " ", count: 4_000_000) },
    Case("four million line breaks", .emptyProject) { String(repeating: "\n", count: 4_000_000) },
    Case("four million tabs", .yaml(.tab)) { String(repeating: "\t", count: 4_000_000) },
    Case("a million dashes", .yaml(.tooLarge)) { String(repeating: "- a\n", count: 1_000_000) },
    Case("a million commas", nil) { "a: [" + String(repeating: ",", count: 1_000_000) },
    Case("a quote that never closes", .yaml(.syntax)) { "a: \"" + String(repeating: "x\n", count: 1_000_000) },
    Case("a million dollar signs", nil) {
      "services: {web: {image: \"" + String(repeating: "$", count: 1_000_000) + "\"}}"
    },
    Case("a million variables on a line", nil) {
      "services: {web: {image: \"" + String(repeating: "${A:-b}", count: 200_000) + "\"}}"
    },
    Case("variables nested 10,000 deep", .invalidInterpolation) {
      "services: {web: {image: \"" + String(repeating: "${A:-", count: 10_000)
        + String(repeating: "}", count: 10_000) + "\"}}"
    },
    Case("a million open variables", .invalidInterpolation) {
      "services: {web: {image: \"" + String(repeating: "${", count: 1_000_000) + "\"}}"
    },
    Case("a chain of extends", nil) {
      var text = "services:\n  s0: {image: x}\n"
      for index in 1..<3000 { text += "  s\(index): {extends: s\(index - 1)}\n" }
      return text
    },
    Case("a chain of extends, the last first", .yaml(.tooLarge)) {
      var text = "services:\n"
      for index in (1..<3000).reversed() { text += "  s\(index): {extends: s\(index - 1)}\n" }
      return text + "  s0: {image: x}\n"
    },
    Case("a circle of 3,000 dependencies", .dependencyCycle) {
      var text = "services:\n"
      for index in 0..<3000 { text += "  s\(index): {image: x, depends_on: [s\((index + 1) % 3000)]}\n" }
      return text
    },
    Case("a web of dependencies without a circle", nil) {
      var text = "services:\n"
      for index in 0..<300 {
        let others = (0..<index).map { "s\($0)" }.joined(separator: ", ")
        text += "  s\(index): {image: x, depends_on: [\(others)]}\n"
      }
      return text
    },
    Case("10,000 services", nil) {
      var text = "x-common: &common {restart: always, environment: {A: \"1\"}}\nservices:\n"
      for index in 0..<10_000 {
        text += "  s\(index):\n    <<: *common\n    image: x:${TAG:-1}\n    ports:\n      - \"\(index + 1000):80\"\n"
      }
      return text
    },
    Case("a port range that is as large as can be", nil) {
      "services: {web: {image: x, ports: [\"0-65535:0-65535\"]}}"
    },
    Case("services that extend a service that grows", .yaml(.tooLarge)) {
      var text = "services:\n  s0: {image: x}\n"
      for index in 1..<3000 { text += "  s\(index): {extends: s\(index - 1), environment: [V\(index)=1]}\n" }
      return text
    },
    Case("all ports of many services", .yaml(.tooLarge)) {
      let services = (0..<50).map { "s\($0): {image: x, ports: [\"0-65535:0-65535\"]}" }
      return "services: {\(services.joined(separator: ", "))}"
    },
    Case("two million variables", .yaml(.tooLarge)) {
      "services: {web: {image: \"" + String(repeating: "$A", count: 1_900_000) + "\"}}"
    },
    Case("required variables in one another", .requiredVariable) {
      "services: {web: {image: \"" + String(repeating: "${A:?", count: 20_000)
        + String(repeating: "}", count: 20_000) + "\"}}"
    },
    Case("3,000 unknown names", .undefinedReference) {
      let services = (0..<3000).map { "  service\($0): {image: x, depends_on: [servize\($0)]}\n" }
      return "services:\n" + services.joined()
    },
    Case("control characters", .yaml(.encoding)) { "services:\n  web:\n    image: \u{1}\u{2}x\n" },
  ]

  @Test(arguments: cases) func ends(_ input: Case) {
    let text = input.text()
    let project = ComposeProject(ComposeOptions(), from: ComposeFilesInMemory(["compose.yaml": text]))
    if let kind = input.kind {
      #expect(project.problems.contains { $0.kind == kind }, "\(project.problems.prefix(3))")
    }
    for problem in project.problems { #expect(problem.message.utf8.count < 3_000_000) }
  }
}

import Foundation
import SourceText
import Testing

@testable import ComposeSyntax
@testable import conformance

/// Every value of a project is found where it was written.
@Suite struct PlaceTests {
  @Test(arguments: Projects.all.keys.sorted()) func everyValueHasItsPlace(_ name: String) {
    let project = Projects.load(name)
    #expect(project.strictError == nil)
    check(project)
  }

  static func recorded() throws -> [URL] {
    let folder = Shared.folder.appendingPathComponent("conformance/compose")
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    return try ComposeCase.folders(in: folder)
  }

  @Test func everyValueOfRecordedProjectsHasItsPlace() throws {
    for folder in try Self.recorded() {
      let project = try ComposeCase(folder).load()
      if project.strictError == nil { check(project, "\(folder.lastPathComponent): ") }
    }
  }

  private func check(_ project: ComposeProject, _ prefix: String = "") {
    let walk = PlaceWalk(project)
    for finding in walk.findings { Issue.record("\(prefix)\(finding)") }
    #expect(walk.count > 0)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var project: String
    var path: String
    var value: String
    /// `file:line:column text`, or nil for a default.
    var place: String?
    var testDescription: String { "\(project): \(path)" }

    init(_ project: String, _ path: String, _ value: String, _ place: String?) {
      self.project = project
      self.path = path
      self.value = value
      self.place = place
    }
  }

  static let cases = [
    Case("short ports", "services.web.image", "nginx:1.27", "compose.yaml:3:12 \"nginx:1.27\""),
    Case("short ports", "services.web.ports.0.published", "8080", "compose.yaml:4:14 8080"),
    Case("short ports", "services.web.ports.0.target", "80", "compose.yaml:4:19 80"),
    Case("short ports", "services.web.ports.0.protocol", "tcp", nil),
    Case("short ports", "services.web.ports.1.host_ip", "127.0.0.1", "compose.yaml:4:24 127.0.0.1"),
    Case("short ports", "services.web.ports.1.protocol", "udp", "compose.yaml:4:42 udp"),
    Case("short ports", "services.web.ports.3.host_ip", "::1", "compose.yaml:4:53 [::1]"),
    Case("short ports", "services.web.ports.5.published", "3001", "compose.yaml:4:68 3000-3002"),
    Case("long ports", "services.web.ports.0.published", "8080", "compose.yaml:6:20 \"8080\""),
    Case("long ports", "services.web.ports.1.mode", "ingress", nil),
    Case("variables", "services.web.image", "shop:1.2", "compose.yaml:3:12 shop:${TAG:-latest}"),
    Case("variables", "services.web.hostname", "web-1.2-dev", "compose.yaml:5:15 web-$TAG-${STAGE-dev}"),
    Case("variables", "services.web.ports.0.published", "8080", "compose.yaml:6:22 8080"),
    Case("variables", "services.web.ports.0.target", "80", "compose.yaml:6:28 80"),
    Case("variables", "services.web.ports.1.host_ip", "127.0.0.1", "compose.yaml:6:43 127.0.0.1"),
    Case("variables", "services.web.ports.1.published", "9000", "compose.yaml:6:53 9000"),
    Case(
      "variables", "services.web.environment.URL", "http://db.1.2/${literal}",
      "compose.yaml:9:12 \"http://${HOST}/$${literal}\""),
    Case("variables", "services.web.mem_limit", "536870912", "compose.yaml:11:16 ${MEMORY:-512m}"),
    Case("environment as a list", "services.web.environment.B", "two words", "compose.yaml:6:12 two words"),
    Case("environment as a list", "services.web.environment.EMPTY", "", "compose.yaml:9:15 "),
    Case("environment as a map", "services.web.environment.FLOAT", "1.5", "compose.yaml:6:14 1.50"),
    Case("environment files", "services.web.environment.A", "1", "common.env:1:3 1"),
    Case("environment files", "services.web.environment.B", "20", "own.env:1:3 20"),
    Case("environment files", "services.web.environment.C", "30", "compose.yaml:5:22 \"30\""),
    Case("environment files", "services.web.environment.D", "1", "own.env:2:3 $A"),
    Case("environment files", "services.web.labels.team", "shop", "labels:1:6 shop"),
    Case("volumes", "services.db.volumes.0.source", "data", "compose.yaml:5:9 data"),
    Case("volumes", "services.db.volumes.1.source", "/home/me/shop/init", "compose.yaml:6:9 ./init"),
    Case("volumes", "services.db.volumes.1.read_only", "true", "compose.yaml:6:44 ro"),
    Case("volumes", "services.db.volumes.1.bind.selinux", "z", "compose.yaml:6:47 z"),
    Case("volumes", "services.db.volumes.4.type", "volume", nil),
    Case("volumes", "services.db.volumes.6.tmpfs.size", "67108864", "compose.yaml:14:51 64m"),
    Case("builds", "services.short.build.context", "/home/me/shop/app", "compose.yaml:3:12 ./app"),
    Case("builds", "services.short.build.dockerfile", "Dockerfile", nil),
    Case("builds", "services.long.build.args.VERSION", "1", "compose.yaml:9:22 1"),
    Case("commands", "services.shell.command.2", "echo \"hello world\"", "compose.yaml:2:36 'echo \"hello world\"'"),
    Case("health", "services.text.healthcheck.interval", "90000000000", "compose.yaml:2:66 1m30s"),
    Case("anchors", "services.two.restart", "always", "compose.yaml:2:12 always"),
    Case("anchors", "services.one.environment.B", "2", "compose.yaml:5:8 \"2\""),
    Case("override file", "services.web.image", "b", "compose.override.yaml:3:12 b"),
    Case("extends", "services.web.environment.A", "1", "base/common.yaml:6:22 \"1\""),
    Case("extends", "services.web.environment.FROM_FILE", "1", "base/base.env:1:11 1"),
    Case("include", "services.db.image", "postgres:17", "other/compose.yaml:3:12 postgres:${VERSION}"),
  ]

  @Test(arguments: cases) func standsThere(_ expected: Case) throws {
    let project = Projects.load(expected.project)
    let value = try #require(project.value(at: expected.path.split(separator: ".").map(String.init)))
    #expect(value.text == expected.value)
    #expect(value.place.map { "\($0.path):\($0.position.line):\($0.position.column) \($0.text)" } == expected.place)
    #expect(value.isDefault == (expected.place == nil))
  }
}

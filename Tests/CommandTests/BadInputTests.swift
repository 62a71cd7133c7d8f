import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Whatever lies there, the answer is one clear line or a report with a problem, and never a crash.
@Suite struct BadInputTests {
  @Test func emptyFolder() throws {
    let scratch = try Scratch()
    let outcome = try Drydock.run(["report", scratch.path])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("nothing to inspect"))
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  @Test func missingPath() throws {
    let outcome = try Drydock.run(["report", "/nowhere/at/all"])
    #expect(outcome.status == 65)
    #expect(outcome.errors == "drydock: /nowhere/at/all: there is no such file\n")
  }

  @Test func folderNamedDockerfile() throws {
    let scratch = try Scratch()
    try FileManager.default.createDirectory(
      at: scratch.folder.appendingPathComponent("Dockerfile"), withIntermediateDirectories: false)
    let outcome = try Drydock.run(["report", scratch.path])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("Dockerfile: it is a folder"))
  }

  @Test func socketAndPipe() throws {
    let scratch = try Scratch(["main.go": "package main\n"])
    let pipe = scratch.folder.appendingPathComponent("Dockerfile").path
    #expect(mkfifo(pipe, 0o644) == 0)
    let folder = try Drydock.run(["report", scratch.path])
    #expect(folder.status == 0)
    #expect(folder.output.contains("it is not a file that can be read"))
    let file = try Drydock.run(["report", pipe])
    #expect(file.status == 65)
    #expect(file.errors.contains("it is not a file that can be read"))
  }

  @Test(arguments: ["Dockerfile", "compose.yaml", "main.go"])
  func hugeFile(name: String) throws {
    let scratch = try Scratch(["Dockerfile": "FROM scratch\nCMD [\"/a\"]\n"])
    let path = scratch.folder.appendingPathComponent(name).path
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    #expect(truncate(path, 100 << 20) == 0)
    let outcome = try Drydock.run(["report", scratch.path])
    #expect(outcome.status == 0)
    if name != "main.go" { #expect(outcome.output.contains("104857600 bytes")) }
  }

  @Test func binaryDockerfile() throws {
    let scratch = try Scratch()
    var generator = SystemRandomNumberGenerator()
    try scratch.write("Dockerfile", Data((0..<5000).map { _ in UInt8.random(in: 0...255, using: &generator) }))
    let outcome = try Drydock.run(["report", scratch.path])
    #expect([0, 1].contains(outcome.status))
    let controls = outcome.output.unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" }
    #expect(controls.isEmpty, "nothing that a terminal would obey")
  }

  @Test func invalidUTF8() throws {
    let scratch = try Scratch()
    try scratch.write("Dockerfile", Data("FROM alpine\nRUN echo ".utf8) + Data([0xFF, 0xFE]) + Data("\n".utf8))
    let outcome = try Drydock.run(["report", scratch.path, "--format", "json"])
    #expect([0, 1].contains(outcome.status))
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) }
  }

  @Test func brokenYAML() throws {
    let scratch = try Scratch(["compose.yaml": "services:\n  web:\n    image: [a\n"])
    let outcome = try Drydock.run(["report", scratch.path])
    #expect([0, 1].contains(outcome.status))
    #expect(outcome.output.contains("compose.yaml:"))
  }

  @Test(.enabled(if: getuid() != 0, "root may read every file"))
  func unreadableFile() throws {
    let scratch = try Scratch(["Dockerfile": "FROM alpine\n"])
    #expect(chmod(scratch.folder.appendingPathComponent("Dockerfile").path, 0) == 0)
    let outcome = try Drydock.run(["report", scratch.path])
    #expect(outcome.output.contains("it cannot be read"))
  }

  @Test(arguments: [
    (["--symptom", "nothing-such"], "there is no symptom"),
    (["--answer", "x"], "expected QUESTION=ANSWER"),
    (["--answer", "no-such-question=yes"], "there is no such question"),
    (["--exit-code", "many"], "many"),
    (["--build-arg", "X"], "expected NAME=VALUE"),
  ])
  func wrongUsage(arguments: [String], message: String) throws {
    let scratch = try Scratch(["Dockerfile": "FROM alpine\n"])
    let outcome = try Drydock.run(["report", scratch.path] + arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(message))
  }

  @Test func onlyOneStandardInput() throws {
    let outcome = try Drydock.run(["report", "-", "--log", "-"])
    #expect(outcome.status == 64)
  }

  @Test func namedFilesMustBeThere() throws {
    let scratch = try Scratch(["Dockerfile": "FROM alpine\n"])
    #expect(try Drydock.run(["report", scratch.path, "--log", "nowhere.txt"]).status == 65)
    #expect(try Drydock.run(["report", scratch.path, "--dockerfile", "Other"]).status == 65)
    #expect(try Drydock.run(["report", scratch.path, "-f", "other.yaml"]).status == 65)
  }
}

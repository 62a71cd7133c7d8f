import Foundation
import Inspection
import KnowledgeData
import Testing

/// Projects that strangers wrote: bounded, announced, and never outside of the root.
@Suite struct HostileTests {
  private func folder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  private func write(_ text: String, _ file: URL) throws {
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  @Test func linksOutOfTheProjectAreNotFollowed() throws {
    try folder { folder in
      let project = folder.appendingPathComponent("project")
      try write("FROM alpine\nCOPY secret /\n", project.appendingPathComponent("Dockerfile"))
      try write("top secret", folder.appendingPathComponent("outside"))
      try FileManager.default.createSymbolicLink(
        at: project.appendingPathComponent("secret"), withDestinationURL: folder.appendingPathComponent("outside"))
      let tree = try DiskTree(folder: project.path)
      #expect(throws: FileProblem.outside) { try tree.read("secret") }
      #expect(throws: FileProblem.outside) { try tree.read("../outside") }
    }
  }

  @Test func linksInACircleEnd() throws {
    try folder { folder in
      try write("FROM alpine\n", folder.appendingPathComponent("Dockerfile"))
      try FileManager.default.createSymbolicLink(at: folder.appendingPathComponent("loop"), withDestinationURL: folder)
      let listing = ProjectListing(try DiskTree(folder: folder.path))
      #expect(listing.items.map(\.path).sorted() == ["Dockerfile", "loop"])
    }
  }

  @Test func theRootIsTheFolderWithGit() throws {
    try folder { folder in
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
      try write("shared", folder.appendingPathComponent("shared.env"))
      let sub = folder.appendingPathComponent("services/web")
      try write("FROM alpine\n", sub.appendingPathComponent("Dockerfile"))
      let tree = try DiskTree(folder: sub.path)
      #expect(tree.folderInRoot == "services/web")
      #expect(try tree.read("../../shared.env") == Array("shared".utf8))
      #expect(throws: FileProblem.outside) { try tree.read("../../../etc/passwd") }
    }
  }

  @Test func manyFilesAreBoundedAndAnnounced() {
    var tree = MemoryTree(["Dockerfile": "FROM alpine\n"])
    for index in 0..<300 { tree["data/\(index % 20)/\(index)"] = MemoryTree.File([]) }
    let listing = ProjectListing(tree, limit: 100)
    #expect(listing.isCutOff)
    #expect(listing.items.count < 200)
  }

  @Test(arguments: [
    "FROM alpine\nCMD " + String(repeating: "sh -c ", count: 5000), "FROM " + String(repeating: "a/", count: 50_000),
    String(repeating: "FROM scratch\n", count: 3000),
    "FROM alpine\nCOPY " + String(repeating: "* ", count: 2000) + "/x/\n",
  ])
  func strangeDockerfilesEnd(text: String) {
    let result = Inspector(knowledge: .builtIn).inspect(InspectionRequest(tree: MemoryTree(["Dockerfile": text])))
    #expect(result.facts.misfits == [])
  }
}

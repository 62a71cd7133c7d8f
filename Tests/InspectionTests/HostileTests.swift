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

  @Test func manyFilesInOneFolderAreBoundedToo() {
    var tree = MemoryTree()
    for index in 0..<300 { tree["\(index)"] = MemoryTree.File([]) }
    let listing = ProjectListing(tree, limit: 100)
    #expect(listing.isCutOff)
    #expect(listing.items.count == 100)
  }

  @Test func deepFoldersAreBoundedAndAnnounced() {
    let deep = Array(repeating: "d", count: 100).joined(separator: "/")
    let request = InspectionRequest(tree: MemoryTree(["Dockerfile": "FROM alpine\nCOPY d /d\n", deep + "/file": ""]))
    let result = Inspector(knowledge: .builtIn).inspect(request)
    #expect(result.problems.contains { $0.message.contains("more files than") })
    // Nobody has looked so deep: that nothing is there cannot be said.
    let row = result.facts.rows("copies").first
    #expect(row.map { result.facts.cell($0, "matches").value } != "none")
  }

  @Test func aFileThatIsTooLargeIsAnnounced() {
    var tree = MemoryTree(["compose.yaml": "services:\n  web:\n    build: .\n"])
    tree["Dockerfile"] = MemoryTree.File(Array(repeating: UInt8(ascii: "#"), count: MemoryTree.sizeLimit + 1))
    let result = Inspector(knowledge: .builtIn).inspect(InspectionRequest(tree: tree))
    #expect(result.problems.contains { $0.file == "Dockerfile" })
    #expect(result.facts.rows("stage").isEmpty)
  }

  @Test(arguments: [
    "Dockerfile", "compose.yaml", "go.mod", "main.go", "start.sh", ".dockerignore", "package.json", ".env",
  ])
  func whatCannotBeReadIsAProblemAndNoCrash(name: String) throws {
    // Root reads everything: a folder or a pipe in the place of the file does as well.
    for make in [mkfifo, { path, mode in mkdir(path, mode) }] as [(UnsafePointer<CChar>, mode_t) -> Int32] {
      try folder { folder in
        let files = [
          "Dockerfile": "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build . && npm ci\nCMD [\"/src/start.sh\"]\n",
          "compose.yaml": "services:\n  web:\n    build: .\n    env_file: .env\n", "go.mod": "module a.example/a\n",
          "main.go": "package main\n\nfunc main() {}\n", "start.sh": "#!/bin/sh\n./a\n", ".dockerignore": "x\n",
          "package.json": "{}",
          ".env": "A=1\n",
        ]
        for (path, text) in files where path != name { try write(text, folder.appendingPathComponent(path)) }
        #expect(make(folder.appendingPathComponent(name).path, 0o755) == 0)
        let result = Inspector(knowledge: .builtIn).inspect(InspectionRequest(tree: try DiskTree(folder: folder.path)))
        #expect(result.facts.misfits == [])
        #expect(result.files[name] == nil)
      }
    }
  }

  @Test func linksAmongFilesEnd() throws {
    try folder { folder in
      try write("FROM alpine\nCOPY . /\nCMD [\"/a.sh\"]\n", folder.appendingPathComponent("Dockerfile"))
      for (name, target) in [
        ("a.sh", "b.sh"), ("b.sh", "a.sh"), ("go.mod", "/etc/passwd"), (".env", "../../../../etc/shadow"),
        (".dockerignore", "gone"),
      ] {
        try FileManager.default.createSymbolicLink(
          atPath: folder.appendingPathComponent(name).path, withDestinationPath: target)
      }
      let result = Inspector(knowledge: .builtIn).inspect(InspectionRequest(tree: try DiskTree(folder: folder.path)))
      #expect(result.facts.misfits == [])
      #expect(!result.files.values.contains { String(decoding: $0.bytes, as: UTF8.self).contains("root:") })
    }
  }
}

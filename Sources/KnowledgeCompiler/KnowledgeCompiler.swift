import Foundation
import KnowledgeFormat

/// Called by the build plugin: reads a knowledge folder and writes it as Swift source.
///
/// usage: KnowledgeCompiler KNOWLEDGE-FOLDER KNOWLEDGE.swift LESSONS.swift
@main
struct KnowledgeCompiler {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 else {
      report("usage: KnowledgeCompiler KNOWLEDGE-FOLDER KNOWLEDGE.swift LESSONS.swift")
      exit(64)
    }
    let folder = URL(fileURLWithPath: arguments[1]).resolvingSymlinksInPath()
    let result = KnowledgeReader.read(try files(in: folder))
    for problem in result.problems { report("\(folder.path)/\(problem)") }
    guard result.problems.isEmpty else { exit(1) }
    try SwiftSource.file(result.base).write(toFile: arguments[2], atomically: true, encoding: .utf8)
    try SwiftSource.file(result.lessons).write(toFile: arguments[3], atomically: true, encoding: .utf8)
  }

  private static func files(in folder: URL) throws -> [KnowledgeReader.File] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return try paths.sorted().compactMap { path in
      let url = folder.appendingPathComponent(path)
      let values = try url.resourceValues(forKeys: [.isRegularFileKey])
      guard values.isRegularFile == true else { return nil }
      let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
      let isExecutable = path.hasPrefix("lessons/") && FileManager.default.isExecutableFile(atPath: url.path)
      return KnowledgeReader.File(path: path, text: text, isExecutable: isExecutable)
    }
  }

  private static func report(_ message: String) {
    FileHandle.standardError.write(Data("\(message)\n".utf8))
  }
}

import Foundation

/// Runs the real program, as a user's shell would.
enum Drydock {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The program lies beside the tests.
  static var program: URL {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("drydock")
  }

  /// Where a program that counts its lines leaves the counts: not in the folder of a test.
  private static let coverage = ProcessInfo.processInfo.environment.filter { $0.key == "LLVM_PROFILE_FILE" }

  /// - Parameter name: another name for the program: of a link to it.
  static func run(
    _ arguments: [String], as name: String? = nil, input: String = "", in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "en_US.UTF-8"].merging(coverage) { $1 }
      .merging(environment) { $1 }
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    process.executableURL = program
    if let name {
      let link = scratch.appendingPathComponent(name)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: program)
      process.executableURL = link
    }
    let files = ["in", "out", "err"].map { scratch.appendingPathComponent($0) }
    try Data(input.utf8).write(to: files[0])
    try Data().write(to: files[1])
    try Data().write(to: files[2])
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}

/// A folder that is gone when the test is over.
final class Scratch {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")

  init(_ files: [String: String] = [:]) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in files { try write(path, Data(text.utf8)) }
  }

  func write(_ path: String, _ data: Data) throws {
    let file = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  var path: String { folder.path }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

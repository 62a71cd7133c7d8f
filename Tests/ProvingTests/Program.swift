import Foundation

/// Runs the real program, as a user's shell would.
final class Program {
  private let process = Process()
  private let scratch: Scratch

  /// The program lies beside the tests.
  static var file: URL {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("drydock")
  }

  struct Outcome {
    let status: Int32
    /// Whether a signal ended it.
    let wasSignalled: Bool
    let output: String
    let errors: String

    /// The members of the JSON that it printed.
    var members: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
    }
    var verdict: String { members["verdict"] as? String ?? "" }
  }

  init(_ arguments: [String], environment: [String: String]) throws {
    scratch = try Scratch(["out": "", "err": ""])
    process.executableURL = Self.file
    process.arguments = arguments
    process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "en_US.UTF-8", "HOME": scratch.path].merging(
      environment
    ) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: scratch.url("out"))
    process.standardError = try FileHandle(forWritingTo: scratch.url("err"))
    try process.run()
  }

  var id: Int32 { process.processIdentifier }
  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  func wait() -> Outcome {
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, wasSignalled: process.terminationReason == .uncaughtSignal,
      output: scratch.read("out"), errors: scratch.read("err"))
  }
}

/// A folder that is gone when the test is over.
final class Scratch {
  let folder: URL

  init(_ files: [String: String] = [:], name: String = "") throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-test-\(UUID().uuidString)\(name)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in files { try write(path, text) }
  }

  var path: String { folder.path }
  func url(_ path: String) -> URL { folder.appendingPathComponent(path) }

  func write(_ path: String, _ text: String, mode: Int = 0o644) throws {
    let file = url(path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
  }

  func read(_ path: String) -> String {
    (try? Data(contentsOf: url(path))).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

import ArgumentParser
import Diagnosis
import Inspection
import KnowledgeData

/// `benchmark inspect`: how long facts and diagnoses of a project take, and how fast logs are read.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Measures the facts and the diagnosis of generated projects, and the log reader.",
    discussion: "Projects lie in memory; times are the best of several runs, on one core. MB are millions of bytes.")

  @Option(help: "How many runs the best is taken of.")
  var runs = 9

  @Option(help: "How many MB of log are read.")
  var log = 20

  func run() throws {
    let knowledge = KnowledgeBase.builtIn
    print("\(knowledge.causes.count) causes, \(knowledge.observations.count) patterns of log lines")
    for files in [20, 200, 1_000] {
      let tree = MemoryTree(Dictionary(uniqueKeysWithValues: GeneratedProject(files: files).files))
      let request = InspectionRequest(tree: tree)
      let inspector = Inspector(knowledge: knowledge)
      let inspection = inspector.inspect(request)
      let facts = best { inspector.inspect(request) }
      let findings = best { Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: nil) }
      print("\(files) files: facts \(milliseconds(facts)), diagnosis \(milliseconds(findings))")
    }
    let text = LogText.of(size: log * 1_000_000)
    let reading = best { () -> Int in
      var reader = LogReader(knowledge.observations)
      reader.read(text)
      return text.count
    }
    print("log: \(Int(Double(text.count) / 1e6 / reading)) MB/s")
  }

  /// The shortest time that `body` takes, in seconds.
  private func best<Result>(_ body: () -> Result) -> Double {
    var best = Double.infinity
    for _ in 0..<max(1, runs) {
      let start = Clock.seconds
      let result = body()
      let end = Clock.seconds
      withExtendedLifetime(result) { best = min(best, end - start) }
    }
    return best
  }

  private func milliseconds(_ seconds: Double) -> String {
    let tenths = Int((seconds * 1e4).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
  }
}

/// A log as services write it: most lines mean nothing.
private enum LogText {
  static func of(size: Int) -> [UInt8] {
    let lines = [
      "api-1  | 2025-01-02T03:04:05.678Z INFO  request handled path=/orders/17 status=200 duration=3ms",
      "api-1  | {\"level\":\"info\",\"ts\":1735786800.1,\"msg\":\"cache refreshed\",\"entries\":1024}",
      "db-1   | 2025-01-02 03:04:05.678 UTC [71] LOG:  checkpoint complete: wrote 12 buffers (0.1%)",
      "#14 3.141 go: downloading github.com/example/library v1.2.3",
    ]
    let block = Array((lines.joined(separator: "\n") + "\n").utf8)
    var text: [UInt8] = []
    text.reserveCapacity(size + block.count)
    while text.count < size { text += block }
    return text + Array("exec /app: no such file or directory\n".utf8)
  }
}

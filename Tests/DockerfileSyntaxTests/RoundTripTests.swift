import Foundation
import SourceText
import Testing

@testable import DockerfileSyntax

/// The files of this suite, and the shared conformance cases where they lie beside the repository.
enum SampleFiles {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  static let all: [(name: String, bytes: [UInt8])] = {
    let shared = root.appendingPathComponent("../../../shared/conformance/dockerfile")
    var files: [(String, [UInt8])] = []
    for folder in [root.appendingPathComponent("Fixtures"), shared] {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? [] {
        let url = folder.appendingPathComponent(name)
        let data =
          (try? Data(contentsOf: url)) ?? (try? Data(contentsOf: url.appendingPathComponent("input.Dockerfile")))
        if let data { files.append((name, [UInt8](data))) }
      }
    }
    return files
  }()
}

/// Reads bytes with everything there is, and says what does not hold.
private struct Inspection {
  let bytes: [UInt8]
  private(set) var faults: [String] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let file = Dockerfile(bytes)
    expectCover(file.nodes.map(\.range), "nodes")
    expectCover(file.leaves.map(\.range), "leaves")
    for problem in file.problems { expectInside(problem.range, problem.message) }
    for instruction in file.instructions {
      expectInside(instruction.range, "instruction")
      for word in instruction.arguments { expectInside(word.range, "argument") }
      for flag in instruction.flags {
        if !instruction.range.contains(flag.range) || !flag.range.contains(flag.nameRange) { faults.append("flag") }
      }
      for heredoc in instruction.heredocs { expectInside(heredoc.bodyRange, "heredoc") }
    }
    inspectBuild(of: file)
  }

  private mutating func inspectBuild(of file: Dockerfile) {
    let build = Build(file)
    for problem in build.problems { expectInside(problem.range, problem.message) }
    for stage in build.stages {
      let image = build.image(of: stage.index)
      if let range = image.command?.range { expectInside(range, "command") }
      for step in build.evaluations[stage.index].steps {
        guard let script = step.script else { continue }
        for opaque in script.opaque { expectInside(opaque.range, opaque.reason) }
        script.visit { command in
          for word in command.words where word.range.start > word.range.end || word.range.end > bytes.count {
            faults.append("shell word")
          }
        }
      }
    }
  }

  private mutating func expectCover(_ ranges: [ByteRange], _ what: String) {
    var position = 0
    for range in ranges {
      if range.start != position || range.isEmpty { faults.append("\(what): \(range) does not follow \(position)") }
      position = range.end
    }
    if position != bytes.count { faults.append("\(what) end at \(position) of \(bytes.count)") }
  }

  private mutating func expectInside(_ range: ByteRange, _ what: String) {
    if range.start < 0 || range.end > bytes.count { faults.append("\(what): \(range) of \(bytes.count)") }
  }
}

/// A generator whose numbers are the same in every run (SplitMix64).
struct FixedGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

@Suite struct RoundTripTests {
  private func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    let map = LineMap(bytes)
    return (1...map.lineCount).compactMap { map.range(ofLine: $0) }.map { bytes[$0.start..<$0.end] }
  }

  private func expectSound(_ bytes: [UInt8], _ name: String, _ what: String) {
    let faults = Inspection(bytes).faults
    #expect(faults.isEmpty, "\(name), \(what): \(faults.prefix(3))")
  }

  @Test func filesComeBack() {
    #expect(SampleFiles.all.count >= 8)
    for (name, bytes) in SampleFiles.all { expectSound(bytes, name, "as it is") }
  }

  @Test func filesWithALineLessOrTwiceComeBack() {
    for (name, bytes) in SampleFiles.all {
      let lines = lines(bytes)
      // Of a long file, some twenty-five lines stand for the others.
      for index in stride(from: 0, to: lines.count, by: max(1, lines.count / 25)) {
        let before = lines[..<index].joined()
        let after = lines[(index + 1)...].joined()
        for (what, middle) in [("without", []), ("twice", lines[index] + lines[index])] {
          let changed = Array(before) + middle + after
          let nodes = Dockerfile(changed).nodes
          let isCovered = nodes.last?.range.end ?? 0 == changed.count
          #expect(
            isCovered && zip(nodes, nodes.dropFirst()).allSatisfy { $0.range.end == $1.range.start },
            "\(name), \(what) line \(index + 1)")
        }
      }
    }
  }

  @Test func filesWithChangedBytesComeBack() {
    var generator = FixedGenerator(state: 20_260_101)
    let telling = Array("\\`\"'<$#{}[]=-\n\r\t \u{0}".utf8)
    for (name, bytes) in SampleFiles.all where !bytes.isEmpty && bytes.count < 20_000 {
      for round in 0..<3 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...12, using: &generator) {
          let place = Int.random(in: 0..<changed.count, using: &generator)
          let isTelling = Bool.random(using: &generator)
          changed[place] =
            isTelling
            ? telling[Int.random(in: 0..<telling.count, using: &generator)]
            : UInt8.random(in: 0...255, using: &generator)
        }
        expectSound(changed, name, "changed in round \(round)")
      }
    }
  }

  @Test func filesCutOffAnywhereComeBack() {
    for (name, bytes) in SampleFiles.all where bytes.count < 3_000 {
      for end in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 15)) {
        expectSound(Array(bytes[..<end]), name, "cut at \(end)")
      }
    }
  }
}

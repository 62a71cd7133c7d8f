import Inspection
import Knowledge
import KnowledgeData
import Testing

/// A log of any size comes in pieces of any size.
@Suite struct LogReaderTests {
  private static let observations = KnowledgeBase.builtIn.observations

  private func reading(_ pieces: [ArraySlice<UInt8>]) -> LogReading {
    var reader = LogReader(Self.observations)
    for piece in pieces { reader.read(piece) }
    var facts = FactStore(relations: KnowledgeBase.builtIn.relations)
    return reader.finish(into: &facts)
  }

  private static let log = Array(
    """
    $ docker compose up \\
      --build
    web-1  | \u{1B}[31mlistening on 8080\u{1B}[0m
    web-1  | nothing to see here
    exec /app: no such file or directory\r
    web-1 exited with code 127
    """.utf8)

  @Test(arguments: [1, 2, 3, 7, 64, 1000])
  func piecesMakeNoDifference(size: Int) {
    let whole = reading([Self.log[...]])
    let pieces = stride(from: 0, to: Self.log.count, by: size).map { Self.log[$0..<min($0 + size, Self.log.count)] }
    let parts = reading(pieces)
    #expect(!whole.lines.isEmpty)
    #expect(parts.lines == whole.lines)
    #expect(parts.symptom == whole.symptom)
  }

  @Test func placesStandWhereTheLinesDo() throws {
    let line = try #require(reading([Self.log[...]]).lines.first { $0.text.hasPrefix("exec /app") })
    #expect(line.number == 5)
    #expect(String(decoding: Self.log[line.range.start..<line.range.end], as: UTF8.self) == line.text + "\r")
  }

  @Test(arguments: [
    ("^CGracefully stopping... (press Ctrl+C again to force)\nweb_1 exited with code 137\n", "signal-handling"),
    ("web_1 exited with code 137\n", "exits-immediately"),
  ])
  func whatEndsAfterItWasToldToIsAMatterOfStopping(log: String, symptom: String) {
    #expect(reading([Array(log.utf8)[...]]).symptom == symptom)
  }

  @Test func theErrorBehindManyOtherLinesIsSeen() {
    let lines = String(repeating: "#14 3.141 go: downloading github.com/example/library v1.2.3\n", count: 5000)
    let log = Array((lines + "exec /app: no such file or directory\n").utf8)
    #expect(reading([log[...]]).symptom == "exits-immediately")
  }

  /// One line without an end, commands that go on for ever, and escape sequences that never close.
  @Test(arguments: [
    "a", "$ docker \\\n", "x\\\n", "\u{1B}[", "\u{1B}]0;", "#1 \n", "exec ", "$ ", "connection refused",
  ])
  func strangeLogsEnd(piece: String) {
    var bytes = Array("$ docker run \\\n".utf8)
    while bytes.count < 1 << 19 { bytes += Array(piece.utf8) }
    var reader = LogReader(Self.observations)
    for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
      reader.read(bytes[start..<min(start + (1 << 16), bytes.count)])
    }
    #expect(reader.commands.allSatisfy { $0.text.utf8.count < 1 << 16 })
  }
}

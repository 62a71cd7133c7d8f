import SourceText
import Testing

@testable import DockerfileSyntax

/// Input that is made to hurt: it ends in a result and in time that grows with its size only.
@Suite(.timeLimit(.minutes(10))) struct HostileInputTests {
  private func text(_ piece: String, _ count: Int) -> String { String(repeating: piece, count: count) }

  private func readAll(_ bytes: [UInt8]) -> Int {
    let file = Dockerfile(bytes)
    let build = Build(file)
    var found = file.problems.count + build.problems.count + file.leaves.count
    for stage in build.stages.prefix(3) {
      found += build.image(of: stage.index).environment.count
      for step in build.evaluations[stage.index].steps { found += step.script?.simpleCommands.count ?? 0 }
    }
    return found
  }

  @Test(arguments: [
    UInt8(ascii: "a"), .space, .lineFeed, .carriageReturn, .backslash, .hash, .lessThan, .dollar, 0, 0xFF, .openBracket,
    .doubleQuote,
  ])
  func oneByteAgainAndAgain(byte: UInt8) {
    let bytes = [UInt8](repeating: byte, count: 40_000)
    #expect(Dockerfile(bytes).nodes.last?.range.end == bytes.count)
    #expect(readAll(Array("FROM a\nRUN ".utf8) + bytes) > 0)
    #expect(readAll(Array("FROM a\nENV A=".utf8) + bytes) > 0)
  }

  @Test(arguments: [
    "FROM a\nCMD [", "FROM a\nRUN (", "FROM a\nRUN $(", "FROM a\nRUN ${x:-", "FROM a\nRUN { ", "FROM a\nRUN if ",
    "FROM a\nRUN `", "FROM a\nRUN \"$(", "FROM a\nENV A=${x:-", "ONBUILD ", "FROM a\nRUN ((", "FROM a\nRUN f() ",
    "FROM a\nRUN case x in a) ", "FROM a\nRUN <<A ", "FROM a\nRUN $((", "FROM a\nRUN x=(", "FROM a\nRUN a && ",
    "FROM a\nRUN a | ! ",
  ])
  func nestedDeeply(start: String) {
    let piece = String(start.drop { $0 != "\n" }.dropFirst())
    let opener = piece.isEmpty ? start : String(piece.drop { $0 != " " }.dropFirst())
    #expect(readAll(Array((start + text(opener, 30_000)).utf8)) > 0)
  }

  @Test func manyStagesEachOnTheOneBefore() {
    var lines = ["FROM a AS s0"]
    for index in 1..<3_000 { lines += ["FROM s\(index - 1) AS s\(index)", "ENV V\(index)=$V\(index - 1)x"] }
    let build = Build(Dockerfile(text: lines.joined(separator: "\n")))
    #expect(build.stagesNeeded(by: 2_999).count == 3_000)
    #expect(build.chain(of: 2_999).count == 3_000)
  }

  @Test func manyVariablesInOneStage() {
    let text = "FROM a\n" + (0..<10_000).map { "ENV V\($0)=$V\($0 - 1)\n" }.joined()
    let build = Build(Dockerfile(text: text))
    #expect(build.image(of: 0).environment.count == 10_000)
  }

  @Test func aValueThatGrowsIsGivenUp() {
    let text = "FROM scratch\nENV A=xxxxxxxxxx\n" + self.text("ENV A=$A$A$A$A\n", 60)
    #expect(Build(Dockerfile(text: text)).evaluations[0].environment["A"]?.value == nil)
  }

  @Test func manyCopiesOfALongValueAreGivenUp() {
    let long = text("x", 100_000)
    let text = "FROM scratch\nENV A=\(long)\n" + (0..<5_000).map { "ENV B\($0)=$A\n" }.joined()
    #expect(Build(Dockerfile(text: text)).image(of: 0).environment.count == 5_002)
  }

  /// Linux opens no path of more than 4,096 bytes, so a folder that is deeper is nowhere.
  @Test func foldersInFoldersWithoutEnd() {
    let image = Build(Dockerfile(text: "FROM scratch\n" + text("WORKDIR deeper\n", 5_000))).image(of: 0)
    let deepest = image.workingDirectory?.value.value
    #expect((4_096...8_192).contains(deepest?.utf8.count ?? 0))
  }

  @Test func manyHeredocsOnOneLine() {
    #expect(readAll(Array(("FROM a\nRUN cat " + text("<<A ", 10_000) + "\n" + text("A\n", 10_000)).utf8)) > 0)
  }
}

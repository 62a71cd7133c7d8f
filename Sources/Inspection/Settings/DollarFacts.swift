import DockerfileSyntax
import SourceText

/// Writes down doubled dollar signs where nothing makes one of two: only compose and make do.
struct DollarFacts {
  let builds: [BuildPlan]
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    for plan in builds {
      guard let file = plan.dockerfile else { continue }
      for (index, evaluation) in plan.build.evaluations.enumerated() {
        for step in evaluation.steps where !step.isTrigger && Self.keywords.contains(step.instruction.keyword) {
          scan(
            file, step.instruction.range, "dockerfile", isTwice: false,
            BuildOrder(build: plan.id, position: step.instruction.index), build: plan.id, stage: index, to: &facts)
        }
      }
    }
    for path in workspace.listing.items.map(\.path) where path.hasSuffix(".sh") {
      guard let file = workspace.file(path), file.bytes.count < 256 << 10 else { continue }
      scan(file, ByteRange(0, file.bytes.count), "script", isTwice: false, nil, build: "", stage: 0, to: &facts)
    }
    facts.declare("escapes", workspace.request.isPartial ? .open : .complete)
  }

  private static let keywords: Set<Keyword> = [.cmd, .entrypoint, .run, .healthcheck, .env]

  private func scan(
    _ file: SourceFile, _ range: ByteRange, _ where: String, isTwice: Bool, _ order: BuildOrder?, build: String,
    stage: Int, to facts: inout FactStore
  ) {
    let bytes = file.bytes
    var index = range.start
    var lineStart = true
    var isComment = false
    while index + 2 < min(range.end, bytes.count) {
      if bytes[index] == UInt8(ascii: "\n") { (lineStart, isComment) = (true, false) }
      if lineStart, bytes[index] == UInt8(ascii: "#") { isComment = true }
      if ![0x20, 0x09, 0x0A].contains(bytes[index]) { lineStart = false }
      defer { index += 1 }
      guard !isComment, bytes[index] == Self.dollar, bytes[index + 1] == Self.dollar else { continue }
      let isEscaped = index > range.start && [Self.dollar, UInt8(ascii: "\\")].contains(bytes[index - 1])
      let next = bytes[index + 2]
      let isBrace = next == UInt8(ascii: "{")
      let isUpper = (0x41...0x5A).contains(next)
      guard !isEscaped, isBrace || isUpper || next == UInt8(ascii: "(") else { continue }
      let name = bytes[(index + (isBrace ? 3 : 2))...].prefix { Self.isName($0) }
      // A process id followed by capitals is possible, but hardly anybody means it.
      guard isBrace || name.count > 1 else { continue }
      let place = Place(file: file.path, ByteRange(index, index + 2))
      facts.add(
        "escapes",
        [
          "file": Cell(file.path), "text": Cell("$$", place), "name": Cell(String(decoding: name, as: UTF8.self)),
          "where": Cell(`where`), "build": Cell(build),
          "line": Cell(file.lineMap.position(of: index).line),
        ], at: place, order: order)
    }
  }

  private static let dollar = UInt8(ascii: "$")

  private static func isName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }
}

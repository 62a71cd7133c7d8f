import Knowledge

/// All causes by what can show them: the files alone, only what was observed, only what a person answers.
public struct EvidenceList {
  private let knowledge: KnowledgeBase

  public init(_ knowledge: KnowledgeBase) { self.knowledge = knowledge }

  /// One group after another, with one line for each cause: the most that is claimed, and what else would tell.
  public func text() -> String {
    let shown = knowledge.causes.map { ($0, $0.waysToShow(knowledge.relations)) }
    return FactSource.allCases.map { source in
      let group = shown.filter { _, ways in Self.least(ways) == source }
      return "\(Self.title(source)) (\(group.count))\n" + group.map { line($0, $1) }.joined()
    }.joined(separator: "\n")
  }

  /// The source that no way does without.
  private static func least(_ ways: [WayToShow]) -> FactSource {
    ways.map { $0.needs.max() ?? .files }.min() ?? .files
  }

  private static func title(_ source: FactSource) -> String {
    switch source {
    case .files: "Shown by the files alone"
    case .observation: "Shown only by a log, an exit code or the engine"
    case .answer: "Shown only by an answer"
    }
  }

  private func line(_ cause: Cause, _ ways: [WayToShow]) -> String {
    let least = Self.least(ways)
    let own = ways.filter { ($0.needs.max() ?? .files) == least }.map(\.confidence).max() ?? cause.confidence
    var text = "  \(cause.id): \(own.name)"
    for way in ways where (way.needs.max() ?? .files) > least && way.confidence > own {
      text +=
        way.needs.contains(.answer) ? ", \(way.confidence.name) with an answer" : ", \(way.confidence.name) with a log"
    }
    if least == .observation { text += "; " + cause.observedKinds(knowledge.relations).joined(separator: ", ") }
    return text + "\n"
  }
}

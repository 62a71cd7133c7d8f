import Diagnosis
import Inspection
import Knowledge

/// Why a cause is not among the diagnoses, in words.
public struct RejectionText: Sendable {
  private let facts: FactText
  private let language: Language
  private let place: @Sendable (Place?) -> String?

  /// - Parameters:
  ///   - facts: what is known of the project.
  ///   - place: writes a place as people read it, such as `main.go:12`.
  public init(facts: FactStore, language: Language, place: @escaping @Sendable (Place?) -> String?) {
    let known = Set(facts.relations.map(\.name).filter { !facts.rows($0).isEmpty })
    self.facts = FactText(relations: facts.relations, language: language) { known.contains($0.name) }
    self.language = language
    self.place = place
  }

  public func text(_ rejection: Rejection) -> String {
    switch rejection.reason {
    case .missing(let gaps): return text(gaps)
    case .present(let line, let evidence): return text(of: line, evidence, rejection.solution)
    case .explained(let other):
      let title = other.text(other.cause.title, language)
      return say("explained by: \(title)", "已由此解释：\(title)")
    case .answered(let step):
      let answer = step.question.answers.first { $0.id == step.answer }?.text[language] ?? step.answer
      return say("your answer rules it out: \(answer)", "你的回答排除了它：\(answer)")
    case .unheard:
      return say("the files cannot tell; a log or an answer would", "文件里看不出来，要看日志或你的回答")
    case .unknown: return say("cannot be told from what is known", "从已知的内容看不出来")
    }
  }

  /// Of several ways those that came furthest, one for each thing that was looked for; that no log shows it is said once,
  /// and last.
  private func text(_ gaps: [Rejection.Gap]) -> String {
    let ofFiles = gaps.filter { !facts.isOfObservation($0.line) }
    guard ofFiles.count > 1 else {
      let told = gaps.first.map { text(ofFiles.first ?? $0) } ?? ""
      return ofFiles.count == gaps.count || ofFiles.isEmpty ? told : told + say("; no log shows it", "；日志里也没有迹象")
    }
    var wanted: Set<Int> = []
    var ways: [String] = []
    for gap in ofFiles where facts.firstRow(gap.line).map({ wanted.insert($0).inserted }) ?? true {
      let way = text(gap, mostDetails: 2)
      if !ways.contains(way) { ways.append(way) }
    }
    ways = Array(ways.prefix(3))
    if ofFiles.count < gaps.count { ways.append(say("no log shows it", "日志里也没有迹象")) }
    return ways.enumerated().map { $0.offset == 0 ? $0.element : $0.element.after(ways[$0.offset - 1]) }
      .joined(separator: say("; ", "；"))
  }

  private func text(_ gap: Rejection.Gap, mostDetails: Int = .max) -> String {
    if case .not = gap.line { return text(of: gap.line, gap.found, gap.solution) }
    return facts.denial(of: gap.line, gap.solution, mostDetails: mostDetails)
  }

  /// A line that must not hold, and does.
  private func text(of line: Clause, _ evidence: [Evidence], _ solution: Solution) -> String {
    guard let found = evidence.first else { return facts.text(line, solution) }
    let text = facts.text(found)
    let place = place(found.place)
    return say(
      "Found: \(text.loweringFirst)" + (place.map { ", \($0)" } ?? ""), "找到了：\(text)" + (place.map { "，\($0)" } ?? ""))
  }

  private func say(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }
}

extension String {
  /// As it stands behind another, which may not have been found either.
  fileprivate func after(_ other: String) -> String {
    let denial = "没有找到："
    return hasPrefix(denial) && other.hasPrefix(denial) ? "也没有：" + dropFirst(denial.count) : loweringFirst
  }
}

import Diagnosis
import Inspection
import Knowledge

/// Why a cause is not among the diagnoses, in words.
public struct RejectionText: Sendable {
  private let facts: FactText
  private let language: Language
  private let place: @Sendable (Place?) -> String?

  /// - Parameter place: writes a place as people read it, such as `main.go:12`.
  public init(relations: [Relation], language: Language, place: @escaping @Sendable (Place?) -> String?) {
    facts = FactText(relations: relations, language: language)
    self.language = language
    self.place = place
  }

  public func text(_ rejection: Rejection) -> String {
    switch rejection.reason {
    case .missing(let line):
      return facts.denial(of: line, rejection.solution)
    case .present(let line, let evidence):
      guard let found = evidence.first else { return facts.text(line, rejection.solution) }
      let text = facts.text(found)
      let place = place(found.place)
      return say(
        "found: \(text.loweringFirst)" + (place.map { ", \($0)" } ?? ""), "找到了：\(text)" + (place.map { "，\($0)" } ?? "")
      )
    case .explained(let other):
      let title = other.text(other.cause.title, language)
      return say("explained by: \(title)", "已由此解释：\(title)")
    case .answered(let step):
      let answer = step.question.answers.first { $0.id == step.answer }?.text[language] ?? step.answer
      return say("your answer rules it out: \(answer)", "你的回答排除了它：\(answer)")
    case .unknown: return say("cannot be told from what is known", "从已知的内容看不出来")
    }
  }

  private func say(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }
}

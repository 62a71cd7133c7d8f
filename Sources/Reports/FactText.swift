import Diagnosis
import Inspection
import Knowledge

/// Facts and conditions in words: what a relation means, and the columns that matter as `column = value`.
public struct FactText: Sendable {
  private let relations: [Relation]
  private let language: Language

  public init(relations: [Relation], language: Language) {
    self.relations = relations
    self.language = language
  }

  /// A fact that was found, with the columns that its condition looked at.
  public func text(_ evidence: Evidence) -> String {
    guard relations.indices.contains(evidence.row.relation) else { return "" }
    let relation = relations[evidence.row.relation]
    let cells = evidence.columns.filter { $0 < evidence.row.cells.count && $0 < relation.columns.count }
    return sentence(
      relation,
      cells.compactMap { column in
        evidence.row.cells[column].value.map { "\(relation.columns[column].name) = \($0)" }
      })
  }

  /// A line of a condition, with the values that its variables have so far.
  public func text(_ line: Clause, _ solution: Solution) -> String {
    switch line {
    case .row(let pattern):
      guard relations.indices.contains(pattern.relation) else { return "" }
      let relation = relations[pattern.relation]
      return sentence(
        relation,
        pattern.matches.flatMap { match -> [String] in
          guard relation.columns.indices.contains(match.column) else { return [] }
          return match.tests.compactMap { test($0, solution) }.map { "\(relation.columns[match.column].name) \($0)" }
        })
    case .not(let lines):
      let inner = lines.map { text($0, solution) }.joined(separator: language == .zh ? "；" : "; ")
      return language == .zh ? "没有：\(inner)" : "absent: \(inner)"
    case .known(let lines):
      return lines.map { text($0, solution) }.joined(separator: language == .zh ? "；" : "; ")
    case .any(let alternatives):
      let texts = alternatives.compactMap { $0.lines.first }.map { text($0, solution) }
      return texts.joined(separator: language == .zh ? "；或者 " : "; or ")
    }
  }

  private func sentence(_ relation: Relation, _ columns: [String]) -> String {
    let meaning = relation.meaning[language].trimmingEnd
    if columns.isEmpty { return meaning }
    let list = columns.map { "`\($0)`" }.joined(separator: language == .zh ? "、" : ", ")
    return language == .zh ? "\(meaning)（\(list)）" : "\(meaning) (\(list))"
  }

  /// nil for a variable that has no value yet: it says nothing.
  private func test(_ test: Test, _ solution: Solution) -> String? {
    func value(_ operand: Operand) -> String? {
      switch operand {
      case .constant(let text): text
      case .variable(let variable):
        solution.bindings.indices.contains(variable) ? solution.bindings[variable]?.cell.value : nil
      }
    }
    func compared(_ sign: String, _ operand: Operand) -> String? { value(operand).map { "\(sign) \($0)" } }
    return switch test {
    case .bind(let variable): compared("=", .variable(variable))
    case .equal(let text): "= \(text)"
    case .notEqual(let operand): compared("!=", operand)
    case .oneOf(let texts): "= \(texts.joined(separator: " | "))"
    case .noneOf(let texts): "!= \(texts.joined(separator: " | "))"
    case .less(let operand), .older(let operand): compared("<", operand)
    case .more(let operand), .newer(let operand): compared(">", operand)
    case .under(let operand): value(operand).map { "= \($0)/**" }
    case .over(let operand): value(operand).map { "over \($0)" }
    case .starts(let operand): value(operand).map { "= \($0)*" }
    case .ends(let operand): value(operand).map { "= *\($0)" }
    case .contains(let operand): value(operand).map { "= *\($0)*" }
    case .glob(let pattern): "= \(pattern)"
    case .before, .after: nil
    }
  }
}

extension String {
  /// Without the full stop at its end.
  fileprivate var trimmingEnd: String { hasSuffix(".") || hasSuffix("。") ? String(dropLast()) : self }
}

import Diagnosis
import Inspection
import Knowledge

/// Facts and conditions in words: what a relation means, and what was looked at in it, as in
/// "A published port, which leads from the host to the container: container `8080`".
public struct FactText: Sendable {
  private let relations: [Relation]
  private let language: Language
  private let hasRows: @Sendable (Relation) -> Bool
  /// Of many alternatives the first tell enough.
  private let alternativesShown = 2

  /// - Parameter hasRows: whether there is any fact of a relation. Where there is none, it is not said which one was wanted.
  public init(
    relations: [Relation], language: Language, hasRows: @escaping @Sendable (Relation) -> Bool = { _ in true }
  ) {
    self.relations = relations
    self.language = language
    self.hasRows = hasRows
  }

  /// A fact that was found, with the columns that its condition looked at.
  public func text(_ evidence: Evidence) -> String {
    guard relations.indices.contains(evidence.row.relation) else { return "" }
    let relation = relations[evidence.row.relation]
    let cells = evidence.columns.filter { $0 < evidence.row.cells.count }
    return sentence(
      relation,
      cells.flatMap { column in
        evidence.row.cells[column].value.map { words(relation, column, [.equal($0)], nil) } ?? []
      })
  }

  /// A line of a condition as something that holds, with the values that its variables have so far.
  public func text(_ line: Clause, _ solution: Solution) -> String {
    switch line {
    case .row(let pattern): return row(pattern, solution, isThere: true)
    case .not(let lines):
      if let only = lines.first, lines.count == 1 { return denial(of: only, solution) }
      return say("not all of these: ", "以下没有同时出现：") + all(lines, solution).loweringFirst
    case .known(let lines): return all(lines, solution)
    case .any(let alternatives): return some(of: alternatives, solution).joined(separator: say("; or ", "；或者 "))
    }
  }

  /// The same line as something that does not hold.
  ///
  /// - Parameter mostDetails: of what it wanted of a fact no more is told.
  public func denial(of line: Clause, _ solution: Solution, mostDetails: Int = .max) -> String {
    switch line {
    case .row(let pattern): return row(pattern, solution, isThere: false, mostDetails)
    case .not(let lines): return all(lines, solution)
    case .known(let lines): return say("it is not known: ", "尚不清楚：") + all(lines, solution).loweringFirst
    case .any(let alternatives):
      let texts = some(of: alternatives, solution)
      if let first = alternatives.first?.lines.first, texts.count == 1 { return denial(of: first, solution) }
      return none(of: alternatives, solution)
    }
  }

  private func all(_ lines: [Clause], _ solution: Solution) -> String {
    lines.map { text($0, solution) }.joined(separator: say("; ", "；"))
  }

  /// The first alternatives, each by its first line and once, then how many more there are.
  private func some(of alternatives: [Alternative], _ solution: Solution) -> [String] {
    var texts: [String] = []
    for line in alternatives.compactMap(\.lines.first) {
      let text = text(line, solution)
      if !texts.contains(text) { texts.append(text) }
    }
    let rest = texts.count - alternativesShown
    guard rest > 1 else { return texts }
    return texts.prefix(alternativesShown) + [say("\(rest) more", "另外 \(rest) 种情况")]
  }

  /// Of several ways it is enough to say what none of them found, without what each wanted of it.
  private func none(of alternatives: [Alternative], _ solution: Solution) -> String {
    var wanted: [Int] = []
    for row in alternatives.compactMap(\.lines.first?.firstRow) where !wanted.contains(row) { wanted.append(row) }
    let rows = wanted.prefix(3).map { Clause.row(Pattern($0, [])) }
    if rows.isEmpty { return alternatives.first?.lines.first.map { denial(of: $0, solution) } ?? "" }
    if rows.count == 1 { return denial(of: rows[0], solution) }
    return say("none of these fits: ", "以下都不符合：")
      + rows.map { text($0, solution).loweringFirst }.joined(separator: say("; ", "；"))
  }

  private func row(_ pattern: Pattern, _ solution: Solution, isThere: Bool, _ mostDetails: Int = .max) -> String {
    guard relations.indices.contains(pattern.relation) else { return "" }
    let relation = relations[pattern.relation]
    guard isThere || hasRows(relation) else { return sentence(relation, [], isThere: false) }
    let details = pattern.matches.flatMap { words(relation, $0.column, $0.tests, solution) }
    return sentence(relation, Array(details.prefix(mostDetails)), isThere: isThere)
  }

  private func words(_ relation: Relation, _ column: Int, _ tests: [Test], _ solution: Solution?) -> [String] {
    guard relation.columns.indices.contains(column) else { return [] }
    return tests.compactMap { ColumnText(relation: relation, column: column, language: language).text($0, solution) }
  }

  private func sentence(_ relation: Relation, _ details: [String], isThere: Bool = true) -> String {
    let meaning = relation.meaning[language].trimmingEnd
    let claim = isThere ? meaning : denied(relation)
    if details.isEmpty { return claim }
    return language == .zh
      ? "\(claim)（\(details.joined(separator: "，"))）" : "\(claim): \(details.joined(separator: ", "))"
  }

  /// "A port that is open" is denied as "No port that is open"; what does not begin so is not found.
  private func denied(_ relation: Relation) -> String {
    let meaning = relation.meaning[language].trimmingEnd
    if language == .zh { return "没有找到：" + meaning.withoutChineseArticle }
    return meaning.deniedInEnglish ?? "Not found: " + meaning.loweringFirst
  }

  /// The relation of the first row that a line wants to be there; nil where it wants none.
  func firstRow(_ line: Clause) -> Int? { line.firstRow }

  /// Whether a line asks for what a log, an exit code or a person says.
  func isOfObservation(_ line: Clause) -> Bool {
    guard let row = firstRow(line), relations.indices.contains(row) else { return false }
    return relations[row].scope == .observation
  }

  private func say(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }
}

extension Clause {
  /// The relation of the first row that it wants to be there; nil where it wants none.
  fileprivate var firstRow: Int? {
    switch self {
    case .row(let pattern): pattern.relation
    case .known(let lines): lines.lazy.compactMap(\.firstRow).first
    case .any(let alternatives): alternatives.lazy.flatMap(\.lines).compactMap(\.firstRow).first
    case .not: nil
    }
  }
}

extension String {
  /// Without the full stop at its end.
  fileprivate var trimmingEnd: String { hasSuffix(".") || hasSuffix("。") ? String(dropLast()) : self }

  fileprivate var deniedInEnglish: String? {
    for (article, denial) in [("A ", "No "), ("An ", "No "), ("Something ", "Nothing ")] where hasPrefix(article) {
      return denial + dropFirst(article.count)
    }
    return nil
  }

  fileprivate var withoutChineseArticle: String {
    for article in ["一个", "某个", "某条"] where hasPrefix(article) { return String(dropFirst(article.count)) }
    return self
  }

  /// As it stands within a sentence.
  var loweringFirst: String {
    guard let first, dropFirst().first?.isUppercase != true else { return self }
    return first.lowercased() + dropFirst()
  }
}

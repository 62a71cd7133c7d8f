import Inspection
import Knowledge

/// Finds all ways in which a condition holds over the facts.
///
/// A line is true, false or unknown. Only what was looked for everywhere and not found is false: see `FactStore.grade`.
struct Evaluator {
  let facts: FactStore

  /// A condition that is true in more ways than this is cut off: every further one would tell a person nothing new.
  private let limit = 512

  /// The ways in which all lines hold together, starting from what is bound already.
  func solve(_ lines: [Clause], from start: [Solution]) -> [Solution] {
    var solutions = start
    for line in lines {
      var next: [Solution] = []
      for solution in solutions { solve(line, solution, into: &next) }
      solutions = next
      if solutions.isEmpty { return [] }
      if solutions.count > limit { solutions = Array(solutions.sorted { $0.truth > $1.truth }.prefix(limit)) }
    }
    return solutions
  }

  func solve(_ lines: [Clause], variables: Int, claim: Confidence) -> [Solution] {
    solve(lines, from: [Solution(bindings: Array(repeating: nil, count: variables), claim: claim)])
  }

  /// As `solve`, but in each way in which the lines can hold there must be a row for the first of them. It names the fact
  /// that a cause is about: without one the cause is worth mentioning only to somebody who sees one of its symptoms.
  func solveGrounded(_ lines: [Clause], from start: [Solution]) -> [Solution] {
    guard let first = lines.first else { return [] }
    let grounded = start.flatMap { solution in
      guard case .any(let alternatives) = first else {
        return solve([first], from: [solution]).filter { !$0.evidence.isEmpty }
      }
      return alternatives.flatMap { solveGrounded($0.lines, from: [solution.claiming(atMost: $0.confidence)]) }
    }
    return solve(Array(lines.dropFirst()), from: grounded)
  }

  private func solve(_ line: Clause, _ solution: Solution, into found: inout [Solution]) {
    switch line {
    case .row(let pattern): match(pattern, solution, into: &found)
    case .any(let alternatives):
      for alternative in alternatives {
        found += solve(alternative.lines, from: [solution.claiming(atMost: alternative.confidence)])
      }
    case .not(let lines): found += absence(of: lines, solution)
    case .known(let lines): found += solve(lines, from: [solution]).filter { $0.truth == solution.truth }
    }
  }

  /// Whether `solveGrounded` may find a row for its first line. Quick, and right when it says no.
  func mayGround(_ line: Clause) -> Bool {
    switch line {
    case .row(let pattern):
      facts.candidates(pattern.relation, key: key(of: pattern, nil))
        .contains { !isRuledOut(facts.rows[pattern.relation][$0], by: pattern, nil) }
    case .any(let alternatives): alternatives.contains { $0.lines.first.map(mayGround) ?? false }
    case .not: false
    case .known(let lines): lines.contains(where: mayGround)
    }
  }

  // MARK: Rows that must be there

  private func match(_ pattern: Pattern, _ solution: Solution, into found: inout [Solution]) {
    var certain = false
    let key = key(of: pattern, solution)
    let rows = facts.rows[pattern.relation]
    for place in facts.candidates(pattern.relation, key: key)
    where !isRuledOut(rows[place], by: pattern, solution) {
      guard let extended = extend(solution, by: pattern, rows[place]) else { continue }
      certain = certain || extended.truth == solution.truth
      found.append(extended)
    }
    if !certain, facts.grade(of: pattern.relation, for: key) == .open {
      var unknown = solution
      unknown.truth = .unknown
      found.append(unknown)
    }
  }

  /// The value that the pattern demands of the relation's first column, which names the scope.
  ///
  /// - Parameter solution: what is bound; nil where nothing is.
  private func key(of pattern: Pattern, _ solution: Solution?) -> String? {
    guard let match = pattern.matches.first(where: { $0.column == 0 }) else { return nil }
    for test in match.tests {
      switch test {
      case .equal(let text): return text
      case .bind(let variable): if let value = solution?.value(variable) { return value }
      default: break
      }
    }
    return nil
  }

  /// Whether a row cannot fit, whatever is bound to the variables that are still open. Most rows go no further.
  private func isRuledOut(_ row: Row, by pattern: Pattern, _ solution: Solution?) -> Bool {
    pattern.matches.contains { match in
      guard match.column < row.cells.count, let value = row.cells[match.column].value else { return false }
      return match.tests.contains { test in
        switch test {
        case .equal(let text): value != text
        case .oneOf(let texts): !texts.contains(value)
        case .noneOf(let texts): texts.contains(value)
        case .bind(let variable): solution?.value(variable).map { $0 != value } ?? false
        default: false
        }
      }
    }
  }

  private func isSeen(_ place: Place?) -> Bool { place?.source == .log }

  /// The solution with the row added; nil when the row does not fit.
  private func extend(_ solution: Solution, by pattern: Pattern, _ row: Row) -> Solution? {
    var extended = solution
    var truth = Truth.yes
    var joined = false
    for match in pattern.matches {
      let isRow = match.column >= row.cells.count
      let cell = isRow ? Cell(nil, row.place) : row.cells[match.column]
      for test in match.tests {
        if case .bind(let variable) = test, extended.bindings[variable] == nil {
          extended.bindings[variable] = Binding(cell: cell, order: row.order)
          continue
        }
        let answer = isRow ? order(test, row, extended) : check(test, cell, type(pattern, match.column), extended)
        if answer == .no { return nil }
        truth = min(truth, answer)
        // What one line of the log says twice joins nothing.
        if case .bind(let variable) = test, !(isSeen(row.place) && isSeen(extended.bindings[variable]?.cell.place)) {
          joined = true
        }
      }
    }
    extended.truth = min(solution.truth, truth)
    if row.presumed { extended.claim = min(extended.claim, .likely) }
    extended.evidence.append(Evidence(row: row, columns: pattern.matches.map(\.column), joined: joined))
    return extended
  }

  private func type(_ pattern: Pattern, _ column: Int) -> ColumnType {
    facts.relations[pattern.relation].columns[column].type
  }

  // MARK: Rows that must not be there

  private func absence(of lines: [Clause], _ solution: Solution) -> [Solution] {
    var start = solution
    start.truth = .yes
    start.evidence = []
    let matches = solve(lines, from: [start])
    if matches.contains(where: { $0.truth == .yes }) { return [] }
    var result = solution
    if !matches.isEmpty {
      // Some row may be the one that must not be there.
      result.truth = .unknown
      return [result]
    }
    switch completeness(of: lines, start) {
    case .complete: break
    case .presumed: result.claim = min(result.claim, .likely)
    case .open: result.truth = .unknown
    }
    return [result]
  }

  /// How sure it is that nothing matches: as sure as the best known relation among the lines.
  private func completeness(of lines: [Clause], _ solution: Solution) -> Grade {
    lines.map { line -> Grade in
      switch line {
      case .row(let pattern): facts.grade(of: pattern.relation, for: key(of: pattern, solution))
      case .any(let alternatives): alternatives.map { completeness(of: $0.lines, solution) }.min() ?? .complete
      case .known(let lines): completeness(of: lines, solution)
      case .not: .open
      }
    }.max() ?? .open
  }

  // MARK: Tests

  private func check(_ test: Test, _ cell: Cell, _ type: ColumnType, _ solution: Solution) -> Truth {
    guard let value = cell.value else { return .unknown }
    switch test {
    case .bind(let variable): return compare(.variable(variable), solution) { value == $0 }
    case .equal(let text): return value == text ? .yes : .no
    case .notEqual(let operand): return compare(operand, solution) { value != $0 }
    case .oneOf(let texts): return texts.contains(value) ? .yes : .no
    case .noneOf(let texts): return texts.contains(value) ? .no : .yes
    case .less(let operand): return compare(operand, solution) { Comparison.isLess(value, $0, type) }
    case .more(let operand): return compare(operand, solution) { Comparison.isLess($0, value, type) }
    case .older(let operand): return compare(operand, solution) { Comparison.isOlder(value, $0) }
    case .newer(let operand): return compare(operand, solution) { Comparison.isOlder($0, value) }
    case .under(let operand): return compare(operand, solution) { Comparison.isUnder(value, $0) }
    case .over(let operand): return compare(operand, solution) { Comparison.isUnder($0, value) }
    case .starts(let operand): return compare(operand, solution) { value.hasPrefix($0) }
    case .ends(let operand): return compare(operand, solution) { value.hasSuffix($0) }
    case .contains(let operand): return compare(operand, solution) { $0.isEmpty || value.contains($0) }
    case .glob(let pattern): return Comparison.glob(value, pattern) ? .yes : .no
    case .before, .after: return .unknown
    }
  }

  private func compare(_ operand: Operand, _ solution: Solution, _ body: (String) -> Bool?) -> Truth {
    let value: String? =
      switch operand {
      case .constant(let text): text
      case .variable(let variable): solution.value(variable)
      }
    guard let value, let answer = body(value) else { return .unknown }
    return answer ? .yes : .no
  }

  /// Tests of the row itself: its place in the order of a build.
  private func order(_ test: Test, _ row: Row, _ solution: Solution) -> Truth {
    let operand: Operand
    let before: Bool
    switch test {
    case .before(let other): (operand, before) = (other, true)
    case .after(let other): (operand, before) = (other, false)
    case .bind(let variable):
      return solution.bindings[variable]?.order == row.order ? .yes : .no
    default: return .unknown
    }
    guard case .variable(let variable) = operand, let other = solution.bindings[variable]?.order, let own = row.order,
      own.build == other.build
    else { return .unknown }
    return (before ? own.position < other.position : own.position > other.position) ? .yes : .no
  }
}

extension Solution {
  fileprivate func claiming(atMost confidence: Confidence) -> Solution {
    var solution = self
    solution.claim = min(claim, confidence)
    return solution
  }
}

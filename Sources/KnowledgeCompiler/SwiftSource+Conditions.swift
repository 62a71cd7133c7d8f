import Knowledge

extension SwiftSource {
  static func lines(_ lines: [Clause]) -> String { list(lines, line) }

  private static func line(_ line: Clause) -> String {
    switch line {
    case .row(let pattern): "Clause.row(\(self.pattern(pattern)))"
    case .not(let lines): "Clause.not(\(self.lines(lines)))"
    case .known(let lines): "Clause.known(\(self.lines(lines)))"
    case .any(let alternatives): "Clause.any(\(list(alternatives, alternative)))"
    }
  }

  private static func alternative(_ alternative: Alternative) -> String {
    "Alternative(.\(alternative.confidence.name), \(lines(alternative.lines)))"
  }

  private static func pattern(_ pattern: Pattern) -> String {
    "Pattern(\(pattern.relation), \(list(pattern.matches) { "Pattern.Match(\($0.column), \(list($0.tests, test)))" }))"
  }

  private static func test(_ test: Test) -> String {
    switch test {
    case .bind(let variable): "Test.bind(\(variable))"
    case .equal(let text): "Test.equal(\(quoted(text)))"
    case .notEqual(let operand): "Test.notEqual(\(self.operand(operand)))"
    case .oneOf(let texts): "Test.oneOf(\(list(texts, quoted)))"
    case .noneOf(let texts): "Test.noneOf(\(list(texts, quoted)))"
    case .less(let operand): "Test.less(\(self.operand(operand)))"
    case .more(let operand): "Test.more(\(self.operand(operand)))"
    case .older(let operand): "Test.older(\(self.operand(operand)))"
    case .newer(let operand): "Test.newer(\(self.operand(operand)))"
    case .under(let operand): "Test.under(\(self.operand(operand)))"
    case .over(let operand): "Test.over(\(self.operand(operand)))"
    case .starts(let operand): "Test.starts(\(self.operand(operand)))"
    case .ends(let operand): "Test.ends(\(self.operand(operand)))"
    case .contains(let operand): "Test.contains(\(self.operand(operand)))"
    case .glob(let text): "Test.glob(\(quoted(text)))"
    case .before(let operand): "Test.before(\(self.operand(operand)))"
    case .after(let operand): "Test.after(\(self.operand(operand)))"
    }
  }

  private static func operand(_ operand: Operand) -> String {
    switch operand {
    case .constant(let text): "Operand.constant(\(quoted(text)))"
    case .variable(let number): "Operand.variable(\(number))"
    }
  }
}

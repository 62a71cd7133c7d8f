import Inspection
import Knowledge

/// What may be the cause where neither the files nor a log show one.
extension Diagnoser {
  /// The same for somebody who has seen more than was told: a message that stands in no log here, and the answer to a
  /// question that was not asked, may be there.
  var unheard: Diagnoser {
    var facts = inspection.facts
    for relation in ["observed", "answered"] {
      facts.declare(relation, .open)
      for row in facts.rows(relation) {
        guard let subject = row.cells.first?.value else { continue }
        facts.declare(relation, .complete, for: subject)
      }
    }
    var diagnoser = self
    diagnoser.evaluator = Evaluator(facts: facts)
    return diagnoser
  }

  /// The causes that a person's answers lead to, as far as nothing speaks against them. No more than the answers speaks
  /// for them, so they are possible.
  func suspects(_ walk: TreeWalk, of symptoms: [String]) -> [Diagnosis] {
    guard !walk.suspected.isEmpty else { return [] }
    let steps = Set(walk.path.filter(\.byPerson).map(\.question.id))
    let said = inspection.facts.rows("answered").filter { row in
      row.cells.first?.value.map(steps.contains) == true
    }
    let evidence = said.map { Evidence(row: $0, columns: Array($0.cells.indices), joined: false) }
    let unheard = unheard
    return walk.suspected.compactMap(knowledge.cause)
      .flatMap { unheard.diagnose($0, Set(symptoms), isSeen: true, said: evidence) }
      .sorted { $0.rank < $1.rank }
  }
}

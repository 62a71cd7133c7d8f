import Inspection
import Knowledge
import KnowledgeFormat
import SourceText
import Testing

@testable import Diagnosis

/// What a condition says over facts: true, false or unknown, and how sure.
@Suite struct EvaluatorTests {
  /// `listens {service, address, port}` and `publishes {service, port}`, one condition, and what it comes to.
  private func solve(_ condition: String, grounded: Bool = false, _ prepare: (inout FactStore) -> Void) throws
    -> [Solution]
  {
    let facts = """
      listens: {scope: service, columns: {service: text, address: text, port: number, since: version}, en: x, zh: x}
      publishes: {scope: service, columns: {service: text, port: number}, en: x, zh: x}
      """
    let cause = """
      id: c
      symptoms: []
      title: {en: t, zh: t}
      cure: command
      when: \(condition)
      explain: {en: e, zh: e}
      see: []
      """
    let read = KnowledgeReader.read([
      .init(path: "facts.yaml", text: facts), .init(path: "causes/g/c/cause.yaml", text: cause),
    ])
    let unexpected = read.problems.filter { !$0.message.contains("fixture folder") }
    #expect(unexpected == [])
    var store = FactStore(relations: read.base.relations)
    prepare(&store)
    #expect(store.misfits == [])
    let found = try #require(read.base.cause("c"))
    let evaluator = Evaluator(facts: store)
    let start = evaluator.solve([], variables: found.variables.count, claim: found.confidence)
    return grounded ? evaluator.solveGrounded(found.when, from: start) : evaluator.solve(found.when, from: start)
  }

  private static let published = "[{listens: {service: $s, port: $p}}, {publishes: {service: $s, port: $p}}]"
  private static let unpublished = "[{listens: {service: $s, port: $p}}, {not: [{publishes: {service: $s, port: $p}}]}]"

  @Test func rowsJoinByTheirVariables() throws {
    let solutions = try solve(Self.published) { store in
      store.add("listens", ["service": "web", "port": "80"])
      store.add("listens", ["service": "db", "port": "5432"])
      store.add("publishes", ["service": "web", "port": "80"])
      store.declare("listens", .complete)
      store.declare("publishes", .complete)
    }
    #expect(solutions.map { $0.value(0) } == ["web"])
    #expect(solutions.first?.truth == .yes)
    #expect(solutions.first?.evidence.count == 2)
  }

  @Test(arguments: [(Grade.complete, [Truth]()), (.presumed, []), (.open, [.unknown])])
  func aMissingRowIsFalseOnlyWhereAllIsListed(grade: Grade, expected: [Truth]) throws {
    let solutions = try solve(Self.published) { store in
      store.add("listens", ["service": "web", "port": "80"])
      store.declare("publishes", grade, for: "web")
    }
    #expect(solutions.map(\.truth) == expected)
  }

  @Test(arguments: [
    (Grade.complete, Truth.yes, Confidence.proven), (.presumed, .yes, .likely), (.open, .unknown, .proven),
  ])
  func absenceIsAsSureAsTheList(grade: Grade, truth: Truth, claim: Confidence) throws {
    let solutions = try solve(Self.unpublished) { store in
      store.add("listens", ["service": "web", "port": "80"])
      store.declare("publishes", grade, for: "web")
    }
    #expect(solutions.map(\.truth) == [truth])
    #expect(solutions.first?.claim == claim)
  }

  private static let eitherWay =
    "[{any: [{all: [{listens: {service: $s, port: $p}}, {publishes: {service: $s}}]}, {all: [{publishes: {service: $s, port: 80}}]}]}]"

  /// What is not known to listen says nothing, though it is published; what is published on 80 speaks for itself.
  @Test(arguments: [(Self.published, "80", 0), (Self.eitherWay, "81", 0), (Self.eitherWay, "80", 1)])
  func eachWayStandsOnAFactOfItsOwn(condition: String, port: String, ways: Int) throws {
    let grounded = try solve(condition, grounded: true) { store in
      store.add("publishes", ["service": "web", "port": .init(port)])
      store.declare("publishes", .complete)
    }
    #expect(grounded.count == ways)
  }

  @Test func aRowThatMayMatchMakesAbsenceUnknown() throws {
    let solutions = try solve(Self.unpublished) { store in
      store.add("listens", ["service": "web", "port": "80"])
      store.add("publishes", ["service": "web", "port": .unknown])
      store.declare("publishes", .complete)
    }
    #expect(solutions.map(\.truth) == [.unknown])
  }

  @Test func presumedRowsCapTheClaim() throws {
    let solutions = try solve("[{listens: {service: $s}}]") { store in
      store.add("listens", ["service": "web"], presumed: true)
    }
    #expect(solutions.map(\.claim) == [.likely])
  }

  @Test func unknownCellsAreNeitherEqualNorDifferent() throws {
    let solutions = try solve("[{listens: {service: $s, address: {not: loopback}}}]") { store in
      store.add("listens", ["service": "web", "address": .unknown])
      store.declare("listens", .complete)
    }
    #expect(solutions.map(\.truth) == [.unknown])
  }

  @Test func everyAlternativeIsTried() throws {
    let condition = """
      [{listens: {service: $s, port: $p}}, {any: [{publishes: {service: $s, port: $p}}, {confidence: likely, all: []}]}]
      """
    let solutions = try solve(condition) { store in
      store.add("listens", ["service": "web", "port": "80"])
      store.add("publishes", ["service": "web", "port": "80"])
      store.declare("publishes", .complete)
    }
    #expect(solutions.map(\.claim) == [.proven, .likely])
  }

  @Test(arguments: [
    ("1.20", "older: '1.21'", Truth.yes), ("1.21.3", "older: '1.21'", .unknown), ("1.22", "older: '1.21'", .no),
    ("1.22", "newer: '1.21'", .yes), ("1", "newer: '1.21'", .unknown), ("1.21", "older: '1.21'", .no),
  ])
  func versionsStandForAllThatBeginSo(version: String, test: String, expected: Truth) throws {
    let solutions = try solve("[{listens: {service: $s, since: {\(test)}}}]") { store in
      store.add("listens", ["service": "web", "since": Cell(version)])
      store.declare("listens", .complete)
    }
    #expect((solutions.first?.truth ?? .no) == expected)
  }

  @Test(arguments: [
    ("a/b.sh", "*.sh", false), ("b.sh", "*.sh", true), ("a/b.sh", "**.sh", true), ("a/b", "a/?", true), ("", "*", true),
  ])
  func globsKeepToOnePart(text: String, pattern: String, matches: Bool) {
    #expect(Comparison.glob(text, pattern) == matches)
  }
}

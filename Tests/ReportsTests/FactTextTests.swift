import Inspection
import Knowledge
import Testing

@testable import Diagnosis
@testable import Reports

/// Conditions as people read them.
@Suite struct FactTextTests {
  private static let relation = Relation(
    "listens", scope: .service,
    columns: [
      .init("service", .text), .init("port", .number), .init("mode", .choice(["host", "none", "bridge"])),
      .init("final", .choice(["yes", "no"])), .init("kind", .text), .init("role", .text),
    ],
    meaning: LocalizedText(en: "A port that is open.", zh: "一个打开的端口。"))
  private static let other = Relation(
    "starts", scope: .service, columns: [.init("service", .text)],
    meaning: LocalizedText(en: "How it starts.", zh: "它怎样启动。"))

  private static let wanted: [(Int, Knowledge.Test, String, String)] = [
    (1, .equal("80"), "A port that is open: port `80`", "一个打开的端口（端口 `80`）"),
    (1, .more(.constant("1024")), "A port that is open: port over `1024`", "一个打开的端口（端口大于 `1024`）"),
    (
      2, .oneOf(["host", "none", "bridge"]), "A port that is open: mode `host`, `none` or `bridge`",
      "一个打开的端口（模式 `host`、`none` 或 `bridge`）"
    ),
    (2, .noneOf(["host"]), "A port that is open: mode not `host`", "一个打开的端口（模式不是 `host`）"),
    (3, .equal("yes"), "A port that is open: final", "一个打开的端口（最终阶段）"),
    (3, .equal("no"), "A port that is open: not final", "一个打开的端口（最终阶段：否）"),
    (4, .equal("time-out"), "A port that is open: `time-out`", "一个打开的端口（`time-out`）"),
    (1, .equal(""), "A port that is open: no port", "一个打开的端口（没有端口）"),
    (1, .notEqual(.constant("")), "A port that is open: some port", "一个打开的端口（有端口）"),
    // Only drydock's own words for what the sentence is about anyway.
    (0, .equal("web"), "A port that is open", "一个打开的端口"),
    (5, .equal("main"), "A port that is open", "一个打开的端口"),
    // A variable without a value, and a column that is not there.
    (1, .bind(7), "A port that is open", "一个打开的端口"),
    (99, .equal("x"), "A port that is open", "一个打开的端口"),
  ]

  private let nothing = Solution(bindings: [], claim: .proven)

  private func text(_ line: Clause, _ language: Language = .en) -> String {
    FactText(relations: [Self.relation, Self.other], language: language).text(line, nothing)
  }

  private func denial(_ line: Clause, _ language: Language = .en) -> String {
    FactText(relations: [Self.relation, Self.other], language: language).denial(of: line, nothing)
  }

  private func row(_ column: Int, _ tests: Knowledge.Test...) -> Clause {
    .row(Pattern(0, [Pattern.Match(column, tests)]))
  }

  @Test(arguments: wanted) func saysWhatWasLookedAt(
    _ column: Int, _ test: Knowledge.Test, _ english: String, _ chinese: String
  ) {
    #expect(text(row(column, test)) == english)
    #expect(text(row(column, test), .zh) == chinese)
  }

  @Test func deniesInWholeSentences() {
    let port = row(1, .equal("80"))
    #expect(denial(port) == "No port that is open: port `80`")
    #expect(denial(port, .zh) == "没有找到：打开的端口（端口 `80`）")
    #expect(text(.not([port])) == denial(port))
    #expect(denial(.not([port])) == text(port))
    #expect(denial(.row(Pattern(1, []))) == "Not found: how it starts")
    #expect(
      text(.not([port, .row(Pattern(1, []))])) == "not all of these: a port that is open: port `80`; How it starts")
  }

  @Test func whereThereIsNoneAtAllItIsNotSaidWhichOne() {
    let text = FactText(relations: [Self.relation], language: .en) { _ in false }
    #expect(text.denial(of: row(1, .equal("80")), nothing) == "No port that is open")
    #expect(text.text(row(1, .equal("80")), nothing) == "A port that is open: port `80`")
  }

  @Test func ofManyValuesTheFirstTellEnough() {
    let many = row(2, .noneOf((1...9).map { "m\($0)" }))
    #expect(text(many) == "A port that is open: mode not `m1`, `m2`, `m3` or 6 more")
    #expect(text(many, .zh) == "一个打开的端口（模式不是 `m1`、`m2`、`m3` 等 9 个）")
  }

  @Test func ofManyWaysTheFirstTellEnough() {
    func ways(_ count: Int) -> Clause {
      .any((0..<count).map { Alternative(.proven, [row(1, .equal("\($0)"))]) })
    }
    #expect(text(ways(2)) == "A port that is open: port `0`; or A port that is open: port `1`")
    #expect(denial(ways(1)) == "No port that is open: port `0`")
    #expect(text(ways(5)).hasSuffix("; or A port that is open: port `1`; or 3 more"))
    #expect(text(ways(5), .zh).hasSuffix("；或者 另外 3 种情况"))
    // That none of several is there is said without what each of them wanted.
    #expect(denial(ways(5)) == "No port that is open")
    let mixed = Clause.any([
      Alternative(.proven, [row(1, .equal("1"))]), Alternative(.proven, [.row(Pattern(1, []))]),
    ])
    #expect(denial(mixed) == "none of these fits: a port that is open; how it starts")
    // What must not be there is no way of its own.
    #expect(
      denial(
        .any([
          Alternative(.proven, [.known([row(1, .equal("1"))])]), Alternative(.proven, [.not([.row(Pattern(1, []))])]),
        ])) == "No port that is open")
    #expect(denial(mixed, .zh) == "以下都不符合：一个打开的端口；它怎样启动")
    // The same way twice is one.
    #expect(
      denial(.any([Alternative(.proven, [row(1, .equal("1"))]), Alternative(.likely, [row(1, .equal("1"))])]))
        == "No port that is open: port `1`")
  }

  @Test func aRelationThatIsNotThereSaysNothing() {
    #expect(text(.row(Pattern(9, []))) == "")
  }
}

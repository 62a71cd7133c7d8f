import Diagnosis
import Inspection
import Knowledge
import KnowledgeData
import Testing

/// What is said of what can show a cause, against what shows it.
@Suite struct ShowingTests {
  private static let knowledge = KnowledgeBase.builtIn

  private static let least: [(String, Set<FactSource>)] = [
    ("shell-form-pid1", [.files]), ("listens-on-loopback", [.files]), ("build-dns-failure", [.observation]),
  ]

  @Test(arguments: least)
  func whatIsNeededLeast(id: String, needs: Set<FactSource>) throws {
    let cause = try #require(Self.knowledge.cause(id))
    let ways = cause.waysToShow(Self.knowledge.relations)
    #expect(ways.first?.needs == needs, "\(ways)")
  }

  @Test(arguments: knowledge.causes.map(\.id))
  func everyCauseCanBeShown(id: String) throws {
    let cause = try #require(Self.knowledge.cause(id))
    let ways = cause.waysToShow(Self.knowledge.relations)
    #expect(!ways.isEmpty)
    #expect(ways.allSatisfy { $0.confidence <= cause.confidence })
    // What the files never show is shown by lines that somebody can name.
    if ways.allSatisfy({ $0.needs.contains(.observation) }) {
      #expect(!cause.observedKinds(Self.knowledge.relations).isEmpty)
    }
  }

  /// Without a log, a cause is found only where the files alone can show it.
  @Test func aLogThatIsNeededIsNeeded() {
    let files = [
      "Dockerfile": "FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go mod download\nCMD [\"/src/a\"]\n",
      "go.mod": "module a.example/a\n\ngo 1.24\n\nrequire b.example/b v1.0.0\n",
      "main.go": "package main\n\nfunc main() {}\n",
    ]
    let inspection = Inspector(knowledge: .builtIn).inspect(InspectionRequest(tree: MemoryTree(files)))
    let found = Diagnoser(knowledge: .builtIn, inspection: inspection).findings(symptom: "module-download")
    for diagnosis in found.diagnoses where diagnosis.confidence > .possible {
      let ways = diagnosis.cause.waysToShow(Self.knowledge.relations)
      #expect(ways.contains { $0.needs.isSubset(of: [.files]) }, "\(diagnosis.cause.id)")
    }
  }
}

import Knowledge
import KnowledgeData
import TerminalUI
import Testing

@testable import Session

/// The built-in sample is the first thing that somebody sees of drydock.
@Suite struct SampleTests {
  static let faults = [
    ("exits-immediately", "libc-mismatch", "orders/Dockerfile"),
    ("port-unreachable", "listens-on-loopback", "shop/main.go"),
    ("module-download", "toolchain-too-old", "mailer/Dockerfile"),
    ("signal-handling", "shell-form-pid1", "stock/Dockerfile"),
  ]

  @Test(arguments: faults, [Knowledge.Language.en, .zh])
  func showsOneFaultForEachOfFourSymptoms(_ fault: (String, String, String), _ language: Knowledge.Language) throws {
    let (symptom, cause, file) = fault
    let talk = Talk(Talk.sample, symptom: symptom, language: language)
    let investigation = try #require(talk.model.investigation)
    #expect(investigation.question == nil)
    #expect(investigation.findings.map(\.cause) == [cause])
    let finding = try #require(investigation.findings.first)
    #expect(finding.claim == .proven)
    let fix = try #require(finding.fixes.first)
    #expect(fix.files.map(\.file) == [file])
    #expect(fix.checks?.map(\.mark) == [.yes, .yes])
    #expect(!fix.patch.isEmpty)
  }

  @Test func isAllOfOneFaultEach() {
    let talk = Talk(Talk.sample)
    #expect(wrong(talk) == Set(Self.faults.map(\.1)))
    #expect(talk.model.project.summary == "4 services · 4 Dockerfiles")
  }

  /// A person who repairs it all has a project without findings.
  @Test func isRepairedByItsFixes() throws {
    let folder = TemporaryFolder(Talk.sample)
    var talk = try Talk(folder)
    for (symptom, _, _) in Self.faults {
      talk.perform(.investigate(symptom: symptom))
      let finding = try #require(talk.model.investigation?.findings.first)
      talk.perform(.applyFix(finding: finding.id, fix: try #require(finding.fixes.first?.id)))
      #expect(talk.message?.tone == .good)
    }
    #expect(wrong(talk).isEmpty)
  }

  /// What is wrong, without what is only slow or large.
  private func wrong(_ talk: Talk) -> Set<String> {
    let comfort: Set = ["slow-build", "oversized-image"]
    let causes = talk.model.findings.map(\.cause)
    return Set(
      causes.filter { id in
        KnowledgeBase.builtIn.cause(id)?.symptoms.contains { !comfort.contains($0.id) } ?? true
      })
  }
}

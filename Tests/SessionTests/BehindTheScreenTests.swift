import Inspection
import Knowledge
import KnowledgeData
import TerminalUI
import Testing

@testable import Session

/// What a session works out only when somebody looks, and what it asks others.
@Suite struct BehindTheScreenTests {
  private let finding = "libc-mismatch/orders"

  private func shown(_ talk: Talk) -> FindingView? {
    talk.model.investigation?.findings.first { $0.id == finding }
  }

  @Test func fixesAreWorkedOutWhenTheirFindingIsSeen() throws {
    var talk = Talk(Talk.sample, symptom: "exits-immediately")
    let all = try #require(shown(talk))
    #expect(!all.fixes.isEmpty)
    talk.conversation.plansFixesWhenSeen = true
    // What was worked out stays.
    talk.perform(.investigate(symptom: "exits-immediately"))
    #expect(shown(talk) == all)
    talk.perform(.answer(question: "how-it-ended", answer: "not-started"))
    #expect(shown(talk)?.fixesAreComing == true)
    #expect(shown(talk)?.fixes.isEmpty == true)
    talk.perform(.planFixes(finding: finding))
    #expect(shown(talk)?.fixesAreComing == false)
    #expect(shown(talk)?.fixes == all.fixes)
  }

  @Test func askingForTheFixesOfNothingEnds() {
    var talk = Talk(Talk.sample, symptom: "exits-immediately")
    talk.conversation.plansFixesWhenSeen = true
    talk.perform(.planFixes(finding: "nobody"))
    #expect(talk.model.investigation?.findings.isEmpty == false)
  }

  @Test func countsTheFilesThatItReads() {
    let count = ReadCount()
    #expect(!count.isComplete)
    _ = Conversation(
      knowledge: .builtIn, request: InspectionRequest(tree: MemoryTree(Talk.sample)), project: Project(name: "test"),
      language: .en, count: count)
    #expect(count.value >= 8)
    #expect(count.isComplete)
  }

  @Test(arguments: [Knowledge.Language.en, .zh]) func hasAFirstScreenBeforeAFileWasRead(_ language: Knowledge.Language)
  {
    let model = Conversation.opening(knowledge: .builtIn, project: Project(name: "~/shop"), language: language)
    #expect(model.symptoms.count == KnowledgeBase.builtIn.symptoms.count)
    #expect(model.symptoms.allSatisfy { $0.best == nil && !$0.isWeighed && !$0.title.isEmpty && $0.known > 0 })
    #expect(model.investigation == nil)
  }

  // MARK: The container engine

  private func talk(_ probe: Probe) -> Talk {
    var talk = Talk(["compose.yaml": "services:\n  web:\n    image: example.com/web\n"])
    talk.conversation.probe = probe
    talk.perform(.investigate(symptom: "exits-immediately"))
    return talk
  }

  @Test func takesInWhatTheEngineSays() throws {
    let log = "exec /app: no such file or directory\n"
    var talk = talk(
      Probe(obstacle: nil, commands: []) { request, _ in
        var reader = request.log ?? LogReader(KnowledgeBase.builtIn.observations)
        reader.read(Array(log.utf8))
        request.log = reader
        return Probe.Answer(isUp: true, lines: [LocalizedText(en: "web has stopped", zh: "web 已停止")])
      })
    let question = try #require(talk.model.investigation?.question)
    #expect(question.probe == .ready(readsOnly: true))
    #expect(talk.model.project.engine == .notAsked)
    talk.perform(.runProbe(question: question.id))
    #expect(talk.model.project.engine == .up)
    #expect(talk.conversation.examination.inspection.log.lines.count == 1)
    #expect(talk.message != nil)
    // Asking twice does not double what was said.
    talk.perform(.runProbe(question: question.id))
    #expect(talk.conversation.examination.inspection.log.lines.count == 1)
  }

  @Test func saysThatNobodyAnswers() throws {
    var talk = talk(
      Probe(obstacle: nil, commands: []) { _, _ in
        Probe.Answer(isUp: false, lines: [LocalizedText(en: "no engine answers", zh: "引擎没有回应")])
      })
    let question = try #require(talk.model.investigation?.question)
    talk.perform(.runProbe(question: question.id))
    #expect(talk.model.project.engine == .absent)
    #expect(talk.message == Message(.bad, "no engine answers"))
    #expect(talk.model.investigation?.question?.probe == .inconclusive(output: ["no engine answers"]))
  }

  @Test func saysWhyNobodyCanBeAsked() throws {
    let obstacle = LocalizedText(en: "there is no docker here", zh: "这里没有 docker")
    var talk = talk(Probe(obstacle: obstacle, commands: []) { _, _ in Probe.Answer(isUp: true, lines: []) })
    #expect(talk.model.investigation?.question?.probe == .unavailable(reason: "there is no docker here"))
    #expect(talk.model.project.engine == .absent)
    talk.perform(.translate(.chinese))
    #expect(talk.model.investigation?.question?.probe == .unavailable(reason: "这里没有 docker"))
    talk.perform(.runProbe(question: "x"))
    #expect(talk.message == nil)
  }

  @Test func theKnowledgeHoldsExitCodes() {
    var talk = Talk(Talk.sample)
    talk.perform(.loadKnowledge)
    let codes = talk.model.articles.filter { $0.group == "Exit codes" }
    #expect(codes.map(\.id).contains("137"))
    #expect(codes.allSatisfy { !$0.text.isEmpty })
  }

  @Test func theLayersAreShownWhenAskedFor() {
    var talk = Talk(Talk.sample)
    #expect(talk.model.layers.isEmpty)
    talk.perform(.loadLayers)
    #expect(talk.model.layers.contains { $0.text.contains("Dockerfile") })
  }
}

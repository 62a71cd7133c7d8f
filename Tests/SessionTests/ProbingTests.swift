import Inspection
import Knowledge
import KnowledgeData
import TerminalUI
import Testing

@testable import Session

/// `r`: what the engine says settles questions.
@Suite struct ProbingTests {
  private static let files = [
    "compose.yaml": """
    services:
      web:
        image: shop/web:1
        ports:
          - "8080:80"

    """
  ]

  private func talk(_ facts: [Testimony.Fact], complete: Set<String> = [], problems: [String] = []) -> Talk {
    var container = Testimony.Container(name: "web-1", image: "shop/web:1", command: "", source: "docker inspect web-1")
    container.service = "web"
    container.facts = facts
    container.complete = complete
    var testimony = Testimony()
    if problems.isEmpty { testimony.containers = [container] }
    testimony.problems = problems
    let answer = Prober.Answer(
      testimony: testimony, log: [],
      notes: problems.isEmpty ? [LocalizedText(en: "web-1: running", zh: "web-1：running")] : [])
    var talk = Talk(Self.files, symptom: "port-unreachable")
    talk.conversation.project.prober = Prober(commands: ["docker ps --all"]) { _ in answer }
    talk.model = talk.conversation.view()
    return talk
  }

  @Test func itIsOfferedWithItsCommands() {
    let question = talk([]).model.investigation?.question
    #expect(question?.probe == .ready(readsOnly: true))
    #expect(question?.probeCommands == ["docker ps --all"])
  }

  @Test func itIsNotOfferedWithoutAnEngineToAsk() {
    #expect(Talk(Self.files, symptom: "port-unreachable").model.investigation?.question?.probe == ProbeState.none)
  }

  @Test func socketsProveTheCause() {
    let source = "docker exec web-1 cat /proc/net/tcp /proc/net/tcp6"
    var talk = talk(
      [
        Testimony.Fact(
          "listens", ["address": "loopback", "port": "80", "protocol": "tcp", "role": "main"], from: source)
      ],
      complete: ["listens"])
    talk.perform(.runProbe(question: talk.model.investigation?.question?.id ?? ""))
    #expect(talk.model.investigation?.question == nil)
    #expect(talk.model.investigation?.findings.first?.cause == "listens-on-loopback")
    #expect(talk.model.investigation?.evidence.contains { $0.origin == .engine } ?? false)
  }

  @Test func whatSettlesNothingIsShown() {
    var talk = talk([])
    let id = talk.model.investigation?.question?.id ?? ""
    talk.perform(.runProbe(question: id))
    #expect(talk.model.investigation?.question?.probe == .inconclusive(output: ["web-1: running"]))
    #expect(talk.message?.text == "web-1: running")
  }

  @Test func noEngineIsOneLine() {
    var talk = talk([], problems: ["no container engine answers: x"])
    talk.perform(.runProbe(question: talk.model.investigation?.question?.id ?? ""))
    #expect(talk.message?.tone == .bad)
    #expect(talk.message?.text == "no container engine answers: x")
  }
}

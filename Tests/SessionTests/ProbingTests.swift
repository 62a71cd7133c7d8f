import Inspection
import Knowledge
import KnowledgeData
import StyledText
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

  private static let note = LocalizedText(en: "web-1: running", zh: "web-1：running")

  /// A conversation with an engine that knows this of the container.
  private func talk(
    _ facts: [Testimony.Fact], complete: Set<String> = [], symptom: String = "port-unreachable",
    silence: String? = nil, obstacle: LocalizedText? = nil
  ) -> Talk {
    var container = Testimony.Container(name: "web-1", image: "shop/web:1", command: "", source: "docker inspect web-1")
    container.service = "web"
    container.facts = facts
    container.complete = complete
    var testimony = Testimony()
    testimony.containers = [container]
    var talk = Talk(Self.files, symptom: symptom)
    talk.conversation.probe = Probe(obstacle: obstacle, commands: ["docker ps --all"]) { [testimony] request, project in
      if let silence { return .init(isUp: false, lines: [LocalizedText(en: silence, zh: silence)]) }
      #expect(project.services == ["web"])
      request.testimony = testimony
      return .init(isUp: true, lines: [Self.note])
    }
    talk.model = talk.conversation.view()
    return talk
  }

  private func asked(_ talk: Talk) -> Talk {
    var talk = talk
    talk.perform(.runProbe(question: talk.model.investigation?.question?.id))
    return talk
  }

  private static let loopback = Testimony.Fact(
    "listens", ["address": "loopback", "port": "80", "protocol": "tcp", "role": "main"],
    from: "docker exec web-1 cat /proc/net/tcp /proc/net/tcp6")

  @Test func itIsOfferedWithItsCommands() {
    let question = talk([], symptom: "signal-handling").model.investigation?.question
    #expect(question?.probe == .ready(readsOnly: true))
    #expect(question?.probeCommands == ["docker ps --all"])
  }

  @Test func itIsNotOfferedWithoutAnEngineToAsk() {
    let none = Talk(Self.files, symptom: "signal-handling")
    #expect(none.model.investigation?.question?.probe == ProbeState.none)
    let away = talk([], symptom: "signal-handling", obstacle: LocalizedText(en: "no docker", zh: "没有 docker"))
    #expect(away.model.investigation?.question?.probe == .unavailable(reason: "no docker"))
    #expect(asked(away).message == nil)
  }

  /// The files leave it possible; no question is left that would tell.
  @Test func socketsProveTheCause() {
    let before = talk([Self.loopback], complete: ["listens"])
    #expect(before.model.investigation?.probe == .ready(readsOnly: true))
    #expect(before.model.investigation?.findings.first?.claim == .possible)
    let after = asked(before)
    let finding = after.model.investigation?.findings.first
    #expect(finding?.cause == "listens-on-loopback" && finding?.claim == .proven)
    #expect(finding?.evidence.contains { $0.origin == .engine } ?? false)
    #expect(after.message?.tone == .good)
  }

  @Test func whatItSaysAnswersTheQuestion() {
    let end = Testimony.Fact("observed", ["kind": "exited", "code": "0"], from: "docker inspect web-1")
    let before = talk([end], symptom: "exits-immediately")
    #expect(before.model.investigation?.question?.id == "how-it-ended")
    let investigation = asked(before).model.investigation
    #expect(investigation?.question?.id != "how-it-ended")
    #expect(investigation?.evidence.contains { $0.origin == .engine } ?? false)
  }

  @Test func whatSettlesNothingIsShown() {
    let talk = asked(talk([], symptom: "signal-handling"))
    #expect(talk.model.investigation?.question?.probe == .inconclusive(output: ["web-1: running"]))
    #expect(talk.message?.tone == .note)
  }

  @Test func noEngineIsOneLine() {
    let talk = asked(talk([], silence: "no container engine answers: x"))
    #expect(talk.message?.tone == .bad)
    #expect(talk.message?.text == "no container engine answers: x")
  }

  @Test(arguments: ["signal-handling", "port-unreachable"])
  func itAsksLineByLineToo(_ symptom: String) {
    let talk = talk([Self.loopback], complete: ["listens"], symptom: symptom)
    var dialogue = PlainDialogue(talk.conversation, style: TextStyle(color: false, ascii: false, columns: 80))
    let opening = dialogue.opening()
    let reply = dialogue.reply(to: "r")
    if symptom == "port-unreachable" {
      #expect(reply.contains("proven\n  service web · listens-on-loopback"))
    } else {
      #expect(opening.contains("  r  asks the container engine (reads only)\n     $ docker ps --all\n"))
      #expect(reply.contains("     web-1: running\n"))
    }
  }
}

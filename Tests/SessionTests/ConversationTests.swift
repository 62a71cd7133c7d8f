import Inspection
import Knowledge
import KnowledgeData
import TerminalUI
import Testing

@testable import Session

@Suite struct ConversationTests {
  /// What nobody can tell from the files: the base image and its program are not known.
  private let riddle = ["Dockerfile": "FROM example.com/base:1\nCOPY app /app\nCMD [\"/app\"]\n", "app": "\u{1}"]

  @Test func picksAmongAllSymptoms() throws {
    let model = Talk(Talk.sample).model
    #expect(model.symptoms.map(\.id) == KnowledgeBase.builtIn.symptoms.map(\.id))
    #expect(model.investigation == nil)
    let port = try #require(model.symptoms.first { $0.id == "port-unreachable" })
    #expect(port.fitting == 1)
    #expect(port.best == .proven)
    #expect(port.causes.map(\.note) == ["shop/main.go:20"])
    #expect(port.known > 1)
  }

  @Test func asksWhatFilesCannotTell() throws {
    var talk = Talk(riddle)
    talk.perform(.investigate(symptom: "exits-immediately"))
    let question = try #require(talk.model.investigation?.question)
    #expect(question.id == "how-it-ended")
    #expect(question.number == 1)
    #expect(question.answers.last?.id == "unknown")
    #expect(question.answers.last?.leaves == talk.model.investigation?.candidates.count)
    #expect(!question.why.isEmpty)
    #expect(question.command.count == 1)
  }

  @Test func answersLeadOnAndCanBeTakenBack() throws {
    var talk = Talk(riddle, symptom: "exits-immediately")
    let before = try #require(talk.model.investigation)
    talk.perform(.answer(question: "how-it-ended", answer: "clean"))
    let after = try #require(talk.model.investigation)
    #expect(after.answersGiven == 1)
    #expect(after.candidates.count < before.candidates.count)
    #expect(after.question?.id == "work-in-background")
    #expect(after.evidence.contains { $0.origin == .you && $0.items.count == 1 })
    talk.perform(.answer(question: "work-in-background", answer: "no"))
    #expect(talk.model.investigation?.question == nil)
    #expect(talk.model.investigation?.candidates.map(\.id) == ["one-shot-command"])
    talk.perform(.takeBack)
    #expect(talk.model.investigation?.question?.id == "work-in-background")
    talk.perform(.takeBack)
    #expect(talk.model.investigation == before)
    talk.perform(.takeBack)
    #expect(talk.model.investigation == before)
  }

  private static let downloading = [
    "Dockerfile": "FROM golang:1.24 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n",
    "go.mod": "module a.example/a\n\ngo 1.24\n\nrequire b.example/b v1.0.0\n", "go.sum": "b.example/b v1.0.0 h1:x=\n",
  ]

  /// No file and no log shows it: the question is asked all the same, and the answer leads to a fix that cures.
  @Test func aPersonsWordIsEnoughToSuspect() throws {
    var talk = Talk(Self.downloading, symptom: "module-download")
    #expect(talk.model.investigation?.findings == [])
    #expect(talk.model.investigation?.question?.id == "how-download-fails")
    talk.perform(.answer(question: "how-download-fails", answer: "no-answer"))
    let finding = try #require(talk.model.investigation?.findings.first)
    #expect(finding.cause == "proxy-unreachable")
    #expect(finding.claim == .possible)
    #expect(finding.evidence.contains { $0.origin == .you && $0.items.contains { $0.text.contains("time-out") } })
    talk.perform(.planFixes(finding: finding.id))
    let fix = try #require(talk.model.investigation?.findings.first?.fixes.first)
    #expect(fix.id == "go-proxy")
    #expect(fix.checks?.isEmpty == false)
    talk.perform(.takeBack)
    talk.perform(.answer(question: "how-download-fails", answer: "not-trusted"))
    #expect(talk.model.investigation?.findings.map(\.cause) == ["custom-ca-missing"])
  }

  @Test func goesOnWhenThePersonCannotTell() throws {
    var talk = Talk(riddle, symptom: "exits-immediately")
    let before = try #require(talk.model.investigation?.candidates.count)
    talk.perform(.answer(question: "how-it-ended", answer: "unknown"))
    #expect(talk.model.investigation?.candidates.count == before)
    #expect(talk.model.investigation?.question.map { $0.id != "how-it-ended" } ?? true)
  }

  /// A question whose answers all lead to the same causes would tell nothing.
  @Test func skipsQuestionsThatTellNothing() throws {
    let talk = Talk(riddle, symptom: "exits-immediately")
    let question = try #require(talk.model.investigation?.question)
    let left = question.answers.dropLast().compactMap(\.leaves)
    #expect(left.count { $0 > 0 } > 1)
  }

  @Test func answersOfOneSymptomAreNotTakenBackInAnother() {
    var talk = Talk(riddle, symptom: "exits-immediately")
    talk.perform(.answer(question: "how-it-ended", answer: "clean"))
    talk.perform(.investigate(symptom: "port-unreachable"))
    #expect(talk.model.investigation?.answersGiven == 0)
    talk.perform(.takeBack)
    talk.perform(.investigate(symptom: "exits-immediately"))
    #expect(talk.model.investigation?.answersGiven == 1)
  }

  // MARK: Logs

  @Test func aPastedLogLeadsToItsSymptom() throws {
    var talk = Talk(Talk.sample)
    talk.perform(.inspectPasted(text: "exec /usr/local/bin/orders: no such file or directory\n", exitCode: nil))
    let investigation = try #require(talk.model.investigation)
    #expect(investigation.symptom == "exits-immediately")
    #expect(investigation.findings.first?.cause == "libc-mismatch")
    #expect(investigation.findings.first?.evidence.contains { $0.origin == .log } == true)
    #expect(talk.model.symptoms.first { $0.suggestion != nil }?.id == "exits-immediately")
    #expect(talk.message == Message(.good, "The log shows: Container exits at once"))
  }

  @Test func aLogThatSaysNothingStaysWhereItIs() {
    var talk = Talk(Talk.sample)
    talk.perform(.inspectPasted(text: "hello\nworld\n", exitCode: nil))
    #expect(talk.model.investigation == nil)
    #expect(talk.message?.tone == .bad)
    talk.perform(.investigate(symptom: "signal-handling"))
    talk.perform(.inspectPasted(text: "hello\n", exitCode: nil))
    #expect(talk.model.investigation?.symptom == "signal-handling")
  }

  @Test func anExitCodeIsEnough() {
    var talk = Talk(riddle)
    talk.perform(.inspectPasted(text: " \n", exitCode: 127))
    #expect(talk.model.investigation?.symptom == "exits-immediately")
    #expect(talk.model.symptoms.first { $0.suggestion != nil }?.suggestion == "the exit code shows it")
  }

  @Test func beginsWhereALogLeads() {
    var log = LogReader(KnowledgeBase.builtIn.observations)
    log.read(Array("exec /app: no such file or directory\n".utf8))
    #expect(Talk(riddle) { $0.log = log }.model.investigation?.symptom == "exits-immediately")
  }

  // MARK: Files that change

  @Test func theDiagnosisFollowsTheFiles() throws {
    let folder = TemporaryFolder(Talk.sample)
    var talk = try Talk(folder)
    let watcher = Watcher(talk)
    talk.perform(.investigate(symptom: "exits-immediately"))
    #expect(!watcher.sees(talk))
    let text = try #require(folder["project/orders/Dockerfile"])
    folder["project/orders/Dockerfile"] = text.replacing("RUN go build", with: "RUN CGO_ENABLED=0 go build")
    #expect(watcher.sees(talk))
    #expect(!watcher.sees(talk))
    talk.take(talk.conversation.refresh())
    #expect(talk.message == Message(.good, "The files have changed: libc-mismatch is gone."))
    #expect(talk.model.investigation?.findings.isEmpty == true)
    folder["project/orders/Dockerfile"] = text
    talk.take(talk.conversation.refresh())
    #expect(talk.message == Message(.note, "The files have changed: 1 new finding."))
    #expect(talk.model.investigation?.findings.first?.cause == "libc-mismatch")
  }

  @Test func seesNewAndRemovedFiles() throws {
    let folder = TemporaryFolder(Talk.sample)
    let talk = try Talk(folder)
    let watcher = Watcher(talk)
    folder["project/stock/.dockerignore"] = "*.md\n"
    #expect(watcher.sees(talk))
    #expect(!watcher.sees(talk))
  }

  @Test func aProjectInMemoryNeverChanges() {
    let talk = Talk(Talk.sample)
    let watcher = Watcher(talk)
    #expect(!watcher.sees(talk))
    #expect(talk.conversation.folder == nil)
  }

  // MARK: What could not be read

  @Test func tellsWhatCouldNotBeRead() throws {
    let talk = Talk(["compose.yaml": "services:\n  web:\n   build: .\n  bad"])
    let notice = try #require(talk.model.notice)
    #expect(notice.hasPrefix("Could not be read as it should: compose.yaml:"))
  }

  @Test func nothingAtAllIsNoCrash() {
    let talk = Talk([:])
    #expect(talk.model.findings.isEmpty)
    #expect(talk.model.project.summary == "0 services · 0 Dockerfiles")
  }
}

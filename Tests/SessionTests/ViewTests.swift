import Knowledge
import KnowledgeData
import StyledText
import TerminalUI
import Testing

@testable import Session

/// What the screens get, in both languages.
@Suite struct ViewTests {
  @Test func aFindingShowsItsProof() throws {
    let finding = try #require(Talk(Talk.sample, symptom: "port-unreachable").model.investigation?.findings.first)
    #expect(finding.id == "listens-on-loopback/shop")
    #expect(finding.service == "shop")
    #expect(finding.symptoms == ["Cannot reach the port"])
    #expect(finding.excerpts.map(\.file) == ["shop/main.go", "compose.yaml"])
    let line = try #require(finding.excerpts[0].lines.first { $0.number == 20 })
    let mark = try #require(line.marks.first)
    #expect(mark.isPrimary)
    #expect(String(decoding: Array(line.text.utf8)[mark.start..<mark.end], as: UTF8.self) == "127.0.0.1")
    #expect(finding.explanation.contains("`shop`"))
    #expect(!finding.explanation.contains("$"))
    #expect(!finding.see.isEmpty)
  }

  @Test func aFixShowsItsLinesWithTheirNumbers() throws {
    let finding = try #require(Talk(Talk.sample, symptom: "port-unreachable").model.investigation?.findings.first)
    let fix = try #require(finding.fixes.first)
    #expect(fix.safety == .unsafe)
    #expect(fix.note?.isEmpty == false)
    let changed = try #require(fix.files.first).lines.filter { $0.kind != .context }
    #expect(changed.map(\.kind) == [.removed, .added])
    #expect(changed.map(\.old) == [20, nil])
    #expect(changed.map(\.new) == [nil, 20])
    #expect(
      changed.map(\.text) == [
        "\tserver := &http.Server{Addr: \"127.0.0.1:8080\"}", "\tserver := &http.Server{Addr: \"0.0.0.0:8080\"}",
      ])
    #expect(fix.patch.hasPrefix("--- a/shop/main.go\n+++ b/shop/main.go\n@@ -17,7 +17,7 @@\n"))
  }

  @Test func saysWhyThisAndWhyNotTheOthers() throws {
    let model = Talk(Talk.sample, symptom: "port-unreachable").model
    let why = try #require(model.investigation?.findings.first?.why)
    #expect(
      why.conditions.contains {
        $0.place == "shop/main.go:20  server := &http.Server{Addr: \"127.0.0.1:8080\"}"
          && $0.text.hasSuffix("waits for connections: address `loopback`, port `8080`")
      })
    #expect(
      why.conditions.contains {
        $0.place == "compose.yaml:6  - \"8080:8080\"" && $0.text.hasSuffix(": container port `8080`")
      })
    let known = KnowledgeBase.builtIn.causes.filter { $0.symptoms.contains { $0.id == "port-unreachable" } }.count
    #expect(why.others.count == known - 1)
    #expect(why.others.allSatisfy { !$0.note.isEmpty })
    let mapping = try #require(why.others.first { $0.id == "port-mapping-mismatch" })
    #expect(
      mapping.note.contains("compose.yaml") || mapping.note.hasPrefix("none of these fits: ")
        || mapping.note.contains("8080"))
  }

  @Test func theTreeShowsTheWay() throws {
    var talk = Talk(Talk.sample, symptom: "exits-immediately")
    talk.perform(.answer(question: "how-it-ended", answer: "not-started"))
    let root = try #require(talk.model.investigation?.tree?.root)
    guard case .question(.settled(let answer, let by)) = root.kind else {
      Issue.record("the root is not settled")
      return
    }
    #expect(answer == "With \"no such file or directory\"")
    #expect(by == "your answer")
    let open = root.children.filter { !$0.isClosed }
    #expect(open.count == 1)
    let leaves = open[0].children.filter { $0.kind == .cause(.proven) }
    #expect(leaves.map(\.text) == ["The program was built for another C library than the image has"])
  }

  @Test func whatNoFileShowsIsAsked() throws {
    let root = try #require(Talk(Talk.sample, symptom: "signal-handling").model.investigation?.tree?.root)
    // Nothing in the files says whether zombies are left behind.
    #expect(root.children.count == 2)
  }

  @Test func aTreeBeginsWithTheFirstQuestion() throws {
    let root = try #require(Talk(Talk.sample, symptom: "build-fails").model.investigation?.tree?.root)
    #expect(root.text == "What does the last error of the build name?")
    #expect(root.children.count > 2)
  }

  @Test func knowledgeIsLoadedWhenItIsWanted() throws {
    var talk = Talk(Talk.sample)
    #expect(talk.model.articles.isEmpty)
    talk.perform(.loadKnowledge)
    let known = KnowledgeBase.builtIn
    let ids = talk.model.articles.map(\.id)
    #expect(Set(ids).isSuperset(of: known.causes.map(\.id) + known.symptoms.map(\.id) + known.images.map(\.family)))
    #expect(talk.model.articles.allSatisfy { !$0.text.isEmpty && !$0.title.isEmpty && !$0.group.isEmpty })
    #expect(!talk.model.articles.contains { $0.text.contains("$service") || $0.text.contains("$build") })
  }

  // MARK: Languages

  @Test func speaksTheOtherLanguageAtOnce() throws {
    var talk = Talk(Talk.sample, symptom: "exits-immediately")
    talk.perform(.loadKnowledge)
    let english = talk.model
    talk.perform(.translate(.chinese))
    #expect(talk.model.investigation?.title == "容器启动后立即退出")
    #expect(talk.model.project.summary == "4 个服务 · 4 个 Dockerfile")
    talk.perform(.translate(.english))
    #expect(talk.model == english)
  }

  /// Whatever is asked or found, a Chinese reader meets Chinese sentences.
  @Test func nothingIsLeftInEnglish() throws {
    var talk = Talk(Talk.sample, language: .zh)
    talk.perform(.loadKnowledge)
    for symptom in talk.model.symptoms.map(\.id) {
      talk.perform(.investigate(symptom: symptom))
      let investigation = try #require(talk.model.investigation)
      var texts = [investigation.title] + investigation.candidates.map(\.title) + investigation.rejected.map(\.note)
      for finding in investigation.findings + talk.model.findings {
        texts += [finding.title, finding.explanation] + finding.fixes.map(\.title)
        texts += finding.fixes.flatMap { ($0.checks ?? []).map(\.text) } + (finding.why?.conditions.map(\.text) ?? [])
      }
      if let question = investigation.question {
        texts += [question.text, question.why] + question.answers.map(\.text)
      }
      for text in texts { #expect(text.unicodeScalars.contains { $0.value >= 0x4E00 && $0.value < 0xA000 }, "\(text)") }
    }
  }

  @Test(arguments: [(80, 24), (100, 32), (120, 40), (40, 12)], [TerminalUI.Language.english, .chinese])
  func everyScreenCanBeDrawn(_ size: (Int, Int), _ language: TerminalUI.Language) {
    var talk = Talk(Talk.sample, language: Knowledge.Language(rawValue: language.rawValue) ?? .en)
    let look = Look(size: Size(size.0, size.1), language: language)
    var state = SessionState(model: talk.model, look: look)
    // Through the picker to a diagnosis, its reasons, the tree, the fix, the knowledge and the help.
    for key in Key.sequence(
      "jj<enter>w<esc>t<esc><enter><esc>x<esc>?<esc>f<enter>w<esc><esc><esc><esc>x<enter><esc><esc>?")
    {
      let (next, effects) = update(state, .key(key))
      state = next
      for effect in effects {
        for event in talk.conversation.perform(effect) { state = update(state, event).state }
      }
      #expect(state.canvas.rows.count == size.1)
    }
  }
}

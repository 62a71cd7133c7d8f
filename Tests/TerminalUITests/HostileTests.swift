import TerminalSample
import Testing

@testable import TerminalUI

/// What a model may hold when something went wrong, or when somebody tries.
@Suite struct HostileTests {
  private let kinds: [Page.Kind] = [
    .picker, .paste, .investigation, .tree, .diagnosis(finding: "x"), .fix(finding: "x", fix: 7), .findings,
    .why(finding: nil), .why(finding: "x"), .knowledge, .article("x"), .help, .lessons, .lesson, .solution, .images,
    .layers,
  ]

  @Test(arguments: [Size(0, 0), Size(1, 1), Size(40, 12), Size(80, 24), Size(120, 40), Size(500, 200)])
  func nothingToShowIsShown(_ size: Size) {
    let model = SessionModel(project: ProjectView(path: "", summary: ""))
    for kind in kinds {
      var state = SessionState(model: model, look: Look(size: size, language: .english))
      state.show([kind])
      #expect(state.canvas.rows.count == size.height)
      for key in Key.sequence("jkgG <enter>nNwtfxPeyaru/sLSRi1<esc>") { state = update(state, .key(key)).state }
    }
  }

  private let nasty = "\u{1B}]0;title\u{07}\t中\u{202E}" + String(repeating: "x", count: 3000) + "\r\n\u{0}`"

  @Test func textThatATerminalWouldObeyStaysText() {
    var model = Sample(.english).concluded
    model.project.path = nasty
    model.notice = nasty
    model.symptoms[0].title = nasty
    model.symptoms[0].hint = nasty
    model.symptoms[0].description = nasty
    model.articles[0].text = nasty
    model.articles[0].title = nasty
    model.articles[0].group = nasty
    model.investigation?.title = nasty
    model.investigation?.candidates[0].title = nasty
    model.investigation?.candidates[0].note = nasty
    model.investigation?.findings[0].title = nasty
    model.investigation?.findings[0].explanation = nasty
    model.investigation?.findings[0].cause = nasty
    model.investigation?.findings[0].fixes[0].title = nasty
    model.investigation?.findings[0].fixes[0].files[0].lines[2].text = nasty
    model.investigation?.findings[0].fixes[0].run = [nasty]
    model.investigation?.findings[0].excerpts[0].lines[0].text = nasty
    model.investigation?.findings[0].excerpts[0].lines[2].marks[0].label = nasty
    let loopback = "listens-on-loopback/web"
    for kind in kinds + [.diagnosis(finding: loopback), .fix(finding: loopback, fix: 0), .why(finding: loopback)] {
      for width in [40, 80, 120] {
        var state = SessionState(model: model, look: Look(size: Size(width, 24), language: .english))
        state.show([.investigation, kind])
        let canvas = state.canvas
        #expect(canvas.rows.allSatisfy { $0.count == width })
        let text = canvas.rows.joined().reduce(into: "") { $0 += $1.text }
        #expect(
          !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E })
      }
    }
  }

  @Test func aTreeOfAnyDepthIsDrawn() {
    var node = TreeNode(answer: "yes", .cause(.possible), "the end")
    for depth in 0..<300 {
      node = TreeNode(
        answer: depth % 3 == 0 ? "" : "yes", .question(depth % 2 == 0 ? .open : .skipped), "Question \(depth)?",
        children: [node, TreeNode(answer: "no", .symptom, "elsewhere")])
    }
    var model = Sample(.english).asking
    model.investigation?.tree = TreeView(root: node)
    for width in [40, 80, 200] {
      var state = SessionState(model: model, look: Look(size: Size(width, 24), language: .english))
      state.show([.investigation, .tree])
      #expect(state.canvas.hidden.below > 0)
      #expect(press(state, "G").canvas.hidden.below == 0)
    }
  }

  @Test func manyEntriesStayQuick() {
    var model = Sample(.english).concluded
    model.articles = (0..<3000).map {
      ArticleView(id: "id-\($0)", group: "Group \($0 / 9)", title: "Title \($0)", text: "")
    }
    var state = SessionState(model: model, look: Look(size: Size(120, 40), language: .english))
    state.show([.knowledge])
    #expect(press(state, "G").canvas.text.contains("▌ Title 2999"))
    #expect(press(state, "/title 1234").canvas.text.contains("▌ Title 1234"))
  }
}

import TerminalSample
import Testing

@testable import TerminalUI

/// The screens that tests look at.
enum Scene: String, CaseIterable, CustomTestStringConvertible {
  case picker, search, paste, question, tree, diagnosis, fix, manualFix, findings, why, whyQuestion, knowledge, article,
    help
  case opening, fixesComing, probeRuns, probeAsked
  case nothingFound, message, confirmation, lessons, lesson, solution
  case lessonMistaken, lessonSolved, images, layers

  var testDescription: String { rawValue }

  func state(_ look: Look) -> SessionState {
    let sample = Sample(look.language)
    func state(_ model: SessionModel, _ pages: [Page.Kind], _ keys: String = "") -> SessionState {
      var state = SessionState(model: model, look: look)
      state.show(pages)
      return press(state, keys)
    }
    func tutorial(_ pages: [Page.Kind], _ keys: String = "") -> SessionState {
      var state = SessionState(model: sample.learning, look: look, home: .lessons)
      state.show(pages)
      return press(state, keys)
    }
    let loopback = "listens-on-loopback/web"
    switch self {
    case .picker:
      var model = sample.start
      if look.size.width == 120 { model.notice = "No project here: this is the built-in sample." }
      return state(model, [], "")
    case .search: return state(sample.start, [], look.language == .english ? "/image" : "/镜像")
    case .paste:
      let log =
        "$ docker compose up -d\n ✔ Container shop-web-1  Started\n$ curl localhost:8080\ncurl: (52) Empty reply from server"
      return update(state(sample.start, [.paste]), .paste(log)).state
    case .question: return state(sample.asking, [.investigation])
    case .tree: return state(sample.asking, [.investigation, .tree])
    case .diagnosis: return state(sample.concluded, [.investigation])
    case .fix: return state(sample.concluded, [.investigation, .fix(finding: loopback, fix: 0)])
    case .manualFix: return state(sample.concluded, [.investigation, .fix(finding: loopback, fix: 1)])
    case .findings: return state(sample.start, [.findings], "j")
    case .why: return state(sample.concluded, [.investigation, .why(finding: loopback)])
    case .whyQuestion: return state(sample.asking, [.investigation, .why(finding: nil)])
    case .knowledge: return state(sample.concluded, [.knowledge], "jj")
    case .article: return state(sample.concluded, [.investigation, .article("listens-on-loopback")])
    case .help: return state(sample.concluded, [.investigation, .help])
    case .opening:
      var opening = state(sample.start, [])
      for index in opening.model.symptoms.indices {
        opening.model.symptoms[index].best = nil
        opening.model.symptoms[index].fitting = 0
        opening.model.symptoms[index].isWeighed = false
        opening.model.symptoms[index].causes = []
        opening.model.symptoms[index].suggestion = nil
      }
      opening.activity = look.language == .english ? "looking at the files … 812" : "正在查看文件……812"
      return opening
    case .fixesComing:
      var model = sample.concluded
      model.investigation?.findings[0].fixes = []
      model.investigation?.findings[0].fixesAreComing = true
      return state(model, [.investigation])
    case .probeRuns:
      var model = sample.asking
      model.investigation?.question?.probe = .running
      return state(model, [.investigation])
    case .probeAsked:
      var model = sample.asking
      let isEnglish = look.language == .english
      model.investigation?.question?.probe = .inconclusive(
        output: [isEnglish ? "web-1 runs, restarted 0 times" : "web-1 已运行 3 分钟，重启 0 次"])
      return state(model, [.investigation])
    case .nothingFound: return state(sample.puzzled, [.investigation])
    case .message:
      let concluded = state(sample.concluded, [.investigation])
      let text = look.language == .english ? "Saved as listens-on-loopback.patch" : "已保存为 listens-on-loopback.patch"
      return update(concluded, .message(Message(.good, text))).state
    case .lessons: return tutorial([], "jj")
    case .lesson: return tutorial([.lesson], "t")
    case .lessonMistaken: return update(tutorial([.lesson]), .model(sample.mistaken)).state
    case .lessonSolved: return update(tutorial([.lesson, .findings]), .model(sample.learned)).state
    case .images: return tutorial([.lesson, .images], "j")
    case .layers: return tutorial([.lesson, .layers])
    case .solution: return tutorial([.lesson, .solution])
    case .confirmation: return state(sample.concluded, [.investigation, .fix(finding: loopback, fix: 0)], "a")
    }
  }
}

func press(_ state: SessionState, _ keys: String) -> SessionState {
  Key.sequence(keys).reduce(state) { update($0, .key($1)).state }
}

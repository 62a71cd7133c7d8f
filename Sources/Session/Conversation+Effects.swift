import Diagnosis
import Inspection
import Knowledge
import TerminalUI

extension Conversation {
  /// Does what the screens ask for, as far as it needs no terminal, and tells them what came of it.
  ///
  /// Effects that need one — the editor, the clipboard, stopping, ending — give no events.
  public mutating func perform(_ effect: Effect) -> [Event] {
    switch effect {
    case .investigate(let symptom):
      self.symptom = symptom
      applied = nil
      beginWalk()
      return show()
    case .answer(let question, let answer):
      if let events = walk(question, answer) { return events }
      answers.removeAll { $0.question == question }
      answers.append((question, answer))
      applied = nil
      examine()
      return show()
    case .takeBack: return takeBack()
    case .inspectPasted(let text, let exitCode): return inspect(pasted: text, exitCode: exitCode)
    case .planFixes(let finding): return planFixes(of: finding)
    case .checkFix:
      // Fixes are checked when they are worked out: the files may have changed since.
      examine()
      return show()
    case .applyFix(let finding, let fix): return apply(finding: finding, fix: fix)
    case .undo: return undo()
    case .saveTranscript: return saveTranscript()
    case .savePatch(let finding, let fix): return savePatch(finding: finding, fix: fix)
    case .loadKnowledge:
      showsKnowledge = true
      return show()
    case .translate(let language):
      self.language = Knowledge.Language(rawValue: language.rawValue) ?? .en
      layers = nil
      return show()
    case .loadLayers:
      showsLayers = true
      return show()
    case .startLesson(let id): return startLesson(id)
    case .resetLesson: return resetLesson()
    case .leaveLessons: return leaveLessons()
    case .saw(let sight): return saw(sight)
    case .runProbe: return runProbe()
    case .openEditor, .copy, .suspend, .quit: return []
    }
  }

  public func message(_ tone: Message.Tone, _ saying: Saying) -> Event { .message(Message(tone, say(saying))) }

  private mutating func show() -> [Event] { [.model(view())] }

  /// Works out the fixes of a finding, wherever it is shown.
  private mutating func planFixes(of finding: String) -> [Event] {
    let here = symptom.flatMap { symptom in
      examination.findings(of: symptom)?.diagnoses.first { $0.id == finding }.map { (symptom: symptom, diagnosis: $0) }
    }
    for (symptom, diagnosis) in [here, examination.all.first { $0.diagnosis.id == finding }].compactMap(\.self) {
      _ = examination.fixes(for: diagnosis, symptom: symptom)
    }
    return show()
  }

  /// The answers that belong to the tree of the symptom.
  var answersHere: [(question: String, answer: String)] {
    guard let tree = symptom.flatMap(knowledge.symptom)?.tree else { return [] }
    let questions = tree.questions
    return answers.filter { questions.contains($0.question) }
  }

  private mutating func takeBack() -> [Event] {
    if stepBack() { return show() }
    guard let last = answersHere.last else { return [] }
    answers.removeAll { $0.question == last.question }
    examine()
    return show()
  }

  private mutating func inspect(pasted text: String, exitCode: Int?) -> [Event] {
    if text.contains(where: { !$0.isWhitespace }) {
      var log = LogReader(knowledge.observations)
      log.read(Array(text.utf8))
      request.log = log
      givenLog = log
    }
    if let exitCode { request.exitCode = exitCode }
    examine()
    applied = nil
    let log = examination.inspection.log
    if let shown = log.symptom, let known = knowledge.symptom(shown) {
      symptom = shown
      return show() + [message(.good, .logShows(known.title[language]))]
    }
    return show() + [log.lines.isEmpty ? message(.bad, .logSaysNothing) : message(.note, .logRead(log.lines.count))]
  }
}

extension Tree {
  /// The questions of the tree, each once, in the order of reading.
  var questions: [String] {
    var found: [String] = []
    func visit(_ tree: Tree) {
      guard case .question(let id, let branches) = tree else { return }
      if !found.contains(id) { found.append(id) }
      for branch in branches { visit(branch.tree) }
    }
    visit(self)
    return found
  }
}

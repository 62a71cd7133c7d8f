import Knowledge

@testable import Reports

/// Reports and knowledge made up for the tests, so that no picture changes when the knowledge base does.
enum Samples {
  static let knowledge = KnowledgeBase(
    version: 7, relations: [],
    causes: [
      Cause(
        id: "door-is-shut", since: 1, symptoms: [("nobody-answers", 3)],
        title: LocalizedText(en: "The door[[ of $service]] is shut", zh: "[[$service 的]]门关着"),
        explanation: LocalizedText(en: "Nobody gets in.", zh: "谁也进不来。"), cure: .edit, extent: .whole,
        confidence: .proven, variables: ["service"], about: 0, when: [], maybe: [], supports: [], weakens: [],
        excludes: [], insteadOf: [], labels: [], fixes: [], references: ["https://docs.example/door"])
    ],
    symptoms: [
      Symptom(
        id: "nobody-answers", title: LocalizedText(en: "Nobody answers", zh: "没有回应"),
        summary: LocalizedText(en: "Silence.", zh: "没有声音。"), tree: .causes(["door-is-shut"]))
    ],
    questions: [
      Question(
        id: "bell-rings", text: LocalizedText(en: "Does the \"bell\" ring?", zh: "“门铃”响吗？"),
        reason: LocalizedText(en: "It tells.", zh: "能说明。"), command: nil, variables: [],
        answers: [
          Question.Answer(id: "yes", text: LocalizedText(en: "Yes", zh: "响"), settledBy: []),
          Question.Answer(id: "no", text: LocalizedText(en: "No", zh: "不响"), settledBy: []),
        ])
    ],
    observations: { [] }, images: [], programs: [], sample: [])

  static func writer(_ language: Language = .en) -> ReportWriter {
    ReportWriter(knowledge: knowledge, language: language, version: "1.2.3", threshold: .proven)
  }

  /// Signs that mean something in every format; Chinese before the place; a file without a line break at its end.
  static let house = """
    {"schema": 1, "tool": {"name": "drydock", "version": "1.2.3"},
     "project": {"path": "my houses/一号", "files": ["Dockerfile", "a,b:c.yaml"], "services": ["web"], "environment": []},
     "symptom": "nobody-answers",
     "diagnoses": [
      {"cause": "door-is-shut", "symptoms": ["nobody-answers"], "confidence": "proven", "service": "web",
       "title": "The door of <web> is shut & 100% *bolted*",
       "explanation": "`CMD` stands\\nbehind it.\\n\\n- one `a<b`\\n- two\\n\\n  docker run\\n  docker ps\\n",
       "evidence": [
        {"from": "file", "role": "primary", "file": "Dockerfile", "line": 2, "column": 14, "endLine": 2, "endColumn": 18,
         "codePointColumn": 10, "codePointEndColumn": 14, "text": "\\"a`b", "label": "here | <now>"},
        {"from": "file", "role": "context", "file": "a,b:c.yaml", "line": 3, "column": 1, "endLine": 4, "endColumn": 2,
         "codePointColumn": 1, "codePointEndColumn": 2, "text": "x:\\ny"},
        {"from": "log", "role": "context", "line": 9, "text": "knock \\u001b[31m"}],
       "against": [],
       "fixes": [
        {"id": "open-it", "safety": "unsafe", "title": "Open it", "note": "Look who is there.",
         "diff": "--- a/Dockerfile\\n+++ b/Dockerfile\\n@@ -1,2 +1,3 @@\\n FROM scratch\\n-CMD 你好 \\"a`b\\n\\\\ No newline at end of file\\n+CMD 你好 b\\n+EXPOSE 80\\n--- /dev/null\\n+++ b/key\\n@@ -0,0 +1 @@\\n+k\\n",
         "run": ["docker compose up --build web"], "checked": true},
        {"id": "leave", "safety": "manual", "title": "Leave", "note": null, "diff": "", "run": [], "checked": false}],
       "see": ["https://docs.example/door?a=1&b=2"]},
      {"cause": "nobody-home", "symptoms": ["nobody-answers"], "confidence": "possible", "service": null,
       "title": "Nobody is at home", "explanation": "They are out.\\n",
       "evidence": [{"from": "answer", "role": "primary", "text": "bell-rings"}],
       "against": [], "fixes": [], "see": []}],
     "path": [{"question": "bell-rings", "answer": "yes", "by": "answer"}],
     "open": [{"question": "light-is-on", "text": "Is the #1 light on?", "answers": ["yes", "no"], "command": "look -- `in`"}],
     "problems": [{"severity": "error", "file": "a,b:c.yaml", "line": 3, "message": "It is broken: 50%, \\"so\\""}]}
    """

  static let quiet = """
    {"schema": 1, "tool": {"name": "drydock", "version": "1.2.3"},
     "project": {"path": ".", "files": [], "services": [], "environment": []},
     "symptom": null, "diagnoses": [], "path": [], "open": [], "problems": []}
    """

  static func report(_ text: String) throws -> ProjectReport {
    guard let json = JSON(parsing: Array(text.utf8)), let report = ProjectReport(json) else { throw Unreadable() }
    return report
  }

  struct Unreadable: Error {}
}

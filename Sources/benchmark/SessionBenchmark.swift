import ArgumentParser
import Inspection
import Knowledge
import KnowledgeData
import Session
import TerminalUI

/// `benchmark session`: how long a key takes, from the event to the screen that shows its effect.
struct SessionBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "session", abstract: "Measures how soon a key is answered, and the first screen is there.",
    discussion: """
      A key is an update of the state and the drawing of all cells; each is measured on every screen, in both languages, at \
      three sizes. What the conversation works out behind the screen is measured apart.
      """)

  @Option(help: "How many files the project has.")
  var files = 200

  @Option(help: "How many files the project has that is only opened.")
  var large = 2_000

  @Option(help: "A key may take so many milliseconds; more is a failure.")
  var limit = 16.0

  @Option(help: "The first screen may take so many milliseconds; more is a failure.")
  var opening = 50.0

  func run() throws {
    var isLate = false
    let first = milliseconds { _ = Self.firstScreen(files: large) }
    print("first screen, \(large) files: \(first.shown) ms")
    isLate = isLate || first > opening

    let tree = MemoryTree(Dictionary(uniqueKeysWithValues: GeneratedProject(files: files, isBroken: true).files))
    var opened: Conversation?
    let reading = milliseconds {
      opened = Conversation(
        knowledge: .builtIn, request: InspectionRequest(tree: tree), project: Project(name: "~/shop"), language: .en)
    }
    guard var talk = opened else { return }
    talk.plansFixesWhenSeen = true
    print("behind the screen, \(files) files: reading \(reading.shown) ms")
    var models: [(String, SessionModel)] = []
    for (name, effect) in Self.effects {
      var events: [Event] = []
      let time = milliseconds { events = talk.perform(effect) }
      for case .model(let model) in events { models.append((name, model)) }
      print("  \(name): \(time.shown) ms")
    }

    var worst = (time: 0.0, text: "")
    var count = 0
    var total = 0.0
    for (name, model) in models {
      for language in TerminalUI.Language.allCases {
        for size in [Size(80, 24), Size(120, 40), Size(200, 60)] {
          for kind in Self.pages(model) {
            var state = SessionState(model: model, look: Look(size: size, language: language))
            state.show([kind])
            for key in Self.keys {
              var next = state
              let time = milliseconds {
                next = update(state, .key(key)).state
                _ = next.canvas
              }
              count += 1
              total += time
              if time > worst.time { worst = (time, "\(key) on \(kind), \(size.width)x\(size.height), after \(name)") }
            }
          }
        }
      }
    }
    print("\(count) keys: \((total / Double(max(1, count))).shown) ms on average, at most \(worst.time.shown) ms")
    print("  \(worst.text)")
    if isLate || worst.time > limit { throw ExitCode(1) }
  }

  private static let effects: [(String, Effect)] = [
    ("symptom", .investigate(symptom: "exits-immediately")), ("fixes", .planFixes(finding: "libc-mismatch/s0")),
    ("answer", .answer(question: "how-it-ended", answer: "not-started")),
    ("other symptom", .investigate(symptom: "misconfigured-environment")), ("knowledge", .loadKnowledge),
    ("layers", .loadLayers), ("language", .translate(.chinese)),
  ]

  private static let keys: [Key] =
    [.enter, .escape, .up, .down, .pageDown, .tab] + "jkgGnNwxtfapvbuysPLi/?12".map { Key.character($0) }

  private static func pages(_ model: SessionModel) -> [Page.Kind] {
    let own = model.findings.prefix(2).flatMap { finding -> [Page.Kind] in
      [.diagnosis(finding: finding.id), .fix(finding: finding.id, fix: 0), .why(finding: finding.id)]
    }
    return [.picker, .paste, .investigation, .tree, .findings, .knowledge, .help, .images, .layers]
      + model.articles.prefix(2).map { .article($0.id) } + own
  }

  /// What is on the screen before a file was read: the model and its cells.
  private static func firstScreen(files: Int) -> Canvas {
    let model = Conversation.opening(knowledge: .builtIn, project: Project(name: "~/shop"), language: .en)
    return SessionState(model: model, look: Look(size: Size(120, 40), language: .english)).canvas
  }

  private func milliseconds(_ body: () -> Void) -> Double {
    let start = Clock.seconds
    body()
    return (Clock.seconds - start) * 1_000
  }
}

extension Double {
  /// With one digit after the point.
  fileprivate var shown: String {
    let tenths = Int((self * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

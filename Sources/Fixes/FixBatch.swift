import Diagnosis
import Inspection
import Knowledge

/// Several fixes one after another, each worked out on the result of those before, so that they fit together.
public struct FixBatch: Sendable {
  /// Which fixes to make.
  public enum Choice: Sendable {
    /// The first safe fix of every proven diagnosis.
    case safe
    /// The fix that somebody named by its cause, its id, or both: unsafe ones too.
    case named(cause: String?, fix: String?)
    /// What somebody says to each fix that can be written, one after another.
    case asked(@Sendable (Diagnosis, Fix) -> Answer)
  }

  /// What somebody says to a fix.
  public enum Answer: Sendable {
    case make, leave
    /// Neither this one nor any other.
    case stop
  }

  /// Why a diagnosis is left as it is.
  public enum Reason: Hashable, Sendable {
    /// It is not proven.
    case notProven
    /// Somebody should look at the fix first.
    case unsafe
    /// A person must decide, or no file is at fault.
    case manual
    /// No fix can be made here that cures it.
    case none
    /// Somebody did not want it.
    case declined
  }

  public struct Made: Sendable {
    public let diagnosis: Diagnosis
    public let fix: Fix
  }

  public struct Skipped: Sendable {
    public let diagnosis: Diagnosis
    /// The fix that was not made; nil when there is none.
    public let fix: Fix?
    public let reason: Reason
  }

  public private(set) var made: [Made] = []
  public private(set) var skipped: [Skipped] = []
  /// All changes together, from the files as they are now.
  public private(set) var changes: [Fix.Change] = []

  /// More fixes than this in one go are a circle.
  private static let limit = 50

  public init(_ choice: Choice, knowledge: KnowledgeBase, request: InspectionRequest, symptom: String?) {
    var request = request
    var original: [String: [UInt8]?] = [:]
    var current: [String: [UInt8]] = [:]
    var left: Set<String> = []
    rounds: while made.count < Self.limit {
      let inspection = Inspector(knowledge: knowledge).inspect(request)
      let findings = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: symptom)
      let planner = FixPlanner(
        knowledge: knowledge, request: request, inspection: inspection, symptom: findings.symptom)
      let isWanted = { (diagnosis: Diagnosis) in !left.contains(Self.key(diagnosis)) && choice.concerns(diagnosis) }
      var candidates = findings.shown.filter(isWanted)
      // Who names what is not shown beside something worse means it.
      if case .named = choice, left.isEmpty, candidates.isEmpty { candidates = findings.diagnoses.filter(isWanted) }
      guard let diagnosis = candidates.first else { break }
      left.insert(Self.key(diagnosis))
      let fixes = planner.fixes(for: diagnosis, beside: findings.diagnoses)
      switch choice.pick(fixes, for: diagnosis) {
      case .failure(let refusal):
        skipped.append(Skipped(diagnosis: diagnosis, fix: refusal.fix, reason: refusal.reason))
        if refusal.isLast { break rounds }
      case .success(let fix):
        made.append(Made(diagnosis: diagnosis, fix: fix))
        for change in fix.changes {
          if original[change.path] == nil { original[change.path] = .some(change.old) }
          current[change.path] = change.new
        }
        request.tree = OverlayTree(request.tree, changes: current)
        // What was seen before the first fix says nothing about the project after it.
        request.log = request.log?.withoutObservations
        request.exitCode = nil
        request.testimony?.forgetStates()
      }
    }
    changes = current.sorted { $0.key < $1.key }.map {
      Fix.Change(path: $0.key, old: original[$0.key] ?? nil, new: $0.value)
    }
  }

  private static func key(_ diagnosis: Diagnosis) -> String { "\(diagnosis.cause.id) \(diagnosis.subject ?? "")" }
}

extension FixBatch.Choice {
  struct Refusal: Error {
    let fix: Fix?
    let reason: FixBatch.Reason
    /// Whether nothing more is to be looked at.
    var isLast = false
  }

  func concerns(_ diagnosis: Diagnosis) -> Bool {
    switch self {
    case .safe, .asked: true
    case .named(let cause, let fix):
      (cause == nil || cause == diagnosis.cause.id) && (fix == nil || diagnosis.cause.fixes.contains { $0.id == fix })
    }
  }

  /// The fix to make, or why none is made.
  func pick(_ fixes: [Fix], for diagnosis: Diagnosis) -> Result<Fix, Refusal> {
    switch self {
    case .safe:
      if diagnosis.confidence != .proven { return .failure(Refusal(fix: fixes.first, reason: .notProven)) }
      if let fix = fixes.first(where: { $0.template.safety == .safe && !$0.changes.isEmpty }) { return .success(fix) }
    case .named(_, let id):
      if let fix = fixes.first(where: {
        (id == nil || $0.template.id == id) && $0.template.safety != .manual && !$0.changes.isEmpty
      }) {
        return .success(fix)
      }
    case .asked(let ask):
      let offered = fixes.filter { $0.template.safety != .manual && !$0.changes.isEmpty }
      for fix in offered {
        switch ask(diagnosis, fix) {
        case .make: return .success(fix)
        case .leave: continue
        case .stop: return .failure(Refusal(fix: fix, reason: .declined, isLast: true))
        }
      }
      if let fix = offered.first { return .failure(Refusal(fix: fix, reason: .declined)) }
    }
    let best = fixes.first { !$0.changes.isEmpty } ?? fixes.first
    guard let best else { return .failure(Refusal(fix: nil, reason: .none)) }
    return .failure(Refusal(fix: best, reason: best.template.safety == .unsafe ? .unsafe : .manual))
  }
}

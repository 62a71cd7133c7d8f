/// Where the facts come from that a cause is shown by.
public enum FactSource: Int, CaseIterable, Comparable, Sendable {
  /// What lies in the project, and the commands that build and start it.
  case files
  /// A log, an exit code, or what a container engine says.
  case observation
  /// What a person answers.
  case answer

  public static func < (left: FactSource, right: FactSource) -> Bool { left.rawValue < right.rawValue }
}

/// A way in which a cause can be shown: what is needed together, and the most that can be claimed then.
public struct WayToShow: Hashable, Sendable {
  public let needs: Set<FactSource>
  public let confidence: Confidence
}

extension Cause {
  /// The ways to show the cause, those left out that need more than another and claim no more; the one that needs least
  /// first.
  ///
  /// Derived from the condition alone: a row that must not be there needs nothing, since what was observed is all there is.
  public func waysToShow(_ relations: [Relation]) -> [WayToShow] {
    var ways = Ways([[]: confidence])
    ways.join(when, relations)
    let all = ways.best.map { WayToShow(needs: $0.key, confidence: $0.value) }
    return all.filter { way in
      !all.contains { $0 != way && $0.needs.isSubset(of: way.needs) && $0.confidence >= way.confidence }
    }
    .sorted { ($0.needs.count, $0.needs.min() ?? .files) < ($1.needs.count, $1.needs.min() ?? .files) }
  }

  /// The kinds of `observed` that its condition, or what supports it, names.
  public func observedKinds(_ relations: [Relation]) -> [String] {
    guard let observed = relations.firstIndex(where: { $0.name == "observed" }),
      let column = relations[observed].index(of: "kind")
    else { return [] }
    var kinds: Set<String> = []
    for pattern in patterns(in: when + supports) where pattern.relation == observed {
      for match in pattern.matches where match.column == column { kinds.formUnion(match.tests.flatMap(\.words)) }
    }
    return kinds.sorted()
  }

  private func patterns(in clauses: [Clause]) -> [Pattern] {
    clauses.flatMap { clause -> [Pattern] in
      switch clause {
      case .row(let pattern): [pattern]
      case .not: []
      case .known(let lines): patterns(in: lines)
      case .any(let alternatives): alternatives.flatMap { patterns(in: $0.lines) }
      }
    }
  }
}

/// For each set of needs, the most that is claimed with it.
private struct Ways {
  var best: [Set<FactSource>: Confidence]

  init(_ best: [Set<FactSource>: Confidence]) { self.best = best }

  /// All of the lines must hold too.
  mutating func join(_ lines: [Clause], _ relations: [Relation]) {
    for line in lines {
      switch line {
      case .row(let pattern):
        let source = Self.source(of: pattern, relations)
        join(Ways([[source]: .proven]))
      case .not: continue
      case .known(let inner): join(inner, relations)
      case .any(let alternatives):
        var some = Ways([:])
        for alternative in alternatives {
          var way = Ways([[]: alternative.confidence])
          way.join(alternative.lines, relations)
          some.best.merge(way.best) { max($0, $1) }
        }
        join(some)
      }
    }
  }

  private mutating func join(_ other: Ways) {
    var joint: [Set<FactSource>: Confidence] = [:]
    for (needs, confidence) in best {
      for (more, limit) in other.best {
        let all = needs.union(more)
        joint[all] = max(joint[all] ?? .possible, min(confidence, limit))
      }
    }
    best = joint
  }

  private static func source(of pattern: Pattern, _ relations: [Relation]) -> FactSource {
    guard relations.indices.contains(pattern.relation) else { return .files }
    switch relations[pattern.relation].name {
    case "observed": return .observation
    case "answered": return .answer
    default: return .files
    }
  }
}

extension Test {
  /// The constants that a cell may be.
  fileprivate var words: [String] {
    switch self {
    case .equal(let word): [word]
    case .oneOf(let words): words
    default: []
    }
  }
}

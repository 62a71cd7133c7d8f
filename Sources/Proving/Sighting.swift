import Knowledge

/// Whether a symptom was seen in a run, and by what.
public enum Sighting: Hashable, Sendable {
  case seen(LocalizedText)
  case absent(LocalizedText)
  /// The run cannot tell.
  case unknown(LocalizedText)

  public var reason: LocalizedText {
    switch self {
    case .seen(let reason), .absent(let reason), .unknown(let reason): reason
    }
  }

  public var isSeen: Bool { if case .seen = self { true } else { false } }
  public var isAbsent: Bool { if case .absent = self { true } else { false } }
}

/// Judges runs: what somebody would have seen.
public struct Judge: Sendable {
  public let record: RunRecord
  /// The service or build that the cause is about; nil for all.
  public let subject: String?
  /// Whether the output names the cause.
  public let isNamed: Bool

  public init(_ record: RunRecord, subject: String?, isNamed: Bool) {
    self.record = record
    self.subject =
      record.builds.contains { $0.service == subject }
        || record.containers.contains { $0.service == subject } ? subject : nil
    self.isNamed = isNamed
  }

  private var builds: [RunRecord.Build] {
    // A build that fails ends the run, whichever it is.
    record.builds.filter { subject == nil || $0.service == subject || $0.ending != .made }
  }
  private var containers: [RunRecord.Container] {
    record.containers.filter { subject == nil || $0.service == subject }
  }

  public func sighting(of symptom: String) -> Sighting {
    if let interruption = record.interruption { return .unknown(interruption.text) }
    switch symptom {
    case "build-fails", "module-download": return build
    case "exits-immediately": return failedBuild ?? end
    case "port-unreachable": return failedBuild ?? port
    case "signal-handling": return failedBuild ?? stop
    case "slow-build", "oversized-image", "leaked-secret": return .unknown(Saying.notSeenInRuns)
    default: return any
    }
  }

  // MARK: One symptom

  private var build: Sighting {
    if let failed = builds.first(where: { $0.ending != .made }) { return .seen(Saying.failed(failed)) }
    guard let made = builds.last else { return .unknown(Saying.nothingBuilt) }
    return .absent(Saying.built(made))
  }

  private var failedBuild: Sighting? {
    builds.first { $0.ending != .made }.map { .unknown(Saying.failed($0)) }
  }

  private var end: Sighting {
    for container in containers {
      switch container.state {
      case .running: continue
      case .notStarted(let words): return .seen(Saying.notStarted(container.service, words))
      case .notReached(let dependency): return .seen(Saying.notReached(container.service, dependency))
      case .ended(0, _) where container.isTask: continue
      case .ended(let status, let outOfMemory):
        return .seen(Saying.ended(container, status: status, outOfMemory: outOfMemory))
      }
    }
    guard let last = containers.last else { return .unknown(Saying.nothingStarted) }
    return .absent(Saying.runs(last))
  }

  private var port: Sighting {
    guard !containers.isEmpty else { return .unknown(Saying.nothingStarted) }
    if end.isSeen { return .seen(end.reason) }
    let ports = containers.flatMap(\.ports)
    if let silent = ports.first(where: { $0.answer != .answers }) { return .seen(Saying.silent(silent)) }
    guard let port = ports.first else { return .seen(Saying.nothingPublished) }
    return .absent(Saying.answers(port))
  }

  private var stop: Sighting {
    for container in containers {
      guard let stop = container.stop else { continue }
      if stop.status == 137 || stop.seconds >= stop.grace { return .seen(Saying.stopped(container.service, stop)) }
      if stop.request == .cut { return .seen(Saying.cut(container.service, stop)) }
      if ![0, 143, 130].contains(stop.status) { return .seen(Saying.stopped(container.service, stop)) }
      return .absent(Saying.stopped(container.service, stop))
    }
    return .unknown(end.reason)
  }

  /// What fails in any way, or is complained of in the output.
  private var any: Sighting {
    for sighting in [build, end] where sighting.isSeen { return sighting }
    if containers.contains(where: { !$0.ports.isEmpty }), port.isSeen { return port }
    for container in containers {
      if let health = container.health, !health.isHealthy { return .seen(Saying.unhealthy(container.service, health)) }
    }
    if isNamed { return .seen(Saying.named) }
    if let healthy = containers.first(where: { $0.health != nil }), let health = healthy.health {
      return .absent(Saying.healthy(healthy.service, health))
    }
    return end
  }
}

import Inspection

/// What the state of a container says, as facts.
struct StateFacts {
  let state: ContainerState
  let events: [EngineEvent]
  let source: String

  var all: [Testimony.Fact] {
    let limit = state.memory > 0 ? [fact("limits", ["memory": String(state.memory)])] : []
    return ending + health + ports + network + variables + limit
  }

  /// What the files say of published ports is left aside where the container was made with none of them for another reason.
  var complete: Set<String> {
    state.isComposeRun || hasNoPorts ? [] : ["publishes"]
  }

  /// What the state shows; nil for a container that runs.
  var symptom: String? {
    if wasStopped { return stopTime.map { $0 >= Self.slow } ?? false ? "signal-handling" : nil }
    if state.status == "restarting" || isKilledForMemory { return "exits-immediately" }
    if !state.isRunning, hasEnded || !state.error.isEmpty { return "exits-immediately" }
    return state.health == "unhealthy" ? "dependency-not-ready" : nil
  }

  private func fact(_ relation: String, _ cells: [String: String]) -> Testimony.Fact {
    Testimony.Fact(relation, cells, from: source)
  }

  private var hasNoPorts: Bool {
    ["host", "none"].contains(state.networkMode) || state.networkMode.hasPrefix("container:")
  }

  private var hasEnded: Bool { ["exited", "dead", "restarting"].contains(state.status) }

  /// The engine says so, or its events do: `OOMKilled` is not set where only a child of PID 1 was killed.
  private var isKilledForMemory: Bool { state.isOutOfMemory || events.contains(where: \.isOutOfMemory) }

  /// Somebody told it to stop, and then it ended.
  private var wasStopped: Bool {
    guard hasEnded, !isKilledForMemory, let end = events.last(where: { $0.action == "die" }) else { return false }
    return events.contains { ["kill", "stop"].contains($0.action) && $0.seconds <= end.seconds + 1 }
  }

  /// Seconds from the first signal to the end.
  private var stopTime: Double? {
    guard let end = events.last(where: { $0.action == "die" }),
      let start = events.first(where: { $0.action == "kill" })
    else { return nil }
    return end.seconds - start.seconds
  }

  /// Docker waits ten seconds before it kills.
  private static let slow = 9.5

  private var ending: [Testimony.Fact] {
    var facts: [Testimony.Fact] = []
    let code = ["code": String(state.exitCode)]
    if state.status == "restarting" || (state.isRunning && state.restartCount > 0) {
      facts.append(fact("observed", ["kind": "restarting"].merging(state.isRunning ? [:] : code) { $1 }))
    }
    if hasEnded { facts.append(fact("observed", ["kind": wasStopped ? "stopped" : "exited"].merging(code) { $1 })) }
    if isKilledForMemory { facts.append(fact("observed", ["kind": "oom-killed"])) }
    if wasStopped, let stopTime, stopTime >= Self.slow { facts.append(fact("observed", ["kind": "slow-stop"])) }
    return facts
  }

  private var health: [Testimony.Fact] {
    state.health == "unhealthy" ? [fact("observed", ["kind": "unhealthy"])] : []
  }

  private var ports: [Testimony.Fact] {
    state.ports.filter { ["tcp", "udp", "sctp"].contains($0.networkProtocol) }.flatMap { port in
      var cells = [
        "container": String(port.container), "protocol": port.networkProtocol, "host-address": port.hostAddress,
      ]
      cells["host"] = port.host.map(String.init)
      var seen = ["kind": "published", "container": String(port.container), "protocol": port.networkProtocol]
      seen["address"] = port.hostAddress.isEmpty ? "0.0.0.0" : port.hostAddress
      seen["port"] = port.host.map(String.init)
      return [fact("publishes", cells)] + (state.isRunning ? [fact("observed", seen)] : [])
    }
  }

  private var network: [Testimony.Fact] {
    guard hasNoPorts else { return [] }
    let mode = state.networkMode.hasPrefix("container:") ? "container" : state.networkMode
    return [fact("network", ["name": state.networkMode, "mode": mode, "internal": "no", "form": "mode"])]
  }

  /// Names only: what they are set to is nobody's business.
  private var variables: [Testimony.Fact] {
    state.variables.map { fact("sets", ["name": $0.name, "by": "command"]) }
  }
}

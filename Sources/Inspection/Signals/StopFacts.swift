import ComposeSyntax
import SourceText

/// Writes down how a container is told to stop: with which signal, and how long it is given.
///
/// https://docs.docker.com/reference/cli/docker/container/stop/
struct StopFacts {
  let service: ServiceModel
  let compose: ComposeReading?
  let commands: [FoundCommand]

  func add(to facts: inout FactStore) {
    let (signal, written) = signal
    let (grace, isGiven) = grace
    let own = facts.rows("handles").filter { facts.cell($0, "service").value == service.name }
    let limit = own.map { facts.cell($0, "seconds") }.first { $0.value != nil }
    let seconds = limit?.value.flatMap { Double($0) } ?? 0
    facts.add(
      "stop",
      [
        "service": Cell(service.name), "signal": signal, "written": Cell(written), "grace": grace,
        "given": Cell(isGiven),
        "wanted": wanted(own, instead: signal.value, facts), "seconds": limit ?? "0",
        "enough": Cell((0..<86_400).contains(seconds) ? "\(Int(seconds.rounded(.up)) + 5)s" : "1h"),
      ], at: signal.place ?? grace.place ?? service.place)
    facts.declare("stop", .complete, for: service.name)
  }

  private func place(_ value: ComposeValue?) -> Place? { compose?.place(value?.place) }

  /// The signal that the program shuts down on; empty where that is the one that is sent, or where it is not known.
  private func wanted(_ rows: [Row], instead sent: String?, _ facts: FactStore) -> Cell {
    guard let sent else { return "" }
    func signal(_ row: Row) -> String? { facts.cell(row, "signal").value }
    let drains = rows.filter { facts.cell($0, "how").value == "drains" }
    if let other = drains.first, !drains.contains(where: { signal($0) == sent }) {
      return Cell(signal(other), facts.cell(other, "how").place ?? other.place)
    }
    // Ctrl+C alone was thought of, or SIGTERM where the image names another one.
    let exits = rows.filter { ["SIGINT", "SIGQUIT", "SIGTERM"].contains(signal($0) ?? "") }
    guard drains.isEmpty, let other = exits.first, !rows.contains(where: { signal($0) == sent }) else { return "" }
    return Cell(signal(other), facts.cell(other, "how").place ?? other.place)
  }

  // MARK: The signal

  private var signal: (Cell, String) {
    if let value = service.compose?["stop_signal"], !value.isNull {
      return (Cell(value.text.map(Self.name), place(value)), "compose")
    }
    if let word = service.command?.values("--stop-signal").last, let command = service.command {
      return (Cell(word.text.map(Self.name), Place(command.source, word.range)), "command")
    }
    if let setting = service.image?.stopSignal {
      let place = setting.range.flatMap(service.plan.place)
      return (Cell(setting.value.value.map(Self.name), place), setting.range == nil ? "image" : "dockerfile")
    }
    // An image that nobody knows may say anything.
    return (Cell(service.image?.isBaseKnown == true ? "SIGTERM" : nil), "default")
  }

  private static let numbers = [
    "1": "SIGHUP", "2": "SIGINT", "3": "SIGQUIT", "9": "SIGKILL", "10": "SIGUSR1", "12": "SIGUSR2", "15": "SIGTERM",
    "28": "SIGWINCH",
    "37": "SIGRTMIN+3",
  ]

  /// `15`, `TERM` and `SIGTERM` are the same.
  private static func name(_ text: String) -> String {
    let upper = text.uppercased()
    return numbers[upper] ?? (upper.hasPrefix("SIG") ? upper : "SIG" + upper)
  }

  // MARK: The grace period

  private var grace: (Cell, Bool) {
    if let value = service.compose?["stop_grace_period"], let text = value.text {
      // The reader of compose files has durations in nanoseconds.
      let seconds = Double(text).map { $0 >= 1_000_000 ? $0 / 1e9 : $0 }
      return (
        Cell(seconds.map { $0 == $0.rounded() && abs($0) < 1e9 ? String(Int($0)) : String($0) } ?? text, place(value)),
        true
      )
    }
    if let word = service.command?.values("--stop-timeout").last, let command = service.command {
      return (Cell(word.text, Place(command.source, word.range)), true)
    }
    for found in commands {
      if let word = Self.timeout(found.command, service.name) {
        return (Cell(word.text, Place(found.source, word.range)), true)
      }
    }
    return (Cell("10"), false)
  }

  /// The seconds of `docker stop -t 2 web`, `docker compose down --timeout 2`.
  private static func timeout(_ command: ShellCommand, _ service: String) -> ShellCommand.Word? {
    let words = command.words
    guard let program = command.program, ["docker", "docker-compose", "podman"].contains(program),
      words.contains(where: { ["stop", "down", "restart"].contains($0.text) })
    else { return nil }
    guard let option = words.firstIndex(where: { ["-t", "--time", "--timeout"].contains($0.text) }),
      option + 1 < words.count,
      words[option + 1].text.flatMap({ Int($0) }) != nil
    else { return nil }
    let names = words.dropFirst(option + 2).compactMap(\.text).filter { !$0.hasPrefix("-") }
    return names.isEmpty || names.contains(service) || program == "docker" && !words.contains { $0.text == "compose" }
      ? words[option + 1] : nil
  }
}

import Knowledge
import SourceText

/// Reads output line by line, in any number of pieces, and keeps only the lines that say something.
public struct LogReader: Sendable {
  private struct Sighting {
    let line: LogReading.Line
    let observation: Observation
    let cells: [(column: String, value: String, range: ByteRange)]
    /// The build step or container that wrote it; empty when nothing says.
    let source: String
    let afterStop: Bool
  }

  private let matcher: LineMatcher
  private let observations: [Observation]
  private var sightings: [Sighting] = []
  private var errorCount = 0
  /// The beginning of a line whose end is still to come, and how long it is so far.
  private var rest: [UInt8] = []
  private var restCount = 0
  private var offset = 0
  private var number = 0
  private var afterStop = false
  /// The container whose output the last command shows; empty where it shows something else.
  private var shown = ""
  /// Whom the last command asked: `curl localhost:8080`.
  private var asked: (host: String, port: String)?
  /// Whether the last command prints an exit code and nothing else: `docker inspect -f '{{.State.ExitCode}}' web`.
  private var asksForCode = false
  /// What the step that runs prints, and with which variable.
  private var echo: EchoedVariable?
  /// Whether the last line was a command that ends in a backslash.
  private var isContinued = false
  /// The commands of a transcript: what stands behind a prompt.
  public private(set) var commands: [LogReading.Line] = []

  /// More errors than this, and more of other lines, are not kept: a person could not read them either.
  private static let limit = 4000
  /// Of a longer line, only so much is looked at.
  private static let lineLimit = 1 << 14

  public init(_ observations: [Observation]) {
    self.observations = observations
    matcher = LineMatcher(observations)
  }

  /// Reads the next bytes of the log.
  public mutating func read(_ bytes: [UInt8]) { read(bytes[...]) }

  public mutating func read(_ bytes: ArraySlice<UInt8>) {
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if restCount == 0 {
        readLine(bytes[start..<end], length: end - start)
      } else {
        keep(bytes[start..<end])
        endLine()
      }
      start = end + 1
    }
    keep(bytes[start...])
  }

  /// The log with the commands of its transcript and nothing of what was seen: how a project is built and started holds
  /// after a change too, what was observed before it does not.
  public var withoutObservations: LogReader {
    var reader = self
    reader.end()
    reader.sightings = []
    reader.errorCount = 0
    return reader
  }

  /// Puts bytes by for when the rest of their line comes; no more of them than a line is looked at for.
  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    restCount += bytes.count
    if rest.count < Self.lineLimit { rest += bytes.prefix(Self.lineLimit - rest.count) }
  }

  private mutating func endLine() {
    let (line, length) = (rest, restCount)
    rest = []
    restCount = 0
    readLine(line[...], length: length)
  }

  /// - Parameter length: of the whole line, of which only the beginning may be there.
  private mutating func readLine(_ raw: ArraySlice<UInt8>, length: Int) {
    defer { offset += length + 1 }
    number += 1
    let head = raw.prefix(Self.lineLimit)
    // Most lines say nothing: they are passed over without being taken apart.
    let isFull = sightings.count - errorCount >= Self.limit
    if !isContinued, !asksForCode, echo == nil, !matcher.mayMatch(head, errorsOnly: isFull),
      !PlainLine.mayHoldCommand(head), PlainLine.isPlain(head), !EchoedVariable.isIn(head)
    {
      return
    }
    let plain = PlainLine(head)
    let range = ByteRange(offset, offset + length)
    if isContinued, var last = commands.popLast() {
      // A command that goes on in the next line is one command.
      isContinued = plain.isContinued && last.text.utf8.count < Self.lineLimit
      // A shell shows that it waits for more of a command by a prompt of its own.
      let more = plain.text.hasPrefix("> ") ? plain.text.dropFirst(2) : plain.text[...]
      let text = String(last.text.dropLast()) + more
      last = LogReading.Line(number: last.number, range: last.range.union(range), text: text)
      commands.append(last)
      return
    }
    if let command = plain.command {
      shown = PlainLine.container(shownBy: command)
      asked = PlainLine.address(askedBy: command)
      asksForCode = command.contains("inspect") && command.contains("{{.State.ExitCode}}")
      isContinued = plain.isContinued && commands.count < Self.limit
      if commands.count < Self.limit {
        commands.append(LogReading.Line(number: number, range: range, text: "$ " + command))
      }
      // What a program does once it was told to stop is another matter than how it ends by itself.
      if Self.stopping.contains(where: command.contains) {
        afterStop = true
      } else if command.contains(" up") || command.contains(" run") {
        afterStop = false
      }
    }
    if EchoedVariable.isIn(plain.bytes[...]), let next = EchoedVariable(step: plain.text) {
      echo = next
    } else if sightings.count < Self.limit, let echo, echo.isEmpty(in: plain.text),
      let observation = observations.first(where: { $0.kind == EchoedVariable.kind })
    {
      sightings.append(
        Sighting(
          line: LogReading.Line(number: number, range: range, text: plain.text), observation: observation,
          cells: [("name", echo.name, range)], source: plain.writer, afterStop: false))
      self.echo = nil
    }
    if asksForCode, let code = UInt8(plain.text), let exited = observations.first(where: { $0.kind == "exited" }) {
      asksForCode = false
      sightings.append(
        Sighting(
          line: LogReading.Line(number: number, range: range, text: plain.text), observation: exited,
          cells: [("code", String(code), range)], source: shown, afterStop: afterStop))
    }
    for match in matcher.matches(in: plain.bytes[...]) {
      // What went well often must not keep what went wrong in the end from being seen.
      let isError = observations[match.observation].weight == .error
      guard (isError ? errorCount : sightings.count - errorCount) < Self.limit else { continue }
      if isError { errorCount += 1 }
      // Compose says so when somebody presses Control-C.
      if observations[match.observation].kind == "stop-requested" { afterStop = true }
      sightings.append(
        Sighting(
          line: LogReading.Line(number: number, range: range, text: plain.text),
          observation: observations[match.observation],
          cells: cells(match, plain, range),
          source: plain.writer.isEmpty ? shown : plain.writer, afterStop: afterStop))
    }
  }

  /// What the holes of a pattern caught; a client that names no address was asked to connect to that of its command.
  private func cells(
    _ match: LineMatcher.Match, _ plain: PlainLine, _ line: ByteRange
  ) -> [(column: String, value: String, range: ByteRange)] {
    var cells = match.captures.map { capture in
      let text = String(decoding: plain.bytes[capture.range], as: UTF8.self)
      return (column: capture.column, value: text, range: plain.source(capture.range).shifted(by: offset))
    }
    let observation = observations[match.observation]
    if let asked, observation.kind.hasPrefix("client-"), !cells.contains(where: { $0.column == "host" }) {
      cells.append((column: "host", value: asked.host, range: line))
      if !cells.contains(where: { $0.column == "port" }) {
        cells.append((column: "port", value: asked.port, range: line))
      }
    }
    return cells
  }

  private static let stopping = [
    "docker stop", "compose stop", "compose down", "docker restart", "compose restart", "kill -TERM", "kill -s TERM",
    "docker kill",
  ]

  /// Takes what has no line break yet for the last line.
  mutating func end() {
    if restCount > 0 { endLine() }
  }

  /// Ends the log: adds its facts and says what it shows.
  ///
  /// - Parameter service: the service that a container is, by the name that output calls it.
  public mutating func finish(
    into facts: inout FactStore, exitCode: Int? = nil, service: (String) -> String? = { _ in nil }
  ) -> LogReading {
    end()
    var reading = LogReading()
    for sighting in sightings {
      if reading.lines.last != sighting.line { reading.lines.append(sighting.line) }
      add(sighting, service, to: &facts)
    }
    if let exitCode {
      let place = Place(.exitCode)
      let wasStopped = sightings.contains { $0.observation.kind == "slow-stop" || $0.afterStop }
      facts.addObserved(kind: wasStopped ? "stopped" : "exited", [("code", Cell(exitCode, place))], at: place)
    }
    reading.tellingLines = telling().map(\.line)
    reading.symptom = symptom(exitCode: exitCode)
    reading.otherSymptoms = others(than: reading.symptom)
    return reading
  }

  private func add(_ sighting: Sighting, _ service: (String) -> String?, to facts: inout FactStore) {
    let kind = sighting.observation.kind == "exited" && sighting.afterStop ? "stopped" : sighting.observation.kind
    let captured = sighting.cells.map { cell in
      let value = cell.column == "service" ? service(cell.value) ?? cell.value : cell.value
      return (cell.column, Cell(value, Place(.log, cell.range)))
    }
    let constant = sighting.observation.cells.map { ($0.column, Cell($0.value)) }
    let writer = service(sighting.source).map { [("service", Cell($0, Place(.log, sighting.line.range)))] } ?? []
    facts.addObserved(kind: kind, writer + captured + constant, at: Place(.log, sighting.line.range))
  }

  /// The last error of the first step or container that failed, and the lines that repeat it.
  private func telling() -> [Sighting] {
    let all = sightings.filter { $0.observation.weight == .error }
    // What a client gets follows from what a program says of itself.
    let programs = all.filter { !Self.isClients($0) }
    let errors = programs.isEmpty ? all : programs
    guard let first = errors.first else { return [] }
    let own = errors.filter { $0.source == first.source }
    // That a program crashed says less than what it complained of before it did.
    guard let last = own.last(where: { !Self.crashes.contains($0.observation.kind) }) ?? own.last else { return [] }
    let line = errors.filter { $0.line == last.line }
    return errors.filter { error in
      line.contains { $0.observation.id == error.observation.id && $0.cells.map(\.value) == error.cells.map(\.value) }
    }
  }

  private static func isClients(_ sighting: Sighting) -> Bool {
    sighting.observation.kind == "bad-gateway" || sighting.observation.kind.hasPrefix("client-")
  }

  private static let crashes: Set<String> = ["panicked", "traceback", "node-failed", "java-failed", "crashed"]

  /// What a client's failure follows from: nobody answers when the container has ended, or is being stopped.
  private func behind(_ error: Sighting) -> String {
    if error.afterStop { return "signal-handling" }
    let hasEnded = sightings.contains { $0.observation.kind == "exited" && !$0.afterStop }
    return hasEnded ? "exits-immediately" : "port-unreachable"
  }

  private func symptom(exitCode: Int?) -> String? {
    if let error = telling().first(where: { !$0.observation.symptoms.isEmpty }),
      let symptom = error.observation.symptoms.first
    {
      if Self.lacks.contains(error.observation.kind), sightings.contains(where: { $0.observation.kind == "unhealthy" })
      {
        return "dependency-not-ready"
      }
      // No container has run yet when a step of the build fails.
      if ["exits-immediately", "misconfigured-environment"].contains(symptom),
        sightings.contains(where: { $0.observation.kind == "step-failed" })
      {
        return error.observation.symptoms.contains("module-download") ? "module-download" : "build-fails"
      }
      if symptom == "misconfigured-environment", error.observation.symptoms.contains("exits-immediately"),
        hasEnded(exitCode)
      {
        return "exits-immediately"
      }
      return symptom == "port-unreachable" ? behind(error) : symptom
    }
    let seen = sightings.compactMap(Self.shown(by:))
    if let symptom = seen.last(where: { !Self.quiet.contains($0) }) { return symptom }
    if exitCode == nil, let symptom = Self.quiet.first(where: seen.contains) { return symptom }
    return exitCode == nil ? nil : "exits-immediately"
  }

  /// What a line shows that is no complaint: how a container ended that was told to stop is a matter of its stop.
  private static func shown(by sighting: Sighting) -> String? {
    guard sighting.observation.kind == "exited", sighting.afterStop else { return sighting.observation.symptoms.first }
    return sighting.cells.contains { $0.column == "code" && $0.value == "0" } ? nil : "signal-handling"
  }

  private func others(than symptom: String?) -> [String] {
    let shown = telling() + sightings.filter { $0.observation.weight == .error }
    var others: [String] = []
    for other in shown.flatMap(\.observation.symptoms) where other != symptom && !others.contains(other) {
      others.append(other)
    }
    return others
  }

  /// Whether the main process ended by itself, rather than a step of a build.
  private func hasEnded(_ exitCode: Int?) -> Bool {
    guard !sightings.contains(where: { $0.observation.kind == "step-failed" }) else { return false }
    if let exitCode, exitCode != 0 { return true }
    return sightings.contains { sighting in
      !sighting.afterStop && (Self.crashes.union(["exited", "start-ended"]).contains(sighting.observation.kind))
    }
  }

  /// What a health check says whose tool is not there.
  private static let lacks: Set<String> = ["shell-not-found", "exec-missing", "command-not-found", "exec-not-found"]

  /// What is seen where nothing fails: it counts only if nothing else was seen, in this order.
  private static let quiet = ["leaked-secret", "oversized-image", "slow-build"]
}

extension FactStore {
  mutating func addObserved(kind: String, _ cells: [(String, Cell)], at place: Place) {
    guard let number = number(of: "observed") else { return }
    var row = Array(repeating: Cell.unknown, count: relations[number].columns.count)
    for (name, cell) in [("kind", Cell(kind))] + cells {
      if let column = relations[number].index(of: name) { row[column] = cell }
    }
    append(Row(relation: number, cells: row, place: place, order: nil, presumed: false))
  }
}

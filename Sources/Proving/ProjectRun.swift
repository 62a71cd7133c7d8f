import Engine
import Inspection

/// Runs a plan and watches what happens.
struct ProjectRun {
  let plan: RunPlan
  let client: EngineClient
  let journal: RunJournal
  let limits: RunLimits
  /// The service that the cause is about; nil for all.
  let subject: String?
  /// Whether to stop the subject and see how it takes it.
  let stops: Bool
  /// Whether answering ports are enough, so that nobody has to wait any longer.
  let onlyPorts: Bool

  private var record = RunRecord()
  private var startedAt: [String: Double] = [:]

  init(
    _ plan: RunPlan, client: EngineClient, journal: RunJournal, limits: RunLimits, subject: String?, stops: Bool,
    onlyPorts: Bool
  ) {
    self.plan = plan
    self.client = client
    self.journal = journal
    self.limits = limits
    self.subject = subject
    self.stops = stops
    self.onlyPorts = onlyPorts
  }

  /// Runs it, within the limits. What it made is left to the cleaner.
  mutating func run() -> RunRecord {
    let start = Clock.seconds
    if carryOut() {
      watch()
      for index in record.containers.indices { read(index) }
      if stops { stop() }
    }
    if client.isCancelled() {
      record.interruption = .cancelled
    } else if client.isOutOfTime {
      record.interruption = .outOfTime
    }
    record.seconds = Clock.seconds - start
    return record
  }

  // MARK: Making and starting

  /// False when there is nothing to watch.
  private mutating func carryOut() -> Bool {
    for image in plan.images where !pull(image) { return false }
    let tasks = Set(
      plan.containers.flatMap { $0.service.dependencies }.filter { $0.condition == .completed }.map(\.service))
    for step in plan.steps {
      guard !client.isCancelled(), !client.isOutOfTime, record.interruption == nil else { return false }
      switch step {
      case .build(let service, let command):
        guard build(service, command) else { return false }
      case .make(let service, let command):
        if let service, state(of: service) != nil { continue }
        let outcome = client.change(command, timeout: 60)
        if outcome.succeeded { continue }
        guard let service else {
          record.interruption = interruption(outcome, orElse: .refused(Self.words(outcome)))
          return false
        }
        fail(service, outcome)
      case .wait(let dependency, let service):
        if state(of: service) == nil, !wait(for: dependency) {
          record.containers.append(
            .init(service: service, state: .notReached(dependency: dependency.service)))
        }
      case .start(let service, let command):
        if state(of: service) != nil { continue }
        let outcome = client.change(command, timeout: 60)
        startedAt[service] = Clock.seconds
        if outcome.succeeded {
          record.containers.append(.init(service: service, state: .running))
        } else {
          fail(service, outcome)
        }
      }
    }
    for index in record.containers.indices {
      record.containers[index].isTask = tasks.contains(record.containers[index].service)
    }
    return record.interruption == nil
  }

  private func state(of service: String) -> RunRecord.Container.State? {
    record.containers.first { $0.service == service }?.state
  }

  private mutating func pull(_ image: String) -> Bool {
    let answer = client.ask(EngineCommand("image", "inspect", "--format", "{{.Id}}", image))
    if answer.succeeded { return true }
    // An engine that is busy may have it all the same: then it is not ours to remove.
    let isMissing = answer.output.text.lowercased().contains("no such image")
    let outcome = client.change(EngineCommand("pull", "--quiet", image), timeout: limits.build)
    if !outcome.succeeded {
      record.interruption = interruption(outcome, orElse: .refused(Self.words(outcome)))
    } else if isMissing {
      journal.add(.pulled(image))
    }
    return outcome.succeeded
  }

  private mutating func build(_ service: String, _ command: EngineCommand) -> Bool {
    // What was there before is somebody's. Where the engine does not say, everything may be.
    let known = list("--all", "--quiet", "--no-trunc")?.map(Self.digits)
    let named = list("--format", "{{.Repository}}:{{.Tag}}")
    let outcome = client.change(command, timeout: limits.build)
    if let named {
      for name in BuildOutput.pulled(in: outcome.output.bytes) where !named.contains(name) {
        journal.add(.pulled(name))
      }
    }
    if let known {
      for id in BuildOutput.images(in: outcome.output.bytes) where !known.contains(where: { $0.hasPrefix(id) }) {
        journal.add(.image(id))
      }
    }
    record.transcript += outcome.output.bytes + [UInt8(ascii: "\n")]
    let ending: RunRecord.Build.Ending
    switch outcome.ending {
    case .exited(0): ending = .made
    case .exited(let status): ending = .failed(status: Int(status))
    case .timedOut where !client.isOutOfTime: ending = .timedOut
    default:
      record.interruption = interruption(outcome, orElse: .engine(Self.words(outcome)))
      return false
    }
    if ending != .made, !isEngineThere {
      record.interruption = .engine(Self.words(outcome))
      return false
    }
    record.builds.append(
      .init(service: service, ending: ending, seconds: outcome.seconds, lines: outcome.tail(12), size: nil))
    return ending == .made
  }

  /// What the engine has of images; nil where it does not answer.
  private func list(_ options: String...) -> [String]? {
    var command = EngineCommand("images")
    command.add(options)
    let outcome = client.ask(command)
    return outcome.succeeded ? outcome.lines : nil
  }

  private static func digits(_ id: String) -> String {
    String(id.split(separator: ":").last ?? "")
  }

  private mutating func fail(_ service: String, _ outcome: CommandOutcome) {
    if let interruption = interruption(outcome, orElse: nil) ?? (isEngineThere ? nil : .engine(Self.words(outcome))) {
      record.interruption = interruption
      return
    }
    let words = Self.words(outcome)
    record.transcript += Array((words + "\n").utf8)
    record.containers.append(.init(service: service, state: .notStarted(words)))
  }

  private var isEngineThere: Bool {
    client.ask(EngineCommand("version", "--format", "{{.Server.Version}}"), timeout: 10).succeeded
  }

  private func interruption(
    _ outcome: CommandOutcome, orElse other: RunRecord.Interruption?
  ) -> RunRecord.Interruption? {
    switch outcome.ending {
    case .cancelled: .cancelled
    case .timedOut: client.isOutOfTime ? .outOfTime : .engine("no answer in time")
    case .notStarted(let reason): .engine(reason)
    case .signalled(let signal): .engine("the docker command ended by signal \(signal)")
    case .exited, .sufficed: other
    }
  }

  private static func words(_ outcome: CommandOutcome) -> String {
    if case .notStarted(let reason) = outcome.ending { return reason }
    return outcome.tail(6).joined(separator: "\n")
  }

  // MARK: Waiting for others

  private mutating func wait(for dependency: RunnableService.Dependency) -> Bool {
    guard let name = plan.container(of: dependency.service), state(of: dependency.service) == .running else {
      return false
    }
    switch dependency.condition {
    case .started: return true
    case .healthy:
      guard let service = plan.containers.first(where: { $0.name == name })?.service, let health = service.health else {
        return false
      }
      let result = ask(health, name, seconds: min(max(health.patience, 5), 120))
      if let index = record.containers.firstIndex(where: { $0.service == dependency.service }) {
        record.containers[index].health = result
      }
      return result.isHealthy
    case .completed:
      let deadline = Clock.seconds + limits.build
      while Clock.seconds < deadline, !client.isCancelled(), !client.isOutOfTime {
        switch inspect(name) {
        case .ended(let status, _): return status == 0
        case .running: Clock.sleep(0.2)
        default: return false
        }
      }
      return false
    }
  }

  /// Runs the health command until it succeeds, for the engine may not do it.
  private func ask(_ health: RunnableService.Health, _ name: String, seconds: Double) -> RunRecord.Health {
    let start = Clock.seconds
    while true {
      var command = EngineCommand("exec", name)
      command.add(health.words)
      let outcome = client.ask(command, timeout: min(health.timeout, 30))
      let passed = Clock.seconds - start
      if outcome.succeeded { return .init(isHealthy: true, seconds: passed, lines: []) }
      if passed >= seconds || client.isCancelled() || client.isOutOfTime || inspect(name) != .running {
        return .init(isHealthy: false, seconds: passed, lines: outcome.tail(3))
      }
      Clock.sleep(min(health.interval, 0.5))
    }
  }

  // MARK: Watching

  private func inspect(_ name: String) -> RunRecord.Container.State? {
    let outcome = client.ask(
      EngineCommand("inspect", "--format", "{{.State.Running}} {{.State.ExitCode}} {{.State.OOMKilled}}", name))
    let words = (outcome.tail(1).first ?? "").split(separator: " ")
    guard outcome.succeeded, words.count == 3 else { return nil }
    return words[0] == "true" ? .running : .ended(status: Int(words[1]) ?? -1, outOfMemory: words[2] == "true")
  }

  /// Looks until the time is over, all have ended, or the ports that were asked for have answered.
  private mutating func watch() {
    client.show(.note(Saying.watching(limits.watch)))
    let deadline = Clock.seconds + limits.watch
    var answers: [String: [Int: RunRecord.Port]] = [:]
    var misses = 0
    while true {
      for index in record.containers.indices where record.containers[index].state == .running {
        let service = record.containers[index].service
        guard let name = plan.container(of: service) else { continue }
        if let state = inspect(name) {
          misses = 0
          record.containers[index].state = state
          record.containers[index].seconds = Clock.seconds - (startedAt[service] ?? Clock.seconds)
        } else {
          misses += 1
        }
        for port in askPorts(of: service, name, known: answers[service] ?? [:]) {
          answers[service, default: [:]][port.container] = port
        }
      }
      if misses >= 3 {
        record.interruption = .engine("no answer about the containers")
        break
      }
      let running = record.containers.filter { $0.state == .running }
      if running.isEmpty || Clock.seconds >= deadline || client.isCancelled() || client.isOutOfTime { break }
      if onlyPorts, allAnswer(answers) { break }
      Clock.sleep(0.2)
    }
    for index in record.containers.indices {
      record.containers[index].ports = (answers[record.containers[index].service] ?? [:]).values.sorted {
        $0.container < $1.container
      }
    }
    for (service, name) in plan.containers where service.name == subject || subject == nil {
      guard let health = service.health, state(of: service.name) == .running,
        let index = record.containers.firstIndex(where: { $0.service == service.name }),
        record.containers[index].health == nil
      else { continue }
      record.containers[index].health = ask(health, name, seconds: limits.watch)
    }
  }

  private func allAnswer(_ answers: [String: [Int: RunRecord.Port]]) -> Bool {
    let asked = plan.containers.filter { subject == nil || $0.service.name == subject }
    let ports = asked.flatMap { $0.service.ports.filter { $0.networkProtocol == "tcp" } }
    return !ports.isEmpty
      && asked.allSatisfy { container in
        container.service.ports.filter { $0.networkProtocol == "tcp" }.allSatisfy {
          answers[container.service.name]?[$0.container]?.answer == .answers
        }
      }
  }

  /// Asks the published ports that have not answered yet.
  private func askPorts(of service: String, _ name: String, known: [Int: RunRecord.Port]) -> [RunRecord.Port] {
    let model = plan.containers.first { $0.service.name == service }?.service
    let wanted = (model?.ports ?? []).filter { $0.networkProtocol == "tcp" && known[$0.container]?.answer != .answers }
    guard !wanted.isEmpty else { return [] }
    let published = hostPorts(of: name)
    let passed = { Clock.seconds - (startedAt[service] ?? Clock.seconds) }
    return wanted.map { port in
      let host = published[port.container]
      let answer = host.map { PortProbe.ask(port: $0, seconds: 1) } ?? .refused
      return .init(container: port.container, host: host, answer: answer, seconds: passed())
    }
  }

  /// The ports of this machine by those of the container: lines such as `8080/tcp -> 127.0.0.1:32768`.
  private func hostPorts(of name: String) -> [Int: Int] {
    var ports: [Int: Int] = [:]
    for line in client.lines(EngineCommand("port", name)) {
      guard let slash = line.firstIndex(of: "/"), let colon = line.lastIndex(of: ":"),
        let inner = Int(line[..<slash]), let outer = Int(line[line.index(after: colon)...])
      else { continue }
      ports[inner] = outer
    }
    return ports
  }

  // MARK: Reading and stopping

  private mutating func read(_ index: Int) {
    let container = record.containers[index]
    guard let name = plan.container(of: container.service) else { return }
    if case .notStarted = container.state { return }
    let outcome = client.ask(EngineCommand("logs", "--tail", "400", name))
    guard outcome.succeeded else { return }
    record.containers[index].lines = outcome.tail(12)
    for line in outcome.lines.suffix(400) {
      record.transcript += Array("\(container.service)-1  | \(line)\n".utf8)
    }
    if case .ended(let status, _) = container.state {
      record.transcript += Array("\(container.service)-1 exited with code \(status)\n".utf8)
    } else {
      readPorts(of: container)
    }
  }

  /// Writes what a client would have said of the ports that do not answer, at the addresses that people use.
  private mutating func readPorts(of container: RunRecord.Container) {
    guard let service = plan.containers.first(where: { $0.service.name == container.service })?.service else { return }
    for port in container.ports where port.answer != .answers {
      let host = service.ports.first { $0.container == port.container }?.published ?? port.container
      let words =
        port.answer == .empty
        ? "curl: (52) Empty reply from server" : "curl: (7) Failed to connect to localhost port \(host)"
      record.transcript += Array("$ curl localhost:\(host)\n\(words)\n".utf8)
    }
  }

  /// Tells the subject to stop, with a request open where one stays open.
  private mutating func stop() {
    for index in record.containers.indices {
      let service = record.containers[index].service
      guard record.containers[index].state == .running, subject == nil || service == subject,
        let (model, name) = plan.containers.first(where: { $0.service.name == service }),
        !client.isCancelled(), !client.isOutOfTime
      else { continue }
      let grace = Double(model.stopGrace ?? 10)
      let request = record.containers[index].ports.lazy.compactMap(\.host).compactMap { OpenRequest(port: $0) }.first
      let outcome = client.change(EngineCommand("stop", "-t", String(Int(grace)), name), timeout: grace + 30)
      guard outcome.succeeded, case .ended(let status, _)? = inspect(name) else { continue }
      record.containers[index].stop = .init(
        seconds: outcome.seconds, status: status, grace: grace, request: request?.end(seconds: 1))
      record.transcript += Array(
        "$ docker stop \(service)\n\(service)-1 exited with code \(status)\n".utf8)
    }
  }
}

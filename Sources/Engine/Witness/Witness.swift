import Inspection
import Knowledge
import ProgramSource
import SourceText

/// Asks a container engine what it knows of containers. Nothing it runs changes anything.
public struct Witness: Sendable {
  /// What came of the questions.
  public struct Hearing: Sendable {
    public var testimony = Testimony()
    /// What could not be asked, in one line each; the testimony has them in English.
    public private(set) var problems: [LocalizedText] = []
    /// The last lines of the containers, each behind the command that shows them: a transcript for the log reader.
    public var log: [UInt8] = []
    /// What was learnt, for people.
    public var notes: [LocalizedText] = []
    /// Why the engine did not say which containers the project has; nil when it did, or was not asked.
    public var silence: EngineProblem?

    mutating func complain(_ problem: LocalizedText) {
      problems.append(problem)
      testimony.problems.append(problem.en)
    }
  }

  /// The problem of a project without containers.
  public static let noContainer = LocalizedText(
    en: "the container engine has no container of this project: start it, or name one with --container",
    zh: "容器引擎里没有这个项目的容器：请先启动它，或用 --container 指定一个")

  /// What it may run, as a person would type it; every command reads.
  public static let commands = [
    "docker ps --all", "docker inspect NAME", "docker image inspect ID", "docker logs NAME", "docker top NAME",
    "docker exec NAME cat /proc/net/tcp", "docker events", "docker cp NAME:PATH -",
  ]

  let docker: Docker
  /// How many lines of a log are asked for.
  static let lines = 200

  public init(_ docker: Docker) { self.docker = docker }

  /// Asks about these containers, and about those of a project.
  public func hear(_ names: [String] = [], of project: Wanted, isCancelled: () -> Bool = { false }) -> Hearing {
    do throws(EngineProblem) {
      let found = try containers(of: project, isCancelled: isCancelled)
      var hearing = hear(names + found.filter { !names.contains($0) }, isCancelled: isCancelled)
      if found.isEmpty { hearing.complain(Self.noContainer) }
      return hearing
    } catch {
      var hearing = error.isFinal ? Hearing() : hear(names, isCancelled: isCancelled)
      hearing.complain(error.text)
      hearing.silence = error
      return hearing
    }
  }

  /// Asks about these containers, by name or id. What cannot be asked is a problem of the testimony.
  public func hear(_ names: [String], isCancelled: () -> Bool = { false }) -> Hearing {
    var hearing = Hearing()
    var slow = 0
    for name in names {
      do throws(EngineProblem) {
        guard Self.isName(name) else { throw EngineProblem.noName(name) }
        try hear(name, &hearing, isCancelled)
      } catch {
        hearing.complain(error.text)
        // One container may be stuck; an engine that lets us wait again is.
        if case .tooSlow = error { slow += 1 }
        if slow > 1 || error.isFinal { break }
      }
    }
    return hearing
  }

  /// Names and ids as engines give them: https://github.com/moby/moby/blob/master/daemon/names/names.go
  static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= 255 else { return false }
    let isWord: (UInt8) -> Bool = { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    return isWord(first) && name.utf8.allSatisfy { isWord($0) || "_.-".utf8.contains($0) }
  }

  private func hear(_ name: String, _ hearing: inout Hearing, _ isCancelled: () -> Bool) throws(EngineProblem) {
    let state = try described(["inspect", "--type", "container", name], isCancelled)
    let image = try image(of: state, isCancelled)
    let source = docker.shown(["inspect", name])
    var container = Testimony.Container(
      name: state.name.isEmpty ? name : state.name, image: state.image,
      command: RunLine(state: state, image: image).text, source: source)
    container.service = state.service
    container.hidesPorts = state.isComposeRun
    var notes = StateNotes(state: state)
    var problem: EngineProblem?
    do throws(EngineProblem) {
      hearing.log += try tail(of: name, state, isCancelled)
      try look(into: name, state, &container, &notes, isCancelled)
      notes.events = try events(of: name, state, isCancelled)
      try open(name, state, &container, &notes, isCancelled)
    } catch {
      problem = error
    }
    // What was learnt before the engine fell silent still holds.
    let facts = StateFacts(state: state, events: notes.events, source: source)
    container.facts += facts.all
    container.complete.formUnion(facts.complete)
    hearing.testimony.containers.append(container)
    if hearing.testimony.symptom == nil { hearing.testimony.symptom = facts.symptom }
    hearing.notes += notes.all
    if let problem { throw problem }
  }

  /// Its processes and sockets.
  private func look(
    into name: String, _ state: ContainerState, _ container: inout Testimony.Container, _ notes: inout StateNotes,
    _ isCancelled: () -> Bool
  ) throws(EngineProblem) {
    notes.processes = try processes(of: name, state, isCancelled)
    container.facts += ProcessFacts.facts(notes.processes, from: docker.shown(["top", name]))
    notes.sockets = try Socketry(docker: docker).sockets(of: state, name: name, isCancelled)
    guard case .known(let sockets, let source) = notes.sockets, !sockets.isEmpty else { return }
    container.facts += sockets.map { socket in
      Testimony.Fact(
        "listens",
        ["address": socket.column, "port": String(socket.port), "protocol": "tcp", "role": "main", "by": "socket"],
        from: source)
    }
    container.complete.insert("listens")
  }

  /// Its files: the main program, and folders that are mounted.
  private func open(
    _ name: String, _ state: ContainerState, _ container: inout Testimony.Container, _ notes: inout StateNotes,
    _ isCancelled: () -> Bool
  ) throws(EngineProblem) {
    let files = ContainerFile(docker: docker, name: name)
    if let program = try files.program(of: state, isCancelled) {
      notes.program = program
      if let libc = program.file.libc {
        container.programs = [
          Testimony.Program(path: program.path, libc: libc, isDynamic: libc != "none", from: program.source)
        ]
      }
    }
    notes.owners = try files.owners(of: state, isCancelled)
  }

  // MARK: Questions

  private func described(_ arguments: [String], _ isCancelled: () -> Bool) throws(EngineProblem) -> ContainerState {
    let answer = try docker.ask(arguments, isCancelled: isCancelled)
    guard answer.omitted == 0, let state = ContainerState.first(in: answer.bytes) else {
      throw .strange(command: docker.shown(arguments))
    }
    return state
  }

  /// What the image says, so that what the container adds can be told from it; nil when it is gone.
  private func image(of state: ContainerState, _ isCancelled: () -> Bool) throws(EngineProblem) -> ImageState? {
    let id = state.imageID.isEmpty ? state.image : state.imageID
    guard !id.isEmpty, !id.hasPrefix("-") else { return nil }
    guard let answer = try lenient(["image", "inspect", id], isCancelled) else { return nil }
    return JSONDocument(SourceFile(path: "image", bytes: answer.bytes)).root.elements.first.flatMap(ImageState.init)
  }

  /// The last lines of the present run, with what its start and its health checks said.
  private func tail(of name: String, _ state: ContainerState, _ isCancelled: () -> Bool) throws(EngineProblem)
    -> [UInt8]
  {
    var arguments = ["logs", "--tail", String(Self.lines)]
    if !state.startedAt.isEmpty, !state.startedAt.hasPrefix("0001") { arguments += ["--since", state.startedAt] }
    let answer = try lenient(arguments + [name], joinsErrors: true, isCancelled)
    var text = Array("$ docker logs \(name)\n".utf8) + (answer?.bytes ?? [])
    for more in [state.error] + state.healthOutputs.suffix(3) where !more.isEmpty {
      if text.last != 0x0A { text.append(0x0A) }
      text += Array(more.utf8)
    }
    if text.last != 0x0A { text.append(0x0A) }
    return text
  }

  private func events(of name: String, _ state: ContainerState, _ isCancelled: () -> Bool) throws(EngineProblem)
    -> [EngineEvent]
  {
    guard !state.isRunning || state.restartCount > 0, !state.startedAt.isEmpty, !state.startedAt.hasPrefix("0001")
    else {
      return []
    }
    // With an end in the past, or now, it does not wait for more.
    let arguments = [
      "events", "--since", state.startedAt, "--until", "0s", "--filter", "container=\(name)", "--format", "{{json .}}",
    ]
    guard let answer = try lenient(arguments, isCancelled) else { return [] }
    return EngineEvent.all(in: answer.text)
  }

  private func processes(of name: String, _ state: ContainerState, _ isCancelled: () -> Bool) throws(EngineProblem)
    -> [ContainerProcess]
  {
    guard state.isRunning else { return [] }
    // podman's service knows no options of ps, not even those that the client adds by itself; it wants the columns' names.
    for columns in [[], ["pid,ppid,args"]] {
      guard let answer = try lenient(["top", name] + columns, isCancelled) else { continue }
      let listed = ContainerProcess.all(in: answer.text, first: state.process)
      if !listed.isEmpty { return listed }
    }
    return []
  }

  /// As `ask`, for questions whose refusal only leaves something unknown; nil then.
  private func lenient(
    _ arguments: [String], joinsErrors: Bool = false, _ isCancelled: () -> Bool
  ) throws(EngineProblem) -> CapturedOutput? {
    try docker.answer(arguments, joinsErrors: joinsErrors, isCancelled)
  }
}

extension Docker {
  /// As `ask`, but nil for an answer that only leaves something unknown; it throws where nothing more will be answered.
  func answer(
    _ arguments: [String], joinsErrors: Bool = false, enough: Int? = nil, _ isCancelled: () -> Bool
  ) throws(EngineProblem) -> CapturedOutput? {
    do throws(EngineProblem) {
      return try ask(arguments, joinsErrors: joinsErrors, enough: enough, isCancelled: isCancelled)
    } catch {
      if case .tooSlow = error { throw error }
      if error.isFinal { throw error }
      return nil
    }
  }
}

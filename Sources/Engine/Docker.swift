import Knowledge

/// The `docker` command line: contexts, remote hosts and podman's Docker-compatible service work as for its user.
public struct Docker: Sendable {
  /// How long one question may take, in seconds.
  public static let patience = 10.0

  public var program: String
  public var timeout: Double
  public let runner: any CommandRunning
  /// Called with each command line before it runs.
  public var announce: @Sendable (String) -> Void

  public init(
    program: String = "docker", runner: any CommandRunning = CommandRunner(), timeout: Double = Docker.patience,
    announce: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.program = program
    self.runner = runner
    self.timeout = timeout
    self.announce = announce
  }

  /// What the engine answers, or why it does not.
  ///
  /// - Parameter joinsErrors: whether standard error is part of the answer, as in logs.
  func ask(
    _ arguments: [String], joinsErrors: Bool = false, enough: Int? = nil, isCancelled: () -> Bool = { false }
  ) throws(EngineProblem) -> CapturedOutput {
    var invocation = Invocation(program, arguments, timeout: timeout)
    invocation.joinsErrors = joinsErrors
    invocation.enough = enough
    invocation.limit = 4 << 20
    // Other languages of messages are no help in telling them apart.
    invocation.environment = ["LC_ALL": "C"]
    announce(shown(arguments))
    let outcome = runner.run(invocation, isCancelled: isCancelled)
    if outcome.succeeded { return outcome.output }
    throw EngineProblem(outcome, command: shown(arguments), program: program, timeout: timeout)
  }

  /// The command as a person would type it.
  func shown(_ arguments: [String]) -> String { Invocation("docker", arguments, timeout: timeout).line }
}

/// Why an engine did not answer.
public enum EngineProblem: Error, Hashable, Sendable {
  /// There is no `docker` program; the system's words.
  case noClient(String)
  /// The program is there, and no engine behind it.
  case noEngine(String)
  /// The engine's socket is not for this user.
  case denied(String)
  case tooSlow(command: String, seconds: Double)
  case cancelled
  /// There is no such container or image.
  case unknown(String)
  /// Nothing can be called so, so that nobody was asked.
  case noName(String)
  /// It answered with an error; its first line.
  case failed(command: String, message: String)
  /// It answered, and not as Docker does.
  case strange(command: String)

  init(_ outcome: CommandOutcome, command: String, program: String, timeout: Double) {
    let text = outcome.errors.total > 0 ? outcome.errors.text : outcome.output.text
    let message = Self.line(text)
    switch outcome.ending {
    case .notStarted(let reason): self = .noClient("\(program): \(reason)")
    case .timedOut: self = .tooSlow(command: command, seconds: timeout)
    case .cancelled: self = .cancelled
    case .signalled(let signal): self = .failed(command: command, message: "ended by signal \(signal)")
    case .exited, .sufficed:
      let said = message.lowercased()
      if said.contains("permission denied"), said.contains("connect") {
        self = .denied(message)
      } else if Self.absent.contains(where: said.contains) {
        self = .noEngine(message)
      } else if said.contains("no such") || said.contains("no container with name") {
        self = .unknown(message)
      } else {
        self = .failed(command: command, message: message.isEmpty ? "it says nothing" : message)
      }
    }
  }

  /// https://github.com/docker/cli and moby's client: what both have said of an engine that does not answer.
  private static let absent = [
    "cannot connect to the docker daemon", "failed to connect to the docker api", "error during connect",
    "is the docker daemon running", "connection refused", "no such host", "dial tcp", "dial unix",
  ]

  /// The first line that says something, without control characters, cut to what fits a line or two.
  private static func line(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      String(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init))
    }
    let line = lines.first { $0.contains { $0 != " " } } ?? ""
    return line.count > 240 ? line.prefix(240) + "…" : line
  }

  /// Whether nothing else needs to be asked: no question will be answered.
  public var isFinal: Bool {
    switch self {
    case .noClient, .noEngine, .denied, .cancelled: true
    case .tooSlow, .unknown, .noName, .failed, .strange: false
    }
  }

  var isMissingClient: Bool { if case .noClient = self { true } else { false } }

  /// Who says what to do about it.
  public static let doctor = LocalizedText(
    en: "drydock doctor says what to do", zh: "运行 drydock doctor 可以知道怎么办")

  /// One line for a person: what happened, and the engine's own words.
  public var text: LocalizedText {
    switch self {
    case .noClient(let words):
      LocalizedText(
        en: "no container engine was asked: there is no docker command here (\(words)); \(Self.doctor.en)",
        zh: "没有询问容器引擎：这里没有 docker 命令（\(words)）；\(Self.doctor.zh)")
    case .noEngine(let words):
      LocalizedText(
        en: "no container engine answers: \(words) (\(Self.doctor.en))", zh: "容器引擎没有响应：\(words)（\(Self.doctor.zh)）")
    case .denied(let words):
      LocalizedText(
        en: "the container engine may not be asked: \(words) (\(Self.doctor.en))",
        zh: "无权访问容器引擎：\(words)（\(Self.doctor.zh)）")
    case .tooSlow(let command, let seconds):
      LocalizedText(
        en: "the container engine took more than \(Self.text(seconds)) s: \(command)",
        zh: "容器引擎超过 \(Self.text(seconds)) 秒没有响应：\(command)")
    case .cancelled:
      LocalizedText(en: "the question to the container engine was given up", zh: "已放弃询问容器引擎")
    case .unknown(let words):
      LocalizedText(en: "the container engine does not know it: \(words)", zh: "容器引擎里没有它：\(words)")
    case .noName(let name):
      LocalizedText(en: "“\(name)” cannot be the name of a container", zh: "“\(name)”不能作为容器的名称")
    case .failed(let command, let words): LocalizedText(en: "\(command): \(words)", zh: "\(command)：\(words)")
    case .strange(let command):
      LocalizedText(
        en: "\(command): the answer is none that Docker gives", zh: "\(command)：这不是 Docker 会给出的回答")
    }
  }

  /// In English.
  public var message: String { text.en }

  private static func text(_ seconds: Double) -> String {
    seconds == seconds.rounded() && seconds < 1e9 ? String(Int(seconds)) : String(seconds)
  }
}

import SourceText

/// What an image says about how its containers run.
///
/// https://github.com/opencontainers/image-spec/blob/main/config.md
public struct ImageConfiguration: Hashable, Sendable {
  /// `NAME=value`, in order.
  public var environment: [String] = []
  public var entrypoint: [String] = []
  public var command: [String] = []
  public var shell: [String] = []
  public var user = ""
  public var workingDirectory = ""
  /// `80/tcp`.
  public var exposedPorts: [String] = []
  public var volumes: [String] = []
  public var labels: [String: String] = [:]
  public var stopSignal = ""
  public var healthcheck: HealthcheckSetting?
  /// Instructions that a build from this image runs first.
  public var onBuild: [String] = []

  public init() {}

  /// The empty image, as the builder begins with it.
  public static var scratch: ImageConfiguration {
    var configuration = ImageConfiguration()
    configuration.workingDirectory = "/"
    return configuration
  }
}

/// How a container's health is asked for. Times are nanoseconds, nil where the engine's default holds.
public struct HealthcheckSetting: Hashable, Sendable {
  /// `["NONE"]`, `["CMD", ...]` or `["CMD-SHELL", text]`.
  public var test: [String]
  public var interval: Int64?
  public var timeout: Int64?
  public var startPeriod: Int64?
  public var startInterval: Int64?
  public var retries: Int?

  public init(test: [String]) {
    self.test = test
  }
}

/// A value of the final image, and where it comes from.
public struct Setting<Value: Sendable>: Sendable {
  public let value: Value
  /// The place in the file; nil where the base image brings the value along.
  public let range: ByteRange?
  /// The instruction that set it; nil where the base image brings it along.
  public let instruction: Int?

  init(_ value: Value, range: ByteRange? = nil, instruction: Int? = nil) {
    self.value = value
    self.range = range
    self.instruction = instruction
  }
}

/// The configuration that a stage ends with, each value with its origin.
///
/// A value that is nil is not set if the base image is known, and unknown if it is not.
public struct Image: Sendable {
  /// The program and arguments as the engine starts them: in shell form the shell comes first.
  public struct Process: Hashable, Sendable {
    public let form: Command.Form
    public let words: [String]
  }

  /// Whether all is known that the base image brings along.
  public internal(set) var isBaseKnown = true
  /// Without build arguments, in the order of their first definition.
  public internal(set) var environment: [Variable] = []
  public internal(set) var entrypoint: Setting<Process>?
  public internal(set) var command: Setting<Process>?
  public internal(set) var shell: Setting<[String]>?
  public internal(set) var user: Setting<Expansion>?
  /// An absolute path.
  public internal(set) var workingDirectory: Setting<Expansion>?
  /// `80/tcp`, each once.
  public internal(set) var exposedPorts: [Setting<String>] = []
  /// Whether all ports are known: false where an EXPOSE depends on something unknown.
  public internal(set) var knowsAllPorts = true
  public internal(set) var volumes: [Setting<Expansion>] = []
  public internal(set) var labels: [String: Setting<Expansion>] = [:]
  public internal(set) var stopSignal: Setting<Expansion>?
  public internal(set) var healthcheck: Setting<HealthcheckSetting>?
  public internal(set) var onBuild: [Setting<String>] = []

  var environmentPlaces: [String: Int] = [:]
  var portPlaces: [String: Int] = [:]
  var volumePlaces: [String: Int] = [:]

  init() {}

  init(_ configuration: ImageConfiguration) {
    for entry in configuration.environment {
      let (name, value) = splitAtEquals(entry)
      set(Variable(name, Expansion(value), .baseImage))
    }
    func text(_ text: String) -> Setting<Expansion>? { text.isEmpty ? nil : Setting(Expansion(text)) }
    func process(_ words: [String]) -> Setting<Process>? {
      words.isEmpty ? nil : Setting(Process(form: .exec, words: words))
    }
    entrypoint = process(configuration.entrypoint)
    command = process(configuration.command)
    shell = configuration.shell.isEmpty ? nil : Setting(configuration.shell)
    user = text(configuration.user)
    workingDirectory = text(configuration.workingDirectory)
    for port in configuration.exposedPorts { expose(Setting(port)) }
    for volume in configuration.volumes { add(volume: Setting(Expansion(volume))) }
    labels = configuration.labels.mapValues { Setting(Expansion($0)) }
    stopSignal = text(configuration.stopSignal)
    healthcheck = configuration.healthcheck.map { Setting($0) }
    onBuild = configuration.onBuild.map { Setting($0) }
  }

  mutating func set(_ variable: Variable) {
    if let place = environmentPlaces[variable.name] {
      environment[place] = variable
    } else {
      environmentPlaces[variable.name] = environment.count
      environment.append(variable)
    }
  }

  mutating func expose(_ port: Setting<String>) {
    if let place = portPlaces[port.value] {
      exposedPorts[place] = port
    } else {
      portPlaces[port.value] = exposedPorts.count
      exposedPorts.append(port)
    }
  }

  mutating func add(volume: Setting<Expansion>) {
    let name = volume.value.value
    if let name, let place = volumePlaces[name] {
      volumes[place] = volume
    } else {
      if let name { volumePlaces[name] = volumes.count }
      volumes.append(volume)
    }
  }
}

func splitAtEquals(_ text: String) -> (name: String, value: String) {
  guard let sign = text.utf8.firstIndex(of: .equals) else { return (text, "") }
  return (String(text[..<sign]), String(text[text.utf8.index(after: sign)...]))
}

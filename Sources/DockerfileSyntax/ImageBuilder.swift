import SourceText

extension Build {
  /// The configuration of the image that a stage becomes. It is put together anew at each call, in time proportional to
  /// the instructions of the stage and of those it begins with.
  public func image(of stage: Int) -> Image {
    var builder = ImageBuilder(build: self)
    let chain = chain(of: stage).prefix(Self.longestChain)
    if let first = chain.last {
      switch stages[first].base {
      case .scratch: builder.begin(with: ImageConfiguration.scratch)
      case .image(let reference): builder.begin(with: options.baseImage(reference))
      default: builder.image.isBaseKnown = false
      }
    }
    for stage in chain.reversed() { builder.run(stage) }
    return builder.image
  }
}

/// Runs the instructions of a chain of stages and keeps what they say about the image.
private struct ImageBuilder {
  let build: Build
  var image = Image()
  private var hasOwnCommand = false
  /// Labels beyond this size are not followed.
  private static let mostLabelBytes = 32_000_000
  private var labelBytes = 0

  init(build: Build) {
    self.build = build
    image.set(Variable("PATH", Expansion(Build.defaultPath), .predefined))
  }

  mutating func begin(with configuration: ImageConfiguration?) {
    guard let configuration else {
      image = Image()
      image.isBaseKnown = false
      return
    }
    image = Image(configuration)
    image.onBuild = []
    if image.environmentPlaces["PATH"] == nil {
      image.set(Variable("PATH", Expansion(Build.defaultPath), .predefined))
    }
  }

  mutating func run(_ stage: Int) {
    hasOwnCommand = false
    image.onBuild = []
    for step in build.evaluations[stage].steps { run(step) }
    if let directory = build.evaluations[stage].finalWorkingDirectory, image.workingDirectory != nil {
      image.workingDirectory = image.workingDirectory.map {
        Setting(directory, range: $0.range, instruction: $0.instruction)
      }
    }
  }

  private mutating func run(_ step: StageEvaluation.Step) {
    let instruction = step.instruction
    func setting<Value>(_ value: Value, _ range: ByteRange) -> Setting<Value> {
      Setting(value, range: range, instruction: instruction.index)
    }
    switch instruction.keyword {
    case .run, .copy, .add, .arg, .from, .maintainer, .unknown: return
    default: break
    }
    switch instruction.content {
    case .env(let pairs):
      for pair in pairs {
        let name = step.expand(pair.name).value ?? pair.name.text
        image.set(
          Variable(
            name, pair.value.map { step.expand($0) } ?? Expansion(""), .env, range: pair.value?.range,
            instruction: instruction.index))
      }
    case .label(let pairs):
      for pair in pairs {
        guard let name = step.expand(pair.name).value, let value = pair.value else { continue }
        let expansion = labelBytes < Self.mostLabelBytes ? step.expand(value) : Expansion(unknown: [])
        labelBytes += expansion.value?.utf8.count ?? 0
        image.labels[name] = setting(expansion, value.range)
      }
    case .cmd(let command):
      image.command = setting(process(command, step), instruction.argumentsRange)
      hasOwnCommand = true
    case .entrypoint(let command):
      let process = process(command, step)
      image.entrypoint = process.words.isEmpty ? nil : setting(process, instruction.argumentsRange)
      if !hasOwnCommand { image.command = nil }
    case .workdir(let path):
      // The evaluation joins the paths; what counts here is who set it last.
      image.workingDirectory = setting(step.expand(path), path.range)
    case .user(let user): image.user = setting(step.expand(user), user.range)
    case .shell(let words): image.shell = setting(words.map(\.text), instruction.argumentsRange)
    case .stopsignal(let signal): image.stopSignal = setting(step.expand(signal), signal.range)
    case .volume(let volumes):
      for volume in volumes { image.add(volume: setting(step.expand(volume), volume.range)) }
    case .expose(let words): for word in words { expose(word, step) }
    case .healthcheck(let check): image.healthcheck = setting(test(check, step), instruction.argumentsRange)
    case .onbuild: image.onBuild.append(setting(instruction.triggerText(build.file), instruction.argumentsRange))
    case .from, .copy, .run, .arg, .maintainer, .invalid: break
    }
  }

  private func process(_ command: Command, _ step: StageEvaluation.Step) -> Image.Process {
    let words = command.words.map(\.text)
    if command.form == .exec { return Image.Process(form: .exec, words: words) }
    return Image.Process(form: .shell, words: step.effectiveShell + [words.joined(separator: " ")])
  }

  private func test(_ check: Healthcheck, _ step: StageEvaluation.Step) -> HealthcheckSetting {
    guard let command = check.command else { return HealthcheckSetting(test: ["NONE"]) }
    var setting = HealthcheckSetting(
      test: [command.form == .exec ? "CMD" : "CMD-SHELL"] + command.words.map(\.text))
    setting.interval = check.interval
    setting.timeout = check.timeout
    setting.startPeriod = check.startPeriod
    setting.startInterval = check.startInterval
    setting.retries = check.retries
    return setting
  }

  private mutating func expose(_ word: Word, _ step: StageEvaluation.Step) {
    let (words, expansion) = step.environment.expandWords(word.text)
    guard expansion.value != nil else {
      image.knowsAllPorts = false
      return
    }
    for text in words {
      guard let ports = try? PortSpecification(text) else { continue }
      for port in ports.numbers {
        image.expose(Setting("\(port)/\(ports.transport)", range: word.range, instruction: step.instruction.index))
      }
    }
  }
}

extension Instruction {
  /// The instruction after ONBUILD as the image keeps it: its text, and each heredoc's body and end.
  public func triggerText(_ file: Dockerfile) -> String {
    let keywordEnd = keywordWord.logical.upperBound
    var start = keywordEnd
    while start < line.range.upperBound, line.bytes[start].isWordSpace { start += 1 }
    return line.text(start..<line.range.upperBound)
      + heredocs.map { "\n" + file.text($0.bodyRange) + $0.name }.joined()
  }
}

import SourceText

extension Build {
  /// What keeps the builder from building the target although it can read every instruction, in the order in which it
  /// notices. It stops at the first. Found anew at each call, in time proportional to the file.
  public var problems: [Problem] {
    var checker = BuildChecker(build: self)
    checker.check()
    return checker.problems
  }
}

/// Looks at values where the builder does: image names, stages, quotes, modes, ports, mounts.
private struct BuildChecker {
  let build: Build
  private(set) var problems: [Problem] = []
  private var withoutVariables = Environment()

  init(build: Build) {
    self.build = build
    withoutVariables.escape = build.file.escape
    problems = build.argumentProblems
  }

  mutating func check() {
    if build.stages.isEmpty {
      report(ByteRange(at: build.file.bytes.count), "dockerfile contains no stages to build")
      return
    }
    if let name = build.options.target, build.target == nil {
      report(ByteRange(at: 0), "target stage \"\(name)\" could not be found")
    }
    for stage in build.stages { checkSources(stage) }
    checkCircles()
    checkReferences()
    guard let target = build.target else { return }
    for index in build.stagesNeeded(by: target) { checkSteps(build.stages[index]) }
  }

  private mutating func report(_ range: ByteRange, _ message: String) {
    problems.append(Problem(.evaluation, range, message))
  }

  // MARK: Stages

  /// COPY --from of stages that cannot exist; the builder looks at all stages here, needed or not.
  private mutating func checkSources(_ stage: Stage) {
    for index in stage.instructions {
      guard let flag = copiesFrom(build.file.instructions[index]), let name = flag.value else { continue }
      let expansion = withoutVariables.expand(name)
      if let failure = expansion.failure {
        report(flag.valueRange, "failed to process \"\(name)\": \(failure)")
      } else if expansion.value != name {
        report(
          flag.valueRange,
          "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as "
            + "a workaround")
      } else if let number = Int(name), !build.stages.indices.contains(number) {
        report(flag.valueRange, "invalid stage index \(number)")
      }
    }
  }

  private func copiesFrom(_ instruction: Instruction) -> InstructionFlag? {
    guard instruction.keyword == .copy, instruction.mayHaveFlags, case .copy(let copy) = instruction.content,
      let flag = copy.from, flag.value?.isEmpty == false
    else { return nil }
    return flag
  }

  /// Stages that take files from each other in a circle.
  private mutating func checkCircles() {
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: build.stages.count)
    for start in build.stages.indices where marks[start] == .new {
      var path = [(stage: start, next: 0)]
      marks[start] = .open
      while let (stage, next) = path.last {
        let sources = build.stages[stage].copiesFrom
        if next == sources.count {
          marks[stage] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        switch marks[sources[next]] {
        case .done: break
        case .new:
          marks[sources[next]] = .open
          path.append((sources[next], 0))
        case .open:
          reportCircle(from: start, by: path[0].next - 1)
          return
        }
      }
    }
  }

  private mutating func reportCircle(from start: Int, by copy: Int) {
    let stage = build.stages[start]
    let instruction = build.file.instructions[stage.copyInstructions[copy]]
    report(instruction.range, "circular dependency detected on stage: \(stage.name ?? "stage-\(start)")")
  }

  /// The names of images, of all stages, needed or not.
  private mutating func checkReferences() {
    for stage in build.stages {
      if case .image(let reference) = stage.base { check(reference, at: stage.from.base.range) }
    }
    for stage in build.stages {
      for index in stage.instructions {
        let instruction = build.file.instructions[index]
        guard instruction.mayHaveFlags else { continue }
        if let flag = copiesFrom(instruction), let name = flag.value, Int(name) == nil {
          checkSource(name, at: flag.valueRange)
        } else if instruction.keyword == .run, case .run(let run) = instruction.content {
          for flag in run.mounts {
            if let name = Mount.source(flag), !name.isEmpty { checkSource(name, at: flag.valueRange) }
          }
        }
      }
    }
  }

  private mutating func checkSource(_ name: String, at range: ByteRange) {
    let isKnown = name == "scratch" || build.lastStageNamed[name.lowercased()] != nil
    if !isKnown, !build.options.namedContexts.contains(name) { check(name, at: range) }
  }

  private mutating func check(_ reference: String, at range: ByteRange) {
    if ImageReference(reference) == nil, withoutVariables.expand(reference).value == reference {
      report(range, "failed to parse stage name \"\(reference)\": invalid reference format")
    }
  }

  // MARK: Instructions

  private mutating func checkSteps(_ stage: Stage) {
    let place = build.file.instructions[stage.fromInstruction].range
    for step in build.evaluations[stage.index].steps {
      let known = problems.count
      if step.isTrigger { problems += step.instruction.problems }
      check(step, stage: stage.index)
      guard step.isTrigger else { continue }
      // The builder finds faults of a trigger where it is pulled: at the FROM.
      for index in known..<problems.count {
        problems[index] = Problem(.evaluation, place, problems[index].message)
      }
    }
  }

  private mutating func check(_ step: StageEvaluation.Step, stage: Int) {
    let instruction = step.instruction
    switch instruction.content {
    case .env(let pairs), .label(let pairs):
      for pair in pairs {
        _ = value(pair.name, step)
        if let value = pair.value { _ = self.value(value, step) }
      }
    case .arg(let pairs):
      for pair in pairs where build.options.arguments[pair.name.text] == nil {
        if let value = pair.value { _ = self.value(value, step) }
      }
    case .copy(let copy): check(copy, step, stage: stage)
    case .run(let run): check(run, step, stage: stage)
    case .user(let word), .workdir(let word): _ = value(word, step)
    case .stopsignal(let word):
      if let signal = value(word, step), !Signal.exists(signal) { report(word.range, "invalid signal: \(signal)") }
    case .volume(let words):
      for word in words where value(word, step)?.isEmpty == true {
        report(word.range, "VOLUME specified can not be an empty string")
      }
    case .expose(let words): for word in words { checkPorts(word, step) }
    case .from, .cmd, .entrypoint, .healthcheck, .shell, .maintainer, .onbuild, .invalid: break
    }
  }

  /// What a word becomes; nil where that is not known, or where the builder refuses it, which is reported.
  private mutating func value(_ word: Word, _ step: StageEvaluation.Step) -> String? {
    value(word.text, word.range, step.expand(word))
  }

  private mutating func value(_ flag: InstructionFlag?, _ step: StageEvaluation.Step) -> String? {
    guard let flag, let text = flag.value, !text.isEmpty else { return nil }
    return value(text, flag.valueRange, step.environment.expand(text))
  }

  private mutating func value(_ text: String, _ range: ByteRange, _ expansion: Expansion) -> String? {
    if let failure = expansion.failure { report(range, "failed to process \"\(text)\": \(failure)") }
    return expansion.value
  }

  private mutating func checkPorts(_ word: Word, _ step: StageEvaluation.Step) {
    let (words, expansion) = step.environment.expandWords(word.text)
    guard value(word.text, word.range, expansion) != nil else { return }
    for text in words {
      do throws(PortSpecification.Failure) { _ = try PortSpecification(text) } catch {
        report(word.range, error.message)
      }
    }
  }

  private mutating func check(_ copy: Copy, _ step: StageEvaluation.Step, stage: Int) {
    if let flag = copy.from, let name = flag.value, let source = build.stage(called: name), source >= stage {
      let own = build.stages[stage].name ?? "stage-\(stage)"
      report(
        flag.valueRange,
        "cannot copy from stage \"\(name)\", it needs to be defined before current stage \"\(own)\"")
    }
    _ = value(copy.owner, step)
    let sources = copy.sources.map { ($0, value($0, step)) }
    _ = value(copy.destination, step)
    for heredoc in copy.heredocs where heredoc.expandsVariables {
      let body = build.file.text(heredoc.bodyRange)
      _ = value(heredoc.name, heredoc.bodyRange, step.environment.expandBody(body))
    }
    if let flag = copy.mode, let mode = value(flag, step), !FileMode.isValid(mode) {
      report(
        flag.valueRange, "invalid chmod parameter: '\(mode)'. it should be octal string and between 0 and 07777")
    }
    if let flag = copy.checksum, let checksum = value(flag, step) {
      checkChecksum(checksum, flag, sources.map { $0.1 })
    }
    guard !copy.isAdd else { return }
    for case (let word, let source?) in sources {
      if RemoteSource.isGit(source) {
        report(word.range, "source can't be a git ref for COPY")
      } else if RemoteSource.isURL(source) {
        report(word.range, "source can't be a URL for COPY")
      }
    }
  }

  private mutating func checkChecksum(_ checksum: String, _ flag: InstructionFlag, _ sources: [String?]) {
    let source = sources.count == 1 ? sources[0] : nil
    if sources.count != 1 {
      report(flag.range, "checksum can't be specified for multiple sources")
    } else if let source, !RemoteSource.isGit(source) {
      if !RemoteSource.isURL(source) {
        report(flag.range, "checksum requires HTTP(S) or Git sources")
      } else if let failure = Digest.failure(checksum) {
        report(flag.valueRange, failure)
      }
    }
  }

  private mutating func check(_ run: Run, _ step: StageEvaluation.Step, stage: Int) {
    if !run.heredocs.isEmpty, run.command.words.count != 1 || run.command.form == .exec {
      report(step.instruction.argumentsRange, "parsing produced an invalid run command")
    }
    for flag in run.mounts {
      guard let text = flag.value else { continue }
      var isUnknown = false
      do throws(Mount.Failure) {
        let mount = try Mount.read(text) { (value) throws(Mount.Failure) in
          let expansion = step.environment.expand(value)
          if let failure = expansion.failure { throw Mount.Failure(message: failure) }
          isUnknown = isUnknown || expansion.value == nil
          return expansion.value ?? value
        }
        checkStage(mount, flag, stage: stage)
        if !isUnknown { checkTarget(mount, flag, step) }
      } catch {
        if !isUnknown { report(flag.valueRange, error.message) }
      }
    }
  }

  /// A mount takes files only from stages above.
  private mutating func checkStage(_ mount: Mount, _ flag: InstructionFlag, stage: Int) {
    guard let source = build.lastStageNamed[mount.from.lowercased()], source >= stage else { return }
    report(
      flag.valueRange,
      "cannot mount from stage \"\(mount.from)\" to \"\(mount.target)\", stage needs to be defined before current command"
    )
  }

  private mutating func checkTarget(_ mount: Mount, _ flag: InstructionFlag, _ step: StageEvaluation.Step) {
    guard mount.kind != .secret, mount.kind != .ssh else { return }
    let directory = mount.target.hasPrefix("/") ? "" : step.workingDirectory?.value
    guard let directory else { return }
    if ContainerPath.clean("\(directory)/\(mount.target)") == "/" {
      report(flag.valueRange, "invalid mount target \"/\"")
    }
  }
}

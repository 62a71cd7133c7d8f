import ArgumentParser
import Diagnosis
import Engine
import Fixes
import Inspection
import Knowledge
import Proving
import Reports
import StyledText

struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Runs copies of the project on a container engine, without and with the fix.",
    discussion: """
      It shows what it is about to run and asks. Everything that it makes has names and a label of its own \
      (dev.drydock.prove) and is removed at the end. Ports are published on 127.0.0.1 only; mounts come from a copy.
      Exit codes: 0 the symptom was seen and the fix cures it, 1 that was not proven, 64 wrong usage, 65 nothing to \
      inspect, 69 no engine answers.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @OptionGroup var inputs: Inputs

  @Option(help: "The cause to prove; by default the first one that a fix here can cure.")
  var cause: String?

  @Option(help: "The fix to prove.")
  var fix: String?

  @Option(
    help: ArgumentHelp("A copy of the project that you have mended yourself, instead of a fix.", valueName: "folder"))
  var fixed: String?

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @Flag(name: .customLong("dry-run"), help: "Only show the commands.")
  var dryRun = false

  @Option(help: "How long to watch the containers, in seconds.")
  var seconds = 10.0

  @Option(name: .customLong("time-limit"), help: "How long all may take, in seconds.")
  var timeLimit = 1800.0

  @Option(help: "The memory of each container in MB; 0 for no limit.")
  var memory = 1024

  @Option(help: "text or json.")
  var format = Format.text

  @Option(help: "auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Only ASCII characters in the frame of the text.")
  var ascii = false

  func validate() throws {
    if !(0.5...3600).contains(seconds) { throw ValidationError("--seconds: expected 0.5 to 3600") }
    if !(1...86400).contains(timeLimit) { throw ValidationError("--time-limit: expected 1 to 86400") }
    if !(0...1 << 20).contains(memory) { throw ValidationError("--memory: expected megabytes, or 0") }
    if fixed != nil, fix != nil { throw ValidationError("--fixed stands instead of --fix") }
  }

  private var style: TextStyle { TextStyle(color: color.isOn, ascii: ascii, columns: Host.columns) }

  func run() throws {
    try Command.run {
      let project = try Case(inputs)
      let proof = try choose(project)
      let secrets = Secrets(project.inspection, project.request)
      let interruption = Interruption()
      let isVerbose = format == .text
      let prover = Prover(
        runner: CommandRunner(), limits: limits, temporary: Host.variable("TMPDIR") ?? "/tmp",
        journals: Host.stateFolder.map { $0 + "/prove" },
        engineName: engineName,
        isCancelled: { interruption.isPending },
        show: { if isVerbose { Host.write(line(of: $0, secrets), to: Host.errors) } })
      do {
        try prove(proof, with: prover, secrets, interruption)
      } catch let problem as Prover.Problem {
        interruption.release()
        throw refusal(problem)
      }
    }
  }

  private func prove(
    _ proof: Prover.Case, with prover: Prover, _ secrets: Secrets, _ interruption: Interruption
  ) throws {
    let language = inputs.spokenLanguage
    let commands = try prover.preview(proof).get()
    let engine = dryRun ? "" : try prover.engine()
    if dryRun || !yes {
      Host.write(
        ProofText.plan(
          commands, cause: proof.diagnosis.cause, title: title(proof), fix: proof.fix?.title[language],
          engine: engineName,
          limits: limits, language: language, style: style), to: dryRun ? 1 : 2)
    }
    if dryRun { return }
    guard yes || agrees(interruption) else {
      Host.complain(ProofText.nothingRun[language])
      throw ExitCode(1)
    }
    let leftovers = prover.sweep()
    if leftovers > 0 { Host.write(ProofText.swept(leftovers, language), to: 2) }
    let result = try prover.prove(proof, engine: engine)
    switch format {
    case .text:
      let text = ProofText.text(
        result, title: title(proof), path: inputs.path, language: language, style: style)
      Host.write(secrets.masked(text))
    case .json:
      Host.write(
        secrets.masked(
          ProofJSON.value(result, version: Drydock.version, title: title(proof), language: language).text(pretty: true))
          + "\n")
    }
    interruption.release()
    if result.verdict != .cured { throw ExitCode(1) }
  }

  private func line(of progress: Prover.Progress, _ secrets: Secrets) -> String {
    switch progress {
    case .command(let command): "$ \(Line(secrets.masked(command.line)).text)\n"
    case .note(let note): note[inputs.spokenLanguage] + "\n"
    }
  }

  private var engineName: String { EngineName.of(Host.environment) }

  private var limits: RunLimits {
    var limits = RunLimits()
    limits.watch = seconds
    limits.whole = timeLimit
    limits.build = min(limits.build, timeLimit)
    limits.memory = memory == 0 ? nil : memory << 20
    return limits
  }

  private func title(_ proof: Prover.Case) -> String {
    proof.diagnosis.text(proof.diagnosis.cause.title, inputs.spokenLanguage)
  }

  private func refusal(_ problem: Prover.Problem) -> Refusal {
    switch problem {
    case .noEngine(let reason): .unavailable(EngineProblem.noEngine(reason).text[inputs.spokenLanguage])
    case .obstacle(let reason): .input(reason[inputs.spokenLanguage])
    case .files(let reason): .input(reason)
    }
  }

  // MARK: What to prove

  private func choose(_ project: Case) throws -> Prover.Case {
    guard let tree = project.request.tree as? DiskTree else {
      throw Refusal.usage("prove needs a project on disk, not standard input")
    }
    if let cause { _ = try project.knowledge.known(cause: cause) }
    let all = cause == nil ? project.findings.shown : project.findings.diagnoses
    let candidates = all.filter { cause == nil || $0.cause.id == cause }
    guard let first = candidates.first else {
      throw Refusal.input(ProofText.nothingToProve(cause)[inputs.spokenLanguage])
    }
    func proof(_ diagnosis: Diagnosis, _ fix: Fix?, _ changes: [Fix.Change], mended: DiskTree? = nil) -> Prover.Case {
      Prover.Case(
        knowledge: project.knowledge, request: project.request, diagnosis: diagnosis, symptom: inputs.symptom,
        tree: tree, fix: fix, changes: changes, mended: mended)
    }
    if let fixed {
      do throws(FileProblem) {
        return proof(first, nil, [], mended: try DiskTree(folder: fixed))
      } catch {
        throw Refusal.input("\(fixed): \(error.message)")
      }
    }
    for diagnosis in candidates {
      let batch = FixBatch(
        .named(cause: diagnosis.cause.id, fix: fix), knowledge: project.knowledge, request: project.request,
        symptom: project.findings.symptom)
      if let made = batch.made.first { return proof(diagnosis, made.fix, batch.changes) }
    }
    throw Refusal.input(ProofText.noEdit(first.cause.id)[inputs.spokenLanguage])
  }

  /// Asks on the terminal; without one, nobody can agree.
  private func agrees(_ interruption: Interruption) -> Bool {
    guard Host.isTerminal else {
      Host.complain(ProofText.noTerminal[inputs.spokenLanguage])
      return false
    }
    Host.write(ProofText.question(inputs.spokenLanguage), to: 2)
    // While a person thinks, Ctrl-C ends it as ever.
    interruption.release()
    let answer = readLine()?.lowercased() ?? ""
    interruption.hold()
    return answer.hasPrefix("y") || answer == "是"
  }
}

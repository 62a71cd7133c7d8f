import Diagnosis
import Engine
import Fixes
import Inspection
import Knowledge

/// Runs a project as it is and as it is mended, and says whether the fix cures it.
public struct Prover {
  /// What is to be proven.
  public struct Case {
    public let knowledge: KnowledgeBase
    public let request: InspectionRequest
    public let diagnosis: Diagnosis
    /// The symptom that somebody named; nil for whichever of the cause's is seen.
    public let symptom: String?
    /// The folder of the project, absolute, and how it is seen from its root.
    public let tree: DiskTree
    public let fix: Fix?
    public let changes: [Fix.Change]
    /// A folder that a person has mended; nil where the changes do.
    public let mended: DiskTree?

    public init(
      knowledge: KnowledgeBase, request: InspectionRequest, diagnosis: Diagnosis, symptom: String?, tree: DiskTree,
      fix: Fix?, changes: [Fix.Change], mended: DiskTree? = nil
    ) {
      self.knowledge = knowledge
      self.request = request
      self.diagnosis = diagnosis
      self.symptom = symptom
      self.tree = tree
      self.fix = fix
      self.changes = changes
      self.mended = mended
    }

    /// The symptoms to look for.
    var symptoms: [String] { symptom.map { [$0] } ?? diagnosis.cause.symptoms.map(\.id) }
  }

  public enum Problem: Error, Sendable {
    /// No engine answers, in its words.
    case noEngine(String)
    /// It cannot be run.
    case obstacle(LocalizedText)
    /// A file or folder could not be copied or written.
    case files(String)
  }

  /// What is being done, for people who wait.
  public enum Progress: Sendable {
    /// A call that changes something.
    case command(EngineCommand)
    case note(LocalizedText)
  }

  let runner: any CommandRunning
  public let limits: RunLimits
  /// Where copies are made, such as `/tmp`.
  let temporary: String
  /// Where journals are kept; nil for nowhere.
  let journals: String?
  /// The engine as the environment names it, so that leftovers are looked for where they were made.
  let engineName: String
  let isCancelled: () -> Bool
  let show: (Progress) -> Void

  public init(
    runner: any CommandRunning, limits: RunLimits, temporary: String, journals: String?, engineName: String,
    isCancelled: @escaping () -> Bool, show: @escaping (Progress) -> Void
  ) {
    self.runner = runner
    self.limits = limits
    self.temporary = temporary
    self.journals = journals
    self.engineName = engineName
    self.isCancelled = isCancelled
    self.show = show
  }

  /// The commands of the first run, as they would be made. Nothing is.
  public func preview(_ proof: Case) -> Result<[EngineCommand], Problem> {
    let plan = plan(
      proof, proof.request, RunIdentity(id: "00000000"), "before", folder: "COPY", scratch: "SCRATCH")
    if let obstacle = plan.obstacle { return .failure(.obstacle(obstacle.text)) }
    return .success(plan.commands)
  }

  /// The engine's version.
  public func engine() throws(Problem) -> String {
    let answer = client(deadline: Clock.seconds + 20).ask(EngineCommand("version", "--format", "{{.Server.Version}}"))
    switch answer.ending {
    case .exited(0): return answer.tail(1).first ?? ""
    case .notStarted(let reason): throw .noEngine("docker: \(reason)")
    case .timedOut: throw .noEngine("no answer in 20 s")
    default: throw .noEngine(answer.tail(2).joined(separator: " "))
    }
  }

  /// Removes what runs have left that died before they could.
  ///
  /// - Returns: of how many nothing is left.
  public func sweep() -> Int {
    guard let journals else { return 0 }
    let dead = RunJournal.dead(in: journals).filter { $0.engine == engineName }
    let cleaner = Cleaner(client: client(deadline: Clock.seconds + 120, cancellable: false))
    return dead.count { cleaner.clean($0).isEmpty }
  }

  /// Runs it twice. Whatever happens, what was made is removed.
  public func prove(_ proof: Case, engine: String) throws(Problem) -> Proof {
    let start = Clock.seconds
    let journal = RunJournal(RunIdentity.new(), in: journals)
    journal.add(.engine(engineName))
    let cleaner = Cleaner(client: client(deadline: start + limits.whole + 300, cancellable: false))
    let folder: WorkingFolder
    do throws(WorkingFolder.Problem) { folder = try WorkingFolder(in: temporary) } catch {
      journal.remove()
      throw .files(error.message)
    }
    journal.add(.folder(folder.path))
    let deadline = start + limits.whole
    do throws(Problem) {
      var runs = [try run(proof, isMended: false, journal, folder, deadline: deadline)]
      let symptom = proof.symptoms.first { runs[0].judge($0).isSeen } ?? proof.symptoms[0]
      if runs[0].judge(symptom).isSeen {
        runs.append(try run(proof, isMended: true, journal, folder, deadline: deadline))
      }
      show(.note(Saying.cleaning))
      let leftovers = cleaner.clean(journal)
      return Self.proof(
        proof, symptom, runs, engine: engine, leftovers: leftovers, seconds: Clock.seconds - start)
    } catch {
      _ = cleaner.clean(journal)
      throw error
    }
  }

  private static func proof(
    _ proof: Case, _ symptom: String, _ results: [Outcome], engine: String, leftovers: [String], seconds: Double
  ) -> Proof {
    let runs = results.map { Proof.Run(record: $0.record, sighting: $0.judge(symptom), witness: $0.witness(symptom)) }
    let verdict: Proof.Verdict
    var other: Symptom?
    if runs.contains(where: { $0.record.interruption == .cancelled }) {
      verdict = .interrupted
    } else if runs.count == 1 {
      verdict = runs[0].sighting.isAbsent ? .notSeen : .unclear
      other = ["build-fails", "exits-immediately"].first { $0 != symptom && results[0].judge($0).isSeen }.flatMap(
        proof.knowledge.symptom)
    } else {
      verdict =
        switch runs[1].sighting {
        case .absent: .cured
        case .seen: .notCured
        // A fix that only makes something else fail cures nothing.
        case .unknown: runs[1].record.interruption == nil ? .notCured : .unclear
        }
    }
    return Proof(
      verdict: verdict, cause: proof.diagnosis.cause, subject: proof.diagnosis.subject, symptom: symptom,
      fix: proof.fix,
      changes: proof.changes, engine: engine, before: runs[0], after: runs.count > 1 ? runs[1] : nil,
      other: other, leftOut: results[0].leftOut, leftovers: leftovers, seconds: seconds)
  }

  // MARK: One run

  private struct Outcome {
    let record: RunRecord
    /// By symptom.
    let witnesses: [String: Proof.Witness]
    let subject: String?
    let leftOut: [String]

    func witness(_ symptom: String) -> Proof.Witness { witnesses[symptom] ?? .silent }

    func judge(_ symptom: String) -> Sighting {
      Judge(record, subject: subject, isNamed: witness(symptom) == .same).sighting(of: symptom)
    }
  }

  private func run(
    _ proof: Case, isMended: Bool, _ journal: RunJournal, _ folder: WorkingFolder, deadline: Double
  ) throws(Problem) -> Outcome {
    let attempt = isMended ? "after" : "before"
    show(.note(isMended ? Saying.withTheFix(proof.fix) : Saying.asItIs))
    let copy = try copy(proof, isMended: isMended, to: folder.path + "/" + attempt, folder)
    var request = proof.request
    request.tree = copy
    let plan = plan(proof, request, journal.identity, attempt, folder: copy.folder, scratch: folder.path + "/files")
    if let obstacle = plan.obstacle { throw .obstacle(obstacle.text) }
    do throws(WorkingFolder.Problem) {
      for file in plan.files { try folder.write(file.text, to: file.path) }
    } catch {
      throw .files(error.message)
    }
    for path in plan.folders where copy.root == copy.folder || Path.relative(path, to: copy.root) != nil {
      folder.make(folder: path)
    }
    let symptoms = Set(proof.symptoms)
    var run = ProjectRun(
      plan, client: client(deadline: deadline), journal: journal, limits: limits, subject: subject(proof, plan),
      stops: symptoms.contains("signal-handling"),
      onlyPorts: symptoms.isSubset(of: ["port-unreachable"])
        || symptoms.isSubset(of: ["signal-handling"]))
    let record = run.run()
    return Outcome(
      record: record, witnesses: witnesses(record, of: proof.diagnosis, proof, request), subject: subject(proof, plan),
      leftOut: plan.containers.flatMap { container in
        container.service.leftOut.map { "\(container.service.name): \($0)" }
      })
  }

  /// The service that the cause is about, where the plan has it.
  private func subject(_ proof: Case, _ plan: RunPlan) -> String? {
    [proof.diagnosis.service, proof.diagnosis.subject].lazy.compactMap { $0 }.first { plan.container(of: $0) != nil }
  }

  /// The service that the cause is about and what it depends on, as it is or as it is mended: both runs start the same.
  private func services(_ proof: Case) -> Set<String> {
    let mended: any FileTree =
      proof.mended
      ?? OverlayTree(
        proof.tree, changes: Dictionary(proof.changes.map { ($0.path, $0.new) }, uniquingKeysWith: { _, last in last }))
    var names: Set<String> = []
    for tree in [proof.tree as any FileTree, mended] {
      var request = proof.request
      request.tree = tree
      let project = Inspector(knowledge: proof.knowledge).runnable(request)
      let known = project.services.map(\.name)
      let meant = [request.service, proof.diagnosis.service, proof.diagnosis.subject].lazy.compactMap { $0 }
      if let name = meant.first(where: known.contains) { names.formUnion(project.only([name]).services.map(\.name)) }
    }
    return names
  }

  private func plan(
    _ proof: Case, _ request: InspectionRequest, _ identity: RunIdentity, _ attempt: String, folder: String,
    scratch: String
  ) -> RunPlan {
    var project = Inspector(knowledge: proof.knowledge).runnable(request)
    let wanted = services(proof)
    if project.services.contains(where: { wanted.contains($0.name) }) { project = project.only(wanted) }
    return RunPlan(project, identity, attempt: attempt, folder: folder, scratch: scratch, limits: limits)
  }

  /// A copy of the project's root, or of what a person has mended, with the changes written into it.
  private func copy(_ proof: Case, isMended: Bool, to target: String, _ folder: WorkingFolder) throws(Problem)
    -> DiskTree
  {
    let tree = isMended ? proof.mended ?? proof.tree : proof.tree
    // Only where something above the folder may be needed is all of the project copied.
    let isWhole = tree.root != tree.folder && needsRoot(proof)
    do throws(WorkingFolder.Problem) {
      try folder.copy(isWhole ? tree.root : tree.folder, to: target, limit: limits.copy)
    } catch {
      throw .files(error.message)
    }
    let copy: DiskTree
    do throws(FileProblem) {
      copy = try DiskTree(folder: isWhole ? Path.join(target, tree.folderInRoot) : target)
    } catch {
      throw .files(error.message)
    }
    guard isMended, proof.mended == nil else { return copy }
    do throws(WriteProblem) {
      try FixWriter(tree: copy, store: nil).apply(proof.changes, title: LocalizedText(en: "", zh: ""))
    } catch {
      throw .files(error.message)
    }
    return copy
  }

  /// Whether something that runs, or a change, lies above the inspected folder.
  private func needsRoot(_ proof: Case) -> Bool {
    let services = Inspector(knowledge: proof.knowledge).runnable(proof.request).services
    var paths = proof.changes.map(\.path) + proof.request.composeFiles
    for service in services {
      if let build = service.build { paths += [build.context, build.dockerfile ?? "."] }
      for mount in service.mounts { if case .project(let path) = mount.source { paths.append(path) } }
    }
    return paths.contains { Path.clean($0).hasPrefix("..") }
  }

  private func client(deadline: Double, cancellable: Bool = true) -> EngineClient {
    let isCancelled = isCancelled
    return EngineClient(
      runner: runner, deadline: deadline, isCancelled: { cancellable && isCancelled() },
      show: cancellable ? show : { _ in })
  }

  /// Diagnoses the project again, with the output of the run as its log.
  private func witnesses(
    _ record: RunRecord, of diagnosis: Diagnosis, _ proof: Case, _ request: InspectionRequest
  ) -> [String: Proof.Witness] {
    var request = request
    var log = LogReader(proof.knowledge.observations)
    log.read(record.transcript)
    request.log = log
    request.exitCode = nil
    let diagnoser = Diagnoser(
      knowledge: proof.knowledge, inspection: Inspector(knowledge: proof.knowledge).inspect(request))
    return Dictionary(
      uniqueKeysWithValues: proof.symptoms.map { symptom in
        let findings = diagnoser.findings(symptom: symptom)
        func isMeant(_ other: Diagnosis) -> Bool { other.cause.id == diagnosis.cause.id }
        let fit = findings.diagnoses.first(where: isMeant)?.rank.fit
        switch fit {
        case .kind?, .thing?: return (symptom, findings.shown.contains(where: isMeant) ? .same : .among)
        case .silent?: return (symptom, .silent)
        case .other?, nil: return (symptom, .other)
        }
      })
  }
}

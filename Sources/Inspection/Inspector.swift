import Knowledge
import SourceText

/// Reads everything that lies in a project, and turns it into facts.
///
/// It keeps what it has worked out of the knowledge base, so one inspector for many projects is faster than many.
public struct Inspector: Sendable {
  public let knowledge: KnowledgeBase
  let images: ImageCatalog
  let programs: ProgramCatalog

  public init(knowledge: KnowledgeBase) {
    self.knowledge = knowledge
    images = ImageCatalog(knowledge.images)
    programs = ProgramCatalog(knowledge.programs)
  }

  /// Inspects a project. It never fails: what cannot be read is a problem, and unknown.
  ///
  /// - Parameter readings: of an inspection of the same project before some of its files changed.
  public func inspect(_ request: InspectionRequest, with readings: InspectionReadings? = nil) -> InspectionResult {
    var facts = FactStore(relations: knowledge.relations)
    let workspace = Workspace(request: request, images: images, programs: programs, known: readings)
    let go = GoSources(workspace: workspace)
    var reader = request.log ?? LogReader([])
    reader.end()
    var commands = CommandDiscovery(workspace: workspace, transcript: reader.commands).commands()
    let compose = ComposeReading(workspace, commands)
    let witness = WitnessFacts(request.testimony ?? Testimony(), compose)
    for problem in witness.testimony.problems { workspace.report(.warning, file: nil, nil, problem) }
    commands += witness.commands
    for file in compose?.files ?? [] { workspace.add(file) }
    let writers = LogWriters(compose)
    var log = reader.finish(into: &facts, exitCode: request.exitCode) {
      writers.service($0) ?? witness.service(ofContainer: $0)
    }
    if log.symptom == nil { log.symptom = witness.testimony.symptom }
    let services = SystemInspection(workspace: workspace, compose: compose, commands: commands, go: go).add(to: &facts)
    witness.add(services, to: &facts)
    addAnswers(request, to: &facts)
    declare(request, &facts, isCutOff: workspace.listing.isCutOff)
    return InspectionResult(
      inspector: self,
      facts: facts, log: log, answers: request.answers, files: workspace.files, services: services.map(\.name),
      environment: compose?.project.variableNames.filter { request.environment[$0] != nil }.sorted() ?? [],
      problems: workspace.problems, readings: workspace.readings(compose?.readings, go.readings),
      isEmpty: services.isEmpty && compose == nil && request.log == nil && request.commands.isEmpty
        && request.answers.isEmpty && witness.testimony.containers.isEmpty
        && !workspace.listing.items.contains { InspectableFiles.matches($0.path) })
  }

  private func addAnswers(_ request: InspectionRequest, to facts: inout FactStore) {
    for (question, answer) in request.answers.sorted(by: { $0.key < $1.key }) where answer != "unknown" {
      facts.add(
        "answered", ["question": Cell(question), "answer": Cell(answer)], at: Place(.answer(question: question)))
    }
  }

  /// What was not observed was not observed; what lies in the folder is all there is, unless it was only pasted.
  private func declare(_ request: InspectionRequest, _ facts: inout FactStore, isCutOff: Bool) {
    for relation in ["observed", "answered"] { facts.declare(relation, .complete) }
    // What the files show of connections is taken for all there are: whoever asks for one means one that is shown.
    facts.declare("reaches", .presumed)
    // What programs need and lead through is found, not listed: absence says little, but it says something.
    for relation in ["reads", "needs", "links", "limits", "platform", "misses", "word", "entry", "absent", "launch"] {
      facts.declare(relation, .presumed)
    }
    let files: Grade = request.isPartial ? .open : isCutOff ? .presumed : .complete
    for relation in [
      "manifest", "lock", "source", "script", "imports", "problem", "build", "service", "names", "publishes",
    ] {
      facts.declare(relation, files)
    }
  }
}

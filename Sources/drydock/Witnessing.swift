import Engine
import Inspection
import Knowledge

/// Takes what a container engine says into a request, with every command on standard error before it runs.
struct Witnessing {
  let witness: Witness
  let knowledge: KnowledgeBase
  let language: Language

  init(knowledge: KnowledgeBase, language: Language) {
    self.knowledge = knowledge
    self.language = language
    witness = Witness(Docker { Host.write("$ \($0)\n", to: Host.errors) })
  }

  /// - Parameters:
  ///   - containers: names or ids that the person gave.
  ///   - live: whether the project's own containers are looked for.
  func add(to request: inout InspectionRequest, containers: [String], live: Bool) -> Witness.Hearing {
    let hearing = hear(request, containers: containers, live: live)
    request.take(hearing, knowledge)
    // After the commands they came from, and before the report.
    for note in hearing.notes { Host.write("  \(note[language])\n", to: Host.errors) }
    return hearing
  }

  private func hear(_ request: InspectionRequest, containers: [String], live: Bool) -> Witness.Hearing {
    var names = containers
    var problem: String?
    if live {
      do throws(EngineProblem) {
        let found = try witness.containers(of: Self.wanted(request, knowledge))
        if found.isEmpty { problem = "the container engine has no container of this project" }
        names += found.filter { !names.contains($0) }
      } catch {
        problem = error.message
        if error.isFinal { names = [] }
      }
    }
    var hearing = witness.hear(names)
    if let problem { hearing.testimony.problems.append(problem) }
    return hearing
  }

  /// The containers that belong to a project.
  static func wanted(_ request: InspectionRequest, _ knowledge: KnowledgeBase) -> Witness.Wanted {
    let inspection = Inspector(knowledge: knowledge).inspect(request)
    let images = inspection.facts.rows("service").compactMap { inspection.facts.cell($0, "image").value }
    return Witness.Wanted(
      folder: (request.tree as? DiskTree)?.folder ?? "", images: Set(images.filter { !$0.isEmpty }),
      services: Set(inspection.services))
  }
}

extension InspectionRequest {
  /// What was heard now takes the place of what was heard before; the lines of the containers follow the log that was given.
  mutating func take(_ hearing: Witness.Hearing, _ knowledge: KnowledgeBase) {
    testimony = hearing.testimony
    guard !hearing.log.isEmpty else { return }
    var reader = log ?? LogReader(knowledge.observations)
    reader.read(hearing.log)
    log = reader
  }
}

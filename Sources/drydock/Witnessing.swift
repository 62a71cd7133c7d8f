import Engine
import Inspection
import Knowledge
import Session

/// Takes what a container engine says into a request.
struct Witnessing {
  let knowledge: KnowledgeBase
  let witness: Witness

  /// - Parameter announce: shows each command before it runs.
  init(_ knowledge: KnowledgeBase, announce: @escaping @Sendable (String) -> Void) {
    self.knowledge = knowledge
    witness = Witness(Docker(announce: announce))
  }

  /// - Parameters:
  ///   - containers: names or ids that the person gave.
  ///   - project: what the files say, where the project's own containers are looked for too.
  func ask(_ request: inout InspectionRequest, containers: [String] = [], of project: InspectionResult?)
    -> Witness.Hearing
  {
    let hearing = project.map { witness.hear(containers, of: .init(request, $0)) } ?? witness.hear(containers)
    request.testimony = hearing.testimony
    guard !hearing.log.isEmpty else { return hearing }
    // The lines of the containers follow the log that was given.
    var reader = request.log ?? LogReader(knowledge.observations)
    reader.read(hearing.log)
    request.log = reader
    return hearing
  }
}

extension Witness.Wanted {
  /// The containers that belong to a project.
  fileprivate init(_ request: InspectionRequest, _ inspection: InspectionResult) {
    let images = inspection.facts.rows("service").compactMap { inspection.facts.cell($0, "image").value }
    self.init(
      folder: (request.tree as? DiskTree)?.folder ?? "", images: Set(images.filter { !$0.isEmpty }),
      services: Set(inspection.services))
  }
}

import Engine
import Inspection
import Knowledge
import Session

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Probe {
  /// Asks the `docker` command about the containers of the project.
  static func engine(_ knowledge: KnowledgeBase) -> Probe {
    let witness = Witness(Docker())
    return Probe(obstacle: hasClient ? nil : noClient) { request in
      do throws(EngineProblem) {
        let names = try witness.containers(of: Witnessing.wanted(request, knowledge))
        let hearing = witness.hear(names)
        request.take(hearing, knowledge)
        return Answer(isUp: true, lines: hearing.notes)
      } catch {
        return Answer(isUp: false, lines: [LocalizedText(en: error.message, zh: error.message)])
      }
    }
  }

  private static let noClient = LocalizedText(
    en: "there is no docker command here to ask with", zh: "这里没有 docker 命令，无法询问")

  private static var hasClient: Bool {
    (Host.variable("PATH") ?? "").split(separator: ":").contains { access("\($0)/docker", X_OK) == 0 }
  }
}

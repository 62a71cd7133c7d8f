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
  static func engine(_ knowledge: KnowledgeBase, announce: @escaping @Sendable (String) -> Void) -> Probe {
    let running = RunningCommand()
    let witnessing = Witnessing(knowledge) {
      running.show($0)
      announce($0)
    }
    return Probe(obstacle: hasClient ? nil : noClient, commands: Witness.commands, running: running) {
      request, inspection in
      let hearing = witnessing.ask(&request, of: inspection)
      let problems = hearing.problems.filter { $0 != Witness.noContainer }
      return Answer(isUp: hearing.silence == nil, lines: hearing.notes + problems)
    }
  }

  private static let noClient = LocalizedText(
    en: "there is no docker command here to ask with", zh: "这里没有 docker 命令，无法询问")

  private static var hasClient: Bool {
    (Host.variable("PATH") ?? "").split(separator: ":").contains { access("\($0)/docker", X_OK) == 0 }
  }
}

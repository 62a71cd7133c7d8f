import Inspection

/// What is known of the sockets of a container.
enum SocketKnowledge: Sendable {
  case known([ListeningSocket], source: String)
  case unknown(SocketReason)
}

/// Why the sockets of a container are not known.
enum SocketReason: Hashable, Sendable {
  case notRunning
  /// Its network is that of the host or of another container: whose socket is whose cannot be told.
  case sharedNetwork(String)
  /// It has no `cat`, and it is not on this machine, or not for this user to look at.
  case noTool
}

/// Looks at a container from outside where its processes are those of this machine, and asks the engine else.
struct Socketry {
  let docker: Docker
  /// Where the kernel shows processes; tests have their own.
  var processes = "/proc"

  func sockets(
    of state: ContainerState, name: String, _ isCancelled: () -> Bool
  ) throws(EngineProblem) -> SocketKnowledge {
    guard state.isRunning else { return .unknown(.notRunning) }
    if state.networkMode == "host" || state.networkMode.hasPrefix("container:") {
      return .unknown(.sharedNetwork(state.networkMode))
    }
    let folder = "\(processes)/\(state.process)"
    if state.process > 1, isOfContainer(folder, state.id), let table = read("\(folder)/net/tcp"),
      let sockets = ListeningSocket.all(in: table + (read("\(folder)/net/tcp6") ?? ""))
    {
      return .known(sockets, source: "\(folder)/net/tcp")
    }
    // The engine is elsewhere, or the process is not for this user to look at.
    let arguments = ["exec", name, "cat", "/proc/net/tcp", "/proc/net/tcp6"]
    guard let answer = try docker.answer(arguments, isCancelled), let sockets = ListeningSocket.all(in: answer.text)
    else { return .unknown(.noTool) }
    return .known(sockets, source: docker.shown(arguments))
  }

  /// Whether the process belongs to the container: where the engine is another machine, the same number is another process here.
  private func isOfContainer(_ folder: String, _ id: String) -> Bool {
    guard id.utf8.count >= 12 else { return false }
    return ["cgroup", "mountinfo"].contains { read("\(folder)/\($0)")?.contains(id) ?? false }
  }

  private func read(_ path: String) -> String? {
    (try? DiskTree.read(file: path, limit: 4 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// The `docker run` line that would make a container like one that is there.
///
/// Values of variables are left out: `--env NAME` takes them from the host, and so nobody reads them.
struct RunLine {
  let state: ContainerState
  let image: ImageState?

  var text: String { Invocation("docker", words, timeout: 0).line }

  private var words: [String] {
    var words = ["run", "--detach", "--name", state.name]
    if !["", "no"].contains(state.restartPolicy) { words += ["--restart", state.restartPolicy] }
    if !["", "default", "bridge"].contains(state.networkMode) { words += ["--network", state.networkMode] }
    if state.hasInit { words.append("--init") }
    if state.hasTerminal { words.append("--tty") }
    if state.isInputOpen { words.append("--interactive") }
    if state.memory > 0 { words += ["--memory", String(state.memory)] }
    words += state.ports.flatMap { ["--publish", Self.text($0)] }
    words += state.mounts.filter { !$0.isAnonymous }.flatMap { mount in
      mount.kind == "tmpfs"
        ? ["--tmpfs", mount.target]
        : ["--volume", "\(mount.source):\(mount.target)" + (mount.isWritable ? "" : ":ro")]
    }
    words += state.variables.filter { image?.variables[$0.name] != $0.value }.flatMap { ["--env", $0.name] }
    if state.user != image?.user ?? "" { words += ["--user", state.user] }
    if state.workingFolder != image?.workingFolder ?? "" { words += ["--workdir", state.workingFolder] }
    return words + start
  }

  /// The image, with an entry point and a command of the container's own.
  private var start: [String] {
    guard let image else { return [state.image] }
    if state.entrypoint == image.entrypoint {
      return [state.image] + (state.command == image.command ? [] : state.command)
    }
    return ["--entrypoint", state.entrypoint.first ?? "", state.image] + state.entrypoint.dropFirst() + state.command
  }

  private static func text(_ port: ContainerState.Port) -> String {
    let host = port.host.map(String.init) ?? ""
    let address = port.hostAddress.contains(":") ? "[\(port.hostAddress)]" : port.hostAddress
    let front = address.isEmpty ? (host.isEmpty ? "" : host + ":") : "\(address):\(host):"
    return front + "\(port.container)" + (port.networkProtocol == "tcp" ? "" : "/" + port.networkProtocol)
  }
}

extension ContainerState.Mount {
  /// A volume that an image asks for, and nobody named.
  var isAnonymous: Bool {
    kind == "volume" && source.utf8.count == 64
      && source.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
      }
  }
}

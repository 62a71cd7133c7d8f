import Foundation
import Synchronization

@testable import Engine

/// A `docker` program that misbehaves as a test wants: a shell script in a folder of its own.
final class FakeDocker: Sendable {
  let folder: String
  private let lines = Lines()

  /// The commands that were announced, in order.
  final class Lines: Sendable {
    private let all = Mutex<[String]>([])
    func add(_ line: String) { all.withLock { $0.append(line) } }
    var list: [String] { all.withLock { $0 } }
  }

  /// - Parameter script: what `docker "$@"` does; the folder of `files` is `$here`.
  init(_ script: String, files: [String: String] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, text) in files { try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8) }
    let head = "here='\(folder)'\necho \"$@\" >>\"$here/calls\"\n"
    try (head + script + "\n").write(toFile: folder + "/script", atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(atPath: program, withDestinationPath: Self.runner)
  }

  /// Runs the script beside the link that it is called by. One for all: a program that was just written may still be open in a
  /// child that another test has started, and cannot be executed then (ETXTBSY).
  private static let runner: String = {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)").path
    try? "#!/bin/sh\nexec /bin/sh \"${0%/*}/script\" \"$@\"\n".write(toFile: path, atomically: true, encoding: .utf8)
    try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    for _ in 0..<100 {
      guard case .notStarted = CommandRunner().run(Invocation(path, [], timeout: 5)).ending else { break }
      usleep(20_000)
    }
    return path
  }()

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  var program: String { folder + "/docker" }

  /// What it was really called with.
  var calls: [String] {
    ((try? String(contentsOfFile: folder + "/calls", encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  var announced: [String] { lines.list }

  func docker(timeout: Double = 20) -> Docker {
    Docker(program: program, timeout: timeout) { [self] in lines.add($0) }
  }

  func witness(timeout: Double = 20) -> Witness { Witness(docker(timeout: timeout)) }
}

/// What `docker inspect` says of a container, with the parts that a test is about.
struct Inspected {
  var name = "web-1"
  var status = "running"
  var exitCode = 0
  var isOutOfMemory = false
  var error = ""
  var process = 0
  var restarts = 0
  var health = ""
  var ports = "{}"
  var mode = "bridge"
  var memory = 0
  var environment = ["PATH=/usr/bin:/bin"]
  var labels = "{}"
  var user = ""
  var mounts = "[]"
  var path = "/app"
  var command = "null"
  var startedAt = "2026-01-02T03:04:05.6Z"

  var json: String {
    let variables = environment.map { "\"\($0)\"" }.joined(separator: ",")
    return """
      [{"Id": "0123456789abcdef0123456789abcdef", "Name": "/\(name)", "Image": "sha256:abc", "Path": "\(path)", "Args": [],
        "RestartCount": \(restarts),
        "State": {"Status": "\(status)", "ExitCode": \(exitCode), "OOMKilled": \(isOutOfMemory), "Error": "\(error)",
          "Pid": \(process), "StartedAt": "\(startedAt)", "FinishedAt": "2026-01-02T03:05:05Z"
          \(health.isEmpty ? "" : ", \"Health\": {\"Status\": \"\(health)\", \"Log\": [{\"ExitCode\": 1, \"Output\": \"OCI runtime exec failed: exec failed: exec: \\\"curl\\\": executable file not found in $PATH\"}]}")},
        "Config": {"Image": "shop/web:1", "User": "\(user)", "Env": [\(variables)], "Cmd": \(command), "Entrypoint": null,
          "Labels": \(labels), "WorkingDir": ""},
        "HostConfig": {"NetworkMode": "\(mode)", "PortBindings": \(ports), "Memory": \(memory),
          "RestartPolicy": {"Name": "no"}},
        "NetworkSettings": {"Ports": {}, "Networks": {"bridge": {}}}, "Mounts": \(mounts)}]
      """
  }

  /// A docker that answers for this container.
  func docker(
    sockets: String = "", logs: String = "", events: String = "", top: String = ""
  ) throws -> FakeDocker {
    try FakeDocker(
      """
      case "$1" in
        inspect) cat "$here/inspect" ;;
        image) echo '[{"Config": {"Env": ["PATH=/usr/bin:/bin"], "Cmd": null, "Entrypoint": null}}]' ;;
        logs) cat "$here/logs" ;;
        events) cat "$here/events" ;;
        top) cat "$here/top" ;;
        exec) cat "$here/sockets" ;;
        *) echo "Error: No such thing" >&2; exit 1 ;;
      esac
      """, files: ["inspect": json, "sockets": sockets, "logs": logs, "events": events, "top": top])
  }
}

/// Rows of `/proc/net/tcp` for sockets that listen.
func table(_ addresses: String...) -> String {
  let head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
  return head
    + addresses.enumerated().map { "   \($0): \($1) 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1\n" }
    .joined()
}

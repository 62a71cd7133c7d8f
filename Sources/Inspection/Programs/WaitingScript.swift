import DockerfileSyntax
import SourceText

/// An entry script that waits for another host before it goes on.
struct WaitingScript {
  struct Wait {
    let host: String
    let port: String?
    let place: Place
  }

  private(set) var waits: [Wait] = []

  init(_ file: SourceFile, variables: [ServiceModel.Setting]) {
    let script = Shell.Script(file.bytes)
    let commands = ShellCommands(script) { name in variables.last { $0.name == name }?.value.value }
    for command in commands.commands {
      guard let program = command.program else { continue }
      let place = Place(file: file.path, command.range)
      let arguments = command.arguments.compactMap(\.text)
      let plain = arguments.filter { !$0.hasPrefix("-") }
      switch program {
      case "nc", "ncat", "netcat":
        if plain.count >= 2, Int(plain[1]) != nil { waits.append(Wait(host: plain[0], port: plain[1], place: place)) }
      case "pg_isready", "mysqladmin", "redis-cli", "psql", "mysql":
        guard let host = Self.value(of: ["-h", "--host"], arguments) else { continue }
        let port = Self.value(of: ["-p", "-P", "--port"], arguments) ?? Self.ports[program]
        waits.append(Wait(host: host, port: port, place: place))
      case "wait-for-it.sh", "wait-for-it", "wait-for", "wait-for.sh", "wait", "dockerize", "wait4x":
        for word in arguments {
          let bytes = Array(word.utf8)
          guard let address = NetworkAddress.all(in: bytes, 0..<bytes.count, limit: 1).first else { continue }
          waits.append(Wait(host: address.host, port: address.effectivePort.map(String.init), place: place))
        }
      default: continue
      }
    }
  }

  private static func value(of flags: [String], _ arguments: [String]) -> String? {
    for (index, word) in arguments.enumerated() {
      if flags.contains(word), index + 1 < arguments.count { return arguments[index + 1] }
      for flag in flags where word.hasPrefix(flag + "=") { return String(word.dropFirst(flag.count + 1)) }
      for flag in flags where flag.count == 2 && word.hasPrefix(flag) && word.count > 2 {
        return String(word.dropFirst(2))
      }
    }
    return nil
  }

  private static let ports = [
    "pg_isready": "5432", "psql": "5432", "mysqladmin": "3306", "mysql": "3306", "redis-cli": "6379",
  ]
}

import Inspection
import ProgramSource
import SourceText

/// Which engine the docker command line asks, by the name that people give it.
public enum EngineName {
  /// DOCKER_HOST, else DOCKER_CONTEXT, else the current context of the command line's settings.
  ///
  /// https://docs.docker.com/engine/manage-resources/contexts/
  public static func of(_ environment: [String: String]) -> String {
    for name in ["DOCKER_HOST", "DOCKER_CONTEXT"] {
      if let value = environment[name], !value.isEmpty { return value }
    }
    let folder = environment["DOCKER_CONFIG"] ?? environment["HOME"].map { $0 + "/.docker" }
    guard let folder, let bytes = try? DiskTree.read(file: folder + "/config.json", limit: 1 << 20) else {
      return "default"
    }
    let settings = JSONDocument(SourceFile(path: "config.json", bytes: bytes)).root
    return settings["currentContext"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? "default"
  }
}

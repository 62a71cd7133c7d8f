import ProgramSource
import SourceText

/// Something that happened to a container: `docker events`.
///
/// https://docs.docker.com/reference/cli/docker/system/events/
struct EngineEvent: Hashable, Sendable {
  /// start, kill, stop, die, oom, ... podman says died.
  let action: String
  /// The number or the name of a signal, as the engine writes it.
  let signal: String
  /// Since 1970, in seconds.
  let seconds: Double

  var isOutOfMemory: Bool { action == "oom" }

  /// One event a line; lines that are none are passed over.
  static func all(in text: String) -> [EngineEvent] {
    text.split(separator: "\n").compactMap { line in
      let json = JSONDocument(SourceFile(path: "events", text: String(line))).root
      guard let action = json["Action"]?.string ?? json["status"]?.string else { return nil }
      let attributes = json["Actor"]?["Attributes"]
      let nanoseconds = json["timeNano"]?.integer.map { Double($0) / 1e9 }
      return EngineEvent(
        action: action == "died" ? "die" : action, signal: attributes?["signal"]?.string ?? "",
        seconds: nanoseconds ?? json["time"]?.integer.map(Double.init) ?? 0)
    }
  }
}

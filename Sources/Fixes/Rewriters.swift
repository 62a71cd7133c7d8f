import Inspection
import SourceText

/// Edits that need more than a replacement, by the names that `Knowledge.rewriters` lists.
enum Rewriters {
  /// The place that a variable stands for, and its value where it is known.
  struct Target {
    let file: SourceFile
    let range: ByteRange
    var value: String?
  }

  /// The edits of the file that the first argument stands in; nil when the rewriter cannot do it here.
  static func edits(_ name: String, _ targets: [String: Target]) -> (file: SourceFile, edits: [TextEdit])? {
    let made: (Target?, (Target) -> [TextEdit]?) =
      switch name {
      case "exec-form": (targets["command"], ExecForm.edits)
      case "exec-form-with-arguments": (targets["command"], ExecForm.editsKeepingCommand)
      case "valid-json": (targets["command"], ValidJSON.edits)
      case "depends-on-healthy": (targets["dependency"], DependencyConditions.edits)
      case "go-handle-signals": (targets["call"], GoServeUntilSignal.edits)
      case "go-await-shutdown": (targets["call"], GoAwaitShutdown.edits)
      case "secret-mount": (targets["declaration"], SecretMount.edits)
      case "late-argument": (targets["declaration"], LateArgument.edits)
      case "drop-mount": (targets["source"], MountFlag.removal)
      case "exec-in-script": (targets["program"], ScriptExec.edits)
      case "check-port": (targets["beside"], { CheckPort.edits(beside: $0, port: targets["port"]) })
      case "pass-argument": (targets["command"], { BuildCommand.passing($0, argument: targets["name"]?.value) })
      case "registry-cache": (targets["command"], BuildCommand.keepingCache)
      case "home-path": (targets["path"], HomePath.edits)
      case "publish-port": (targets["command"], { PublishPort.edits($0, port: targets["port"]?.value) })
      default: (nil, { _ in nil })
      }
    guard let target = made.0, let edits = made.1(target) else { return nil }
    return (target.file, edits)
  }
}

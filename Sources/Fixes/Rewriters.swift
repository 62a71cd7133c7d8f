import Inspection
import SourceText

/// Edits that need more than a replacement, by the names that `Knowledge.rewriters` lists.
enum Rewriters {
  typealias Target = (file: SourceFile, range: ByteRange)

  /// Nil when the rewriter cannot do it here.
  static func edits(_ name: String, _ targets: [String: Target]) -> [TextEdit]? {
    switch name {
    case "exec-form": targets["command"].flatMap(ExecForm.edits)
    case "depends-on-healthy": targets["dependency"].flatMap(DependencyConditions.edits)
    case "valid-json": targets["command"].flatMap(ValidJSON.edits)
    default: nil
    }
  }
}

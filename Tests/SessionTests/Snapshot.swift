import Foundation
import Testing

/// Compares a picture with `Snapshots/<name>.txt`. A missing file is written, and fails; with `RECORD_SNAPSHOTS` all are written.
func expectSnapshot(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Snapshots")
  let file = folder.appendingPathComponent(name + ".txt")
  let records = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil
  guard !records, let expected = try? String(contentsOf: file, encoding: .utf8) else {
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try? Data(text.utf8).write(to: file)
    if !records { Issue.record("\(name) was missing and is now written: look at it", sourceLocation: sourceLocation) }
    return
  }
  if text != expected { Issue.record("\(name) looks different:\n\(text)", sourceLocation: sourceLocation) }
}

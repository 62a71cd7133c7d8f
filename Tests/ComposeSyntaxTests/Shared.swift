import Foundation

/// Recorded answers of the official tools, which may lie beside the repository.
enum Shared {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("../shared").standardizedFileURL
}

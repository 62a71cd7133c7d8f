import Inspection
import Policy

/// Reads the file that `--baseline` names.
enum BaselineFile {
  static func read(_ path: String) throws -> Baseline {
    do throws(FileProblem) {
      let bytes = try DiskTree.read(file: path, limit: nil)
      if let baseline = Baseline(parsing: bytes) { return baseline }
    } catch {
      throw Refusal.input("--baseline \(path): \(error.message)")
    }
    throw Refusal.input("--baseline \(path): it is no baseline; --write-baseline writes one")
  }
}

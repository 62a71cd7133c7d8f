import Inspection

/// Saves a text under a name that is not taken yet.
public enum NewFile {
  /// - Returns: the path, with a number before the ending when files of that name were there: `report-2.md`.
  public static func write(_ text: String, named name: String, in folder: String) throws(WriteProblem) -> String {
    let ending = name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
    let stem = String(name.dropLast(ending.count))
    var number = 1
    while true {
      let path = Path.join(folder, number == 1 ? name : "\(stem)-\(number)\(ending)")
      do throws(WriteProblem) {
        try FileReplacement(path: path, name: path).create(Array(text.utf8))
        return path
      } catch {
        guard case .exists = error, number < 1000 else { throw error }
        number += 1
      }
    }
  }
}

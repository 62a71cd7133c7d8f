import Inspection
import KnowledgeData

/// The facts of a project in memory, as lines that read well in a test: `listens service=web port=80`.
struct Facts {
  let result: InspectionResult

  init(_ files: [String: String], prepare: (inout InspectionRequest) -> Void = { _ in }) {
    var request = InspectionRequest(tree: MemoryTree(files))
    prepare(&request)
    result = Inspector(knowledge: .builtIn).inspect(request)
  }

  /// The values of some columns, one array for each row of a relation; an unknown cell is `?`.
  func rows(_ relation: String, _ columns: String...) -> [[String]] {
    result.facts.rows(relation).map { row in columns.map { result.facts.cell(row, $0).value ?? "?" } }
  }

  /// The characters of the file that the cells of a column were read from.
  func texts(_ relation: String, _ column: String) -> [String] {
    result.facts.rows(relation).map { row in
      guard let place = result.facts.cell(row, column).place, let path = place.file, let file = result.files[path]
      else {
        return "-"
      }
      return file.text(place.range)
    }
  }
}

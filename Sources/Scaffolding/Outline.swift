import Inspection
import SourceText

/// The languages that container files can be proposed for.
public enum ScaffoldLanguage: String, Sendable, CaseIterable {
  case go, node, python, java
}

/// Why no container files can be proposed.
public struct ScaffoldProblem: Error, Hashable, Sendable {
  /// One line that says what is missing, or what to choose.
  public let message: String

  public init(_ message: String) { self.message = message }
}

/// What the manifest of a project says about how it is built and started.
struct Outline {
  /// A name for the program, the service and the image.
  var name: String
  /// The text of the Dockerfile, with its holes.
  var template: String
  /// What belongs into the holes; a line with a hole that has no value is left out.
  var values: [String: String]
  /// What the ignore file leaves out besides what it always does.
  var ignored: [String]
  /// The port where the sources do not show one.
  var defaultPort: String?
  /// Where the sources lie in the stage that has them, and the folder that the program starts in; nil where the final stage
  /// holds all sources.
  var sources: (stage: String, folder: String)?
  /// Whether an init should be PID 1: interpreters do nothing about SIGTERM by themselves.
  var needsInit = false
}

/// A project as the outlines see it.
struct ScaffoldProject {
  let tree: any FileTree
  /// Those of an earlier draft; nil for the first one.
  let facts: FactStore?

  func text(_ path: String) -> String? { (try? tree.read(path)).map { String(decoding: $0, as: UTF8.self) } }
  func has(_ path: String) -> Bool { tree.exists(path) }

  /// Those of some files that are there.
  func present(_ paths: [String]) -> [String] { paths.filter(has) }

  /// The value of a column in every row of a relation for which other columns have these values.
  func values(_ relation: String, _ column: String, where wanted: [String: String] = [:]) -> [String] {
    guard let facts else { return [] }
    return facts.rows(relation).filter { row in wanted.allSatisfy { facts.cell(row, $0.key).value == $0.value } }
      .compactMap { facts.cell($0, column).value }
  }

  /// The files with an ending below the project's folder, without what is hidden, borrowed or for tests only.
  func files(ending: String) -> [SourceFile] {
    var found: [SourceFile] = []
    var open = ["."]
    var seen = 0
    while let folder = open.popLast(), seen < Self.limit {
      for entry in (try? tree.entries(of: folder)) ?? [] {
        seen += 1
        let path = Path.join(folder, entry.name)
        if entry.kind == .directory {
          let isForeign = ["vendor", "testdata", "node_modules"].contains(entry.name)
          if !isForeign, !entry.name.hasPrefix("."), !entry.name.hasPrefix("_") { open.append(path) }
        } else if entry.name.hasSuffix(ending), let file = tree.file(path) {
          found.append(file)
        }
      }
    }
    return found.sorted { $0.path < $1.path }
  }

  /// More files than this are not looked at.
  private static let limit = 20_000

  /// A text as Docker allows it for names of images and services.
  static func name(_ text: String) -> String {
    let last = text.split(separator: "/").last.map(String.init) ?? text
    var name = String(
      last.lowercased().unicodeScalars.map { scalar in
        ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_" ? Character(scalar) : "-"
      })
    while name.hasPrefix("-") || name.hasPrefix("_") { name.removeFirst() }
    while name.hasSuffix("-") || name.hasSuffix("_") { name.removeLast() }
    return name.isEmpty ? "app" : name
  }
}

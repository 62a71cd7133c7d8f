import ProgramSource
import SourceText

/// What a pom.xml says of the project that it builds, with its own properties in place of their names.
///
/// https://maven.apache.org/pom.html
struct MavenManifest {
  struct Dependency {
    let group: String
    let artifact: String
    /// Nil where the parent or a list of managed versions decides.
    let version: Cell?
    let place: Place
  }

  private let file: SourceFile
  private let root: XMLElement?

  init(_ file: SourceFile) {
    self.file = file
    root = XMLFile(file).root.flatMap { $0.name.text == "project" ? $0 : nil }
  }

  var artifact: String? { text(root?["artifactId"]) }

  /// The folders of its modules, those of profiles left out.
  var modules: [Cell] { root?.elements("modules", "module").map(cell) ?? [] }

  /// The name of its parent, and the path where it is looked for first; nil where it has none, or an empty path says that
  /// it comes from a repository.
  var parent: (artifact: String, path: Cell)? {
    guard let parent = root?["parent"], let artifact = text(parent["artifactId"]) else { return nil }
    guard let path = parent["relativePath"] else { return (artifact, Cell("../pom.xml", place(parent))) }
    let written = cell(path)
    guard let value = written.value, !value.isEmpty else { return nil }
    return (artifact, value.hasSuffix(".xml") ? written : Cell(value + "/pom.xml", written.place))
  }

  var dependencies: [Dependency] {
    (root?.elements("dependencies", "dependency") ?? []).compactMap { element in
      guard let group = text(element["groupId"]), let artifact = text(element["artifactId"]) else { return nil }
      return Dependency(
        group: group, artifact: artifact, version: element["version"].map(cell), place: place(element))
    }
  }

  /// Whether the build is refused when a dependency is wanted in two versions.
  var isStrict: Bool { root?.holds("dependencyConvergence", "requireUpperBoundDeps") ?? false }

  /// The version of Java that it is compiled for: 17, or 8 for `1.8`. Nil where nothing here says so.
  var java: Cell? {
    for name in ["maven.compiler.release", "java.version", "maven.compiler.source", "maven.compiler.target"] {
      guard let element = root?.element(at: ["properties", name]), let value = text(element) else { continue }
      let version = value.hasPrefix("1.") ? String(value.dropFirst(2)) : value
      if Int(version) != nil { return Cell(version, place(element)) }
    }
    return nil
  }

  private func place(_ element: XMLElement) -> Place { Place(file: file.path, element.text?.range ?? element.range) }

  private func cell(_ element: XMLElement) -> Cell {
    let value = text(element)
    return Cell(value?.contains("${") == true ? nil : value ?? "", place(element))
  }

  /// The text of an element, with a property of this file in place of its name.
  private func text(_ element: XMLElement?) -> String? {
    guard let text = element?.text?.text else { return nil }
    guard text.hasPrefix("${"), text.hasSuffix("}") else { return text }
    return root?.element(at: ["properties", String(text.dropFirst(2).dropLast())])?.text?.text ?? text
  }
}

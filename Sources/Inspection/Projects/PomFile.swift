import SourceText

/// What a pom.xml says of the project that it builds.
///
/// https://maven.apache.org/pom.html
struct PomFile {
  struct Dependency {
    let group: String
    let artifact: String
    /// Nil where the parent or a list of managed versions decides.
    let version: Cell?
    let place: Place
  }

  let file: SourceFile
  private let root: XMLElement

  init?(_ file: SourceFile) {
    guard let root = XMLElement(file), root.name == "project" else { return nil }
    self.file = file
    self.root = root
  }

  var artifact: String? { text(root["artifactId"]) }

  /// The folders of its modules, those of profiles left out.
  var modules: [Cell] { (root["modules"]?.all("module") ?? []).map(cell) }

  /// The name of its parent, and the path where it is looked for first; nil where it has none, or an empty path says that
  /// it comes from a repository.
  var parent: (artifact: String, path: Cell)? {
    guard let parent = root["parent"], let artifact = text(parent["artifactId"]) else { return nil }
    guard let path = parent["relativePath"] else {
      return (artifact, Cell("../pom.xml", Place(file: file.path, parent.content)))
    }
    let written = cell(path)
    guard let value = written.value, !value.isEmpty else { return nil }
    return (artifact, value.hasSuffix(".xml") ? written : Cell(value + "/pom.xml", written.place))
  }

  var dependencies: [Dependency] {
    (root["dependencies"]?.all("dependency") ?? []).compactMap { element in
      guard let group = text(element["groupId"]), let artifact = text(element["artifactId"]) else { return nil }
      return Dependency(
        group: group, artifact: artifact, version: element["version"].map(cell),
        place: Place(file: file.path, element.content))
    }
  }

  /// Whether the build is refused when a dependency is wanted in two versions.
  var isStrict: Bool { root.holds("dependencyConvergence") || root.holds("requireUpperBoundDeps") }

  /// The version of Java that it is compiled for: 17, or 8 for `1.8`. Nil where nothing here says so.
  var java: Cell? {
    for name in ["maven.compiler.release", "java.version", "maven.compiler.source", "maven.compiler.target"] {
      guard let element = root["properties"]?[name], let value = text(element) else { continue }
      let version = value.hasPrefix("1.") ? String(value.dropFirst(2)) : value
      if Int(version) != nil { return Cell(version, Place(file: file.path, element.content)) }
    }
    return nil
  }

  private func cell(_ element: XMLElement) -> Cell {
    let value = text(element)
    return Cell(value?.contains("${") == true ? nil : value ?? "", Place(file: file.path, element.content))
  }

  /// The text of an element, with a property of this file in place of its name.
  private func text(_ element: XMLElement?) -> String? {
    guard let element else { return nil }
    let text = file.text(element.content)
    guard text.hasPrefix("${"), text.hasSuffix("}") else { return text }
    let name = String(text.dropFirst(2).dropLast())
    return root["properties"]?[name].map { file.text($0.content) } ?? text
  }
}

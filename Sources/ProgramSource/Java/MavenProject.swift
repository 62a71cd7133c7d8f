import SourceText

/// A pom.xml, or the mirrors of a settings.xml.
///
/// https://maven.apache.org/pom.html, https://maven.apache.org/settings.html
public struct MavenProject: Sendable {
  /// A place that artifacts are downloaded from.
  public struct Repository: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
      case repository, pluginRepository, mirror
    }

    public var kind: Kind
    public var id: String
    public var url: SpelledText
    /// What a mirror stands for: `central`, `*`.
    public var mirrorOf: String?
  }

  /// What makes a jar run by `java -jar`.
  public struct RunnableJar: Hashable, Sendable {
    /// The plugin that writes the main class into the jar.
    public var plugin: SpelledText
    /// The main class, where the file names it.
    public var mainClass: SpelledText?
    /// Whether the jar holds its dependencies too.
    public var holdsDependencies: Bool
  }

  public let file: XMLFile
  private var root: XMLElement? { file.root }

  public init(_ source: SourceFile) { file = XMLFile(source) }

  public var problems: [SourceProblem] { file.problems }
  public var artifact: SpelledText? { root?["artifactId"]?.text }
  public var version: SpelledText? { root?["version"]?.text ?? root?.element(at: ["parent", "version"])?.text }
  /// `jar` unless the file says otherwise.
  public var packaging: String { root?["packaging"]?.text?.text ?? "jar" }
  public var parent: SpelledText? { root?.element(at: ["parent", "artifactId"])?.text }
  public var modules: [SpelledText] { root?.elements("modules", "module").compactMap(\.text) ?? [] }

  /// The version of Java that the code is compiled for.
  public var javaVersion: SpelledText? {
    let names = ["maven.compiler.release", "java.version", "maven.compiler.target", "maven.compiler.source"]
    return names.lazy.compactMap { root?["properties"]?[$0]?.text }.first
  }

  public func depends(on artifact: String) -> Bool {
    root?.elements("dependencies", "dependency").contains { $0["artifactId"]?.text?.text == artifact } ?? false
  }

  /// The name of the jar in `target/`, without its ending: `finalName`, else artifact and version. Nil where properties
  /// are in it.
  public var jarName: String? {
    let name = root?.element(at: ["build", "finalName"])?.text?.text
    let standard = artifact.flatMap { artifact in version.map { "\(artifact.text)-\($0.text)" } }
    return (name ?? standard).flatMap { $0.contains("${") ? nil : $0 }
  }

  // MARK: Plugins

  private var plugins: [XMLElement] { root?.elements("build", "plugins", "plugin") ?? [] }

  /// The plugin that makes the jar run by `java -jar`; nil where no plugin of this file does.
  ///
  /// https://docs.spring.io/spring-boot/maven-plugin/packaging.html, https://maven.apache.org/shared/maven-archiver
  public var runnableJar: RunnableJar? {
    for plugin in plugins {
      guard let name = plugin["artifactId"]?.text else { continue }
      let main = mainClass(in: plugin)
      switch name.text {
      case "spring-boot-maven-plugin":
        // The parent of Spring Boot runs `repackage`; without it an execution must.
        let isParent = parent?.text == "spring-boot-starter-parent"
        let goals = plugin.elements("executions", "execution").flatMap { $0.elements("goals", "goal") }
        guard isParent || goals.contains(where: { $0.text?.text == "repackage" }) else { continue }
        return RunnableJar(plugin: name, mainClass: main, holdsDependencies: true)
      case "quarkus-maven-plugin":
        return RunnableJar(plugin: name, mainClass: main, holdsDependencies: false)
      case "maven-shade-plugin", "maven-assembly-plugin":
        guard let main else { continue }
        return RunnableJar(plugin: name, mainClass: main, holdsDependencies: true)
      case "maven-jar-plugin":
        guard let main else { continue }
        return RunnableJar(plugin: name, mainClass: main, holdsDependencies: false)
      default: continue
      }
    }
    return nil
  }

  private func mainClass(in element: XMLElement) -> SpelledText? {
    var rest = [element]
    while let next = rest.popLast() {
      if ["mainClass", "Main-Class"].contains(next.name.text), let text = next.text { return text }
      rest += next.children.reversed()
    }
    return nil
  }

  // MARK: Repositories

  public var repositories: [Repository] {
    guard let root else { return [] }
    var found: [Repository] = []
    let places = [root] + root.elements("profiles", "profile")
    for place in places {
      found += repositories(.repository, place.elements("repositories", "repository"))
      found += repositories(.pluginRepository, place.elements("pluginRepositories", "pluginRepository"))
    }
    return found + repositories(.mirror, root.elements("mirrors", "mirror"))
  }

  private func repositories(_ kind: Repository.Kind, _ elements: [XMLElement]) -> [Repository] {
    elements.compactMap { element in
      element["url"]?.text.map {
        Repository(kind: kind, id: element["id"]?.text?.text ?? "", url: $0, mirrorOf: element["mirrorOf"]?.text?.text)
      }
    }
  }
}

import Diagnosis
import Inspection
import Knowledge

/// A Dockerfile, an ignore file and a compose file for a project, made of what its manifest and its sources say.
public struct Scaffold: Sendable {
  public struct Options: Sendable {
    /// The folder of the main package of a Go module that has several.
    public var package: String?
    /// No mounts for caches: for builders before BuildKit.
    public var isClassic = false

    public init() {}
  }

  /// The files in the order in which people read them.
  public let files: [(path: String, text: String)]
  /// What is still wrong with the project when it has these files: its sources, that is.
  public let remaining: [Diagnosis]

  /// - Parameter tree: the project; container files that it has already are not looked at.
  public init(
    _ language: ScaffoldLanguage, _ tree: any FileTree, knowledge: KnowledgeBase, options: Options
  ) throws(ScaffoldProblem) {
    let bare = HiddenTree(base: tree)
    // The first draft is inspected like any project: what the program needs in a container shows then.
    let first = Draft(try Self.outline(language, ScaffoldProject(tree: bare, facts: nil), options), options)
    let trial = first.trial(on: bare, knowledge)
    let known = ScaffoldProject(tree: bare, facts: trial.inspection.facts)
    let final = Draft(
      try Self.outline(language, known, options), options, facts: trial.inspection.facts, causes: trial.causes)
    files = final.files
    remaining = final.trial(on: bare, knowledge).diagnoses
  }

  private static func outline(
    _ language: ScaffoldLanguage, _ project: ScaffoldProject, _ options: Options
  ) throws(ScaffoldProblem) -> Outline {
    switch language {
    case .go: try GoOutline(project: project, package: options.package).outline()
    case .node: try NodeOutline(project: project).outline()
    case .python: try PythonOutline(project: project).outline()
    case .java: try JavaOutline(project: project).outline()
    }
  }
}

/// The files for what is known so far.
struct Draft {
  let files: [(path: String, text: String)]

  /// - Parameters:
  ///   - facts: those of an earlier draft; nil for the first one.
  ///   - causes: what was found to be wrong with it.
  init(_ outline: Outline, _ options: Scaffold.Options, facts: FactStore? = nil, causes: Set<String> = []) {
    let service = outline.name
    let surroundings = facts.map { Surroundings($0, service: service) }
    let port = surroundings?.port ?? outline.defaultPort
    var values = outline.values
    values["name"] = service
    values["port"] = port
    if options.isClassic {
      for cache in ["cache", "module-cache", "build-cache"] where values[cache] != nil { values[cache] = "" }
      if values["no-cache"] != nil { values["no-cache"] = "--no-cache-dir " }
    }
    if let sources = outline.sources {
      let lines = (surroundings?.files ?? []).map {
        "COPY --from=\(sources.stage) \(Path.join(sources.folder, $0)) ./\($0)"
      }
      values["files"] = lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
    let wantsInit = outline.needsInit || causes.contains("no-signal-handler") || causes.contains("no-init-process")
    values["init"] = wantsInit ? "true" : nil
    values["ports"] = port.map { "ports:\n  - \"\($0):\($0)\"" }
    let variables = (surroundings?.variables ?? []).map { "  \($0): ${\($0):?}" }
    values["environment"] = variables.isEmpty ? nil : (["environment:"] + variables).joined(separator: "\n")
    files = [
      ("Dockerfile", DockerfileTexts.filled(outline.template, values)),
      (".dockerignore", (DockerfileTexts.ignored + outline.ignored).joined(separator: "\n") + "\n"),
      ("compose.yaml", DockerfileTexts.filled(DockerfileTexts.compose, values)),
    ]
  }

  func trial(on tree: any FileTree, _ knowledge: KnowledgeBase) -> (
    inspection: InspectionResult, diagnoses: [Diagnosis], causes: Set<String>
  ) {
    let changes = Dictionary(files.map { ($0.path, Array($0.text.utf8)) }, uniquingKeysWith: { first, _ in first })
    let request = InspectionRequest(tree: OverlayTree(tree, changes: changes))
    let inspection = Inspector(knowledge: knowledge).inspect(request)
    let diagnoses = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: nil).shown
    return (inspection, diagnoses, Set(diagnoses.map(\.cause.id)))
  }
}

/// What the program needs around it.
private struct Surroundings {
  let port: String?
  /// Files and folders of the project that it reads when it runs, from its root.
  let files: [String]
  /// The variables without which it ends.
  let variables: [String]

  init(_ facts: FactStore, service: String) {
    func rows(_ relation: String, _ wanted: [String: String]) -> [Row] {
      facts.rows(relation).filter { row in
        facts.cell(row, "service").value == service && wanted.allSatisfy { facts.cell(row, $0.key).value == $0.value }
      }
    }
    port =
      rows("listens", ["role": "main", "protocol": "tcp"]).compactMap { facts.cell($0, "port").value }.first {
        $0 != "0"
      }
    files = Self.unique(
      rows("reads", ["state": "missing", "relative": "yes"]).compactMap { row in
        let source = facts.cell(row, "source").value ?? ""
        let path = Path.clean(facts.cell(row, "path").value ?? "")
        return source == path && !path.hasPrefix("..") && path != "." ? path : nil
      })
    variables = Self.unique(
      rows("asks", ["fatal": "yes"]).filter { facts.cell($0, "others").value?.isEmpty != false }
        .compactMap { facts.cell($0, "name").value })
  }

  private static func unique(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
  }
}

import ComposeSyntax
import ProgramSource
import SourceText

/// Files of the project that a manifest leads to: other lists of requirements, and packages that lie in folders beside it.
///
/// https://pip.pypa.io/en/stable/reference/requirements-file-format/ and
/// https://docs.npmjs.com/cli/configuring-npm/package-json#local-paths
struct LocalDependencies {
  struct Found {
    /// Relative to the folder of the manifest.
    let path: String
    let kind: StageLack.Kind
    let cell: Cell
    /// What the file has to be called inside, where another one of its name would not be looked at.
    var artifact: String?
  }

  private(set) var found: [Found] = []

  init(_ file: SourceFile) {
    switch Path.name(file.path) {
    case "package.json": readNode(file)
    case "pom.xml": readMaven(file)
    case let name where name.hasSuffix(".txt"): readPython(file)
    default: break
    }
  }

  private mutating func readNode(_ file: SourceFile) {
    guard let root = YAMLFile(file).root else { return }
    for section in ["dependencies", "devDependencies", "optionalDependencies"] {
      for entry in root[section]?.entries ?? [] {
        guard let version = entry.value.text else { continue }
        for scheme in ["file:", "link:", "portal:"] where version.hasPrefix(scheme) {
          let path = String(version.dropFirst(scheme.count))
          let isArchive = path.hasSuffix(".tgz") || path.hasSuffix(".tar.gz")
          found.append(
            Found(
              path: isArchive ? path : path + "/package.json", kind: .replacement,
              cell: Cell(path, Place(file: file.path, entry.value.range))))
        }
      }
    }
  }

  private mutating func readMaven(_ file: SourceFile) {
    let pom = MavenManifest(file)
    for module in pom.modules {
      guard let path = module.value, !path.isEmpty else { continue }
      found.append(Found(path: path.hasSuffix(".xml") ? path : path + "/pom.xml", kind: .manifest, cell: module))
    }
    if let parent = pom.parent, let path = parent.path.value {
      found.append(Found(path: path, kind: .manifest, cell: parent.path, artifact: parent.artifact))
    }
  }

  private mutating func readPython(_ file: SourceFile) {
    let requirements = PythonRequirements(file)
    for other in requirements.files where !other.text.contains("://") {
      found.append(
        Found(path: other.text, kind: .manifest, cell: Cell(other.text, Place(file: file.path, other.range))))
    }
    for folder in requirements.folders {
      let target = folder.text.hasPrefix("file:") ? folder.text.dropFirst(5) : folder.text[...]
      guard target.hasPrefix("../") || target.hasPrefix("./") else { continue }
      let path = String(target.prefix { !"[#; ".contains($0) })
      found.append(Found(path: path, kind: .replacement, cell: Cell(path, Place(file: file.path, folder.range))))
    }
  }
}

extension StageNeed {
  /// What a manifest of the project leads to, beside it in the stage.
  ///
  /// - Parameters:
  ///   - manifest: the file of the project.
  ///   - path: where the stage has it.
  func lookForNeighbours(of manifest: String, at path: String, in model: inout StageModel) {
    var rest = [(manifest, path)]
    var seen: Set<String> = [manifest]
    while let (manifest, path) = rest.popLast() {
      guard let file = workspace.file(manifest) else { continue }
      for found in LocalDependencies(file).found {
        let project = Path.join(Path.parent(manifest), found.path)
        let place = Path.join(Path.parent(path), found.path)
        if let artifact = found.artifact, !isPom(project, named: artifact) { continue }
        if found.kind == .replacement, isFolder(place, model) { continue }
        look(for: place, project: project, found.kind, because: found.cell, in: &model)
        if found.kind == .manifest, model.files[place] != nil, seen.insert(project).inserted, seen.count < 50 {
          rest.append((project, place))
        }
      }
    }
  }

  private func isPom(_ path: String, named artifact: String) -> Bool {
    workspace.listing.contains(path) && workspace.file(path).flatMap { MavenManifest($0).artifact } == artifact
  }

  private func isFolder(_ path: String, _ model: StageModel) -> Bool {
    model.files.keys.contains { $0.hasPrefix(path + "/") }
  }
}

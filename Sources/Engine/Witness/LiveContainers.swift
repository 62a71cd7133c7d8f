import Inspection
import ProgramSource
import SourceText

/// A container as `docker ps` lists it.
struct ListedContainer: Hashable, Sendable {
  let name: String
  let image: String
  let state: String
  let labels: [String: String]

  /// One container a line, the newest first; lines that are none are passed over.
  static func all(in text: String) -> [ListedContainer] {
    text.split(separator: "\n").compactMap { line in
      let json = JSONDocument(SourceFile(path: "ps", text: String(line))).root
      guard let name = json["Names"]?.string?.split(separator: ",").first, Witness.isName(String(name)) else {
        return nil
      }
      var labels: [String: String] = [:]
      for pair in (json["Labels"]?.string ?? "").split(separator: ",") {
        guard let sign = pair.firstIndex(of: "=") else { continue }
        labels[String(pair[..<sign])] = String(pair[pair.index(after: sign)...])
      }
      return ListedContainer(
        name: String(name), image: json["Image"]?.string ?? "", state: json["State"]?.string ?? "", labels: labels)
    }
  }
}

extension Witness {
  /// A project whose containers are looked for.
  public struct Wanted: Sendable {
    /// The absolute path of its folder.
    public var folder: String
    /// The images of its services, and the names they would have without a tag.
    public var images: Set<String>
    public var services: Set<String>

    public init(folder: String, images: Set<String> = [], services: Set<String> = []) {
      self.folder = folder
      self.images = images
      self.services = services
    }

    /// As compose names a project by its folder: https://docs.docker.com/compose/how-tos/project-name/
    var project: String {
      let name = Path.name(folder).lowercased()
      return String(
        name.unicodeScalars.filter { scalar in
          ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
        }.map(Character.init))
    }
  }

  /// More containers than this are not asked about.
  private static let limit = 8

  /// The names of a project's containers: of each service the newest. By compose's labels, else by their images.
  ///
  /// - Throws: why the engine does not answer.
  public func containers(
    of wanted: Wanted, isCancelled: () -> Bool = { false }
  ) throws(EngineProblem) -> [String] {
    let answer = try docker.ask(["ps", "--all", "--no-trunc", "--format", "{{json .}}"], isCancelled: isCancelled)
    let all = ListedContainer.all(in: answer.text)
    if all.isEmpty, answer.text.contains(where: { !$0.isWhitespace }) {
      throw .strange(command: docker.shown(["ps", "--all"]))
    }
    let here = all.filter { $0.labels["com.docker.compose.project.working_dir"] == wanted.folder }
    let named = all.filter { $0.labels["com.docker.compose.project"] == wanted.project }
    let made = all.filter { container in
      let image = Self.plain(container.image)
      return wanted.images.contains(container.image) || wanted.images.contains(image)
        || wanted.services.contains(image) || wanted.services.contains(container.name)
    }
    let found = [here, named, made].first { !$0.isEmpty } ?? []
    var seen: Set<String> = []
    return found.filter { container in
      seen.insert(container.labels["com.docker.compose.service"] ?? container.image).inserted
    }.prefix(Self.limit).map(\.name)
  }

  /// The last part of an image's name, without its tag.
  private static func plain(_ image: String) -> String {
    let name = image.split(separator: "/").last.map(String.init) ?? image
    return String(name.prefix { $0 != ":" && $0 != "@" })
  }
}

import ComposeSyntax
import Knowledge
import SourceText

/// What `.drydock.yaml` says about a project.
public struct Settings: Sendable {
  public static let fileName = ".drydock.yaml"

  /// Findings to pass over.
  public struct Ignore: Sendable {
    public let cause: String
    /// nil for every service.
    public let service: String?
    public let reason: String?
    public let until: String?
    public let line: Int
  }

  public private(set) var ignores: [Ignore] = []
  /// proven, likely, possible or never.
  public private(set) var failOn: String?
  public private(set) var language: Language?
  /// Causes that came with a later version of the knowledge are no reason to fail.
  public private(set) var knowledge: Int?
  /// Folders with causes of one's own, relative to the project.
  public private(set) var folders: [String] = []

  /// One thing in the file that is not as it should be.
  public struct Fault: Error, Sendable {
    public let line: Int
    public let message: String
  }

  /// - Throws: the first fault, with its line.
  public init(_ source: SourceFile) throws(Fault) {
    let file = YAMLFile(source)
    let map = source.lineMap
    func fault(_ range: ByteRange, _ message: String) -> Fault {
      Fault(line: map.position(of: range.start).line, message: message)
    }
    if let problem = file.problems.first { throw fault(problem.range, problem.message) }
    guard let root = file.root, root.isMapping else {
      if file.root?.text == nil, file.root?.isSequence != true { return }
      throw fault(ByteRange(at: 0), "expected keys such as ignore, fail-on or language")
    }
    try Self.check(root, ["ignore", "fail-on", "language", "knowledge", "knowledge-folders"], fault)
    for entry in root.entries {
      let value = entry.value
      switch entry.key.text {
      case "ignore":
        for item in value.items { ignores.append(try Self.ignore(item.node, map, fault)) }
      case "fail-on": failOn = try Self.word(value, ["proven", "likely", "possible", "never"], fault)
      case "language": language = Language(rawValue: try Self.word(value, Language.allCases.map(\.rawValue), fault))
      case "knowledge":
        guard let number = value.text.flatMap({ Int($0) }), number > 0 else {
          throw fault(value.range, "knowledge: expected a version number, as drydock --version shows it")
        }
        knowledge = number
      default: folders = value.items.compactMap(\.node.text)
      }
    }
  }

  private static func ignore(
    _ node: YAMLNode, _ map: LineMap, _ fault: (ByteRange, String) -> Fault
  ) throws(Fault) -> Ignore {
    try check(node, ["cause", "service", "reason", "until"], fault)
    guard let id = node["cause"]?.text else { throw fault(node.range, "ignore: expected a cause") }
    let until = node["until"]
    if let until, !Day.isDay(until.text ?? "") {
      throw fault(until.range, "until: expected a day such as 2027-01-01")
    }
    return Ignore(
      cause: id, service: node["service"]?.text, reason: node["reason"]?.text, until: until?.text,
      line: map.position(of: node.range.start).line)
  }

  private static func check(
    _ node: YAMLNode, _ keys: [String], _ fault: (ByteRange, String) -> Fault
  ) throws(Fault) {
    for entry in node.entries {
      let key = entry.key.text ?? ""
      if keys.contains(key) { continue }
      let meant = Suggestion.nearest(to: key, in: keys).map { "; did you mean “\($0)”?" } ?? ""
      let known = "; known: \(keys.joined(separator: ", "))"
      throw fault(entry.key.range, "there is no key “\(key)”" + (meant.isEmpty ? known : meant))
    }
  }

  private static func word(
    _ node: YAMLNode, _ words: [String], _ fault: (ByteRange, String) -> Fault
  ) throws(Fault) -> String {
    if let text = node.text, words.contains(text) { return text }
    throw fault(node.range, "expected one of \(words.joined(separator: ", "))")
  }
}

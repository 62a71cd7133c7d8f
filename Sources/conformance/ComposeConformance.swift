import ArgumentParser
import ComposeSyntax
import Foundation

/// Loads recorded projects and compares them with what the official loader made of them.
struct ComposeConformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compose", abstract: "Compares compose projects with recorded answers.")

  @Argument(help: "The folder that holds the recorded projects, or one of them.")
  var directory: String

  func run() throws {
    let root = URL(fileURLWithPath: directory, isDirectory: true).standardizedFileURL
    var agree = 0
    var differ = 0
    for folder in try ComposeCase.folders(in: root) {
      let differences = try ComposeCase(folder).differences()
      if differences.isEmpty { agree += 1 } else { differ += 1 }
      for difference in differences { print("\(folder.lastPathComponent): \(difference)") }
    }
    print("\(agree) agree, \(differ) differ")
    if differ > 0 { throw ExitCode(1) }
  }
}

/// One recorded project.
struct ComposeCase {
  let input: URL
  let arguments: [String: Any]
  let expected: [String: Any]

  static func folders(in root: URL) throws -> [URL] {
    let manager = FileManager.default
    if manager.fileExists(atPath: root.appendingPathComponent("expected.json").path) { return [root] }
    return try manager.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
      .filter { manager.fileExists(atPath: $0.appendingPathComponent("expected.json").path) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  init(_ folder: URL) throws {
    input = folder.appendingPathComponent("input")
    arguments = try Self.json(folder.appendingPathComponent("args.json"))
    expected = try Self.json(folder.appendingPathComponent("expected.json"))
  }

  private static func json(_ file: URL) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
  }

  var options: ComposeOptions {
    var environment = arguments["env"] as? [String: String] ?? [:]
    environment["HOME"] = "/home/user"
    environment["PWD"] = input.path
    // Some inputs use `..`, so the whole disk is the root.
    return ComposeOptions(
      root: "/", directory: String(input.path.dropFirst()), files: arguments["files"] as? [String] ?? [],
      projectName: arguments["project_name"] as? String, profiles: arguments["profiles"] as? [String] ?? [],
      envFiles: arguments["env_files"] as? [String] ?? [], environment: environment)
  }

  func load() -> ComposeProject { ComposeProject(options, from: DiskFiles()) }

  func differences() -> [String] {
    let project = load()
    var differences: [String] = []
    if let error = expected["error"] as? [String: Any] {
      let messages = [error] + (error["any_of"] as? [[String: Any]] ?? [])
      let expectations = messages.compactMap { $0["message"] as? String }.map { ExpectedError(named($0)) }
      if let problem = project.strictError {
        if !expectations.contains(where: { $0.matches(problem) }) {
          differences.append("error: expected \(expectations.map(\.message)), found \(describe(problem))")
        }
      } else {
        differences.append("error: expected \(expectations.map(\.message)), found none")
      }
    } else if let problem = project.strictError {
      differences.append("error: expected none, found \(describe(problem))")
    } else {
      differences += Difference.list(expected["project"], canonical(project), at: "project")
      differences += Difference.list(expected["unused"], unused(project), at: "unused")
      differences += Difference.list(
        expected["disabled_services"], project.disabledServices.map(\.name).sorted(), at: "disabled_services")
    }
    if let files = expected["files"] as? [String] {
      let prefix = String(input.path.dropFirst()) + "/"
      let ours = project.files.map { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0 }
      differences += Difference.list(files, ours, at: "files")
    }
    if expected["error"] is NSNull {
      differences += Difference.list(expected["active_profiles"], project.profiles, at: "active_profiles")
    }
    differences += Difference.list(expected["warnings"], warnings(project), at: "warnings")
    if let variables = expected["variables"] as? [String] {
      differences += Difference.list(variables, mentionedVariables(), at: "variables")
    }
    return differences
  }

  private func describe(_ problem: ComposeProblem) -> String {
    "\(problem.kind) \(problem.path.joined(separator: ".")) <\(problem.subject ?? "")> \(problem)"
  }

  // MARK: Our side

  private func canonical(_ project: ComposeProject) -> Any {
    var text = CanonicalJSON.text(project)
    text = text.replacingOccurrences(of: "\"\(input.path)", with: "\"<DIR>")
    text = text.replacingOccurrences(of: "=\(input.path)", with: "=<DIR>")
    var parent = input.deletingLastPathComponent()
    var name = "<DIR>/.."
    for _ in 0..<4 {
      text = text.replacingOccurrences(of: "\"\(parent.path)/", with: "\"\(name)/")
      text = text.replacingOccurrences(of: "\"\(parent.path)\"", with: "\"\(name)\"")
      parent.deleteLastPathComponent()
      name += "/.."
    }
    text = text.replacingOccurrences(of: "\"/home/user", with: "\"<HOME>")
    return (try? JSONSerialization.jsonObject(with: Data(text.utf8))) ?? text
  }

  /// A message with the paths of this machine in place of their short names.
  private func named(_ message: String) -> String {
    message.replacingOccurrences(of: "<DIR>", with: input.path).replacingOccurrences(of: "<HOME>", with: "/home/user")
  }

  private func unused(_ project: ComposeProject) -> [String: [String]] {
    var used: [String: Set<String>] = ["networks": [], "volumes": [], "secrets": [], "configs": []]
    for service in project.services {
      used["networks"]?.formUnion(service["networks"]?.map?.keys ?? [])
      for volume in service["volumes"]?.list ?? [] where volume["type"]?.string == "volume" {
        if let source = volume["source"]?.string { used["volumes"]?.insert(source) }
      }
      let secrets = (service["secrets"]?.list ?? []) + (service["build"]?["secrets"]?.list ?? [])
      used["secrets"]?.formUnion(secrets.compactMap { $0["source"]?.string })
      used["configs"]?.formUnion((service["configs"]?.list ?? []).compactMap { $0["source"]?.string })
    }
    var unused: [String: [String]] = [:]
    for (section, names) in used {
      unused[section] = (project.model[section]?.map?.keys ?? []).filter { !names.contains($0) }.sorted()
    }
    return unused
  }

  private func warnings(_ project: ComposeProject) -> [String] {
    var texts: Set<String> = []
    for problem in project.problems {
      if problem.severity == .error { break }
      guard problem.severity == .warning, let text = warning(problem) else { continue }
      texts.insert("warning: " + text.replacingOccurrences(of: input.path, with: "<DIR>"))
    }
    return texts.sorted()
  }

  private func warning(_ problem: ComposeProblem) -> String? {
    let subject = problem.subject ?? ""
    switch problem.kind {
    case .unsetVariable: return "The \"\(subject)\" variable is not set. Defaulting to a blank string."
    case .obsoleteVersion:
      return "\(subject): the attribute `version` is obsolete, it will be ignored, please remove it to avoid potential "
        + "confusion"
    case .deprecated where problem.path.contains("external"):
      return "\(subject): external.name is deprecated. Please set name and external: true"
    case .deprecated:
      let better = ["y", "yes", "on"].contains(subject.lowercased()) ? "true" : "false"
      return "\"\(subject)\" for boolean is not supported by YAML 1.2, please use `\(better)`"
    default: return nil
    }
  }

  private func mentionedVariables() -> [String] {
    var options = options
    options.interpolates = false
    let project = ComposeProject(options, from: DiskFiles())
    return project.namesInModel.sorted()
  }
}

/// The files of this machine.
struct DiskFiles: ComposeFileReader {
  func read(_ path: String) -> ComposeFileContent {
    let path = "/" + path
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return .missing }
    if isDirectory.boolValue { return .directory }
    guard let data = FileManager.default.contents(atPath: path) else { return .refused("no permission") }
    return .bytes(Array(data))
  }
}

/// Where two JSON values differ.
enum Difference {
  static func list(_ expected: Any?, _ found: Any?, at path: String) -> [String] {
    switch (expected, found) {
    case (let left as [String: Any], let right as [String: Any]):
      return Set(left.keys).union(right.keys).sorted().flatMap { key in
        list(left[key], right[key], at: path + "." + key)
      }
    case (let left as [Any], let right as [Any]) where left.count == right.count:
      return zip(left, right).enumerated().flatMap { list($1.0, $1.1, at: "\(path)[\($0)]") }
    case (nil, nil): return []
    case (let left as NSObject, let right as NSObject):
      if left.isEqual(right) { return [] }
    default: break
    }
    return ["\(path): expected \(text(expected)), found \(text(found))"]
  }

  private static func text(_ value: Any?) -> String {
    guard let value else { return "nothing" }
    let data = try? JSONSerialization.data(withJSONObject: [value], options: [.sortedKeys, .withoutEscapingSlashes])
    return data.flatMap { String(data: $0, encoding: .utf8) } ?? "\(value)"
  }
}

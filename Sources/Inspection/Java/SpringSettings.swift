import ComposeSyntax
import ProgramSource
import SourceText

/// The settings that a Spring Boot application reads from files: a later file, and one of an active profile, comes before
/// an earlier one.
///
/// https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.files
struct SpringSettings {
  private(set) var values: [String: SpringServer.Setting] = [:]
  /// Empty until `activate`, which settings of the first files may decide.
  private(set) var profiles: [String] = []
  /// The variables of the container; empty for those whose value nobody knows here.
  private let variables: [String: String]

  /// More keys than this are no settings.
  private static let limit = 4000

  init(variables: [ServiceModel.Setting]) {
    self.variables = Dictionary(variables.map { ($0.name, $0.value.value ?? "") }) { $1 }
  }

  /// The names under which settings may lie in a folder, those that count more last.
  static func names(_ profile: String? = nil) -> [String] {
    let stem = profile.map { "application-\($0)" } ?? "application"
    return ["yaml", "yml", "properties"].map { "\(stem).\($0)" }
  }

  /// - Parameter given: the profiles that the command names; nil where it names none.
  mutating func activate(_ given: String?) {
    let written = given ?? variables["SPRING_PROFILES_ACTIVE"] ?? values["spring.profiles.active"].flatMap(resolved)
    let list = (written ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
    // The last profile counts most; a name with a slash is none.
    profiles = list.filter { !$0.isEmpty && !$0.contains("/") }
  }

  mutating func read(_ file: SourceFile) {
    if file.path.hasSuffix(".properties") {
      let separator = file.bytes.firstIndex(ofLine: "#---") ?? file.bytes.count
      // What stands behind a separator holds only sometimes.
      for entry in JavaProperties(file).entries where entry.key.range.start < separator && values.count < Self.limit {
        values[entry.key.text] = SpringServer.Setting(
          text: entry.value.text, place: SourcePlace(file.path, entry.value.range), isSpelled: entry.isSpelled)
      }
      return
    }
    for document in YAMLFile(file).documents {
      var own: [String: SpringServer.Setting] = [:]
      flatten(document, "", file, depth: 0, into: &own)
      let condition = own["spring.config.activate.on-profile"] ?? own["spring.profiles"]
      guard condition.map({ profiles.contains($0.text) }) ?? true else { continue }
      values.merge(own) { $1 }
    }
  }

  private func flatten(
    _ node: YAMLNode, _ prefix: String, _ file: SourceFile, depth: Int, into found: inout [String: SpringServer.Setting]
  ) {
    for entry in node.entries where depth < 20 && found.count < Self.limit {
      guard let name = entry.key.text else { continue }
      let key = prefix.isEmpty ? name : prefix + "." + name
      if let scalar = entry.value.scalar {
        let range = scalar.map.source(of: ByteRange(0, scalar.value.utf8.count))
        found[key] = SpringServer.Setting(
          text: scalar.value, place: SourcePlace(file.path, range), isSpelled: file.text(range) == scalar.value)
      } else {
        flatten(entry.value, key, file, depth: depth + 1, into: &found)
      }
    }
  }

  // MARK: Values

  /// Whether the container has a variable that comes before a key: `SPRING_DATASOURCE_URL`, dashes left out or not.
  func isOverridden(_ key: String) -> Bool {
    variables[Self.name(key)] != nil || variables[Self.name(key, dash: "")] != nil
  }

  /// The variable that stands for a key: https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.typesafe-configuration-properties.relaxed-binding.environment-variables
  static func name(_ key: String, dash: String = "_") -> String {
    key.replacing("-", with: dash).replacing(".", with: "_").uppercased()
  }

  /// The text with `${NAME:default}` put in; nil where something outside of files and container decides.
  func resolved(_ setting: SpringServer.Setting) -> String? {
    var steps = 100
    return resolved(setting.text[...], &steps)
  }

  /// - Parameter steps: how many placeholders may still be followed.
  private func resolved(_ text: Substring, _ steps: inout Int) -> String? {
    var result = ""
    var rest = text
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      steps -= 1
      guard steps > 0, let end = Self.closing(rest[start.upperBound...]) else { return nil }
      let inner = rest[start.upperBound..<end]
      let name = String(inner.prefix { $0 != ":" })
      if let value = variables[name] ?? variables[Self.name(name)] {
        result += value
      } else if let other = values[name], let value = resolved(other.text[...], &steps) {
        result += value
      } else if name.utf8.count < inner.utf8.count,
        let value = resolved(inner.dropFirst(name.count + 1), &steps)
      {
        result += value
      } else {
        return nil
      }
      guard result.utf8.count < 4096 else { return nil }
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  /// The brace that closes a placeholder.
  private static func closing(_ text: Substring) -> Substring.Index? {
    var level = 1
    for index in text.indices {
      if text[index] == "{" { level += 1 }
      if text[index] == "}" { level -= 1 }
      if level == 0 { return index }
    }
    return nil
  }
}

extension [UInt8] {
  /// Where the first line begins that starts with a text.
  fileprivate func firstIndex(ofLine text: String) -> Int? {
    let first = UInt8(ascii: "\n")
    var start = startIndex
    while start < endIndex {
      if self[start...].starts(with: text.utf8) { return start }
      guard let end = self[start...].firstIndex(of: first) else { return nil }
      start = end + 1
    }
    return nil
  }
}

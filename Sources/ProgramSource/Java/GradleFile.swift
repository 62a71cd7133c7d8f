import SourceText

/// A build.gradle or build.gradle.kts, as far as plugins, repositories and dependencies stand in it as literals.
///
/// https://docs.gradle.org/current/userguide/build_file_basics.html
public struct GradleFile: Sendable {
  public let source: SourceFile
  /// The ids of the plugins that are applied: `org.springframework.boot`, `application`.
  public private(set) var plugins: [SpelledText] = []
  /// The URLs of the repositories.
  public private(set) var repositories: [SpelledText] = []
  /// `group:name:version` of dependencies.
  public private(set) var dependencies: [SpelledText] = []
  /// `Main-Class`, `mainClass` or `mainClassName`.
  public private(set) var mainClass: SpelledText?

  /// The version of Java that the code is compiled for: `sourceCompatibility = '17'`, `JavaVersion.VERSION_1_8`.
  public private(set) var javaVersion: SpelledText?
  /// The version of the toolchain that it asks for: `JavaLanguageVersion.of(21)`, `jvmToolchain(21)`.
  ///
  /// https://docs.gradle.org/current/userguide/toolchains.html
  public private(set) var toolchain: SpelledText?

  public func applies(_ plugin: String) -> Bool { plugins.contains { $0.text == plugin } }

  /// The plugin that makes a jar run by `java -jar`: of Spring Boot the `bootJar`, of shadow the `-all.jar`.
  ///
  /// https://docs.spring.io/spring-boot/gradle-plugin/packaging.html
  public var runnableJar: SpelledText? {
    plugins.first {
      ["org.springframework.boot", "com.github.johnrengelman.shadow", "com.gradleup.shadow", "io.quarkus"]
        .contains($0.text)
    } ?? (hasManifest ? mainClass : nil)
  }

  private var hasManifest = false

  /// A word, a literal or a sign of the file.
  private struct Token {
    enum Kind { case word, literal, sign }
    var kind: Kind
    var text: SpelledText
  }

  public init(_ source: SourceFile) {
    self.source = source
    let tokens = Self.tokens(source)
    var blocks: [String] = []
    for (index, token) in tokens.enumerated() {
      func word(_ back: Int) -> String { index >= back ? tokens[index - back].text.text : "" }
      switch token.kind {
      case .sign where token.text.text == "{":
        // `tasks.jar {`, `maven("x") {`: the nearest word names the block.
        let name = tokens[..<index].suffix(8).last { $0.kind == .word }?.text.text ?? ""
        blocks.append(name)
      case .sign where token.text.text == "}": _ = blocks.popLast()
      case .literal:
        let before = word(1) == "(" || word(1) == "=" ? word(2) : word(1)
        readVersion(token.text, behind: tokens[..<index])
        read(token.text, after: before == "(" || before == "=" ? word(3) : before, in: blocks)
      case .word where blocks.last == "plugins" && word(1) != "version":
        if ["java", "application", "war", "groovy", "scala"].contains(token.text.text) { plugins.append(token.text) }
      case .word where token.text.text == "Main": hasManifest = true
      case .word: readVersion(token.text, behind: tokens[..<index])
      default: break
      }
    }
  }

  /// What may stand between a version and the name of what it is given to.
  private static let between: Set<String> = ["=", "(", ".", "1", "JavaVersion", "toVersion", "set"]

  private mutating func readVersion(_ text: SpelledText, behind tokens: ArraySlice<Token>) {
    guard let version = Self.version(text),
      let name = tokens.suffix(8).lastIndex(where: { !Self.between.contains($0.text.text) })
    else { return }
    switch tokens[name].text.text {
    case "sourceCompatibility", "targetCompatibility": javaVersion = javaVersion ?? version
    case "jvmToolchain": toolchain = toolchain ?? version
    case "of" where tokens[..<name].suffix(2).first?.text.text == "JavaLanguageVersion":
      toolchain = toolchain ?? version
    default: break
    }
  }

  /// `17`, `1.8`, `VERSION_17`, `VERSION_1_8` as the number of a release, at its digits.
  private static func version(_ text: SpelledText) -> SpelledText? {
    let digits = text.text.hasPrefix("VERSION_") ? text.text.dropFirst(8) : text.text[...]
    let parts = digits.split { $0 == "_" || $0 == "." }
    let release = parts.count > 1 && parts[0] == "1" ? parts[1] : parts.first ?? ""
    guard let number = Int(release), (5..<100).contains(number) else { return nil }
    let end = text.range.end
    let isLast = parts.last == release
    let range = isLast ? ByteRange(end - release.utf8.count, end) : text.range
    return SpelledText(text: String(number), range: range)
  }

  private mutating func read(_ literal: SpelledText, after word: String, in blocks: [String]) {
    switch word {
    case "id":
      if blocks.last == "plugins" { plugins.append(literal) }
    case "plugin": plugins.append(literal)
    case "url", "setUrl", "uri", "maven":
      if literal.text.contains("://") { repositories.append(literal) }
    case "mainClass", "mainClassName", "set":
      if literal.text.contains(".") { mainClass = mainClass ?? literal }
    case "implementation", "api", "runtimeOnly", "compileOnly", "developmentOnly", "testImplementation":
      dependencies.append(literal)
    default:
      if word == ":" || word == "to" || word == "[", blocks.contains("manifest"), !literal.text.hasPrefix("Main-") {
        mainClass = mainClass ?? literal
      }
      if literal.text == "Main-Class" { hasManifest = true }
    }
  }

  private static func tokens(_ source: SourceFile) -> [Token] {
    let bytes = source.bytes
    var tokens: [Token] = []
    var index = 0
    func at(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
    func isWord(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte)
    }
    while index < bytes.count, tokens.count < 100_000 {
      let start = index
      let byte = bytes[index]
      if byte == UInt8(ascii: "/"), at(1) == UInt8(ascii: "/") {
        while index < bytes.count, bytes[index] != 10 { index += 1 }
      } else if byte == UInt8(ascii: "/"), at(1) == UInt8(ascii: "*") {
        index += 2
        while index < bytes.count, !(bytes[index] == UInt8(ascii: "*") && at(1) == UInt8(ascii: "/")) { index += 1 }
        index = min(index + 2, bytes.count)
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        index += 1
        while index < bytes.count, bytes[index] != byte, bytes[index] != 10 {
          index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        let range = ByteRange(start + 1, min(index, bytes.count))
        tokens.append(Token(kind: .literal, text: SpelledText(text: source.text(range), range: range)))
        index = min(index + 1, bytes.count)
      } else if isWord(byte) {
        while index < bytes.count, isWord(bytes[index]) { index += 1 }
        let range = ByteRange(start, index)
        tokens.append(Token(kind: .word, text: SpelledText(text: source.text(range), range: range)))
      } else {
        index += 1
        guard byte > 32 else { continue }
        let range = ByteRange(start, index)
        tokens.append(Token(kind: .sign, text: SpelledText(text: source.text(range), range: range)))
      }
    }
    return tokens
  }
}

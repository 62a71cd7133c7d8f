import SourceText

/// A required module: `require path version // indirect`.
public struct GoRequirement: Hashable, Sendable {
  public var path: SpelledText
  public var version: SpelledText
  public var isIndirect: Bool
  public var range: ByteRange
}

/// `replace old [version] => new [version]`
public struct GoReplacement: Hashable, Sendable {
  public var old: SpelledText
  public var oldVersion: SpelledText?
  /// A module path, or a folder where `isLocal`.
  public var new: SpelledText
  public var newVersion: SpelledText?
  public var range: ByteRange

  /// Whether the replacement is a folder: it starts with `./`, `../` or `/`.
  public var isLocal: Bool {
    new.text.hasPrefix("./") || new.text.hasPrefix("../") || new.text.hasPrefix("/") || new.text == "."
      || new.text == ".."
  }
}

/// A module's go.mod: https://go.dev/ref/mod#go-mod-file
public struct GoModFile: Sendable {
  public let source: SourceFile
  /// The module's path; nil where the directive is missing.
  public private(set) var module: SpelledText?
  /// The version of the go line, such as `1.21` or `1.22.3`.
  public private(set) var go: SpelledText?
  /// The name of the toolchain line, such as `go1.22.3`, or `default`.
  public private(set) var toolchain: SpelledText?
  public private(set) var requirements: [GoRequirement] = []
  public private(set) var replacements: [GoReplacement] = []
  /// Module and version of each exclude line.
  public private(set) var exclusions: [GoRequirement] = []
  /// The versions or the two ends of the interval of each retract line.
  public private(set) var retractions: [[SpelledText]] = []
  public private(set) var problems: [SourceProblem] = []

  public init(_ source: SourceFile) {
    self.source = source
    for line in GoModuleLine.read(source.bytes, &problems) { add(line) }
  }

  private mutating func add(_ line: GoModuleLine) {
    switch line.verb.text {
    case "module" where line.words.count == 1:
      if module != nil { problems.report(.duplicateKey, line.range) }
      module = line.words[0]
    case "go" where line.words.count == 1:
      if go != nil { problems.report(.duplicateKey, line.range) }
      go = line.words[0]
      if !Self.isLanguageVersion(line.words[0].text) { problems.report(.malformedVersion, line.words[0].range) }
    case "toolchain" where line.words.count == 1: toolchain = line.words[0]
    case "require" where line.words.count == 2: requirements.append(requirement(line))
    case "exclude" where line.words.count == 2: exclusions.append(requirement(line))
    case "retract": retractions.append(line.words.filter { !["[", "]", ","].contains($0.text) })
    case "replace":
      if let replacement = GoReplacement(line) {
        replacements.append(replacement)
      } else {
        problems.report(.malformedLine, line.range)
      }
    case "tool", "godebug", "ignore": break
    case "module", "go", "toolchain", "require", "exclude": problems.report(.malformedLine, line.range)
    default: problems.report(.unknownDirective, line.verb.range)
    }
  }

  private mutating func requirement(_ line: GoModuleLine) -> GoRequirement {
    if !line.words[1].text.hasPrefix("v") { problems.report(.malformedVersion, line.words[1].range) }
    let isIndirect = line.comment == "indirect" || line.comment.hasPrefix("indirect;")
    return GoRequirement(path: line.words[0], version: line.words[1], isIndirect: isIndirect, range: line.range)
  }

  /// `1.21`, `1.21rc1`, `1.21.3`
  static func isLanguageVersion(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func digits() -> Bool {
      let count = rest.prefix { 48...57 ~= $0 }.count
      rest = rest.dropFirst(count)
      return count > 0
    }
    guard digits(), rest.popFirst() == UInt8(ascii: "."), digits() else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      return digits() && rest.isEmpty
    }
    let suffix = String(decoding: rest, as: UTF8.self)
    return suffix.isEmpty || suffix.hasPrefix("rc") || suffix.hasPrefix("beta")
  }
}

extension GoReplacement {
  init?(_ line: GoModuleLine) {
    guard let arrow = line.words.firstIndex(where: { $0.text == "=>" }), (1...2).contains(arrow),
      (1...2).contains(line.words.count - arrow - 1)
    else { return nil }
    old = line.words[0]
    oldVersion = arrow == 2 ? line.words[1] : nil
    new = line.words[arrow + 1]
    newVersion = line.words.count > arrow + 2 ? line.words[arrow + 2] : nil
    range = line.range
  }
}

/// A workspace's go.work: https://go.dev/ref/mod#go-work-file
public struct GoWorkFile: Sendable {
  public let source: SourceFile
  public private(set) var go: SpelledText?
  public private(set) var toolchain: SpelledText?
  /// The folders of the workspace's modules.
  public private(set) var uses: [SpelledText] = []
  public private(set) var replacements: [GoReplacement] = []
  public private(set) var problems: [SourceProblem] = []

  public init(_ source: SourceFile) {
    self.source = source
    for line in GoModuleLine.read(source.bytes, &problems) {
      switch line.verb.text {
      case "go" where line.words.count == 1: go = line.words[0]
      case "toolchain" where line.words.count == 1: toolchain = line.words[0]
      case "use" where line.words.count == 1: uses.append(line.words[0])
      case "replace":
        if let replacement = GoReplacement(line) { replacements.append(replacement) }
      case "godebug": break
      default: problems.report(.unknownDirective, line.range)
      }
    }
  }
}

/// The checksums of a go.sum: https://go.dev/ref/mod#go-sum-files
public struct GoSumFile: Sendable {
  public let source: SourceFile
  /// `path@version` of each module whose content has a checksum.
  public private(set) var modules: Set<String> = []
  /// `path@version` of each module whose go.mod has a checksum.
  public private(set) var goModFiles: Set<String> = []
  public private(set) var problems: [SourceProblem] = []

  public init(_ source: SourceFile) {
    self.source = source
    for line in source.bytes.lineRanges {
      let words = source.text(line).split { $0 == " " || $0 == "\t" || $0 == "\r" }
      guard let first = words.first else { continue }
      if ["<<<<<<<", "=======", ">>>>>>>"].contains(first.prefix(7)) {
        problems.report(.conflictMarker, line)
      } else if words.count != 3 || !words[2].hasPrefix("h1:") {
        problems.report(.malformedLine, line)
      } else if words[1].hasSuffix("/go.mod") {
        goModFiles.insert("\(first)@\(words[1].dropLast(7))")
      } else {
        modules.insert("\(first)@\(words[1])")
      }
    }
  }

  /// Whether a build finds the module's checksum.
  public func holds(_ path: String, _ version: String) -> Bool { modules.contains("\(path)@\(version)") }
}

/// The list of vendored modules, vendor/modules.txt: https://go.dev/ref/mod#vendoring
public struct GoVendorList: Sendable {
  public struct Module: Hashable, Sendable {
    public var path: String
    /// Empty for a module that a folder replaces.
    public var version: String
    /// Whether go.mod names it: the `## explicit` line.
    public var isExplicit: Bool
    public var packages: [String]
    public var range: ByteRange
  }

  public let source: SourceFile
  public private(set) var modules: [Module] = []

  public init(_ source: SourceFile) {
    self.source = source
    for line in source.bytes.lineRanges {
      let text = source.text(line).trimmed
      if text.hasPrefix("## ") {
        if text.contains("explicit"), !modules.isEmpty { modules[modules.count - 1].isExplicit = true }
      } else if text.hasPrefix("# ") {
        let words = text.split(separator: " ").map(String.init)
        guard words.count > 1 else { continue }
        let version = words.count > 2 && words[2] != "=>" ? words[2] : ""
        modules.append(Module(path: words[1], version: version, isExplicit: false, packages: [], range: line))
      } else if !text.isEmpty, !modules.isEmpty {
        modules[modules.count - 1].packages.append(text)
      }
    }
  }
}

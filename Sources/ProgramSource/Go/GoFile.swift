import SourceText

/// One import of a Go file.
public struct GoImport: Hashable, Sendable {
  public var path: String
  /// The name before the path: `_` and `.` included; nil where there is none.
  public var alias: SpelledText?
  /// The path's literal, quotes included.
  public var range: ByteRange

  /// What the file calls the package, as far as the path tells: `yaml` for `gopkg.in/yaml.v3`, `chi` for `…/chi/v5`.
  ///
  /// Source: https://go.dev/ref/mod#major-version-suffixes; a package may still name itself otherwise.
  public var localName: String {
    if let alias { return alias.text }
    let parts = path.split(separator: "/")
    var last = parts.last ?? ""
    if parts.count > 1, Self.isMajorVersion(last) { last = parts[parts.count - 2] }
    if let dot = last.lastIndex(of: "."), Self.isMajorVersion(last[last.index(after: dot)...]) { last = last[..<dot] }
    for prefix in ["go-", "go."] where last.hasPrefix(prefix) { last = last.dropFirst(prefix.count) }
    for suffix in ["-go", ".go"] where last.hasSuffix(suffix) { last = last.dropLast(suffix.count) }
    return String(last)
  }

  private static func isMajorVersion(_ text: Substring) -> Bool {
    text.first == "v" && text.count > 1 && text.dropFirst().utf8.allSatisfy { 48...57 ~= $0 }
  }
}

/// A function or method. Its body is parsed when it is asked for: `GoFile.body(of:)`.
public struct GoFunction: Sendable {
  public var name: SpelledText
  public var receiver: GoParameter?
  public var signature: GoSignature
  /// The body with its braces; nil where another language implements the function.
  public var body: ByteRange?
  public var range: ByteRange

  /// The receiver's type without pointer and type arguments.
  public var receiverType: String? {
    guard var type = receiver?.type.dereferenced else { return nil }
    if case .index(let base, _) = type.kind { type = base }
    return type.name
  }

  /// The name as people write it: `main`, `Server.Start`.
  public var fullName: String { receiverType.map { "\($0).\(name.text)" } ?? name.text }
}

/// A `//go:embed` line: https://pkg.go.dev/embed
public struct GoEmbed: Hashable, Sendable {
  /// The patterns as they are written, each with its range; quotes are taken off.
  public var patterns: [SpelledText]
  public var range: ByteRange
}

/// The declarations of one Go file.
public struct GoFile: Sendable {
  public let source: SourceFile
  /// The package name; its text is empty where the clause is missing.
  public let package: SpelledText
  public let imports: [GoImport]
  public let constraint: GoBuildConstraint?
  /// The comment before `import "C"`.
  public let cgoPreamble: ByteRange?
  public let embeds: [GoEmbed]
  public let functions: [GoFunction]
  /// Package constants and variables.
  public let variables: [GoVariables]
  public let types: [GoTypeDeclaration]
  public let problems: [SourceProblem]

  /// Reads the declarations; function bodies are passed over.
  public init(_ source: SourceFile) {
    let scanned = GoScanner.scan(source.bytes)
    var parser = GoParser(source.bytes, scanned)
    var reader = GoFileReader()
    reader.read(&parser)
    self.source = source
    package = reader.package
    imports = reader.imports
    functions = reader.functions
    variables = reader.variables
    types = reader.types
    problems = parser.problems
    constraint = GoBuildConstraint(source.bytes, scanned.comments, before: reader.package.range.start)
    embeds = scanned.comments.compactMap { GoEmbed(source.bytes, $0) }
    cgoPreamble = reader.imports.first { $0.path == "C" }.flatMap { cgo in
      let start = reader.importStarts[cgo.range] ?? cgo.range.start
      return scanned.comments.last { comment in
        comment.end <= start && source.bytes[comment.end..<start].allSatisfy { $0 == 10 || $0 == 13 || $0 == 32 }
      }
    }
  }

  public var path: String { source.path }
  public var isTest: Bool { path.hasSuffix("_test.go") }
  public var usesCgo: Bool { imports.contains { $0.path == "C" } }

  /// The folder of the file, without a slash at its end; empty for the project's root.
  public var directory: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "" }

  /// The statements of a function of this file. Empty for one without a body.
  public func body(of function: GoFunction) -> GoBlock {
    guard let range = function.body else {
      return GoBlock(statements: [], range: ByteRange(at: function.range.end), height: 0)
    }
    var parser = GoParser(source.bytes, GoScanner.scan(source.bytes, in: range))
    return parser.block()
  }
}

/// Walks over the top level of a file.
private struct GoFileReader {
  var package = SpelledText(text: "", range: ByteRange(at: 0))
  var imports: [GoImport] = []
  /// Where the import keyword of an import without parentheses stands.
  var importStarts: [ByteRange: Int] = [:]
  var functions: [GoFunction] = []
  var variables: [GoVariables] = []
  var types: [GoTypeDeclaration] = []

  mutating func read(_ parser: inout GoParser) {
    if parser.accept(.keywordPackage) {
      package = parser.name()
    } else {
      parser.problems.report(.missingPackageClause, parser.token.range)
      package.range = ByteRange(at: parser.token.range.start)
    }
    while parser.kind != .end || parser.passFence() {
      switch parser.kind {
      case .keywordImport: readImports(&parser)
      case .keywordVar, .keywordConst: variables += parser.variables()
      case .keywordType: types += parser.types()
      case .keywordFunc: functions.append(function(&parser))
      case .automaticSemicolon, .semicolon: parser.advance()
      case .leftBrace, .leftParenthesis, .leftBracket:
        parser.problems.report(.unexpectedToken, parser.token.range)
        parser.skipBrackets()
      default:
        parser.problems.report(.unexpectedToken, parser.token.range)
        parser.advance()
        parser.skip { $0.isSemicolon }
      }
    }
  }

  private mutating func readImports(_ parser: inout GoParser) {
    let start = parser.advance().range.start
    guard parser.accept(.leftParenthesis) else {
      if let one = importLine(&parser) {
        importStarts[one.range] = start
        imports.append(one)
      }
      return
    }
    while parser.kind != .rightParenthesis, parser.kind != .end {
      if parser.kind.isSemicolon {
        parser.advance()
      } else if let one = importLine(&parser) {
        imports.append(one)
      }
    }
    parser.expect(.rightParenthesis)
  }

  private func importLine(_ parser: inout GoParser) -> GoImport? {
    var alias: SpelledText?
    if parser.kind == .identifier {
      alias = parser.name()
    } else if parser.kind == .period {
      let range = parser.advance().range
      alias = SpelledText(text: ".", range: range)
    }
    guard parser.kind == .string || parser.kind == .rawString,
      let path = GoLiteral.string(parser.bytes, parser.token.range)
    else {
      parser.problems.report(.unexpectedToken, parser.token.range)
      parser.skip { $0.isSemicolon || $0 == .rightParenthesis }
      return nil
    }
    return GoImport(path: path, alias: alias, range: parser.advance().range)
  }

  private func function(_ parser: inout GoParser) -> GoFunction {
    let start = parser.advance().range.start
    var receiver: GoParameter?
    if parser.kind == .leftParenthesis { receiver = parser.parameters().first }
    let name = parser.name()
    let signature = parser.signature()
    var body: ByteRange?
    if parser.kind == .leftBrace {
      let open = parser.token.range.start
      parser.skipBrackets()
      body = ByteRange(open, parser.previousEnd)
    }
    return GoFunction(
      name: name, receiver: receiver, signature: signature, body: body, range: ByteRange(start, parser.previousEnd))
  }
}

extension GoEmbed {
  /// Nil for any other comment.
  init?(_ bytes: [UInt8], _ comment: ByteRange) {
    let prefix = Array("//go:embed".utf8)
    guard comment.count > prefix.count, bytes[comment.start..<(comment.start + prefix.count)].elementsEqual(prefix),
      bytes[comment.start + prefix.count] == 32 || bytes[comment.start + prefix.count] == 9
    else { return nil }
    range = comment
    patterns = []
    var offset = comment.start + prefix.count
    while offset < comment.end {
      let byte = bytes[offset]
      if byte == 32 || byte == 9 || byte == 13 {
        offset += 1
        continue
      }
      let start = offset
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
        offset += 1
        while offset < comment.end, bytes[offset] != byte { offset += 1 }
        patterns.append(SpelledText(text: Self.text(bytes, start + 1, offset), range: ByteRange(start + 1, offset)))
        offset += 1
      } else {
        while offset < comment.end, bytes[offset] != 32, bytes[offset] != 9, bytes[offset] != 13 { offset += 1 }
        patterns.append(SpelledText(text: Self.text(bytes, start, offset), range: ByteRange(start, offset)))
      }
    }
  }

  private static func text(_ bytes: [UInt8], _ start: Int, _ end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

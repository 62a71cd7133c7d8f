import SourceText
import Testing

@testable import ProgramSource

@Suite struct GoScannerTests {
  func kinds(_ text: String) -> [GoToken.Kind] { GoScanner.scan(Array(text.utf8)).tokens.map(\.kind) }

  @Test(
    arguments: [
      ("x := a &^= b", [.identifier, .define, .identifier, .assignOperation, .identifier, .automaticSemicolon, .end]),
      (
        "f(\"a\\\"b\", `c\n`)",
        [.identifier, .leftParenthesis, .string, .comma, .rawString, .rightParenthesis, .automaticSemicolon, .end]
      ),
      ("return\n}", [.keywordReturn, .automaticSemicolon, .rightBrace, .automaticSemicolon, .end]),
      ("a // \"b\"\n+ 1.5e-3", [.identifier, .automaticSemicolon, .plus, .float, .automaticSemicolon, .end]),
      ("<-ch ... 0x1F", [.arrow, .identifier, .ellipsis, .integer, .automaticSemicolon, .end]),
      ("a /* x\n */ b", [.identifier, .automaticSemicolon, .identifier, .automaticSemicolon, .end]),
      ("größe 'x' go1", [.identifier, .rune, .identifier, .automaticSemicolon, .end]),
    ] as [(String, [GoToken.Kind])])
  func tokens(text: String, expected: [GoToken.Kind]) {
    #expect(kinds(text) == expected)
  }

  @Test(arguments: [
    (#""a\tb\x41\u00e9\101""#, "a\tbAéA"), ("`a\\n`", "a\\n"), (#""\"""#, "\""), (#""plain""#, "plain"),
  ])
  func stringValue(literal: String, value: String) {
    let bytes = Array(literal.utf8)
    #expect(GoLiteral.string(bytes, ByteRange(0, bytes.count)) == value)
  }

  @Test(arguments: [
    ("8080", 8080), ("0x1F90", 8080), ("8_080", 8080), ("0o17", 15), ("010", 8), ("0b11", 3), ("1.5", nil),
  ])
  func integers(text: String, value: Int?) {
    #expect(GoLiteral.integer(text) == value)
  }

  @Test func listenCallInCommentOrStringIsNone() {
    let scanned = GoScanner.scan(Array("// http.ListenAndServe(\":80\")\nx := \"net.Listen\"".utf8))
    #expect(scanned.tokens.filter { $0.kind == .identifier }.count == 1)
    #expect(scanned.comments == [ByteRange(0, 29)])
    #expect(scanned.tokens.count == 5)
  }

  @Test func unterminatedStringEndsWithItsLine() {
    let scanned = GoScanner.scan(Array("a := \"b\nc()".utf8))
    #expect(scanned.problems.map(\.kind) == [.unterminatedString])
    #expect(scanned.tokens.contains { $0.kind == .leftParenthesis })
  }
}

/// Bytes that no person writes, under a name that fits on a line of test output.
struct HostileInput: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let bytes: [UInt8]

  init(_ name: String, _ bytes: [UInt8]) {
    testDescription = name
    self.bytes = bytes
  }

  init(_ name: String, _ start: String, repeated: String, count: Int = 6_000) {
    self.init(name, Array((start + String(repeating: repeated, count: count)).utf8))
  }

  static let plain: [HostileInput] =
    ["a", "\0", "\"", "'", "`", "{", "}", "(", "[", "<", "/", "\\", "\n", "-", "=", "\u{feff}", "$", "#", "\"\"\""].map
  {
    HostileInput("many of \($0)", "", repeated: $0, count: 20_000)
  } + [HostileInput("noise", (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })]
}

@Suite struct HostileGoTests {
  static let nested: [HostileInput] = [
    HostileInput("calls", "package p\nvar x = ", repeated: "f("),
    HostileInput("indices", "package p\nvar x = ", repeated: "a["),
    HostileInput("parentheses", "package p\nvar x = ", repeated: "("),
    HostileInput("blocks", "package p\nfunc f() ", repeated: "{"),
    HostileInput("conditions", "package p\nfunc f() {", repeated: "if a {"),
    HostileInput("switches", "package p\nfunc f() {", repeated: "switch { case a:"),
    HostileInput("labels", "package p\nfunc f() {", repeated: "a:"),
    HostileInput("literals", "package p\nvar x = ", repeated: "[]T{"),
    HostileInput("literals without types", "package p\nvar x = T", repeated: "{"),
    HostileInput("function literals", "package p\nvar x = ", repeated: "func() { "),
    HostileInput("struct types", "package p\ntype T ", repeated: "struct { a "),
    HostileInput("function types", "package p\ntype T ", repeated: "func(a "),
    HostileInput("map types", "package p\ntype T ", repeated: "map[map["),
    HostileInput("pointers", "package p\nvar x = ", repeated: "*"),
    HostileInput("pointer types", "package p\nvar x ", repeated: "*"),
    HostileInput("a chain", "package p\nvar x = a", repeated: ".b()"),
    HostileInput("a chain of literals", "package p\nvar x = a", repeated: "{}.b"),
    HostileInput("a sum", "package p\nvar x = 1", repeated: " + 1"),
    HostileInput("else if", "package p\nfunc f() { if a {}", repeated: " else if b {}"),
    HostileInput("parameters", "package p\nfunc f(", repeated: "a["),
    HostileInput("type parameters", "package p\ntype ", repeated: "T["),
    HostileInput("a build constraint", "//go:build ", repeated: "(!"),
    HostileInput("assertions", "package p\nvar x = a", repeated: ".("),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: HostileInput.plain + nested) func endsWithoutACrash(input: HostileInput) {
    for bytes in [input.bytes, Array("package p\nfunc f() {\n".utf8) + input.bytes] {
      let file = GoFile(SourceFile(path: "x.go", bytes: bytes))
      for function in file.functions { _ = file.body(of: function) }
      _ = GoProgram(GoProject(files: [file]), directory: "")
      #expect(file.problems.count <= 100)
    }
  }
}

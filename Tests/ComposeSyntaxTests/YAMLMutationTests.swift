import Testing
import Yams

@testable import ComposeSyntax

/// What a slip of the fingers makes of a text is read, or refused, as libYAML does.
@Suite struct YAMLMutationTests {
  static let texts = [
    """
    services:
      web:   # the front
        image: "nginx:\\t1"
        command: ['a', 'it''s', "b\\
          c"]
        environment:
        - A=1
        - "B: 2"
        -
          C: {d: e, "f":g, h}
        labels: {a: [1, 2, [3]], b: }
    """,
    """
    # a comment
    x-text: |
      first
        second

      third
    x-folded: >-
      one
      two

      three
        four
    x-keep: |+
      end

    x-indent: |2
        deep
    last: plain words
      on two lines
      # no more
    """,
    """
    x-a: &a
      k: v
      ? complex key
      : its value
      ? [p, q]
      : - x
        - - y
          - z
    b: *a
    c: {<<: *a, m: !!str 1, n: !tag x}
    d: !reset null
    ---
    - second
    - document: yes
    ...
    --- third
    """,
    "a: \"one\n\n  two \\\n   three\\u00e9\"\r\nb: 'x\r\n\r\n  y'\r\nc: - no\r\n",
    "é: ü # ö\n\"k\\n\": 'a''b'\n- x\n? \n: y\n",
    "{a: b, [c]: d, ? e : f, 'g':h}\n",
    "a: [b, c]\n", "a: b\nc: d", "- a\n- b: c\n", "a: |\n  b\n c", "a: 'b'", "a: \"b\\tc\"\n", "{a: b}", "? a\n: b",
    "a: &x b\nc: *x", "a:\n- b\n",
  ]

  /// A small generator, so that every run tries the same.
  struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) ^ state
    }
  }

  static let snippets = [
    " ", "  ", "\n", "\n  ", "- ", ": ", ":", "? ", "# ", "#", "\"", "'", "[", "]", "{", "}", ",", ", ", "&a ", "*a",
    "!t ",
    "|", ">", "|-\n", "%", "@", "`", "\\", "a", "1", "---\n", "...\n", "\t", "\r\n", "é", "<<: ", "-", "~", "=", "&",
    "*",
    "!", "k: v\n", "- i\n", "\u{FEFF}",
  ]

  static func mutate(_ text: String, _ dice: inout Dice) -> String {
    var scalars = Array(text.unicodeScalars)
    for _ in 0..<Int.random(in: 1...3, using: &dice) {
      let at = Int.random(in: 0...scalars.count, using: &dice)
      switch Int.random(in: 0..<4, using: &dice) {
      case 0: scalars.removeSubrange(at..<min(at + Int.random(in: 1...3, using: &dice), scalars.count))
      case 1, 2:
        scalars.insert(contentsOf: (snippets.randomElement(using: &dice) ?? "").unicodeScalars, at: at)
      default:
        let end = min(at + Int.random(in: 1...12, using: &dice), scalars.count)
        let piece = scalars[at..<end]
        scalars.insert(contentsOf: piece, at: Int.random(in: 0...scalars.count, using: &dice))
      }
    }
    var result = ""
    result.unicodeScalars.append(contentsOf: scalars)
    return result
  }

  /// Where the reader of compose, which ours follows, differs from libYAML.
  static func differsOnPurpose(_ text: String) -> Bool {
    // Names of anchors, and that they end with their document; tags and escapes with special characters.
    text.contains(/[&*][A-Za-z0-9_-]*[^A-Za-z0-9_\-\s,\]}]|&(.|\n)*---(.|\n)*\*|!\S*[,%]|\\['\/]/)
      // Colons and question marks between brackets.
      || text.contains(/[?:][,\[\]{}?:]|[,\[]\s*:\S|[\[{](.|\n)*([^\s,\[{]\?|\?\S|[^,\[{\s]\s+\?)/)
      // Joined files, directives, and keys that are collections and stand twice.
      || text.contains("\u{FEFF}") || text.contains(/^\s*\.\.\./) || text.contains(/(^|\n)%/)
      || text.contains(/\](.|\n)*\]:/)
  }

  @Test(arguments: texts) func agreesWithLibYAML(_ original: String) {
    var dice = Dice(state: UInt64(original.utf8.count))
    for _ in 0..<400 {
      let text = Self.mutate(original, &dice)
      guard !Self.differsOnPurpose(text) else { continue }
      let ours = YAMLFile(path: "x.yaml", text: text)
      if let theirs = LibYAML.picture(text) {
        #expect(ours.problems.isEmpty, "\(text.debugDescription)")
        #expect(LibYAML.picture(ours) == theirs, "\(text.debugDescription)")
      } else {
        #expect(!ours.problems.isEmpty, "\(text.debugDescription)")
      }
    }
  }
}

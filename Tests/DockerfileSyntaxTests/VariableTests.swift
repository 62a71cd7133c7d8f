import Testing

@testable import DockerfileSyntax

@Suite struct VariableTests {
  static let environment = Environment(["A": "one", "EMPTY": "", "PATH": "/bin:/usr/bin", "S": "a b"])

  @Test(arguments: [
    ("$A", "one"), ("${A}", "one"), ("$A-$A", "one-one"), ("x${A}y", "xoney"), ("$Ax", ""), ("\\$A", "$A"),
    ("'$A'", "$A"), ("\"$A\"", "one"), ("\"\\$A\"", "$A"), ("a\\b", "ab"), ("\"a\\b\"", "a\\b"), ("'a\\b'", "a\\b"),
    ("$", "$"), ("$.", "$."), ("$1x", "x"), ("$@", ""), ("a\\", "a"),
    ("${N:-d}", "d"), ("${N-d}", "d"), ("${EMPTY:-d}", "d"), ("${EMPTY-d}", ""), ("${A:-d}", "one"),
    ("${N:+d}", ""), ("${EMPTY:+d}", ""), ("${EMPTY+d}", "d"), ("${A:+$S}", "a b"), ("${N:-${M:-$A}}", "one"),
    ("${N:-a}b}", "ab}"), ("${A:?x}", "one"),
    ("${PATH#*/}", "bin:/usr/bin"), ("${PATH##*/}", "bin"), ("${PATH%/*}", "/bin:/usr"), ("${PATH%%:*}", "/bin"),
    ("${PATH/bin/sbin}", "/sbin:/usr/bin"), ("${PATH//bin/x}", "/x:/usr/x"), ("${A#?}", "ne"), ("${A%e}", "on"),
    ("${A/n*/}", "o"), ("${PATH//\\//|}", "|bin:|usr|bin"), ("ünï", "ünï"),
  ])
  func expands(word: String, expected: String) {
    let expansion = Self.environment.expand(word)
    #expect(expansion.value == expected)
    #expect(expansion.failure == nil)
  }

  @Test(arguments: [
    "'a", "\"a", "${", "${}", "${A", "${:x}", "${{A}}", "${A:=x}", "${A^^}", "${A:#x}", "${N:?}", "${EMPTY:?gone}",
    "${N?gone}", "${A/x}", "${A#\\x}",
  ])
  func refuses(word: String) {
    let expansion = Self.environment.expand(word)
    #expect(expansion.failure != nil)
    #expect(expansion.value == nil)
  }

  @Test func theMessageOfARequiredVariableIsItsOwn() {
    #expect(Self.environment.expand("${N:?set it}").failure == "N: set it")
  }

  @Test func theEscapeCharacterIsThatOfTheFile() {
    var environment = Self.environment
    environment.escape = UInt8(ascii: "`")
    #expect(environment.expand("c:\\$A`$A").value == "c:\\one$A")
  }

  @Test func unsetIsReportedButNotWhereThereIsADefault() {
    #expect(Self.environment.expand("$N/${M:-x}/$EMPTY").unset == ["N"])
  }

  @Test func unknownIsNotEmpty() {
    var environment = Environment(["A": "one"])
    environment.isComplete = false
    let expansion = environment.expand("$A/$N")
    #expect(expansion.value == nil)
    #expect(expansion.unknown == ["N"])
    #expect(environment.expand("${A:+x}").value == "x")
    #expect(environment.expand("${N:-x}").value == nil)
    #expect(environment.expand("${A:-$N}").value == "one")  // the default is not used
  }

  @Test(arguments: [
    ("a $S b", ["a", "a", "b", "b"]), ("a \"$S\"", ["a", "a b"]), ("''", []), ("a\\ b c", ["a b", "c"]),
  ])
  func splitsWords(text: String, expected: [String]) {
    #expect(Self.environment.expandWords(text).words == expected)
  }

  @Test func growthIsLimited() {
    var environment = Environment(["V": String(repeating: "x", count: 1_000)])
    for _ in 0..<40 {
      let twice = environment.expand("$V$V")
      environment.define(Variable("V", twice, .env))
    }
    #expect(environment["V"]?.value == nil)
  }

  @Test func depthIsLimited() {
    let deep = String(repeating: "${N:-", count: 100_000) + String(repeating: "}", count: 100_000)
    #expect(Self.environment.expand(deep).value == nil)
    #expect(Self.environment.expand(deep).failure == nil)  // the builder would not refuse it
  }
}

@Suite struct VariableReferenceTests {
  @Test(arguments: [
    ("FROM --platform=$P a:${T:-1} AS x", ["$P", "${T:-1}"]),
    ("ENV A=$B C=\"${D:+$E}\" F='$G' H=\\$I", ["$B", "${D:+$E}", "$E"]),
    ("COPY --chown=$U --from=$X $S \\\n  /d/$D", ["$U", "$S", "$D"]),
    ("ARG $A=$B C", ["$B"]),
    ("RUN --mount=type=cache,target=$T echo $HOME", ["$T"]),
    ("CMD echo $HOME", []),
    ("USER ${U", []),
  ])
  func found(text: String, expected: [String]) {
    let file = Dockerfile(text: text)
    #expect(file.instructions[0].variableReferences.map { file.text($0.range) } == expected)
  }
}

@Suite struct PlatformTests {
  @Test(arguments: [
    ("linux/amd64", "linux/amd64"), ("linux/arm64/v8", "linux/arm64"), ("linux/aarch64", "linux/arm64"),
    ("arm64", "linux/arm64"),
    ("linux/arm/7", "linux/arm/v7"), ("windows", "windows"),
  ])
  func normalised(text: String, expected: String) {
    #expect(Platform(text)?.description == expected)
  }

  @Test(arguments: ["", "foo", "linux/", "a/b/c/d", "linux/am d64"])
  func refused(text: String) {
    #expect(Platform(text) == nil)
  }
}

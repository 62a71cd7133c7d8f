import SourceText
import Testing

@testable import DockerfileSyntax

@Suite struct StageTests {
  static let file = Dockerfile(
    text: """
      ARG TAG=3.20
      FROM golang:1.24 AS Build
      RUN make
      FROM alpine:${TAG} AS base
      FROM base
      COPY --from=build /a /a
      RUN --mount=type=bind,from=base,target=/x true
      FROM scratch AS other
      COPY --from=2 / /

      """)

  @Test func basesAreResolved() {
    let build = Build(Self.file)
    #expect(build.stages.map(\.name) == ["build", "base", nil, "other"])
    #expect(build.stages.map(\.base) == [.image("golang:1.24"), .image("alpine:3.20"), .stage(1), .scratch])
    #expect(build.stages.map(\.copiesFrom) == [[], [], [0, 1], [2]])
    #expect(build.target == 3)
    #expect(build.stagesNeeded(by: 3) == [0, 1, 2, 3])
    #expect(build.stagesNeeded(by: 1) == [1])
    #expect(build.chain(of: 2) == [2, 1])
    #expect(build.stage(called: "BUILD") == 0)
    #expect(build.stage(called: "2") == 2)
    #expect(build.stage(called: "9") == nil)
    #expect(build.problems.isEmpty)
  }

  @Test func buildArgumentsReachFrom() {
    var options = BuildOptions()
    options.arguments = ["TAG": "edge"]
    options.target = "BASE"
    let build = Build(Self.file, options)
    #expect(build.stages[1].base == .image("alpine:edge"))
    #expect(build.target == 1)
  }

  @Test func aTargetThatIsNotThereIsAProblem() {
    var options = BuildOptions()
    options.target = "nope"
    let build = Build(Self.file, options)
    #expect(build.target == nil)
    #expect(build.problems.map(\.message) == ["target stage \"nope\" could not be found"])
  }

  @Test func namedContextsTakeThePlaceOfStagesAndImages() {
    var options = BuildOptions()
    options.namedContexts = ["build", "alpine:3.20"]
    let build = Build(Self.file, options)
    #expect(build.stages[0].base == .context("build"))
    #expect(build.stages[1].base == .context("alpine:3.20"))
  }

  @Test func whatNobodyTellsIsUnknown() {
    var options = BuildOptions()
    options.knowsAllArguments = false
    let build = Build(Dockerfile(text: "ARG V\nFROM a:$V AS x\nFROM --platform=$TARGETPLATFORM b\n"), options)
    #expect(build.stages[0].base == .unknown(["V"]))
    #expect(build.stages[1].platform?.unknown == ["TARGETPLATFORM"])
    #expect(build.problems.isEmpty)
  }

  @Test(arguments: [
    ("FROM $X\n", "base name ($X) should not be blank"),
    ("FROM a:$X\n", "failed to parse stage name \"a:\": invalid reference format"),
    ("FROM Alpine\n", "failed to parse stage name \"Alpine\": invalid reference format"),
    (
      "FROM a\nCOPY --from=$X a b\n",
      "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround"
    ),
    ("FROM a\nCOPY --from=3 a b\n", "invalid stage index 3"),
    ("FROM a AS x\nCOPY --from=x a b\n", "circular dependency detected on stage: x"),
    (
      "FROM a AS x\nCOPY --from=y a b\nFROM x AS y\nFROM y\n",
      "cannot copy from stage \"y\", it needs to be defined before current stage \"x\""
    ),
    (
      "FROM a\nENV A='b\n",
      "failed to process \"'b\": unexpected end of statement while looking for matching single-quote"
    ),
    ("FROM a\nCOPY --chmod=9 a b\n", "invalid chmod parameter: '9'. it should be octal string and between 0 and 07777"),
    ("FROM a\nCOPY https://x.y/z b\n", "source can't be a URL for COPY"),
    ("FROM a\nCOPY git@x.y:z.git b\n", "source can't be a git ref for COPY"),
    ("FROM a\nEXPOSE 80/tpc\n", "invalid proto: tpc"),
    ("FROM a\nEXPOSE $P x\n", "invalid containerPort: x"),
    ("FROM a\nSTOPSIGNAL SIGTREM\n", "invalid signal: SIGTREM"),
    ("FROM a\nRUN --mount=type=cahe,target=/x y\n", "unsupported mount type \"cahe\" (did you mean cache?)"),
    ("FROM a\nRUN --mount=type=cache,target=/ y\n", "invalid mount target \"/\""),
    ("FROM --platform=$X a\n", "empty platform value from expression $X"),
    ("FROM a AS b\nONBUILD FOOBAR x\nFROM b\n", "unknown instruction: FOOBAR"),
    ("FROM a\nADD --checksum=sha256:00 https://x.y/z b\n", "invalid checksum digest length"),
    ("ARG A=1\n", "dockerfile contains no stages to build"),
  ])
  func problems(text: String, message: String) {
    var options = BuildOptions()
    options.baseImage = { _ in ImageConfiguration() }
    #expect(Build(Dockerfile(text: text), options).problems.first?.message == message)
  }

  @Test func stagesThatAreNotNeededMayBeWrong() {
    #expect(Build(Dockerfile(text: "FROM a AS x\nENV A='b\nFROM c\n")).problems.isEmpty)
  }
}

@Suite struct EnvironmentTests {
  private func build(_ text: String, _ change: (inout BuildOptions) -> Void = { _ in }) -> Build {
    var options = BuildOptions()
    options.baseImage = { _ in
      var image = ImageConfiguration()
      image.environment = ["LANG=C", "PATH=/base"]
      image.workingDirectory = "/home"
      image.user = "nobody"
      image.command = ["sh"]
      return image
    }
    change(&options)
    return Build(Dockerfile(text: text), options)
  }

  @Test func variablesAreKnownAtEachInstruction() {
    let build = build("ARG G=1\nFROM a\nENV A=$LANG B=$A\nARG G\nENV A=x$G\nRUN y\n")
    let steps = Array(build.evaluations[0].steps)
    #expect(steps[0].environment["A"] == nil)
    #expect(steps[1].environment["A"]?.value == "C")
    #expect(steps[1].environment["B"]?.value == "")  // words of one ENV see what was before it
    #expect(steps[1].environment["G"] == nil)
    #expect(steps[2].environment["G"]?.value == "1")
    #expect(steps[2].environment["G"]?.isDefault == true)
    #expect(steps[3].environment["A"]?.value == "x1")
    #expect(steps[3].environment["A"]?.origin == .env)
    #expect(steps[3].environment["A"]?.instruction == 4)
    #expect(steps[3].environment["LANG"]?.origin == .baseImage)
    #expect(steps[3].environment.variables.map(\.name) == ["LANG", "PATH", "A", "B", "G"])
  }

  @Test func aStageInheritsVariablesOfTheStageItBeginsWith() {
    let build = build("FROM a AS b\nARG V=1\nENV E=2\nFROM b\nENV F=$V$E\nFROM a\nENV F=$V$E\n")
    #expect(build.evaluations[1].environment["F"]?.value == "12")
    #expect(build.evaluations[2].environment["F"]?.value == "")
  }

  @Test func aBaseImageNobodyKnowsMakesVariablesUnknown() {
    let build = build("FROM a\nENV A=$JAVA_HOME/bin B=${X:-y}\nWORKDIR sub\nUSER $U\n") { $0.baseImage = { _ in nil } }
    let end = build.evaluations[0]
    #expect(end.environment["A"]?.value == nil)
    #expect(end.environment["A"]?.unknown == ["JAVA_HOME"])
    #expect(end.finalWorkingDirectory?.value == nil)
    let image = build.image(of: 0)
    #expect(!image.isBaseKnown)
    #expect(image.user?.value.unknown == ["U"])
    #expect(image.command == nil)
  }

  @Test func platformArgumentsHaveToBeDeclared() {
    let build = build("FROM a\nENV A=$TARGETARCH\nARG TARGETARCH\nENV B=$TARGETARCH\n") { $0.platform = "linux/arm64" }
    #expect(build.evaluations[0].environment["A"]?.value == "")
    #expect(build.evaluations[0].environment["B"]?.value == "arm64")
  }

  @Test func theImageSaysWhereItsValuesComeFrom() {
    let file = "FROM a\nWORKDIR /app\nWORKDIR sub\nUSER 10:10\nEXPOSE 80 8000-8001/udp\nENTRYPOINT [\"e\"]\n"
    let build = build(file)
    let image = build.image(of: 0)
    func text(_ range: ByteRange?) -> String? { range.map { build.file.text($0) } }
    #expect(image.workingDirectory?.value.value == "/app/sub")
    #expect(text(image.workingDirectory?.range) == "sub")
    #expect(image.user?.value.value == "10:10")
    #expect(image.exposedPorts.map(\.value) == ["80/tcp", "8000/udp", "8001/udp"])
    #expect(text(image.entrypoint?.range) == "[\"e\"]")
    #expect(image.entrypoint?.value.words == ["e"])
    #expect(image.command == nil)  // an own ENTRYPOINT resets the inherited CMD
    #expect(image.environment.map(\.name) == ["LANG", "PATH"])
  }

  @Test func whatTheFileDoesNotSayComesFromTheBaseImage() {
    let image = build("FROM a\nCMD run it\nSHELL [\"/bin/bash\", \"-c\"]\n").image(of: 0)
    #expect(image.user?.value.value == "nobody")
    #expect(image.user?.instruction == nil)
    #expect(image.command?.value.words == ["/bin/sh", "-c", "run it"])
    #expect(image.command?.value.form == .shell)
    #expect(image.shell?.value == ["/bin/bash", "-c"])
    #expect(image.workingDirectory?.value.value == "/home")
  }

  @Test func triggersRunInTheStageAbove() {
    let build = build("FROM a AS b\nONBUILD ENV T=1\nONBUILD WORKDIR w\nFROM b\nENV U=$T\n")
    #expect(build.evaluations[0].environment["T"] == nil)
    #expect(build.evaluations[1].environment["U"]?.value == "1")
    #expect(build.evaluations[1].steps.map(\.isTrigger) == [true, true, false])
    #expect(build.image(of: 1).workingDirectory?.value.value == "/home/w")
    #expect(build.image(of: 0).onBuild.map(\.value) == ["ENV T=1", "WORKDIR w"])
    #expect(build.image(of: 1).onBuild.isEmpty)
  }

  @Test func triggersOfAnImageRunFirst() {
    let text = "FROM maker\nUSER $U\n"
    let build = build(text) {
      $0.baseImage = { _ in
        var image = ImageConfiguration()
        image.onBuild = ["ENV U=me", "COPY --chown=$U . /src", ""]
        return image
      }
    }
    let steps = Array(build.evaluations[0].steps)
    #expect(steps.map(\.instruction.keyword) == [.env, .copy, .user])
    #expect(steps.map(\.isTrigger) == [true, true, false])
    #expect(build.evaluations[0].finalUser?.value == "me")
    let place = build.image(of: 0).environment.last?.range
    #expect(place.map { build.file.text($0) } == "maker")
    #expect(steps[1].instruction.range == place)
    #expect(build.evaluations[0].step(at: 1)?.instruction.keyword == .user)
  }

  @Test func stepsAreFoundByInstruction() {
    let build = build("FROM a\nENV A=1\nRUN x\nFROM b\nRUN y\n")
    #expect(build.evaluations[0].step(at: 2)?.environment["A"]?.value == "1")
    #expect(build.evaluations[0].step(at: 4) == nil)
    #expect(build.evaluations[1].step(at: 4)?.instruction.text == "RUN y")
  }
}

@Suite struct ImageReferenceTests {
  @Test(arguments: [
    ("alpine", "docker.io", "library/alpine", nil, "alpine"),
    ("a/b:1", "docker.io", "a/b", "1", "a/b"),
    ("ghcr.io/a/b:v1.2", "ghcr.io", "a/b", "v1.2", "ghcr.io/a/b"),
    ("localhost:5000/x", "localhost:5000", "x", nil, "localhost:5000/x"),
    ("a__b/c-d.e", "docker.io", "a__b/c-d.e", nil, "a__b/c-d.e"),
  ])
  func parts(text: String, registry: String, repository: String, tag: String?, familiar: String) throws {
    let reference = try #require(ImageReference(text))
    #expect(reference.registry == registry)
    #expect(reference.repository == repository)
    #expect(reference.tag == tag)
    #expect(reference.familiarName == familiar)
  }

  @Test(arguments: ["", "A", "a:", ":a", "a b", "a//b", "a/", "-a", "a..b", "a:-x", "a@sha256:12", "http://a/b"])
  func refused(text: String) {
    #expect(ImageReference(text) == nil)
  }
}

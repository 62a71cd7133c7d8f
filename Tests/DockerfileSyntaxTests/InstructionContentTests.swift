import SourceText
import Testing

@testable import DockerfileSyntax

@Suite struct InstructionContentTests {
  private func content(_ text: String) -> Instruction.Content { Dockerfile(text: text).instructions[0].content }

  @Test func from() throws {
    guard case .from(let from) = content("FROM --platform=$BUILDPLATFORM golang:1 AS Build") else {
      throw Failure()
    }
    #expect(from.base.text == "golang:1")
    #expect(from.stageName == "build")
    #expect(from.platform?.value == "$BUILDPLATFORM")
  }

  @Test func copy() throws {
    guard
      case .copy(let copy) = content(
        "COPY --from=build --chown=1:2 --chmod=0755 --link --exclude=*.md --exclude=x a b <<f /d/\nhi\nf\n")
    else { throw Failure() }
    #expect(copy.sources.map(\.text) == ["a", "b"])
    #expect(copy.heredocs.map(\.name) == ["f"])
    #expect(copy.destination.text == "/d/")
    #expect(copy.from?.value == "build")
    #expect(copy.owner?.value == "1:2")
    #expect(copy.mode?.value == "0755")
    #expect(copy.isLinked && !copy.keepsParents && !copy.isAdd)
    #expect(copy.excludes.map(\.value) == ["*.md", "x"])
  }

  @Test func pairs() throws {
    let file = Dockerfile(text: "ENV A=1 \\\n  B=\"x = y\"\nENV C d e\n")
    guard case .env(let pairs) = file.instructions[0].content, case .env(let legacy) = file.instructions[1].content
    else { throw Failure() }
    #expect(pairs.map(\.name.text) == ["A", "B"])
    #expect(pairs.map { file.text($0.value?.range ?? ByteRange(at: 0)) } == ["1", "\"x = y\""])
    #expect(legacy.map(\.value?.text) == ["d e"])
    #expect(legacy.map(\.isLegacy) == [true])
  }

  @Test func commands() throws {
    guard case .cmd(let exec) = content("CMD [\"a\", \"b c\"]"), case .entrypoint(let shell) = content("ENTRYPOINT a b")
    else { throw Failure() }
    #expect(exec.form == .exec)
    #expect(exec.words.map(\.text) == ["a", "b c"])
    #expect(shell.form == .shell)
    #expect(shell.shellText?.text == "a b")
  }

  @Test func healthcheck() throws {
    guard
      case .healthcheck(let check) = content(
        "HEALTHCHECK --interval=1m30s --timeout=1.5s --retries=2 CMD curl -f localhost")
    else { throw Failure() }
    #expect(check.interval == 90_000_000_000)
    #expect(check.timeout == 1_500_000_000)
    #expect(check.retries == 2)
    #expect(check.command?.shellText?.text == "curl -f localhost")
    guard case .healthcheck(let none) = content("HEALTHCHECK none") else { throw Failure() }
    #expect(none.command == nil)
  }

  @Test func mounts() throws {
    guard
      case .run(let run) = content(
        "RUN --mount=type=cache,target=/c,sharing=locked,mode=0700 --mount=type=tmpfs,dst=/t,size=1.5g "
          + "--mount=type=secret,id=s,required,env=T --mount=source=a,target=/b,rw \"--mount=x\" true")
    else { throw Failure() }
    let mounts = try run.mounts.map { try Mount($0) }
    #expect(mounts.map(\.kind) == [.cache, .tmpfs, .secret, .bind])
    #expect(mounts[0].sharing == "locked")
    #expect(mounts[0].mode == 0o700)
    #expect(mounts[1].size == 1_610_612_736)
    #expect(mounts[2].isRequired && mounts[2].variable == "T")
    #expect(!mounts[3].isReadOnly)
    #expect(run.command.shellText?.text == "\"--mount=x\" true")
  }

  @Test(arguments: [
    ("FROM", "FROM requires either one or three arguments"),
    ("FROM a b", "FROM requires either one or three arguments"),
    ("FROM a AS 1b", "invalid name for build stage: \"1b\", name can't start with a number or contain symbols"),
    ("FROM --x=1 a", "unknown flag: --x"),
    ("COPY a", "COPY requires at least two arguments, but only one was provided. Destination could not be determined"),
    ("COPY --chwn=1 a b", "unknown flag: --chwn (did you mean chown?)"),
    ("COPY --chown a b", "missing a value on flag: --chown"),
    ("COPY --link=maybe a b", "expecting boolean value for flag --link, not: maybe"),
    ("COPY --link= a b", "missing a value on flag: --link"),
    ("COPY --from=a --from=b c d", "duplicate flag specified: --from"),
    ("COPY a <<b\nb\n", "COPY cannot accept a heredoc as a destination"),
    ("ADD --from=x a b", "unknown flag: --from"),
    ("RUN --network=all x", "invalid network mode \"all\""),
    (
      "RUN --mount=type=bind,from=$x,target=/y z",
      "'from' doesn't support variable expansion, define alias stage instead"
    ),
    ("CMD [1]", "when using JSON array syntax, arrays must be comprised of strings only"),
    ("ENV", "ENV requires at least one argument"),
    ("ENV A", "ENV must have two arguments"),
    ("ENV A=b C", "Syntax error - can't find = in \"C\". Must be of the form: name=value"),
    ("ENV =b", "ENV names can not be blank"),
    ("ARG", "ARG requires at least one argument"),
    ("EXPOSE", "EXPOSE requires at least one argument"),
    ("USER", "USER requires exactly one argument"),
    ("VOLUME [\"\"]", "VOLUME specified can not be an empty string"),
    ("SHELL bash", "SHELL requires the arguments to be in JSON form"),
    ("SHELL []", "SHELL requires at least one argument"),
    ("HEALTHCHECK", "HEALTHCHECK requires at least one argument"),
    ("HEALTHCHECK none x", "HEALTHCHECK NONE takes no arguments"),
    ("HEALTHCHECK curl x", "Unknown type \"CURL\" in HEALTHCHECK (try CMD)"),
    ("HEALTHCHECK CMD", "Missing command after HEALTHCHECK CMD"),
    ("HEALTHCHECK --interval=x CMD y", "time: invalid duration \"x\""),
    ("HEALTHCHECK --interval=1us CMD y", "Interval \"interval\" cannot be less than 1ms"),
    ("HEALTHCHECK --retries=-1 CMD y", "--retries cannot be negative (-1)"),
    ("ONBUILD", "ONBUILD requires at least one argument"),
    ("ONBUILD ONBUILD RUN x", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"),
    ("ONBUILD FROM x", "FROM isn't allowed as an ONBUILD trigger"),
    ("ONBUILD CMD [1]", "when using JSON array syntax, arrays must be comprised of strings only"),
    ("FORM alpine", "unknown instruction: FORM (did you mean FROM?)"),
    ("&& x", "unknown instruction: &&"),
  ])
  func refusals(text: String, message: String) {
    let instruction = Dockerfile(text: text).instructions[0]
    #expect(instruction.problems.map(\.message) == [message])
    guard case .invalid = instruction.content else {
      Issue.record("the content should be invalid")
      return
    }
  }

  @Test func aProblemStandsAtItsCause() {
    let file = Dockerfile(text: "FROM a\nCOPY --link \\\n  --chwn=1 x /y\n")
    #expect(file.problems.map { file.text($0.range) } == ["chwn"])
  }

  @Test func onlyArgumentsMayStandBeforeTheFirstStage() {
    let file = Dockerfile(text: "ARG A=1\nRUN x\nFROM a\nRUN y\n")
    #expect(file.problems.map(\.message) == ["no build stage in current context"])
    #expect(file.text(file.problems[0].range) == "RUN")
  }

  @Test func aFileOfNothingIsAProblem() {
    #expect(Dockerfile(text: "# x\n").problems.map(\.message) == ["file with no instructions"])
  }

  @Test func linesLongerThanTheBuilderReadsAreAProblem() {
    let long = String(repeating: "x", count: 65_600)
    let file = Dockerfile(text: "FROM a\nRUN \(long)\nUSER b\n")
    #expect(file.problems.map(\.message) == ["dockerfile line greater than max allowed size of 65535"])
    #expect(file.instructions.count == 3)
  }

  private struct Failure: Error {}
}

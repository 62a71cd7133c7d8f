import DockerfileSyntax
import SourceText

/// The lines that would put a compiled program into a small image of its own, right behind the step that compiles it.
struct SplitStage {
  /// Nil where more than that is needed.
  let lines: String?
  /// The step that compiles.
  let place: Place?

  init(plan: BuildPlan, model: StageModel, layers: BuildLayers, final: Set<Int>) {
    let programs = model.programs.filter { final.contains($0.stage) && $0.kind == "program" }
    let instructions = plan.build.target.map { plan.build.stages[$0].instructions }
    guard final.count == 1, programs.count == 1, let program = programs.first, let instructions,
      program.path.hasPrefix("/"),
      let small = Self.image(for: program, model)
    else {
      (lines, place) = (nil, nil)
      return
    }
    let later = instructions.filter { $0 > program.order }.map { plan.syntax.instructions[$0] }
    let earlier = instructions.filter { $0 < program.order }.map { plan.syntax.instructions[$0] }
    let settings: Set<Keyword> = [
      .expose, .user, .cmd, .entrypoint, .workdir, .env, .label, .volume, .healthcheck, .stopsignal,
    ]
    // Variables that are set before the program is compiled may be meant for it too.
    let isPlain =
      later.allSatisfy { settings.contains($0.keyword) }
      && !earlier.contains { Self.setsForProgram($0) || $0.keyword == .user }
    guard isPlain else {
      (lines, place) = (nil, nil)
      return
    }
    let name = plan.build.stages[plan.build.target ?? 0].name ?? "build"
    var text = "\nFROM \(small)\n"
    let directory = plan.build.evaluations[plan.build.target ?? 0].steps.first {
      $0.instruction.index == program.order
    }?.workingDirectory?.value
    if let directory, directory != "/", !later.contains(where: { $0.keyword == .workdir }) {
      text += "WORKDIR \(directory)\n"
    }
    text += "COPY --from=\(name) \(program.path) \(program.path)"
    lines = text
    place = plan.place(plan.syntax.instructions[program.order].range)
  }

  private static func setsForProgram(_ instruction: Instruction) -> Bool {
    guard case .env(let pairs) = instruction.content else {
      return [.expose, .entrypoint, .cmd, .volume].contains(instruction.keyword)
    }
    return !pairs.allSatisfy { $0.name.text.hasPrefix("GO") || $0.name.text.hasPrefix("CGO") }
  }

  /// An image that a program with that linkage runs on.
  private static func image(for program: BuiltProgram, _ model: StageModel) -> String? {
    if program.isDynamic == false { return "alpine:3.20" }
    if program.libc == "musl" { return "alpine:3.20" }
    switch model.base?["libc-version"] {
    case "2.41": return "debian:trixie-slim"
    case "2.36": return "debian:bookworm-slim"
    case "2.31": return "debian:bullseye-slim"
    default: return nil
    }
  }
}

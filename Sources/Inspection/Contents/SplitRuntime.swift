import DockerfileSyntax
import SourceText

/// The lines that would put what one stage builds for a runtime (a jar, a bundled application, installed packages) into a stage of its
/// own, right behind the step that builds it.
struct SplitRuntime {
  let lines: String
  /// The step that builds.
  let place: Place?

  /// Nil where more than that is needed.
  init?(plan: BuildPlan, model: StageModel, layers: BuildLayers, layer: Layer, tool: String) {
    guard let target = plan.build.target, plan.build.chain(of: target).count == 1, let reference = model.reference,
      let step = plan.build.evaluations[target].steps.last(where: { $0.instruction.index == layer.instruction }),
      let folder = step.workingDirectory?.value, folder != "/", folder.hasPrefix("/")
    else { return nil }
    let name = plan.build.stages[target].name ?? "build"
    let image = ImageReference(reference)
    let copies: [String]
    let small: String
    switch tool {
    case "mvn", "mvnw", "gradle", "gradlew":
      guard let version = image.javaVersion, let jar = Self.jar(plan, target) else { return nil }
      small = "eclipse-temurin:\(version)-jre"
      let path = Path.join(folder, jar)
      copies = ["COPY --from=\(name) \(path) \(path)"]
    case "npm", "yarn", "pnpm":
      guard let slim = Self.slim(image, "node") else { return nil }
      small = slim
      copies = ["COPY --from=\(name) \(folder) \(folder)"]
    case "pip", "pip3":
      guard let slim = Self.slim(image, "python") ?? Self.isSlim(image, "python"), let version = Self.minor(image)
      else {
        return nil
      }
      small = slim
      copies =
        ["/usr/local/lib/python\(version)/site-packages", "/usr/local/bin"].map { "COPY --from=\(name) \($0) \($0)" }
    default: return nil
    }
    guard Self.isPlain(plan, target, behind: layer.instruction, keepsSources: tool.hasPrefix("pip")) else {
      return nil
    }
    place = plan.place(layer.range)
    let prune = ["npm": "RUN npm prune --omit=dev\n", "pnpm": "RUN pnpm prune --prod\n"][tool] ?? ""
    lines = prune + "\nFROM \(small)\nWORKDIR \(folder)\n" + copies.joined(separator: "\n")
  }

  /// Whether nothing but settings, and the sources of a program that is run as they are, comes behind the step, and nothing before it
  /// is meant for the program.
  private static func isPlain(_ plan: BuildPlan, _ stage: Int, behind number: Int, keepsSources: Bool) -> Bool {
    let instructions = plan.build.stages[stage].instructions.map { plan.syntax.instructions[$0] }
    let settings: Set<Keyword> = [.expose, .user, .cmd, .entrypoint, .env, .label, .volume, .healthcheck, .stopsignal]
    let later = instructions.filter { $0.index > number }
    let earlier = instructions.filter { $0.index < number }
    let forProgram: Set<Keyword> = [.env, .expose, .entrypoint, .cmd, .volume, .user, .healthcheck]
    return later.allSatisfy { settings.contains($0.keyword) || keepsSources && $0.keyword == .copy }
      && !earlier.contains { forProgram.contains($0.keyword) }
  }

  /// The jar that the command starts, as it is written; nil where it starts something else.
  private static func jar(_ plan: BuildPlan, _ stage: Int) -> String? {
    for index in plan.build.stages[stage].instructions.reversed() {
      let command: Command
      switch plan.syntax.instructions[index].content {
      case .cmd(let own), .entrypoint(let own): command = own
      default: continue
      }
      let words =
        command.form == .exec
        ? command.words.map(\.text) : command.shellText?.text.split(separator: " ").map(String.init) ?? []
      guard let option = words.firstIndex(of: "-jar"), option + 1 < words.count else { continue }
      let jar = words[option + 1]
      return jar.hasSuffix(".jar") && !jar.contains("$") ? jar : nil
    }
    return nil
  }

  /// The slim variant of an official image on Debian.
  private static func slim(_ image: ImageReference, _ family: String) -> String? {
    guard image.repository.hasSuffix(family), image.digest == nil, let tag = image.tag, image.version != nil,
      !tag.contains("slim"), !tag.contains("alpine"), !tag.contains("windows")
    else { return nil }
    return "\(family):\(tag)-slim"
  }

  private static func isSlim(_ image: ImageReference, _ family: String) -> String? {
    guard image.repository.hasSuffix(family), image.digest == nil, let tag = image.tag, tag.contains("slim") else {
      return nil
    }
    return "\(family):\(tag)"
  }

  /// `3.12` of `3.12.4-slim`.
  private static func minor(_ image: ImageReference) -> String? {
    let parts = image.version?.split(separator: ".").prefix(2) ?? []
    return parts.count == 2 ? parts.joined(separator: ".") : nil
  }
}

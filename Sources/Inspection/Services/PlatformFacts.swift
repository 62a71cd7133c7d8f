import ComposeSyntax
import DockerfileSyntax
import SourceText

/// Writes down which processor a container runs on, as far as anything says so, and what its memory is limited to.
struct PlatformFacts {
  let service: ServiceModel
  let compose: ComposeReading?

  func add(to facts: inout FactStore) {
    guard service.origin != .source else { return }
    let given = given()
    facts.add(
      "platform",
      [
        "service": Cell(service.name),
        "architecture": Cell(given.architecture.value ?? "unsure", given.architecture.place), "by": Cell(given.by),
        "mixed": Cell(demanded != nil), "image": Cell(service.stage?.reference ?? "", service.stage?.referencePlace),
      ], at: given.architecture.place ?? service.stage?.referencePlace ?? service.place, presumed: given.by == "default"
    )
    addLimits(to: &facts)
  }

  private func given() -> (architecture: Cell, by: String) {
    if let value = service.compose?["platform"], let text = value.string {
      return (Cell(Self.architecture(text), compose?.place(value.place)), "compose")
    }
    if let word = service.command?.values("--platform").last {
      let place = service.command.map { Place($0.source, word.range) }
      return (Cell(word.text.flatMap(Self.architecture), place), "command")
    }
    if let demanded { return (demanded, "from") }
    if service.plan.dockerfile == nil { return (.unknown, "image") }
    // Most machines are; a claim that rests on it is never sure.
    return (Cell("amd64"), "default")
  }

  /// What the final stage's FROM asks for in so many words.
  private var demanded: Cell? {
    guard let target = service.plan.build.target, service.plan.dockerfile != nil,
      let flag = service.plan.build.stages[target].from.platform, let text = flag.value, !text.contains("$")
    else { return nil }
    return Cell(Self.architecture(text), service.plan.place(flag.valueRange))
  }

  /// `linux/arm64/v8`: `arm64`, as Go names it.
  static func architecture(_ platform: String) -> String? {
    let parts = platform.split(separator: "/").map { $0.lowercased() }
    guard let name = parts.count > 1 ? parts[1] : parts.first, !name.contains("$") else { return nil }
    return ["x86_64": "amd64", "x64": "amd64", "aarch64": "arm64", "armhf": "arm", "armv7l": "arm", "i386": "386"][name]
      ?? name
  }

  private func addLimits(to facts: inout FactStore) {
    let own = service.compose
    let limit = own?["mem_limit"] ?? own?["deploy"]?["resources"]?["limits"]?["memory"]
    let shared = service.compose?["shm_size"]
    let word = service.command?.values("--memory").last
    guard limit != nil || shared != nil || word != nil else { return }
    let place =
      limit.flatMap { compose?.place($0.place) }
      ?? word.flatMap { word in service.command.map { Place($0.source, word.range) } }
    facts.add(
      "limits",
      [
        "service": Cell(service.name), "memory": Cell(limit?.text ?? word?.text ?? "", place),
        "shm": Cell(shared?.text ?? "", shared.flatMap { compose?.place($0.place) }),
      ], at: place ?? service.place)
  }
}

import DockerfileSyntax
import SourceText

/// Writes down steps that change what lies below a VOLUME that was declared before: the classic builder throws that away.
///
/// https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes
struct DiscardFacts {
  let plan: BuildPlan
  let stages: [Int: StageModel]

  func add(to facts: inout FactStore) {
    defer { facts.declare("discards", .presumed, for: plan.id) }
    guard plan.dockerfile != nil, let target = plan.build.target else { return }
    for stage in plan.build.stagesNeeded(by: target) { add(stage, to: &facts) }
  }

  private struct Declared {
    let path: String
    let place: Place?
    let isOwn: Bool
  }

  private func add(_ stage: Int, to facts: inout FactStore) {
    var declared = (stages[stage]?.base?.words("volumes") ?? []).map {
      Declared(path: Path.clean($0), place: stages[stage]?.referencePlace, isOwn: false)
    }
    var last: Int?
    for step in plan.build.evaluations[stage].steps {
      switch step.instruction.content {
      case .volume(let words):
        for word in words {
          guard let path = step.expand(word).value, path.hasPrefix("/") else { continue }
          declared.append(Declared(path: Path.clean(path), place: plan.place(step.instruction.range), isOwn: true))
        }
      case .run:
        guard let text = plan.dockerfile?.text(step.instruction.range) else { continue }
        for volume in declared where Self.changes(text, volume.path) && last != step.instruction.index {
          last = step.instruction.index
          facts.add(
            "discards",
            [
              "build": Cell(plan.id), "stage": Cell(stage), "path": Cell(volume.path, volume.place),
              "step": Cell(volume.path, plan.place(step.instruction.range)), "own": Cell(volume.isOwn),
              "text": Cell(volume.isOwn ? volume.place.flatMap { plan.dockerfile?.text($0.range) } : ""),
              "final": Cell(stage == plan.build.target),
            ], at: plan.place(step.instruction.range),
            order: BuildOrder(build: plan.id, position: step.instruction.index))
        }
      default: break
      }
    }
  }

  /// Whether a command of the step names the path, or something below it, other than to read it.
  private static func changes(_ text: String, _ path: String) -> Bool {
    let bytes = Array(text.utf8)
    let wanted = Array(path.utf8)
    var index = 0
    while index + wanted.count <= bytes.count {
      if bytes[index...].starts(with: wanted) {
        let next = index + wanted.count < bytes.count ? bytes[index + wanted.count] : 0x20
        let before = index > 0 ? bytes[index - 1] : 0x20
        let isWhole = next == UInt8(ascii: "/") || next <= 0x20 || "\"';&|)".utf8.contains(next)
        if isWhole, before <= 0x20 || "\"'=>".utf8.contains(before) { return true }
      }
      index += 1
    }
    return false
  }
}

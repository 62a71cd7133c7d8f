import Fixes
import Knowledge
import Reports

/// A proof for programs.
public enum ProofJSON {
  public static func value(_ proof: Proof, version: String, title: String, language: Language) -> JSON {
    .object([
      ("schema", .number(1)),
      ("tool", .object([("name", .string("drydock")), ("version", .string(version))])),
      ("verdict", .string(proof.verdict.rawValue)),
      ("cause", .string(proof.cause.id)), ("title", .string(title)),
      ("service", proof.subject.map(JSON.string) ?? .null), ("symptom", .string(proof.symptom)),
      (
        "fix",
        proof.fix.map {
          .object([
            ("id", .string($0.template.id)), ("safety", .string($0.template.safety.rawValue)),
            ("title", .string($0.title[language])), ("diff", .string(proof.changes.map(\.diff.text).joined())),
          ])
        } ?? .null
      ),
      ("engine", .string(proof.engine)), ("milliseconds", milliseconds(proof.seconds)),
      ("before", run(proof.before, language)), ("after", proof.after.map { run($0, language) } ?? .null),
      ("otherSymptom", proof.other.map { .string($0.id) } ?? .null),
      ("leftOut", strings(proof.leftOut)), ("leftovers", strings(proof.leftovers)),
    ])
  }

  private static func run(_ run: Proof.Run, _ language: Language) -> JSON {
    let seen: JSON = run.sighting.isSeen ? .bool(true) : run.sighting.isAbsent ? .bool(false) : .null
    return .object([
      ("seen", seen), ("reason", .string(run.sighting.reason[language])), ("output", .string(run.witness.rawValue)),
      ("milliseconds", milliseconds(run.record.seconds)),
      ("builds", .array(run.record.builds.map(build))),
      ("containers", .array(run.record.containers.map(container))),
      ("interruption", run.record.interruption.map { .string($0.text[language]) } ?? .null),
    ])
  }

  private static func build(_ build: RunRecord.Build) -> JSON {
    let status: JSON =
      switch build.ending {
      case .made: .number(0)
      case .failed(let status): .number(status)
      case .timedOut: .null
      }
    return .object([
      ("service", .string(build.service)), ("status", status), ("milliseconds", milliseconds(build.seconds)),
      ("lines", strings(build.lines)),
    ])
  }

  private static func container(_ container: RunRecord.Container) -> JSON {
    var members: [(String, JSON)] = [("service", .string(container.service))]
    switch container.state {
    case .running: members.append(("state", .string("running")))
    case .ended(let status, let outOfMemory):
      members += [("state", .string("ended")), ("status", .number(status)), ("outOfMemory", .bool(outOfMemory))]
    case .notStarted(let words): members += [("state", .string("not-started")), ("error", .string(words))]
    case .notReached(let dependency):
      members += [("state", .string("waiting")), ("for", .string(dependency))]
    }
    members.append(("milliseconds", milliseconds(container.seconds)))
    members.append(
      (
        "ports",
        .array(
          container.ports.map { port in
            .object([
              ("container", .number(port.container)), ("host", port.host.map(JSON.number) ?? .null),
              ("answers", .bool(port.answer == .answers)), ("milliseconds", milliseconds(port.seconds)),
            ])
          })
      ))
    if let health = container.health { members.append(("healthy", .bool(health.isHealthy))) }
    if let stop = container.stop {
      members.append(
        (
          "stop",
          .object([
            ("milliseconds", milliseconds(stop.seconds)), ("status", .number(stop.status)),
            ("request", stop.request.map { .string($0 == .answered ? "answered" : "cut") } ?? .null),
          ])
        ))
    }
    members.append(("lines", strings(container.lines)))
    return .object(members)
  }

  private static func milliseconds(_ seconds: Double) -> JSON { .number(Int(min(max(seconds, 0), 1e9) * 1000)) }
  private static func strings(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
}

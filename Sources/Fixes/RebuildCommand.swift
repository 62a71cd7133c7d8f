import Diagnosis
import Inspection
import Knowledge

/// The command that builds again what a diagnosis is about, and starts it where a compose file says how: `$rebuild` in
/// the commands of a fix.
struct RebuildCommand {
  let facts: FactStore

  func text(for diagnosis: Diagnosis) -> String {
    let named = diagnosis.service ?? diagnosis.value(of: "service") ?? diagnosis.value(of: "s")
    if let service = services.first(where: { $0.name == named }), service.by == "compose" {
      return "docker compose up --build --detach \(service.name)"
    }
    let build = diagnosis.value(of: "build") ?? services.first { $0.name == named }?.build
    guard let row = facts.rows("build").first(where: { facts.cell($0, "build").value == build }) else {
      return "docker build ."
    }
    if facts.cell(row, "by").value == "compose" {
      let users = services.filter { $0.by == "compose" && $0.build == build }.map(\.name)
      if !users.isEmpty { return (["docker compose up --build --detach"] + users).joined(separator: " ") }
    }
    let context = facts.cell(row, "context").value ?? "."
    let dockerfile = facts.cell(row, "dockerfile").value ?? "Dockerfile"
    let isDefault = dockerfile == Path.join(context, "Dockerfile")
    let target = facts.cell(row, "target").value.flatMap { $0.isEmpty ? nil : "--target \($0)" }
    let words = [isDefault ? nil : "--file \(dockerfile)", target, context.isEmpty ? "." : context]
    return (["docker build"] + words.compactMap { $0 }).joined(separator: " ")
  }

  private var services: [(name: String, build: String, by: String)] {
    facts.rows("service").map { row in
      (
        facts.cell(row, "service").value ?? "", facts.cell(row, "build").value ?? "",
        facts.cell(row, "by").value ?? ""
      )
    }
  }
}

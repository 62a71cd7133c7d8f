import Knowledge

/// The checks that need the whole knowledge base: names that must exist, causes that must be reachable, folders that must be full.
struct KnowledgeChecks {
  let base: KnowledgeBase
  let files: [KnowledgeReader.File]

  func problems() -> [Problem] {
    uniqueness() + trees() + references() + fixtures()
  }

  private func uniqueness() -> [Problem] {
    var seen: Set<String> = []
    return base.causes.filter { !seen.insert($0.id).inserted }.map { problem($0, "there is another cause “\($0.id)”") }
  }

  private func trees() -> [Problem] {
    base.symptoms.flatMap { symptom in
      let file = "symptoms/\(symptom.id).yaml"
      let inTree = symptom.tree.causes
      let unknown = inTree.filter { base.cause($0) == nil }.map {
        Problem(file: file, line: 1, message: "the tree names the cause “\($0)”, which does not exist")
      }
      let missing = base.causes.filter { cause in
        cause.symptoms.contains { $0.id == symptom.id } && !inTree.contains(cause.id)
      }
      let strange = inTree.compactMap(base.cause).filter { cause in !cause.symptoms.contains { $0.id == symptom.id } }
      var problems = unknown
      problems += missing.map { problem($0, "it cannot be reached in the tree of its symptom “\(symptom.id)”") }
      problems += strange.map {
        problem($0, "the tree of “\(symptom.id)” names it, but that is not among its symptoms")
      }
      return problems + depth(symptom.tree, file) + walk(symptom.tree, file)
    }
  }

  private func depth(_ tree: Tree, _ file: String) -> [Problem] {
    guard tree.depth > Self.deepest else { return [] }
    let message = "the tree is \(tree.depth) questions deep; nobody answers more than \(Self.deepest)"
    return [Problem(file: file, line: 1, message: message)]
  }

  private static let deepest = 7

  private func walk(_ tree: Tree, _ file: String) -> [Problem] {
    switch tree {
    case .causes: return []
    case .symptom(let id):
      return base.symptom(id) == nil
        ? [Problem(file: file, line: 1, message: "the tree leads to the symptom “\(id)”, which does not exist")] : []
    case .question(let id, let branches):
      guard let question = base.question(id) else {
        return [Problem(file: file, line: 1, message: "there is no question “\(id)”")]
      }
      let answers = question.answers.map(\.id)
      let named = branches.map(\.answer)
      let wrong = named.filter { !answers.contains($0) }.map { "“\(id)” has no answer “\($0)”" }
      let missing = answers.filter { !named.contains($0) }.map { "the answer “\($0)” of “\(id)” leads nowhere" }
      return (wrong + missing).map { Problem(file: file, line: 1, message: $0) }
        + branches.flatMap { walk($0.tree, file) }
    }
  }

  private func references() -> [Problem] {
    base.causes.flatMap { cause in
      cause.symptoms.filter { base.symptom($0.id) == nil }.map {
        problem(cause, "there is no symptom “\($0.id)”")
      } + displaced(cause)
    }
      + base.observations.flatMap { observation in
        observation.symptoms.filter { base.symptom($0) == nil }.map {
          Problem(
            file: "observations/\(observation.id.split(separator: "/").first ?? "").yaml", line: 1,
            message: "“\(observation.id)” names the symptom “\($0)”, which does not exist")
        }
      }
  }

  /// A cause may not be displaced, directly or through others, by one that it displaces.
  private func displaced(_ cause: Cause) -> [Problem] {
    let unknown = cause.insteadOf.filter { base.cause($0.cause) == nil }.map {
      problem(cause, "“instead-of” names the cause “\($0.cause)”, which does not exist")
    }
    var seen: Set<String> = []
    var open = cause.insteadOf.map(\.cause)
    while let next = open.popLast() {
      if next == cause.id { return unknown + [problem(cause, "“instead-of” leads back to this cause")] }
      if seen.insert(next).inserted { open += base.cause(next)?.insteadOf.map(\.cause) ?? [] }
    }
    return unknown
  }

  private func fixtures() -> [Problem] {
    let folders = Set(files.map { $0.parts.dropLast().joined(separator: "/") })
    return base.causes.flatMap { cause -> [Problem] in
      guard let folder = folder(of: cause) else { return [] }
      let needed = cause.cure == .edit ? ["bad", "good", "near"] : ["bad", "near"]
      return needed.filter { name in !folders.contains { "\($0)/".hasPrefix("\(folder)/\(name)/") } }
        .map { problem(cause, "the fixture folder “\($0)/” is missing") }
    }
  }

  private func folder(of cause: Cause) -> String? {
    let file = files.first { $0.parts.count == 4 && $0.parts[2] == cause.id && $0.parts[3] == "cause.yaml" }
    return file?.parts.dropLast().joined(separator: "/")
  }

  private func problem(_ cause: Cause, _ message: String) -> Problem {
    Problem(file: folder(of: cause).map { "\($0)/cause.yaml" } ?? "causes/\(cause.id)", line: 1, message: message)
  }
}

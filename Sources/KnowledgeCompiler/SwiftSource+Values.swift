import Knowledge

extension SwiftSource {
  static func relation(_ relation: Relation) -> String {
    let columns = list(relation.columns) { "Relation.Column(\(quoted($0.name)), \(type($0.type)))" }
    return "Relation(\(quoted(relation.name)), scope: .\(relation.scope.rawValue), columns: \(columns), "
      + "meaning: \(quoted(relation.meaning)))"
  }

  private static func type(_ type: ColumnType) -> String {
    switch type {
    case .text: "ColumnType.text"
    case .number: "ColumnType.number"
    case .size: "ColumnType.size"
    case .duration: "ColumnType.duration"
    case .version: "ColumnType.version"
    case .path: "ColumnType.path"
    case .choice(let values): "ColumnType.choice(\(list(values, quoted)))"
    }
  }

  static func cause(_ cause: Cause) -> String {
    """
    Cause(
        id: \(quoted(cause.id)), since: \(cause.since),
        symptoms: \(list(cause.symptoms) { "(id: \(quoted($0.id)), commonness: \($0.commonness))" }),
        title: \(quoted(cause.title)),
        explanation: \(quoted(cause.explanation)),
        cure: .\(cause.cure.rawValue), extent: .\(cause.extent.rawValue), confidence: .\(cause.confidence.name),
        variables: \(list(cause.variables, quoted)), about: \(optional(cause.about) { "\($0)" }),
        when: \(lines(cause.when)),
        maybe: \(lines(cause.maybe)),
        supports: \(lines(cause.supports)),
        weakens: \(lines(cause.weakens)),
        excludes: \(lines(cause.excludes)),
        insteadOf: \(list(cause.insteadOf, displacement)),
        labels: \(list(cause.labels) { "(variable: \($0.variable), text: \(quoted($0.text)))" }),
        fixes: \(list(cause.fixes, fix)),
        references: \(list(cause.references, quoted)))
    """
  }

  private static func displacement(_ displacement: Cause.Displacement) -> String {
    "Cause.Displacement(\(quoted(displacement.cause)), about: \(optional(displacement.about) { "\($0)" }))"
  }

  private static func fix(_ fix: FixTemplate) -> String {
    "FixTemplate(id: \(quoted(fix.id)), safety: .\(fix.safety.rawValue), title: \(quoted(fix.title)), "
      + "note: \(optional(fix.note, quoted)), needs: \(lines(fix.needs)), edits: \(list(fix.edits, edit)), "
      + "commands: \(list(fix.commands, quoted)))"
  }

  private static func edit(_ edit: EditTemplate) -> String {
    switch edit {
    case .replace(let variable, let text): "EditTemplate.replace(variable: \(variable), with: \(quoted(text)))"
    case .insertBefore(let variable, let text):
      "EditTemplate.insertBefore(variable: \(variable), text: \(quoted(text)))"
    case .insertAfter(let variable, let text):
      "EditTemplate.insertAfter(variable: \(variable), text: \(quoted(text)))"
    case .delete(let variable): "EditTemplate.delete(variable: \(variable))"
    case .unixLineEndings(let variable): "EditTemplate.unixLineEndings(variable: \(variable))"
    case .append(let path, let text): "EditTemplate.append(path: \(quoted(path)), text: \(quoted(text)))"
    case .rewrite(let name, let arguments):
      "EditTemplate.rewrite(name: \(quoted(name)), arguments: "
        + (arguments.isEmpty
          ? "[:]" : list(arguments.sorted { $0.key < $1.key }) { "\(quoted($0.key)): \($0.value)" }) + ")"
    }
  }

  static func symptom(_ symptom: Symptom) -> String {
    "Symptom(id: \(quoted(symptom.id)), title: \(quoted(symptom.title)), summary: \(quoted(symptom.summary)), "
      + "tree: \(tree(symptom.tree)))"
  }

  private static func tree(_ tree: Tree) -> String {
    switch tree {
    case .question(let id, let branches):
      "Tree.question(id: \(quoted(id)), branches: "
        + list(branches) { "(answer: \(quoted($0.answer)), tree: \(self.tree($0.tree)))" } + ")"
    case .causes(let causes): "Tree.causes(\(list(causes, quoted)))"
    case .symptom(let id): "Tree.symptom(\(quoted(id)))"
    }
  }

  static func question(_ question: Question) -> String {
    "Question(id: \(quoted(question.id)), text: \(quoted(question.text)), reason: \(quoted(question.reason)), "
      + "command: \(optional(question.command, quoted)), variables: \(list(question.variables, quoted)), "
      + "answers: \(list(question.answers, answer)))"
  }

  private static func answer(_ answer: Question.Answer) -> String {
    "Question.Answer(id: \(quoted(answer.id)), text: \(quoted(answer.text)), "
      + "settledBy: \(list(answer.settledBy, lines)))"
  }

  static func observation(_ observation: Observation) -> String {
    "Observation(id: \(quoted(observation.id)), kind: \(quoted(observation.kind)), weight: .\(observation.weight), "
      + "symptoms: \(list(observation.symptoms, quoted)), "
      + "patterns: \(list(observation.patterns) { "LinePattern(\(list($0.parts, part)))" }), "
      + "cells: \(list(observation.cells) { "(column: \(quoted($0.column)), value: \(quoted($0.value)))" }))"
  }

  private static func part(_ part: LinePattern.Part) -> String {
    switch part {
    case .literal(let text): "LinePattern.Part.literal(\(quoted(text)))"
    case .hole(let column, let kind): "LinePattern.Part.hole(column: \(optional(column, quoted)), .\(kind.rawValue))"
    }
  }

  static func image(_ image: ImageFamily) -> String {
    "ImageFamily(family: \(quoted(image.family)), repositories: \(list(image.repositories, quoted)), "
      + "summary: \(quoted(image.summary)), "
      + "rules: \(list(image.rules) { "ImageFamily.Rule(tag: \(quoted($0.tag)), properties: \(properties($0.properties)))" }), "
      + "references: \(list(image.references, quoted)))"
  }

  static func program(_ program: Program) -> String {
    let modes = list(program.modes) {
      "Program.Mode(arguments: \(list($0.arguments, quoted)), properties: \(properties($0.properties)))"
    }
    return "Program(name: \(quoted(program.name)), aliases: \(list(program.aliases, quoted)), "
      + "properties: \(properties(program.properties)), modes: \(modes), "
      + "references: \(list(program.references, quoted)))"
  }

  private static func properties(_ properties: [(name: String, value: String)]) -> String {
    list(properties) { "(name: \(quoted($0.name)), value: \(quoted($0.value)))" }
  }
}

import Knowledge
import Policy
import TerminalUI

/// Everything that can be explained, by the names people have for it.
public struct Encyclopedia {
  private let knowledge: KnowledgeBase
  private let language: Knowledge.Language

  public init(knowledge: KnowledgeBase, language: Knowledge.Language) {
    self.knowledge = knowledge
    self.language = language
  }

  /// What a subject is: a cause, symptom, image, program, relation, exit code, or a rule of another tool. Several when the
  /// name has several meanings; none when nobody knows it.
  public func articles(about subject: String) -> [ArticleView] {
    let name = subject.lowercased()
    let programs = knowledge.programs.filter { $0.aliases.contains(name) }.map(\.name)
    var found = Articles(knowledge: knowledge, language: language).all.filter { article in
      article.id.lowercased() == name || programs.contains(article.id)
    }
    if let relation = knowledge.relations.first(where: { $0.name == name }) { found.append(article(relation)) }
    if let code = Int(name), let text = ExitCodes.text(code) {
      found.append(
        ArticleView(id: name, group: "", title: Phrases.exitCode(code, language), text: text[language]))
    }
    let causes = ForeignRules.causes(of: subject)
    if !causes.isEmpty {
      let others = ForeignRules.table.first { $0.causes == causes }?.rules ?? []
      found.append(
        ArticleView(
          id: subject, group: "", title: others.joined(separator: ", "),
          text: Phrases.rule(language) + "\n\n"
            + causes.map { "- \($0): \(knowledge.cause($0)?.title.general(language) ?? "")" }
            .joined(separator: "\n")))
    }
    return found
  }

  /// The subjects of a list: symptoms, causes, images, programs, facts, exit-codes, rules.
  public func list(_ name: String) -> [(id: String, text: String)]? {
    switch name {
    case "symptoms": knowledge.symptoms.map { (id: $0.id, text: $0.title[language]) }
    case "causes": knowledge.causes.map { (id: $0.id, text: $0.title.general(language)) }
    case "programs": knowledge.programs.map { (id: $0.name, text: $0.aliases.joined(separator: " ")) }
    case "facts": knowledge.relations.map { (id: $0.name, text: $0.meaning[language]) }
    case "exit-codes":
      ExitCodes.telling.compactMap { code in
        ExitCodes.text(code).map { (id: String(code), text: $0[language]) }
      }
    case "rules":
      ForeignRules.table.flatMap { row in row.rules.map { (id: $0, text: row.causes.joined(separator: " ")) } }
    default: nil
    }
  }

  private func article(_ relation: Relation) -> ArticleView {
    ArticleView(
      id: relation.name, group: "", title: relation.name,
      text: relation.meaning[language] + "\n\n" + relation.columns.map { "- \($0.name)" }.joined(separator: "\n"))
  }

  private enum Phrases {
    static func exitCode(_ code: Int, _ language: Knowledge.Language) -> String {
      language == .zh ? "退出码 \(code)" : "exit code \(code)"
    }

    static func rule(_ language: Knowledge.Language) -> String {
      language == .zh ? "drydock 中对应的原因：" : "drydock knows this as:"
    }
  }
}

import Knowledge
import TerminalUI

/// The knowledge base as entries to read.
struct Articles {
  let knowledge: KnowledgeBase
  let language: Knowledge.Language

  var all: [ArticleView] {
    knowledge.symptoms.map(symptom) + knowledge.symptoms.flatMap(causes) + knowledge.images.map(image)
      + knowledge.programs.map(program)
  }

  /// All entries, those about some subjects first and under a heading of their own.
  func all(first subjects: [String], under heading: String) -> [ArticleView] {
    let all = all
    let names = subjects.map { name in knowledge.programs.first { $0.aliases.contains(name) }?.name ?? name }
    let first = names.compactMap { name in all.first { $0.id == name } }.map { article in
      var article = article
      article.group = heading
      return article
    }
    return first + all.filter { article in !names.contains(article.id) }
  }

  private func pick(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }

  private func symptom(_ symptom: Symptom) -> ArticleView {
    var text = symptom.summary[language] + "\n"
    let questions = symptom.tree.questions.compactMap(knowledge.question)
    if !questions.isEmpty { text += "\n" + pick("What is asked:", "会询问：") + "\n\n" }
    for question in questions {
      text += "- " + question.text.general(language) + pick(" ", "") + question.reason.general(language) + "\n"
    }
    text += "\n" + pick("Its causes:", "可能的原因：") + "\n\n"
    for cause in knowledge.causes(of: symptom.id) {
      text += "- \(cause.title.general(language))\n"
    }
    return ArticleView(id: symptom.id, group: pick("Symptoms", "症状"), title: symptom.title[language], text: text)
  }

  /// The causes for which this symptom is the first one, so that each stands in the list once.
  private func causes(_ symptom: Symptom) -> [ArticleView] {
    knowledge.causes.filter { $0.symptoms.first?.id == symptom.id }.map { cause in
      var text = cause.explanation.general(language)
      var fixes: [String] = []
      for fix in cause.fixes {
        let note = fix.note.map { pick(". ", "。") + $0.general(language) } ?? ""
        let item = "- \(fix.title.general(language))\(note)"
        if !fixes.contains(item) { fixes.append(item) }
      }
      if !fixes.isEmpty { text += "\n\n" + pick("What cures it:", "怎样修复：") + "\n\n" + fixes.joined(separator: "\n") }
      return ArticleView(
        id: cause.id, group: symptom.title[language], title: cause.title.general(language),
        text: text,
        see: cause.references)
    }
  }

  private func image(_ image: ImageFamily) -> ArticleView {
    var text = image.summary[language] + "\n"
    for rule in image.rules {
      text += "\n" + pick("Tag", "标签") + " `\(rule.tag)`\n\n"
      text += list(rule.properties)
    }
    return ArticleView(
      id: image.family, group: pick("Base images", "基础镜像"), title: image.family, text: text, see: image.references)
  }

  private func list(_ properties: [(name: String, value: String)]) -> String {
    properties.map { "- \(PropertyNames.name($0.name, language))\(pick(": ", "："))`\($0.value)`\n" }.joined()
  }

  private func program(_ program: Program) -> ArticleView {
    var text = list(program.properties)
    for mode in program.modes {
      text += "\n" + pick("With", "带参数") + " `\(mode.arguments.joined(separator: " "))`\n\n" + list(mode.properties)
    }
    return ArticleView(
      id: program.name, group: pick("Programs", "程序"), title: program.name, text: text, see: program.references)
  }

  /// The exit codes that mean something by themselves.
  var exitCodes: [ArticleView] {
    ExitCodes.telling.compactMap { code in
      ExitCodes.text(code).map { text in
        let title = pick("Exit code \(code)", "退出码 \(code)")
        return ArticleView(id: "\(code)", group: pick("Exit codes", "退出码"), title: title, text: text[language])
      }
    }
  }
}

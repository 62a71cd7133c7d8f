import ArgumentParser
import Knowledge
import Reports

extension KnowledgeCommand {
  struct TreeOf: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tree", abstract: "Prints the decision tree of a symptom.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
      case text, mermaid, json
    }

    @OptionGroup var source: KnowledgeSource

    @Argument(help: "The symptom; drydock knowledge list shows them.")
    var symptom: String

    @Option(help: "How to print it.")
    var format = Format.text

    @Option(help: "en or zh; by default the language of the locale.")
    var language: Language?

    func run() throws {
      try Command.run {
        let knowledge = try source.load()
        guard let symptom = knowledge.symptom(symptom) else {
          let known = knowledge.symptoms.map(\.id).joined(separator: ", ")
          throw Refusal.usage("there is no symptom “\(symptom)”; known: \(known)")
        }
        let tree = SymptomTree(symptom, knowledge: knowledge, language: language ?? Language(locale: Host.locale))
        switch format {
        case .text: Host.write(tree.text())
        case .mermaid: Host.write(tree.mermaid())
        case .json: Host.write(tree.json())
        }
      }
    }
  }
}

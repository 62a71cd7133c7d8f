import Knowledge

/// Writes a knowledge base as Swift source: one function for each value, all types spelled out and nothing to optimise, so
/// that it compiles fast.
enum SwiftSource {
  static func file(_ base: KnowledgeBase) -> String {
    """
    // Generated from the folder knowledge/ when the package is built. Do not edit.
    import Knowledge

    extension KnowledgeBase {
      /// Its version, without the rest of it.
      public static let builtInVersion = \(base.version)

      /// The knowledge that is compiled into the program.
      public static var builtIn: KnowledgeBase {
        KnowledgeBase(
          version: builtInVersion,
          relations: [\(calls("relation", base.relations.count))],
          causes: [\(calls("cause", base.causes.count))],
          symptoms: [\(calls("symptom", base.symptoms.count))],
          questions: [\(calls("question", base.questions.count))],
          observations: { [\(calls("observation", base.observations.count))] },
          images: [\(calls("image", base.images.count))],
          programs: [\(calls("program", base.programs.count))],
          sample: sampleFiles())
      }
    }

    \(functions("relation", "Relation", base.relations, relation))
    \(functions("cause", "Cause", base.causes, cause))
    \(functions("symptom", "Symptom", base.symptoms, symptom))
    \(functions("question", "Question", base.questions, question))
    \(functions("observation", "Observation", base.observations, observation))
    \(functions("image", "ImageFamily", base.images, image))
    \(functions("program", "Program", base.programs, program))
    @_optimize(none) private func sampleFiles() -> [(path: String, content: String)] {
      \(list(base.sample) { "(path: \(quoted($0.path)), content: \(quoted($0.content)))" })
    }

    """
  }

  private static func calls(_ name: String, _ count: Int) -> String {
    (0..<count).map { "\(name)\($0)()" }.joined(separator: ", ")
  }

  private static func functions<Value>(
    _ name: String, _ type: String, _ values: [Value], _ body: (Value) -> String
  ) -> String {
    values.enumerated().map { index, value in
      "@_optimize(none) private func \(name)\(index)() -> \(type) {\n  \(body(value))\n}\n"
    }.joined()
  }

  static func list<Value>(_ values: [Value], _ body: (Value) -> String) -> String {
    "[\(values.map(body).joined(separator: ", "))]"
  }

  static func quoted(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": literal += "\\\\"
      case "\"": literal += "\\\""
      case "\n": literal += "\\n"
      case "\r": literal += "\\r"
      case "\t": literal += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0xFEFF:
        literal += "\\u{\(String(scalar.value, radix: 16))}"
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }

  static func quoted(_ text: LocalizedText) -> String {
    "LocalizedText(en: \(quoted(text.en)), zh: \(quoted(text.zh)))"
  }

  static func optional<Value>(_ value: Value?, _ body: (Value) -> String) -> String {
    value.map(body) ?? "nil"
  }
}

import Knowledge

/// How well-known programs behave.
struct ProgramCatalog: Sendable {
  /// What a program does when it is called with certain arguments.
  struct Behaviour: Sendable {
    let name: String
    let values: [String: String]
    /// The place of the word among the arguments that chose a mode; nil when no mode was chosen.
    let decidingArgument: Int?

    subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
  }

  private let programs: [String: Program]

  init(_ programs: [Program]) {
    var table: [String: Program] = [:]
    for program in programs { for name in [program.name] + program.aliases { table[name] = program } }
    self.programs = table
  }

  /// The behaviour of a program by the last part of its path; nil when it is not in the knowledge base.
  func behaviour(_ program: String, arguments: [String]) -> Behaviour? {
    let name = Path.name(program)
    guard let known = programs[name] else { return nil }
    var values = Dictionary(known.properties.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    var deciding: Int?
    for mode in known.modes {
      guard let start = Self.position(of: mode.arguments, in: arguments) else { continue }
      deciding = start + mode.arguments.count - 1
      for property in mode.properties { values[property.name] = property.value }
    }
    return Behaviour(name: name, values: values, decidingArgument: deciding)
  }

  private static func position(of words: [String], in arguments: [String]) -> Int? {
    guard !words.isEmpty, arguments.count >= words.count else { return nil }
    return (0...(arguments.count - words.count)).first { start in
      words.indices.allSatisfy { arguments[start + $0] == words[$0] }
    }
  }
}

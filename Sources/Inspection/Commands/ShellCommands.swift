import DockerfileSyntax
import SourceText

/// The simple commands of a script in the order of its text, with variables replaced where their values are known.
struct ShellCommands {
  private(set) var commands: [ShellCommand] = []
  /// Whether all of the text was understood.
  private(set) var isUnderstood: Bool
  /// How many statements the text has at its outermost level.
  let statementCount: Int
  /// Whether a command's output goes into another one.
  private(set) var hasPipe = false
  private var variables: [String: String?] = [:]
  private let lookup: (String) -> String?

  /// - Parameter lookup: the value of a variable before the script begins; nil when it is not known.
  init(_ script: Shell.Script, lookup: @escaping (String) -> String? = { _ in nil }) {
    self.lookup = lookup
    isUnderstood = script.opaque.isEmpty
    statementCount = script.statements.count
    visit(script.statements, Position(isLast: true))
  }

  private struct Position {
    var isLast: Bool
    var isConditional = false
    var isBackground = false
  }

  private mutating func visit(_ statements: [Shell.Statement], _ position: Position) {
    for (index, statement) in statements.enumerated() {
      var inner = position
      inner.isLast = position.isLast && index == statements.count - 1
      inner.isBackground = position.isBackground || statement.isBackground
      for (number, pipeline) in statement.pipelines.enumerated() {
        var place = inner
        place.isLast = inner.isLast && number == statement.pipelines.count - 1 && pipeline.commands.count == 1
        place.isConditional = inner.isConditional || pipeline.connector == .or
        if pipeline.commands.count > 1 { hasPipe = true }
        for command in pipeline.commands { visit(command, place) }
      }
    }
  }

  private mutating func visit(_ command: Shell.Command, _ position: Position) {
    var branch = position
    branch.isConditional = true
    switch command {
    case .simple(let simple): add(simple, position)
    case .group(let block), .subshell(let block): visit(block.statements, position)
    case .conditional(let conditional):
      for arm in conditional.branches {
        visit(arm.condition, Position(isLast: false, isConditional: position.isConditional))
        visit(arm.body, branch)
      }
      visit(conditional.otherwise ?? [], branch)
    case .loop(let loop):
      visit(loop.condition, Position(isLast: false, isConditional: true))
      visit(loop.body, Position(isLast: false, isConditional: true))
    case .selection(let selection): for arm in selection.branches { visit(arm.body, branch) }
    case .function(_, let body, _): visit(body, Position(isLast: false, isConditional: true))
    case .arithmetic, .opaque: break
    }
  }

  private mutating func add(_ command: Shell.SimpleCommand, _ position: Position) {
    var words = command.words.map(word)
    let isExec = words.first?.text == "exec" && words.count > 1
    if isExec { words.removeFirst() }
    while words.count > 1, let first = words.first?.text, ["command", "builtin", "nohup", "time"].contains(first) {
      words.removeFirst()
    }
    let assignments = command.assignments.map { (name: $0.name, value: word($0.value)) }
    if words.isEmpty { for (name, value) in assignments { variables[name] = .some(value.text) } }
    commands.append(
      ShellCommand(
        assignments: assignments, words: words, range: command.range, isExec: isExec,
        isBackground: position.isBackground, isLast: position.isLast, isConditional: position.isConditional))
  }

  private func word(_ word: Shell.Word) -> ShellCommand.Word {
    if let value = word.value { return ShellCommand.Word(text: value, range: word.range) }
    var text = ""
    for part in word.parts {
      switch part {
      case .literal(let literal, _): text += literal
      case .variable(let variable):
        guard let value = value(of: variable) else {
          return ShellCommand.Word(text: nil, range: word.range, lead: text)
        }
        text += value
      case .command(let script, _, _):
        // `$(pwd)` is the same as `$PWD`.
        let inner = script.simpleCommands
        guard inner.count == 1, inner[0].words.map(\.value) == ["pwd"], let value = lookup("PWD") else {
          return ShellCommand.Word(text: nil, range: word.range, lead: text)
        }
        text += value
      default: return ShellCommand.Word(text: nil, range: word.range, lead: text)
      }
    }
    return ShellCommand.Word(text: text, range: word.range)
  }

  private func value(of variable: Shell.Variable) -> String? {
    let known = variables[variable.name] ?? lookup(variable.name)
    switch variable.modifier {
    case "": return known
    case ":-", "-": return known ?? variable.argument?.value
    default: return nil
    }
  }
}

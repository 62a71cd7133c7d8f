import SourceText

/// Tells what keeps a program's main function from returning.
struct GoLife {
  let index: GoIndex
  let flow: GoFlow
  let serves: Set<Int>
  /// Whether main or a goroutine of it listens.
  let runsListener: Bool

  /// What was found out about functions; nothing for one that runs to its end, or that is being looked at.
  private var known: [Int: ProgramLife?] = [:]

  init(index: GoIndex, flow: GoFlow, serves: Set<Int>, runsListener: Bool) {
    self.index = index
    self.flow = flow
    self.serves = serves
    self.runsListener = runsListener
  }

  mutating func life(main: Int) -> ProgramLife {
    for code in index.codes.indices where index.codes[code].name == "init" && !index.codes[code].isLiteral {
      if let initial = life(of: code, depth: 0), !initial.isConditional { return initial }
    }
    if var life = life(of: main, depth: 0) {
      // Main waits while a goroutine serves.
      if life.kind == .waits || life.kind == .loops, runsListener { life.kind = .serves }
      return life
    }
    return ProgramLife(kind: .finishes, place: nil, isConditional: false)
  }

  /// What a function stays in; nil where it runs to its end.
  private mutating func life(of code: Int, depth: Int) -> ProgramLife? {
    if let life = known[code] { return life }
    guard depth < 50 else { return nil }
    known[code] = .some(nil)
    var conditional: ProgramLife?
    var leading: Set<String> = []
    var runsLibrary: ProgramLife?
    for node in index.nodesByCode[code] ?? [] where isOwn(node) {
      guard var found = life(node, code, depth) else { continue }
      if isConditional(node) { found.isConditional = true }
      if let words = words(around: node) {
        leading.formUnion(words.here)
        if found.words.isEmpty { (found.words, found.endingWords) = words }
      }
      if found.kind == .unknown {
        runsLibrary = runsLibrary ?? found
      } else if found.isConditional {
        conditional = conditional ?? found
      } else {
        known[code] = found
        return found
      }
    }
    conditional?.endingWords.removeAll(where: leading.contains)
    let life = conditional ?? runsLibrary
    known[code] = life
    return life
  }

  /// Whether a node is no deferred or started call.
  private func isOwn(_ node: Int) -> Bool {
    switch index.nodes[node].statement.kind {
    case .go, .defer: false
    default: true
    }
  }

  private func isConditional(_ node: Int) -> Bool {
    var rest = node
    while let parent = index.nodes[rest].parent {
      switch index.nodes[parent].statement.kind {
      case .if where index.nodes[rest].slot >= 0, .switch where index.nodes[rest].slot >= 0: return true
      default: rest = parent
      }
    }
    return false
  }

  /// The words of the innermost condition around a statement that compares with words: those that lead to it, and the
  /// others.
  private func words(around node: Int) -> (here: [String], others: [String])? {
    var rest = node
    while let parent = index.nodes[rest].parent {
      let slot = index.nodes[rest].slot
      let labels: [[String]] =
        switch index.nodes[parent].statement.kind {
        case .switch(_, _, let clauses): clauses.map { $0.labels.compactMap(\.string) }
        case .if(let branches, _): branches.map { Self.compared($0.condition) }
        default: []
        }
      if slot >= 0, labels.contains(where: { !$0.isEmpty }) {
        let others = labels.indices.filter { $0 != slot }.flatMap { labels[$0] }
        return (labels.indices.contains(slot) ? labels[slot] : [], others)
      }
      rest = parent
    }
    return nil
  }

  /// The words that a condition compares something with.
  private static func compared(_ condition: GoExpression) -> [String] {
    guard case .binary(let operands, let operators) = condition.kind else { return [] }
    if operators == ["=="] { return operands.compactMap(\.string) }
    return operators.allSatisfy { ["&&", "||"].contains($0) } ? operands.flatMap(compared) : []
  }

  private mutating func life(_ node: Int, _ code: Int, _ depth: Int) -> ProgramLife? {
    let statement = index.nodes[node].statement
    let place = index.place(statement.range, unit: index.codes[code].unit)
    func found(_ kind: ProgramLife.Kind) -> ProgramLife { ProgramLife(kind: kind, place: place, isConditional: false) }
    switch statement.kind {
    case .for(let loop) where loop.condition == nil && loop.range == nil && loop.post == nil:
      return hasEnd(loop.body.range, code) ? nil : found(.loops)
    case .select(let clauses):
      return clauses.contains { $0.communication == nil } || flow.isInLoop(node) ? nil : found(.waits)
    default: break
    }
    for position in index.callsByNode[node] ?? [] where index.calls[position].code == code {
      if let life = life(ofCall: position, depth) { return life }
    }
    if GoReceives.contains(statement), !flow.isInLoop(node) { return found(.waits) }
    return nil
  }

  private mutating func life(ofCall position: Int, _ depth: Int) -> ProgramLife? {
    let call = index.calls[position]
    let unit = index.unit(of: call)
    guard call.start == .called else { return nil }
    func found(_ kind: ProgramLife.Kind) -> ProgramLife {
      ProgramLife(kind: kind, place: index.place(of: call), isConditional: false)
    }
    if serves.contains(position) { return found(.serves) }
    if let callee = index.callees[position] { return life(of: callee, depth: depth + 1) }
    let name = GoServers.member(of: call)
    if name == "Wait", call.arguments.isEmpty { return found(.waits) }
    if readsInput(call, unit) { return found(.readsInput) }
    if let name, ["Execute", "ExecuteContext", "Run", "RunContext", "Start"].contains(name),
      index.symbol(call.function, unit: unit)?.package.hasPrefix("./") != true
    {
      return command(position, name, depth)
    }
    return nil
  }

  /// A library that runs functions of the program: commands, applications.
  private mutating func command(_ position: Int, _ name: String, _ depth: Int) -> ProgramLife? {
    let call = index.calls[position]
    guard case .selector(let base, _) = call.function.kind,
      let type = index.symbol(call.function, unit: index.unit(of: call))
        ?? index.type(of: base, unit: index.unit(of: call))
    else { return nil }
    let commands = [
      "github.com/spf13/cobra", "github.com/urfave/cli", "github.com/alecthomas/kong", "github.com/mitchellh/cli",
    ]
    if commands.contains(where: { type.library.hasPrefix($0) }) {
      for code in index.codes.indices where isCommand(code) {
        if var life = life(of: code, depth: depth + 1) {
          life.isConditional = true
          return life
        }
      }
      return nil
    }
    let runners = [
      "go.uber.org/fx", "sigs.k8s.io/controller-runtime", "github.com/go-kratos/kratos", "github.com/zeromicro/go-zero",
      "github.com/micro/go-micro", "github.com/oklog/run", "github.com/asim/go-micro", "go-micro.dev",
    ]
    guard runners.contains(where: { type.package.hasPrefix($0) }) else { return nil }
    return ProgramLife(kind: .unknown, place: index.place(of: call), isConditional: false)
  }

  /// Whether a function is given to a command as what it runs: `Run`, `RunE`, `Action`.
  private func isCommand(_ code: Int) -> Bool {
    let range = index.codes[code].range
    for site in index.composites {
      for element in site.elements
      where ["Run", "RunE", "Action", "PreRun", "PreRunE"].contains(element.key?.name ?? "") {
        if site.unit == index.codes[code].unit, element.value.range == range { return true }
        if index.code(called: element.value, unit: site.unit) == code { return true }
      }
    }
    return false
  }

  private func readsInput(_ call: GoCall, _ unit: Int) -> Bool {
    guard let symbol = index.symbol(call.function, unit: unit) else { return false }
    if symbol.package == "fmt", ["Scan", "Scanln", "Scanf"].contains(symbol.name) { return true }
    guard ["bufio", "io", "io/ioutil", "encoding/json", "encoding/csv"].contains(symbol.package) else { return false }
    return call.arguments.contains { index.symbol($0, unit: unit)?.description == "os.Stdin" }
  }

  /// Whether a loop without a condition has a way out: a break of its own.
  private func hasEnd(_ body: ByteRange, _ code: Int) -> Bool {
    (index.nodesByCode[code] ?? []).contains { node in
      guard body.contains(index.nodes[node].statement.range),
        case .jump(.keywordBreak) = index.nodes[node].statement.kind
      else { return false }
      var rest = node
      while let parent = index.nodes[rest].parent, body.contains(index.nodes[parent].statement.range) {
        switch index.nodes[parent].statement.kind {
        case .for, .switch, .select: return false
        default: rest = parent
        }
      }
      return true
    }
  }
}

/// Statements that receive from a channel.
enum GoReceives {
  static func contains(_ statement: GoStatement) -> Bool {
    switch statement.kind {
    case .expression(let expression): receives(expression)
    case .assign(_, _, let values), .return(let values): values.contains(where: receives)
    default: false
    }
  }

  private static func receives(_ expression: GoExpression) -> Bool {
    switch expression.kind {
    case .unary(.arrow, _): true
    case .call(_, let arguments): arguments.contains(where: receives)
    default: false
    }
  }
}

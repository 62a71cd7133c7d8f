import SourceText

/// Questions about the order in which the statements of a program run.
struct GoFlow {
  let index: GoIndex

  // MARK: Ending the program

  /// Whether a call ends the program: `os.Exit`, `log.Fatal`, `panic`, a logger's Fatal.
  func isFatal(_ call: GoCall) -> Bool {
    switch call.function.kind {
    case .name("panic"): true
    case .selector(_, let member):
      ["Fatal", "Fatalf", "Fatalln", "Fatalw", "Panic", "Panicf", "Panicln", "FatalContext", "Must"].contains(
        member.text)
        || member.text == "Exit" && index.symbol(call.function, unit: index.unit(of: call))?.package == "os"
    default: false
    }
  }

  /// The first call inside a range of a file that ends the program, in this function or one that it calls.
  func fatalCall(in range: ByteRange, code: Int, depth: Int = 0) -> Int? {
    (index.callsByCode[code] ?? []).first { position in
      let call = index.calls[position]
      guard range.contains(call.range), call.start == .called else { return false }
      if isFatal(call) { return true }
      guard depth < 2, let callee = index.callees[position], !index.codes[callee].isLiteral else { return false }
      return fatalCall(in: index.codes[callee].body.range, code: callee, depth: depth + 1) != nil
    }
  }

  // MARK: Errors

  /// What happens when a call fails.
  enum Failure {
    /// This call ends the program.
    case fatal(Int)
    /// The program goes on, or does not look.
    case harmless
    case unknown
  }

  /// What the program does when a call gives an error: follows the variable to its check, and returns to the callers.
  func failure(of position: Int, depth: Int = 0) -> Failure {
    let call = index.calls[position]
    // The result goes straight into a function that ends the program on an error: `template.Must(…)`, `log.Fatal(…)`.
    for other in index.callsByCode[call.code] ?? [] where other != position {
      let outer = index.calls[other]
      guard outer.range.contains(call.range), outer.arguments.contains(where: { $0.range == call.range }) else {
        continue
      }
      if isFatal(outer) { return .fatal(other) }
      if let callee = index.callees[other], let fatal = fatalCall(in: index.codes[callee].body.range, code: callee) {
        return .fatal(fatal)
      }
    }
    let node = index.nodes[call.node]
    switch node.statement.kind {
    case .return: return failureOfCallers(call.code, depth)
    case .assign(let left, _, _):
      guard let error = left.last?.name, error != "_" else { return .harmless }
      if let check = check(of: error, behind: call.node) { return reaction(to: check, error, call.code, depth) }
      return isReturned(error, behind: call.node) ? failureOfCallers(call.code, depth) : .harmless
    case .if(let branches, _):
      // `if f() != nil {`
      guard let branch = branches.first, branch.condition.range.contains(call.range) else { return .unknown }
      return reaction(in: branch.body.range, call.code, depth)
    case .expression: return .harmless
    default: return .unknown
    }
  }

  /// The if statement that looks at an error: around the assignment, or next to it.
  private func check(of error: String, behind node: Int) -> (branch: GoBranch, node: Int)? {
    var candidates: [Int] = []
    if index.nodes[node].slot == -1, let parent = index.nodes[node].parent { candidates.append(parent) }
    var next = index.nodes[node].next
    for _ in 0..<3 {
      guard let current = next else { break }
      candidates.append(current)
      next = index.nodes[current].next
    }
    for candidate in candidates {
      guard case .if(let branches, _) = index.nodes[candidate].statement.kind else { continue }
      for branch in branches where mentions(branch.condition, error) { return (branch, candidate) }
    }
    return nil
  }

  /// Whether the next statements hand an error to the caller as it is.
  private func isReturned(_ error: String, behind node: Int) -> Bool {
    var next = index.nodes[node].next
    for _ in 0..<3 {
      guard let current = next else { return false }
      if case .return(let values) = index.nodes[current].statement.kind { return values.last?.name == error }
      next = index.nodes[current].next
    }
    return false
  }

  private func reaction(to check: (branch: GoBranch, node: Int), _ error: String, _ code: Int, _ depth: Int) -> Failure
  {
    // `if err == nil { … }` goes on without the file.
    if case .binary(let operands, let operators) = check.branch.condition.kind, operators == ["=="],
      operands.count == 2, operands[1].name == "nil"
    {
      // The error may be looked at again behind the block.
      if let next = self.check(of: error, behind: check.node) { return reaction(to: next, error, code, depth) }
      return .harmless
    }
    return reaction(in: check.branch.body.range, code, depth)
  }

  /// What a block does to the program that runs when something failed.
  func reaction(in block: ByteRange, _ code: Int, _ depth: Int) -> Failure {
    if let fatal = fatalCall(in: block, code: code) { return .fatal(fatal) }
    for statement in index.codes[code].returns where block.contains(index.nodes[statement.node].statement.range) {
      return failureOfCallers(code, depth, isMain: true)
    }
    return .harmless
  }

  private func failureOfCallers(_ code: Int, _ depth: Int, isMain: Bool = false) -> Failure {
    guard depth < 4 else { return .unknown }
    let function = index.codes[code]
    if isMain, function.name == "main", !function.isLiteral { return .fatal(-1) }
    if function.isLiteral { return function.isHandler ? .harmless : .unknown }
    guard let callers = index.callers[code], !callers.isEmpty else { return function.isHandler ? .harmless : .unknown }
    var isUnknown = false
    for caller in callers.prefix(12) {
      switch failure(of: caller, depth: depth + 1) {
      case .fatal(let position): return .fatal(position)
      case .unknown: isUnknown = true
      case .harmless: break
      }
    }
    return isUnknown ? .unknown : .harmless
  }

  /// Whether a name occurs in an expression.
  func mentions(_ expression: GoExpression, _ name: String) -> Bool {
    switch expression.kind {
    case .name(let other): other == name
    case .selector(let base, let member): member.text == name || mentions(base, name)
    case .call(let function, let arguments): mentions(function, name) || arguments.contains { mentions($0, name) }
    case .unary(_, let operand), .slice(let operand), .assertion(let operand, _): mentions(operand, name)
    case .binary(let operands, _): operands.contains { mentions($0, name) }
    case .index(let base, let indices): mentions(base, name) || indices.contains { mentions($0, name) }
    default: false
    }
  }

  // MARK: Goroutines

  /// How the function that holds a statement comes to run.
  enum Run: Equatable {
    /// By calls from main alone.
    case main
    /// In a goroutine; the literal or function that is its start.
    case goroutine(Int)
    /// Somebody else calls it: a handler, a command.
    case callback(Int)
  }

  func run(of code: Int, depth: Int = 0) -> Run {
    let function = index.codes[code]
    switch function.start {
    case .goroutine: return .goroutine(code)
    case .callback:
      // A literal kept in a variable and called by that name.
      if let callers = index.callers[code], !callers.isEmpty { return run(ofCallers: callers, code, depth) }
      return .callback(code)
    case .called, .deferred:
      if let outer = function.outer { return run(of: outer, depth: depth) }
    }
    if function.name == "main" || function.name == "init" { return .main }
    guard let callers = index.callers[code], !callers.isEmpty else { return .callback(code) }
    return run(ofCallers: callers, code, depth)
  }

  private func run(ofCallers callers: [Int], _ code: Int, _ depth: Int) -> Run {
    guard depth < 8 else { return .callback(code) }
    var result: Run?
    for caller in callers {
      let call = index.calls[caller]
      let next = call.start == .goroutine ? Run.goroutine(code) : run(of: call.code, depth: depth + 1)
      if next == .main { return .main }
      result = result ?? next
    }
    return result ?? .callback(code)
  }

  /// Whether main, a goroutine or a function handed to somebody runs a function: nobody calls the others.
  func isReached(_ code: Int) -> Bool {
    if case .callback(let start) = run(of: code) { index.codes[start].isLiteral } else { true }
  }

  /// Whether a statement stands inside a loop of its function.
  func isInLoop(_ node: Int) -> Bool {
    var rest: Int? = node
    while let current = rest {
      if case .for = index.nodes[current].statement.kind, current != node { return true }
      rest = index.nodes[current].parent
    }
    return false
  }

  /// Whether a statement runs again and again for the same thing: in a loop that does not walk over a list.
  func isRetried(_ node: Int) -> Bool {
    var rest: Int? = node
    while let current = rest {
      if case .for(let loop) = index.nodes[current].statement.kind, current != node {
        if case .number = loop.range?.kind { return true }
        if loop.range == nil { return true }
      }
      rest = index.nodes[current].parent
    }
    return false
  }

  /// Whether a call runs while the program starts, not on a request: no handler is around it.
  func isAtStart(_ code: Int) -> Answer {
    var rest: Int? = code
    while let current = rest {
      if index.codes[current].isHandler { return .no }
      rest = index.codes[current].outer
    }
    switch run(of: code) {
    case .main: return .yes
    case .goroutine: return .unknown
    case .callback(let start): return index.codes[start].isHandler ? .no : .unknown
    }
  }
}

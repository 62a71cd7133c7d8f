import SourceText

/// The commands of a shell text: what a RUN, a CMD or a script file tells a shell to do.
///
/// Grammar: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html, with what bash adds where it does
/// not change the meaning of that. All ranges are places in the file, whatever stands between the lines of a Dockerfile.
public enum Shell {
  /// A list of statements.
  public struct Script: Sendable {
    public let statements: [Statement]
    /// What could not be understood. The commands around it are there all the same.
    public let opaque: [Opaque]
  }

  /// Pipelines joined by `&&` and `||`.
  public struct Statement: Sendable {
    public let pipelines: [Pipeline]
    /// It ends with `&`: the shell does not wait for it.
    public let isBackground: Bool
    public let range: ByteRange
  }

  /// Commands joined by `|`.
  public struct Pipeline: Sendable {
    /// How it hangs on the pipeline before it.
    public enum Connector: Hashable, Sendable {
      case first
      /// `&&`: runs if the one before succeeds.
      case and
      /// `||`: runs if the one before fails.
      case or
    }

    public let connector: Connector
    /// It begins with `!`.
    public let isNegated: Bool
    public let commands: [Command]
    public let range: ByteRange
  }

  public indirect enum Command: Sendable {
    case simple(SimpleCommand)
    /// `{ ...; }`
    case group(Block)
    /// `( ... )`
    case subshell(Block)
    case conditional(Conditional)
    case loop(Loop)
    case selection(Selection)
    /// The body runs only when the name is called.
    case function(name: Word, body: Command, range: ByteRange)
    /// `((...))`
    case arithmetic(ByteRange)
    case opaque(Opaque)

    public var range: ByteRange {
      switch self {
      case .simple(let command): command.range
      case .group(let block), .subshell(let block): block.range
      case .conditional(let conditional): conditional.range
      case .loop(let loop): loop.range
      case .selection(let selection): selection.range
      case .function(_, _, let range), .arithmetic(let range): range
      case .opaque(let opaque): opaque.range
      }
    }
  }

  /// A program or builtin with its words.
  public struct SimpleCommand: Sendable {
    /// `NAME=value` before the first word.
    public let assignments: [Assignment]
    /// The program and its arguments.
    public let words: [Word]
    public let redirections: [Redirection]
    public let range: ByteRange

    /// The program's name where it is constant; nil if there are only assignments.
    public var name: String? { words.first?.value }
  }

  public struct Assignment: Sendable {
    public let name: String
    public let nameRange: ByteRange
    public let value: Word
    /// `+=`
    public let appends: Bool
    public let range: ByteRange
  }

  public struct Redirection: Sendable {
    /// The number before the operator; nil for the usual one.
    public let descriptor: Int?
    /// `<`, `>`, `>>`, `<<`, `<<-`, `<<<`, `<&`, `>&`, `<>`, `>|`, `&>`, `&>>`.
    public let operation: String
    public let target: Word
    /// For `<<` and `<<-`.
    public let heredoc: Heredoc?
    public let range: ByteRange
  }

  public struct Heredoc: Sendable {
    /// The line that ends it.
    public let name: String
    public let bodyRange: ByteRange
    /// Whether variables in the body are replaced: false where any part of the name is quoted.
    public let expandsVariables: Bool
    public let stripsTabs: Bool
    public let isTerminated: Bool
  }

  /// Statements between braces or parentheses.
  public struct Block: Sendable {
    public let statements: [Statement]
    public let redirections: [Redirection]
    public let range: ByteRange
  }

  /// `if`, its `elif` and its `else`.
  public struct Conditional: Sendable {
    public struct Branch: Sendable {
      public let condition: [Statement]
      public let body: [Statement]
    }

    public let branches: [Branch]
    /// nil if there is no `else`.
    public let otherwise: [Statement]?
    public let redirections: [Redirection]
    public let range: ByteRange
  }

  /// `for`, `select`, `while`, `until`.
  public struct Loop: Sendable {
    /// The keyword.
    public let kind: String
    /// Of `for` and `select`.
    public let variable: Word?
    /// What stands after `in`.
    public let items: [Word]
    /// Of `while` and `until`.
    public let condition: [Statement]
    public let body: [Statement]
    public let redirections: [Redirection]
    public let range: ByteRange
  }

  /// `case`.
  public struct Selection: Sendable {
    public struct Branch: Sendable {
      public let patterns: [Word]
      public let body: [Statement]
    }

    public let subject: Word
    public let branches: [Branch]
    public let redirections: [Redirection]
    public let range: ByteRange
  }

  /// A piece that is no shell grammar, or nested too deeply.
  public struct Opaque: Hashable, Sendable {
    public let range: ByteRange
    /// An English sentence without a final stop.
    public let reason: String
  }

  /// A word, with what it is made of.
  public struct Word: Sendable {
    public enum Part: Sendable {
      /// Text as it counts, without quotes and escapes.
      case literal(String, isQuoted: Bool)
      case variable(Variable)
      /// `$(...)` or backticks.
      case command(Script, range: ByteRange, isQuoted: Bool)
      /// `$((...))`
      case arithmetic(ByteRange)
      /// `<(...)` or `>(...)`
      case process(Script, range: ByteRange)
    }

    /// From the first to the last byte, quotes inside.
    public let range: ByteRange
    public let parts: [Part]
    /// Whether unquoted `*`, `?`, `[`, `{` or a leading `~` may turn it into other words.
    public let isPattern: Bool

    /// The word without its quotes, where no part of it depends on anything. Patterns stay as they are written.
    public var value: String? {
      if parts.count == 1, case .literal(let text, _) = parts[0] { return text }
      var value = ""
      for part in parts {
        guard case .literal(let text, _) = part else { return nil }
        value += text
      }
      return value
    }

    /// The variables in it, in order, also those inside of `${a:-$b}`.
    public var variables: [Variable] {
      parts.flatMap { part -> [Variable] in
        guard case .variable(let variable) = part else { return [] }
        return [variable] + (variable.argument?.variables ?? [])
      }
    }
  }

  /// `$NAME` or `${NAME...}`.
  public struct Variable: Sendable {
    public let name: String
    /// What stands behind the name in braces: `:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, `#`, `##`, `%`, `%%`, or
    /// another of the shell's own; empty without one.
    public let modifier: String
    /// What stands behind the modifier.
    public let argument: Word?
    public let range: ByteRange
    public let isQuoted: Bool
  }
}

extension Shell.Script {
  /// Reads a script file, or a part of a file.
  public init(_ bytes: [UInt8], _ range: ByteRange? = nil) {
    let range = (range ?? ByteRange(0, bytes.count)).clamped(to: bytes.count)
    self.init(LogicalLine(bytes: bytes, range: range.start..<range.end, segments: []))
  }

  init(_ line: LogicalLine) {
    var parser = ShellParser(line)
    let statements = parser.parse()
    self.init(statements: statements, opaque: parser.opaque)
  }

  /// Every simple command, in the order of the text: those of groups, branches, loops and functions, and those of
  /// command substitutions before the command that uses them.
  public var simpleCommands: [Shell.SimpleCommand] {
    var commands: [Shell.SimpleCommand] = []
    visit { commands.append($0) }
    return commands
  }

  /// Calls `body` for every simple command.
  public func visit(_ body: (Shell.SimpleCommand) -> Void) {
    for statement in statements { statement.visit(body) }
  }
}

extension Shell.Statement {
  func visit(_ body: (Shell.SimpleCommand) -> Void) {
    for pipeline in pipelines { for command in pipeline.commands { command.visit(body) } }
  }
}

extension Shell.Command {
  func visit(_ body: (Shell.SimpleCommand) -> Void) {
    func visit(_ statements: [Shell.Statement]) { for statement in statements { statement.visit(body) } }
    func visit(_ words: [Shell.Word]) { for word in words { word.visit(body) } }
    switch self {
    case .simple(let command):
      visit(command.assignments.map(\.value) + command.words + command.redirections.map(\.target))
      body(command)
    case .group(let block), .subshell(let block): visit(block.statements)
    case .conditional(let conditional):
      for branch in conditional.branches {
        visit(branch.condition)
        visit(branch.body)
      }
      visit(conditional.otherwise ?? [])
    case .loop(let loop):
      visit(loop.items)
      visit(loop.condition)
      visit(loop.body)
    case .selection(let selection):
      visit([selection.subject])
      for branch in selection.branches { visit(branch.body) }
    case .function(_, let command, _): command.visit(body)
    case .arithmetic, .opaque: break
    }
  }
}

extension Shell.Word {
  func visit(_ body: (Shell.SimpleCommand) -> Void) {
    for part in parts {
      switch part {
      case .command(let script, _, _), .process(let script, _): script.visit(body)
      case .variable(let variable): variable.argument?.visit(body)
      case .literal, .arithmetic: break
      }
    }
  }
}

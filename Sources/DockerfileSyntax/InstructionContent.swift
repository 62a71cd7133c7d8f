import SourceText

extension Instruction {
  /// What an instruction says, in the terms of its kind.
  public enum Content: Sendable {
    case from(From)
    /// COPY and ADD.
    case copy(Copy)
    case run(Run)
    case cmd(Command)
    case entrypoint(Command)
    case env([Pair])
    case label([Pair])
    case arg([Pair])
    case expose([Word])
    case user(Word)
    case workdir(Word)
    case volume([Word])
    case healthcheck(Healthcheck)
    case shell([Word])
    case stopsignal(Word)
    case maintainer(Word)
    case onbuild(Instruction)
    /// The builder refuses it; `problems` says why.
    case invalid
  }

  /// What the instruction says.
  public var content: Content { reading.content }

  /// Why the builder refuses the instruction, as far as it can be said without the rest of the file.
  public var problems: [Problem] {
    if !syntaxProblems.isEmpty { return syntaxProblems }
    return reading.problem.map { [$0] } ?? []
  }
}

extension Dockerfile {
  /// Everything that keeps the builder from reading the file, in the order of the file. The builder stops at the first
  /// syntax problem, and without one at the first other problem.
  public var problems: [Problem] {
    var problems = syntaxProblems
    var hasStage = false
    for instruction in instructions {
      if instruction.syntaxProblems.isEmpty { problems += instruction.problems }
      if instruction.keyword == .from { hasStage = true }
      if !hasStage, instruction.keyword != .arg, instruction.keyword != .unknown, instruction.problems.isEmpty {
        problems.append(Problem(.instruction, instruction.keywordWord.range, "no build stage in current context"))
      }
    }
    return problems.sorted { ($0.range, $0.stage) < ($1.range, $1.stage) }
  }
}

/// A name and its value in ENV, LABEL or ARG, both as they are written.
public struct Pair: Hashable, Sendable {
  public let name: Word
  /// nil for an ARG without `=`.
  public let value: Word?
  /// `ENV name value` instead of `ENV name=value`.
  public let isLegacy: Bool
}

/// FROM.
public struct From: Sendable {
  /// The image or stage to begin with, with its variables as they are written.
  public let base: Word
  /// The stage's name as it is written.
  public let name: Word?
  public let platform: InstructionFlag?

  /// The name by which other instructions may call the stage: names do not differ by case.
  public var stageName: String? { name?.text.lowercased() }
}

/// COPY or ADD.
public struct Copy: Sendable {
  public let isAdd: Bool
  /// Paths, patterns or addresses; without those that are heredocs.
  public let sources: [Word]
  /// The heredocs among the sources: each becomes a file of its name.
  public let heredocs: [Heredoc]
  public let destination: Word
  public let from: InstructionFlag?
  public let owner: InstructionFlag?
  public let mode: InstructionFlag?
  public let excludes: [InstructionFlag]
  public let checksum: InstructionFlag?
  public let isLinked: Bool
  public let keepsParents: Bool
  /// nil where nothing is said.
  public let keepsGitDirectory: Bool?
  /// nil where nothing is said.
  public let unpacks: Bool?
}

/// CMD, ENTRYPOINT, or the command of RUN and HEALTHCHECK.
public struct Command: Sendable {
  public enum Form: Hashable, Sendable {
    case exec
    case shell
  }

  public let form: Form
  /// Exec form: the program and its arguments, each with its quotes in the range. Shell form: the one text, or none.
  public let words: [Word]
  /// Where text that begins like a JSON array stops being one; the builder took it for the shell form.
  public let jsonFailure: Int?

  /// The text that is handed to the shell.
  public var shellText: Word? { form == .shell ? words.first : nil }
}

/// RUN.
public struct Run: Sendable {
  public let command: Command
  public let heredocs: [Heredoc]
  /// `--mount`, as written; `Mount` reads one.
  public let mounts: [InstructionFlag]
  public let network: InstructionFlag?
  public let security: InstructionFlag?
}

/// HEALTHCHECK.
public struct Healthcheck: Sendable {
  /// nil for HEALTHCHECK NONE.
  public let command: Command?
  /// Nanoseconds; nil where nothing is said, which leaves the builder's default of 30 s.
  public let interval: Int64?
  /// Nanoseconds; default 30 s.
  public let timeout: Int64?
  /// Nanoseconds; default 0 s.
  public let startPeriod: Int64?
  /// Nanoseconds; default 5 s.
  public let startInterval: Int64?
  /// Default 3.
  public let retries: Int?
}

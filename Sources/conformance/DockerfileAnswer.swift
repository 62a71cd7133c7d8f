import DockerfileSyntax
import Foundation
import SourceText

/// Our answer about one file, in the form in which BuildKit's was recorded.
struct DockerfileAnswer {
  let file: Dockerfile
  let map: LineMap

  init(_ bytes: [UInt8]) {
    file = Dockerfile(bytes)
    map = LineMap(bytes)
  }

  var directives: Any {
    var seen: Set<String> = []
    return file.directives.prefix { seen.insert($0.name).inserted }.map {
      ["name": $0.name, "value": $0.value, "line": $0.line] as [String: Any]
    }
  }

  var syntax: Any {
    guard let syntax = file.syntaxDirective else { return NSNull() }
    return ["ref": syntax.reference, "full": syntax.value, "line": syntax.line] as [String: Any]
  }

  // MARK: Lines to nodes

  private var syntaxError: Any? {
    guard let problem = file.syntaxProblems.first else { return nil }
    return error(problem.message, lines: lines(ofSyntax: problem))
  }

  private func error(_ message: String, lines: [Int]?) -> [String: Any] {
    ["message": message, "lines": lines as Any? ?? NSNull()]
  }

  /// BuildKit counts the lines it has read, so that faults of a line itself lie one line above it.
  private func lines(ofSyntax problem: Problem) -> [Int] {
    if let instruction = file.instructions.first(where: { $0.syntaxProblems.contains(problem) }) {
      return [instruction.lines.lowerBound, instruction.lines.upperBound]
    }
    if file.instructions.isEmpty, problem.range.start == file.bytes.count {
      let count = file.bytes.isEmpty ? 0 : map.lineCount
      return [count, count]
    }
    let line = map.position(of: problem.range.start).line - 1
    return [line, line]
  }

  var parse: Any {
    if let syntaxError {
      return ["error": syntaxError, "nodes": [], "warnings": [], "escape": NSNull()] as [String: Any]
    }
    let warnings = file.instructions.filter(\.hasEmptyContinuationLine).map { instruction -> [String: Any] in
      let last = instruction.lines.upperBound - heredocLines(instruction)
      return ["message": "Empty continuation line found in: \(instruction.text)", "lines": [last, last]]
    }
    return [
      "error": NSNull(), "nodes": file.instructions.map { node($0) }, "warnings": warnings,
      "escape": String(UnicodeScalar(file.escape)),
    ] as [String: Any]
  }

  private func heredocLines(_ instruction: Instruction) -> Int {
    guard let first = instruction.heredocs.first else { return 0 }
    return instruction.lines.upperBound - map.position(of: first.bodyRange.start).line + 1
  }

  private func node(_ instruction: Instruction) -> [String: Any] {
    var node = self.inner(instruction)
    node["heredocs"] = instruction.heredocs.map { heredoc -> [String: Any] in
      [
        "name": heredoc.name, "expand": heredoc.expandsVariables, "chomp": heredoc.stripsTabs,
        "content": file.text(heredoc.bodyRange), "fd": heredoc.fileDescriptor,
      ]
    }
    node["lines"] = [instruction.lines.lowerBound, instruction.lines.upperBound]
    node["comments"] = instruction.comments.map(comment)
    return node
  }

  private func inner(_ instruction: Instruction) -> [String: Any] {
    var node: [String: Any] = [
      "command": instruction.keywordWord.text.lowercased(), "word": instruction.keywordWord.text,
      "original": instruction.text,
      "flags": instruction.flags.map { flag in "--\(flag.name)" + (flag.value.map { "=\($0)" } ?? "") },
      "args": arguments(instruction), "json": instruction.form == .json,
    ]
    if let trigger = instruction.trigger { node["trigger"] = inner(trigger) }
    return node
  }

  private func arguments(_ instruction: Instruction) -> [String] {
    switch (instruction.keyword, instruction.form) {
    case (.unknown, _): return [""]
    case (.onbuild, _): return []
    case (.env, .legacyPair), (.label, .legacyPair): return instruction.arguments.map(\.text) + [""]
    case (.env, _), (.label, _):
      guard case .env(let pairs) = instruction.content else {
        guard case .label(let pairs) = instruction.content else { return rawTriples(instruction) }
        return pairs.flatMap { [$0.name.text, $0.value?.text ?? "", "="] }
      }
      return pairs.flatMap { [$0.name.text, $0.value?.text ?? "", "="] }
    default: return instruction.arguments.map(\.text)
    }
  }

  private func rawTriples(_ instruction: Instruction) -> [String] {
    instruction.arguments.flatMap { word -> [String] in
      let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return [parts[0], parts.count > 1 ? parts[1] : "", "="]
    }
  }

  /// BuildKit cuts one byte off before it trims, so that an indented comment keeps its sign.
  private func comment(_ range: ByteRange) -> String {
    let line = map.range(ofLine: map.position(of: range.start).line) ?? range
    let start = line.start == 0 && file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : line.start
    let text = file.text(ByteRange(start + 1, range.end))
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  // MARK: Nodes to instructions

  private var firstRefusal: (problem: Problem, lines: [Int])? {
    guard let problem = file.problems.first else { return nil }
    let instruction = file.instructions.first { $0.range.contains(problem.range.start) } ?? file.instructions.first
    return (problem, instruction.map { [$0.lines.lowerBound, $0.lines.upperBound] } ?? [0, 0])
  }

  var instructions: Any {
    if syntaxError != nil { return NSNull() }
    if let (problem, lines) = firstRefusal {
      return ["error": error(problem.message, lines: lines), "meta_args": [], "stages": []] as [String: Any]
    }
    let build = self.build
    let first = build.stages.first?.fromInstruction ?? file.instructions.count
    return [
      "error": NSNull(),
      "meta_args": file.instructions[..<first].map { instruction -> [String: Any] in
        [
          "lines": [instruction.lines.lowerBound, instruction.lines.upperBound], "source": source(instruction),
          "args": argumentFields(instruction),
        ]
      },
      "stages": build.stages.map { stage($0) },
    ] as [String: Any]
  }

  private func source(_ instruction: Instruction) -> String {
    instruction.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func stage(_ stage: Stage) -> [String: Any] {
    let instruction = file.instructions[stage.fromInstruction]
    return [
      "index": stage.index, "name": stage.name ?? "", "base": stage.from.base.text,
      "platform": stage.from.platform?.value ?? "", "word": instruction.keywordWord.text,
      "source": source(instruction), "doc": documentation(instruction, of: stage.name ?? ""),
      "lines": [instruction.lines.lowerBound, instruction.lines.upperBound],
      "commands": file.instructions[stage.instructions].map { command($0) },
    ]
  }

  private func documentation(_ instruction: Instruction, of name: String) -> String {
    guard !name.isEmpty else { return "" }
    let line = instruction.comments.lazy.map(comment).first { $0.hasPrefix(name + " ") }
    return line.map { String($0.dropFirst(name.count + 1)) } ?? ""
  }

  private func argumentFields(_ instruction: Instruction) -> [[String: Any]] {
    guard case .arg(let pairs) = instruction.content else { return [] }
    return pairs.map {
      [
        "key": $0.name.text, "value": $0.value?.text as Any? ?? NSNull(),
        "doc": documentation(instruction, of: $0.name.text),
      ]
    }
  }

  private func command(_ instruction: Instruction) -> [String: Any] {
    var fields = fields(instruction)
    fields["instruction"] = instruction.keyword.rawValue
    fields["lines"] = [instruction.lines.lowerBound, instruction.lines.upperBound]
    fields["source"] = source(instruction)
    return fields
  }

  private func fields(_ instruction: Instruction) -> [String: Any] {
    switch instruction.content {
    case .env(let pairs), .label(let pairs):
      return [
        "pairs": pairs.map {
          ["key": $0.name.text, "value": $0.value?.text ?? "", "legacy": $0.isLegacy] as [String: Any]
        }
      ]
    case .arg: return ["args": argumentFields(instruction)]
    case .run(let run): return runFields(run, instruction)
    case .cmd(let command), .entrypoint(let command): return commandFields(command, [])
    case .copy(let copy): return copyFields(copy)
    case .healthcheck(let check): return healthcheckFields(check)
    case .expose(let words):
      return ["ports": words.map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }]
    case .onbuild: return ["expression": instruction.triggerText(file)]
    case .shell(let words): return ["shell": words.map(\.text)]
    case .user(let word): return ["user": word.text]
    case .workdir(let word): return ["path": word.text]
    case .stopsignal(let word): return ["signal": word.text]
    case .maintainer(let word): return ["maintainer": word.text]
    case .volume(let words): return ["volumes": words.map { $0.text.trimmingCharacters(in: .whitespacesAndNewlines) }]
    case .from, .invalid: return [:]
    }
  }

  private func commandFields(_ command: DockerfileSyntax.Command, _ heredocs: [Heredoc]) -> [String: Any] {
    [
      "cmdline": command.words.map(\.text), "shell_form": command.form == .shell,
      "files": heredocs.map {
        ["name": $0.name, "data": file.text($0.bodyRange), "chomp": $0.stripsTabs] as [String: Any]
      },
    ]
  }

  private func runFields(_ run: Run, _ instruction: Instruction) -> [String: Any] {
    var fields = commandFields(run.command, run.heredocs)
    fields["flags_used"] = Set(instruction.flags.map(\.name)).sorted()
    fields["network"] = run.network?.value ?? "default"
    fields["security"] = run.security?.value ?? "sandbox"
    do throws(Mount.Failure) {
      var mounts: [[String: Any]] = []
      for flag in run.mounts { mounts.append(mount(try Mount(flag))) }
      fields["mounts"] = mounts
      fields["mounts_error"] = NSNull()
    } catch {
      fields["mounts"] = []
      fields["mounts_error"] = error.message
    }
    return fields
  }

  private func mount(_ mount: Mount) -> [String: Any] {
    [
      "type": mount.kind.rawValue, "from": mount.from, "source": mount.source, "target": mount.target,
      "readonly": mount.isReadOnly, "size": mount.size, "id": mount.id, "sharing": mount.sharing,
      "required": mount.isRequired, "env": mount.variable as Any? ?? NSNull(), "mode": mount.mode as Any? ?? NSNull(),
      "uid": mount.user as Any? ?? NSNull(), "gid": mount.group as Any? ?? NSNull(),
    ]
  }

  private func copyFields(_ copy: DockerfileSyntax.Copy) -> [String: Any] {
    var fields: [String: Any] = [
      "sources": copy.sources.map(\.text), "dest": copy.destination.text, "chown": copy.owner?.value ?? "",
      "chmod": copy.mode?.value ?? "", "link": copy.isLinked, "exclude": copy.excludes.map { $0.value ?? "" },
      "contents": copy.heredocs.map {
        ["name": $0.name, "data": $0.text(in: file), "expand": $0.expandsVariables] as [String: Any]
      },
    ]
    if copy.isAdd {
      fields["checksum"] = copy.checksum?.value ?? ""
      fields["keep_git_dir"] = copy.keepsGitDirectory as Any? ?? NSNull()
      fields["unpack"] = copy.unpacks as Any? ?? NSNull()
    } else {
      fields["from"] = copy.from?.value ?? ""
      fields["parents"] = copy.keepsParents
    }
    return fields
  }

  private func healthcheckFields(_ check: Healthcheck) -> [String: Any] {
    let words = check.command?.words.map(\.text) ?? []
    return [
      "test": check.command.map { [$0.form == .exec ? "CMD" : "CMD-SHELL"] + words } ?? ["NONE"],
      "interval_ns": check.interval ?? 0, "timeout_ns": check.timeout ?? 0, "start_period_ns": check.startPeriod ?? 0,
      "start_interval_ns": check.startInterval ?? 0, "retries": check.retries ?? 0,
    ]
  }
}

import SourceText

/// Turns keyword, flags and arguments into what the instruction says, or into the reason why the builder refuses it.
///
/// The reference is BuildKit's frontend/dockerfile/instructions/parse.go.
struct InstructionReader {
  struct Refusal: Error {
    let range: ByteRange
    let message: String
  }

  private let instruction: Instruction
  private let arguments: [Word]
  private let flags: [InstructionFlag]

  private init(_ instruction: Instruction) {
    self.instruction = instruction
    arguments = instruction.arguments
    flags = instruction.flags
  }

  /// What an instruction says, or why the builder refuses it.
  final class Reading: Sendable {
    let content: Instruction.Content
    let problem: Problem?

    init(_ content: Instruction.Content, _ problem: Problem? = nil) {
      self.content = content
      self.problem = problem
    }
  }

  static func read(_ instruction: Instruction) -> Reading {
    guard instruction.syntaxProblems.isEmpty else { return Reading(.invalid) }
    do throws(Refusal) {
      return Reading(try InstructionReader(instruction).content())
    } catch {
      return Reading(.invalid, Problem(.instruction, error.range, error.message))
    }
  }

  private var name: String { instruction.keyword.name }

  private func content() throws(Refusal) -> Instruction.Content {
    switch instruction.keyword {
    case .from: return .from(try from())
    case .copy, .add: return .copy(try copy())
    case .run: return .run(try run())
    case .cmd: return .cmd(try command())
    case .entrypoint: return .entrypoint(try command())
    case .env: return .env(try pairs())
    case .label: return .label(try pairs())
    case .arg: return .arg(try definitions())
    case .expose: return .expose(try words())
    case .volume: return .volume(try volumes())
    case .user: return .user(try onlyArgument())
    case .workdir: return .workdir(try onlyArgument())
    case .maintainer: return .maintainer(try onlyArgument())
    case .stopsignal: return .stopsignal(try onlyArgument(checksFlags: false))
    case .healthcheck: return .healthcheck(try healthcheck())
    case .shell: return .shell(try shell())
    case .onbuild: return .onbuild(try trigger())
    case .unknown:
      let word = instruction.keywordWord
      let hint = Suggestion.hint(for: word.text, among: Keyword.allCases.filter { $0 != .unknown }.map(\.name))
      throw Refusal(range: word.range, message: "unknown instruction: \(word.text)\(hint)")
    }
  }

  // MARK: Words

  private func refuse(_ message: String, at range: ByteRange? = nil) -> Refusal {
    let place = arguments.isEmpty ? instruction.keywordWord.range : instruction.argumentsRange
    return Refusal(range: range ?? place, message: message)
  }

  private func words() throws(Refusal) -> [Word] {
    if arguments.isEmpty { throw refuse("\(name) requires at least one argument") }
    try checkFlags()
    return arguments
  }

  private func onlyArgument(checksFlags: Bool = true) throws(Refusal) -> Word {
    guard arguments.count == 1, let word = arguments.first else {
      throw refuse("\(name) requires exactly one argument")
    }
    if checksFlags { try checkFlags() }
    return word
  }

  private func volumes() throws(Refusal) -> [Word] {
    let volumes = try words()
    if let empty = volumes.first(where: { trimmed(Array($0.text.utf8), 0..<$0.text.utf8.count).isEmpty }) {
      throw refuse("VOLUME specified can not be an empty string", at: empty.range)
    }
    return volumes
  }

  private func shell() throws(Refusal) -> [Word] {
    try checkFlags()
    if arguments.isEmpty { throw refuse("SHELL requires at least one argument") }
    guard instruction.form == .json else { throw refuse("SHELL requires the arguments to be in JSON form") }
    return arguments
  }

  // MARK: Pairs

  private func pairs() throws(Refusal) -> [Pair] {
    try checkFlags()
    if arguments.isEmpty { throw refuse("\(name) requires at least one argument") }
    if instruction.form == .legacyPair {
      guard arguments.count == 2, let key = arguments.first, let value = arguments.last else { throw refuse("") }
      if key.text.isEmpty { throw refuse("\(name) names can not be blank", at: key.range) }
      return [Pair(name: key, value: value, isLegacy: true)]
    }
    return try definitions()
  }

  private func definitions() throws(Refusal) -> [Pair] {
    if arguments.isEmpty { throw refuse("\(name) requires at least one argument") }
    var pairs: [Pair] = []
    for word in arguments {
      let line = instruction.line
      guard let sign = line.bytes[word.logical].firstIndex(of: .equals) else {
        pairs.append(Pair(name: word, value: nil, isLegacy: false))
        continue
      }
      if sign == word.logical.lowerBound { throw refuse("\(name) names can not be blank", at: word.range) }
      pairs.append(
        Pair(
          name: line.word(word.logical.lowerBound..<sign), value: line.word(sign + 1..<word.logical.upperBound),
          isLegacy: false))
    }
    return pairs
  }

  // MARK: Instructions with forms of their own

  private func from() throws(Refusal) -> From {
    guard let base = arguments.first,
      arguments.count == 1 || arguments.count == 3 && arguments[1].text.lowercased() == "as"
    else { throw refuse("FROM requires either one or three arguments") }
    let stageName = arguments.count == 3 ? arguments[2] : nil
    if let stageName, !isStageName(stageName.text.lowercased()) {
      throw refuse(
        "invalid name for build stage: \"\(stageName.text)\", name can't start with a number or contain symbols",
        at: stageName.range)
    }
    try checkFlags(Self.fromFlags)
    return From(base: base, name: stageName, platform: flag("platform"))
  }

  private func isStageName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isLetter else { return false }
    return name.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) }
  }

  private func copy() throws(Refusal) -> Copy {
    let isAdd = instruction.keyword == .add
    guard arguments.count >= 2, let destination = arguments.last else {
      throw refuse(
        "\(name) requires at least two arguments, but only one was provided. Destination could not be determined")
    }
    try checkFlags(isAdd ? Self.addFlags : Self.copyFlags)
    if heredocName(destination) != nil {
      throw refuse("\(name) cannot accept a heredoc as a destination", at: destination.range)
    }
    var sources: [Word] = []
    var heredocs: [Heredoc] = []
    for source in arguments.dropLast() {
      if let heredocName = heredocName(source) {
        if let heredoc = instruction.heredocs.last(where: { $0.name == heredocName }) { heredocs.append(heredoc) }
      } else {
        sources.append(source)
      }
    }
    return Copy(
      isAdd: isAdd, sources: sources, heredocs: heredocs, destination: destination, from: flag("from"),
      owner: flag("chown"), mode: flag("chmod"), excludes: flags(named: "exclude"),
      checksum: flag("checksum"), isLinked: isOn("link") ?? false, keepsParents: isOn("parents") ?? false,
      keepsGitDirectory: isOn("keep-git-dir"), unpacks: isOn("unpack"))
  }

  private func heredocName(_ word: Word) -> String? {
    guard word.text.utf8.contains(.lessThan) else { return nil }
    return (try? Heredoc(Array(word.text.utf8), at: word.range))?.name
  }

  private func command() throws(Refusal) -> Command {
    try checkFlags()
    return commandLine(arguments)
  }

  private func commandLine(_ words: [Word]) -> Command {
    Command(
      form: instruction.form == .json ? .exec : .shell, words: words, jsonFailure: instruction.jsonFailure)
  }

  private func run() throws(Refusal) -> Run {
    try checkFlags(Self.runFlags)
    let mounts = flags(named: "mount")
    for mount in mounts {
      if let problem = Mount.variableInFrom(mount) { throw Refusal(range: mount.valueRange, message: problem) }
    }
    let network = flag("network")
    let security = flag("security")
    try check(network, isOneOf: ["default", "none", "host"], what: "network mode")
    try check(security, isOneOf: ["insecure", "sandbox"], what: "security mode")
    return Run(
      command: commandLine(arguments), heredocs: instruction.heredocs, mounts: mounts, network: network,
      security: security)
  }

  private func check(_ flag: InstructionFlag?, isOneOf allowed: [String], what: String) throws(Refusal) {
    guard let flag, let value = flag.value, !allowed.contains(value) else { return }
    throw Refusal(range: flag.valueRange, message: "invalid \(what) \"\(value)\"")
  }

  private func trigger() throws(Refusal) -> Instruction {
    guard let trigger = instruction.trigger else { throw refuse("ONBUILD requires at least one argument") }
    try checkFlags()
    switch trigger.keyword {
    case .onbuild:
      throw refuse("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", at: trigger.keywordWord.range)
    case .from, .maintainer:
      throw refuse("\(trigger.keyword.name) isn't allowed as an ONBUILD trigger", at: trigger.keywordWord.range)
    default: return trigger
    }
  }

  private func healthcheck() throws(Refusal) -> Healthcheck {
    guard let type = arguments.first else { throw refuse("HEALTHCHECK requires at least one argument") }
    let rest = Array(arguments.dropFirst())
    let kind = type.text.uppercased()
    if kind == "NONE" {
      if let extra = rest.first { throw refuse("HEALTHCHECK NONE takes no arguments", at: extra.range) }
      return Healthcheck(
        command: nil, interval: nil, timeout: nil, startPeriod: nil, startInterval: nil, retries: nil)
    }
    try checkFlags(Self.healthcheckFlags)
    guard kind == "CMD" else {
      throw refuse("Unknown type \"\(kind)\" in HEALTHCHECK (try CMD)", at: type.range)
    }
    if rest.isEmpty { throw refuse("Missing command after HEALTHCHECK CMD", at: type.range) }
    return Healthcheck(
      command: commandLine(rest), interval: try duration("interval"), timeout: try duration("timeout"),
      startPeriod: try duration("start-period"), startInterval: try duration("start-interval"), retries: try retries())
  }

  private func duration(_ name: String) throws(Refusal) -> Int64? {
    guard let flag = flag(name), let text = flag.value, !text.isEmpty else { return nil }
    guard let nanoseconds = GoDuration.nanoseconds(text) else {
      throw Refusal(range: flag.valueRange, message: "time: invalid duration \"\(text)\"")
    }
    if nanoseconds != 0, nanoseconds < 1_000_000 {
      throw Refusal(range: flag.valueRange, message: "Interval \"\(flag.name)\" cannot be less than 1ms")
    }
    return nanoseconds
  }

  private func retries() throws(Refusal) -> Int? {
    guard let flag = flag("retries"), let text = flag.value, !text.isEmpty else { return nil }
    guard let number = Int32(text) else {
      throw Refusal(range: flag.valueRange, message: "invalid number \"\(text)\" for --retries")
    }
    if number < 0 { throw Refusal(range: flag.valueRange, message: "--retries cannot be negative (\(number))") }
    return Int(number)
  }

  // MARK: Flags

  private enum FlagKind {
    case text
    case texts
    case `switch`
  }

  private static let copyFlags: [(String, FlagKind)] = [
    ("from", .text), ("chown", .text), ("chmod", .text), ("link", .switch), ("exclude", .texts), ("parents", .switch),
  ]
  private static let addFlags: [(String, FlagKind)] = [
    ("chown", .text), ("chmod", .text), ("link", .switch), ("exclude", .texts), ("keep-git-dir", .switch),
    ("checksum", .text), ("unpack", .switch),
  ]
  private static let runFlags: [(String, FlagKind)] = [("mount", .texts), ("network", .text), ("security", .text)]
  private static let fromFlags: [(String, FlagKind)] = [("platform", .text)]
  private static let healthcheckFlags: [(String, FlagKind)] = [
    ("interval", .text), ("timeout", .text), ("start-period", .text), ("start-interval", .text), ("retries", .text),
  ]

  private func checkFlags(_ known: [(String, FlagKind)] = []) throws(Refusal) {
    for (index, flag) in flags.enumerated() {
      guard let kind = known.first(where: { $0.0 == flag.name })?.1 else {
        let hint = Suggestion.hint(for: flag.name, among: known.map(\.0))
        throw Refusal(range: flag.nameRange, message: "unknown flag: --\(flag.name)\(hint)")
      }
      if kind != .texts, flags[..<index].contains(where: { $0.name == flag.name }) {
        throw Refusal(range: flag.range, message: "duplicate flag specified: --\(flag.name)")
      }
      switch kind {
      case .text, .texts:
        if flag.value == nil { throw Refusal(range: flag.range, message: "missing a value on flag: --\(flag.name)") }
      case .switch:
        if let value = flag.value, !["true", "false"].contains(value.lowercased()) {
          let message =
            value.isEmpty
            ? "missing a value on flag: --\(flag.name)"
            : "expecting boolean value for flag --\(flag.name), not: \(value)"
          throw Refusal(range: flag.valueRange, message: message)
        }
      }
    }
  }

  private func flag(_ name: String) -> InstructionFlag? { flags.first { $0.name == name } }

  private func flags(named name: String) -> [InstructionFlag] { flags.filter { $0.name == name } }

  private func isOn(_ name: String) -> Bool? { flag(name).map { $0.value?.lowercased() != "false" } }
}

import DockerfileSyntax
import SourceText

/// Writes down how a container's command comes together: which entry point, which arguments, and whether they reach it.
struct StartFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let workspace: Workspace

  func add(to facts: inout FactStore) {
    guard service.origin != .source, let image = service.image else { return }
    let entrypoint = service.entrypoint
    let command = service.arguments
    let base = service.stage?.reference.flatMap { workspace.images.configuration($0) }
    let known = image.isBaseKnown && !(base.map(startsUnsaid) ?? false)
    let isOwn = entrypoint?.origin == .own
    let inherited = isOwn && command == nil ? base?.command ?? [] : []
    facts.add(
      "launch",
      [
        "service": Cell(service.name), "build": Cell(service.plan.id),
        "entrypoint": Cell(origin(entrypoint, known), entrypoint?.place),
        "entrypoint-form": Cell(form(entrypoint, known), entrypoint?.place),
        "command": Cell(origin(command, known), command?.place),
        "command-form": Cell(form(command, known), command?.place),
        "passes": Cell(passes(entrypoint) ?? "unsure", entrypoint?.place),
        "inherited": Cell(known ? inherited.isEmpty ? "" : Self.json(inherited) : nil, service.stage?.referencePlace),
        "first": Cell(first(command), command?.words.first?.place), "image-command": Cell(own(image), ownPlace(image)),
        "default": Cell(
          known || command != nil ? command.map { $0.words.map(\.text).joined(separator: " ") } ?? "" : nil,
          command?.place),
        "program": Cell(hasProgram ? "yes" : "no"),
      ], at: entrypoint?.place ?? command?.place ?? service.stage?.referencePlace ?? service.place)
    facts.declare("launch", .complete, for: service.name)
    addWords(entrypoint, command, to: &facts)
  }

  /// Whether an image starts something of which nobody has written down what: one that is run as it is, or serves.
  private func startsUnsaid(_ base: ImageConfiguration) -> Bool {
    base.entrypoint.isEmpty && base.command.isEmpty
      && (service.plan.dockerfile == nil || !base.exposedPorts.isEmpty)
  }

  private func origin(_ words: CommandWords?, _ known: Bool) -> String {
    guard let words, !words.words.isEmpty else { return known ? "none" : "unsure" }
    if words.origin == .base, service.plan.dockerfile != nil { return "base" }
    return words.origin.rawValue
  }

  private func form(_ words: CommandWords?, _ known: Bool) -> String {
    guard let words, !words.words.isEmpty else { return known ? "none" : "unsure" }
    return words.isShellForm ? "shell" : "exec"
  }

  private func first(_ words: CommandWords?) -> String? {
    guard let words else { return "" }
    return words.isShellForm ? "shell" : words.words.first?.text ?? ""
  }

  /// Whether the entry point hands the command on; nil where that cannot be said.
  private func passes(_ entrypoint: CommandWords?) -> String? {
    guard let entrypoint, !entrypoint.words.isEmpty else { return "yes" }
    if entrypoint.isShellForm {
      // `sh -c 'exec app "$@"'` gets what stands behind it as $0 and on.
      return "no"
    }
    let words = entrypoint.words.map(\.text)
    // A shell alone reads the file that the command names.
    if words.count == 1, Launcher.shells.contains(Path.name(words[0])) { return "yes" }
    guard let layer = chain.layers.first(where: { $0.kind == .script && $0.origin == .own }),
      let file = layer.file.flatMap(workspace.file)
    else {
      return words.first.map { ["sh", "bash", "ash"].contains(Path.name($0)) } == true ? nil : "yes"
    }
    let reading = ScriptReading(file)
    if reading.passesArguments || reading.launchesArguments { return "runs" }
    return ScriptReading.usesArguments(file) ? "yes" : "no"
  }

  private func own(_ image: DockerfileSyntax.Image) -> String? {
    guard let command = image.command, command.value.form == .exec else { return "" }
    return command.value.words.joined(separator: " ")
  }

  private func ownPlace(_ image: DockerfileSyntax.Image) -> Place? { image.command?.range.flatMap(service.plan.place) }

  /// Whether a step puts a program of the project into the image: then its base image's own command was hardly meant.
  private var hasProgram: Bool {
    guard let stage = service.stage, service.plan.dockerfile != nil else { return false }
    return stage.files.values.contains {
      !$0.isDirectory && ($0.origin != .context || $0.mode.map { $0 & 0o111 != 0 } == true || Self.isSource($0.path))
    }
  }

  private static func isSource(_ path: String) -> Bool {
    [".py", ".js", ".jar", ".go", ".rb", ".ts", ".php", ".sh"].contains { path.hasSuffix($0) }
  }

  private static func json(_ words: [String]) -> String {
    "["
      + words.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }.joined(
        separator: ", ") + "]"
  }

  // MARK: Words that only a shell would understand

  /// The words of what is started without a shell.
  private func addWords(_ entrypoint: CommandWords?, _ command: CommandWords?, to facts: inout FactStore) {
    let isShell =
      entrypoint?.words.first.map { ["sh", "bash", "ash", "dash", "zsh"].contains(Path.name($0.text)) } ?? false
    var position = 0
    for (words, name) in [(entrypoint, "entrypoint"), (command, "command")] {
      guard let words, words.origin != .base, !words.isShellForm, !isShell else { continue }
      // `sh -c TEXT` is a shell.
      let usesShell =
        words.words.first.map { ["sh", "bash", "ash", "dash", "zsh", "env"].contains(Path.name($0.text)) } ?? false
      guard !usesShell else { continue }
      for word in words.words {
        facts.add(
          "word",
          [
            "service": Cell(service.name), "of": Cell(name), "position": Cell(position),
            "text": Cell(word.text, word.place),
            "syntax": Cell(Self.syntax(word.text, isFirst: position == 0), word.place),
            "value": Cell(value(word.text)), "origin": Cell(words.origin.rawValue),
            "program": Cell(words.words.first.map { Path.name($0.text) } ?? ""),
          ], at: words.place)
        position += 1
      }
    }
    facts.declare("word", .presumed, for: service.name)
  }

  static func syntax(_ text: String, isFirst: Bool) -> String {
    if ["&&", "||", "|", ";", ">", ">>", "<", "2>&1", "&"].contains(text) { return "operator" }
    if variable(in: text) != nil { return "variable" }
    if text.contains("$(") || text.contains("`") { return "substitution" }
    // Quotes around a whole element were meant for a shell, which takes them away.
    if text.utf8.count > 2, let quote = text.first, quote == "\"" || quote == "'", text.last == quote,
      !text.dropFirst().dropLast().contains(quote)
    {
      return "quotes"
    }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    if words.count > 1, isFirst, !text.hasPrefix(" ") { return "command-line" }
    // `--port 80` in one element is one option of that name.
    if words.count > 1, let head = words.first, head.hasPrefix("-"), head.count > 1, !head.contains("="),
      !head.contains("\""),
      head.dropFirst().allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." })
    {
      return "option-and-value"
    }
    return "plain"
  }

  /// `$NAME` or `${NAME}` in a text.
  static func variable(in text: String) -> String? {
    let bytes = Array(text.utf8)
    for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "$") {
      var start = index + 1
      if bytes[start] == UInt8(ascii: "{") { start += 1 }
      let name = bytes[start...].prefix {
        $0 == UInt8(ascii: "_") || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
          || (0x61...0x7A).contains($0)
      }
      if let first = name.first, !(0x30...0x39).contains(first) { return String(decoding: name, as: UTF8.self) }
    }
    return nil
  }

  /// The word with its variable replaced, where the image says what that is.
  private func value(_ text: String) -> String? {
    guard let name = Self.variable(in: text) else { return "" }
    guard let value = service.image?.environment.first(where: { $0.name == name })?.value else { return nil }
    return text.replacing("${\(name)}", with: value).replacing("$\(name)", with: value)
  }
}

extension ScriptReading {
  /// Whether a script makes any use of what it is called with.
  static func usesArguments(_ file: SourceFile) -> Bool {
    let bytes = file.bytes
    for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "$") {
      var next = bytes[index + 1]
      if next == UInt8(ascii: "{"), index + 2 < bytes.count { next = bytes[index + 2] }
      if "@*123456789#".utf8.contains(next) { return true }
    }
    return false
  }
}

import ComposeSyntax
import DockerfileSyntax
import SourceText

/// The files in which CI systems are told what to do, and the image builds in them.
struct PipelineFiles {
  let workspace: Workspace

  /// Whether a path is that of such a file.
  static func matches(_ path: String) -> Bool {
    let name = Path.name(path).lowercased()
    guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return name.hasPrefix("jenkinsfile") }
    return path.contains(".github/workflows/") || path.contains(".gitea/workflows/")
      || path.contains(".forgejo/workflows/")
      || name.hasPrefix(".gitlab-ci") || path.contains(".circleci/") || name.hasPrefix("azure-pipelines")
      || name.hasPrefix("bitbucket-pipelines") || name.hasPrefix(".drone") || name.hasPrefix("cloudbuild")
      || name.hasPrefix(".travis")
  }

  private static let sizeLimit = 256 << 10

  /// Commands of shell lines, and steps that build an image by an action.
  func builds() -> [BuildInvocation] {
    workspace.listing.items.flatMap { item -> [BuildInvocation] in
      guard Self.matches(item.path), item.entry.size <= Self.sizeLimit, item.path.hasSuffix("l"),
        let file = workspace.file(item.path), let root = YAMLFile(file).root
      else { return [] }
      return builds(in: root, file)
    }
  }

  private func builds(in root: YAMLNode, _ file: SourceFile) -> [BuildInvocation] {
    var found: [BuildInvocation] = []
    var nodes = [root]
    var next = 0
    while next < nodes.count, nodes.count < 20_000 {
      let node = nodes[next]
      next += 1
      if let action = action(node, file) { found.append(action) }
      for entry in node.entries {
        let key = entry.key.text ?? ""
        if ["run", "script", "before_script", "after_script", "command", "commands", "bash", "sh"].contains(key) {
          let lines = entry.value.isSequence ? entry.value.items.map(\.node) : [entry.value]
          for line in lines { found += commands(line, file) }
        }
        nodes.append(entry.value)
      }
      nodes += node.items.map(\.node)
    }
    return found
  }

  private func commands(_ node: YAMLNode, _ file: SourceFile) -> [BuildInvocation] {
    guard let text = node.text, text.contains("build") else { return [] }
    // Places are those of the file where the text stands there as it is, else of the whole value.
    let start = file.bytes[node.range.start..<min(node.range.end, file.bytes.count)].firstRange(
      of: Array(text.prefix { $0 != "\n" }.utf8))?.lowerBound
    let isPlain = !text.dropLast().contains("\n") && start != nil
    let commands = ShellCommands(Shell.Script(Array(text.utf8))).commands
    return commands.compactMap { command in
      let moved: ShellCommand
      if isPlain, let start {
        moved = command.shifted(by: start)
      } else {
        moved = command.moved(to: line(of: command, in: text, node, file))
      }
      guard var invocation = BuildInvocation(FoundCommand(command: moved, source: .file(file.path)), workspace) else {
        return nil
      }
      if !isPlain {
        let own = BuildInvocation(FoundCommand(command: command, source: .command), workspace)?.arguments ?? []
        invocation.arguments = own.map { Self.argument($0.name, in: text, invocation.place) }
      }
      return invocation
    }
  }

  private static func argument(_ name: String, in text: String, _ place: Place) -> BuildInvocation.Argument {
    let lines = text.split(separator: "\n").filter { $0.contains("\(name)=") }
    let parts = lines.first?.components(behind: "\(name)=") ?? ""
    return BuildInvocation.Argument(name: name, text: parts, place: place)
  }

  /// The line of a block text on which a command begins.
  private func line(of command: ShellCommand, in text: String, _ node: YAMLNode, _ file: SourceFile) -> ByteRange {
    let number = text.utf8.prefix(command.range.start).count { $0 == UInt8(ascii: "\n") }
    let map = file.lineMap
    let first = map.position(of: node.range.start).line
    let begin =
      file.bytes[node.range.start..<min(node.range.start + 2, file.bytes.count)].contains {
        $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: ">")
      } ? 1 : 0
    return map.range(ofLine: min(first + number + begin, map.lineCount)) ?? node.range
  }

  /// `uses: docker/build-push-action@v6`. https://github.com/docker/build-push-action#inputs
  private func action(_ node: YAMLNode, _ file: SourceFile) -> BuildInvocation? {
    guard let uses = node["uses"], let name = uses.text, name.contains("docker/build-push-action") else { return nil }
    let options = node["with"]
    var invocation = BuildInvocation(place: Place(file: file.path, uses.range), isPipeline: true)
    invocation.context = options?["context"]?.text.map(Path.clean) ?? "."
    invocation.dockerfile = options?["file"]?.text.map(Path.clean)
    invocation.usesCache = options?["cache-from"] != nil
    invocation.ignoresCache = options?["no-cache"]?.text == "true"
    if let arguments = options?["build-args"], let text = arguments.text {
      for line in text.split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { continue }
        invocation.arguments.append(
          BuildInvocation.Argument(
            name: parts[0].filter { $0 != " " }, text: parts[1], place: Place(file: file.path, arguments.range)))
      }
    }
    return invocation
  }
}

extension ShellCommand {
  fileprivate func shifted(by offset: Int) -> ShellCommand {
    func shift(_ word: Word) -> Word { Word(text: word.text, range: word.range.shifted(by: offset), lead: word.lead) }
    return ShellCommand(
      assignments: assignments.map { ($0.name, shift($0.value)) }, words: words.map(shift),
      range: range.shifted(by: offset),
      isExec: isExec, isBackground: isBackground, isLast: isLast, isConditional: isConditional)
  }
}

extension Substring {
  /// What stands behind a text, up to the next option.
  fileprivate func components(behind text: String) -> String {
    var rest = self
    while !rest.isEmpty, !rest.hasPrefix(text) { rest = rest.dropFirst() }
    rest = rest.dropFirst(text.count)
    var kept = ""
    while let first = rest.first, !rest.hasPrefix(" -") {
      kept.append(first)
      rest = rest.dropFirst()
    }
    return kept
  }
}

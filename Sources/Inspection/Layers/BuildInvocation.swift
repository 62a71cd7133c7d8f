import ComposeSyntax
import SourceText

/// A command or a step of a pipeline that builds an image, with what it passes to the build and which caches it uses.
///
/// https://docs.docker.com/build/cache/backends/
struct BuildInvocation {
  struct Argument {
    let name: String
    /// What is given, as it is written; for a variable of a Makefile, what that variable is.
    let text: String
    let place: Place
  }

  let place: Place
  /// Whether it stands in a file of a CI system, where each run begins with an empty builder.
  let isPipeline: Bool
  var dockerfile: String?
  var context: String?
  var arguments: [Argument] = []
  /// Whether it takes a cache from somewhere: a registry, the CI system's own, a builder that lives on.
  var usesCache = false
  var ignoresCache = false

  /// Whether it builds this Dockerfile.
  func builds(_ plan: BuildPlan) -> Bool {
    guard let path = plan.dockerfile?.path else { return false }
    if let dockerfile {
      return dockerfile == path || Path.name(dockerfile) == Path.name(path) && dockerfile.contains("$")
    }
    guard let context, !context.contains("$") else { return Path.name(path) == "Dockerfile" }
    return Path.join(context, "Dockerfile") == path
  }
}

extension BuildInvocation {
  /// Nil for any other command.
  init?(_ found: FoundCommand, _ workspace: Workspace) {
    guard var words = BuildOption.words(of: found.command) else { return nil }
    place = Place(found.source, found.command.range)
    isPipeline = found.source.file.map(PipelineFiles.matches) ?? false
    while let word = words.popFirst() {
      let text = word.outline
      guard text.hasPrefix("-"), text != "-" else {
        context = Path.clean(text)
        continue
      }
      let parts = BuildOption.parts(of: text)
      let name = parts.first ?? text
      switch name {
      case "--cache-from", "--cache-to": usesCache = true
      case "--no-cache": ignoresCache = true
      default: break
      }
      if Self.switches.contains(name) { continue }
      let value = parts.count > 1 ? word : words.popFirst() ?? word
      switch name {
      case "-f", "--file": dockerfile = Path.clean(parts.count > 1 ? parts[1] : value.outline)
      case "--build-arg": add(argument: value, found, workspace)
      default: break
      }
    }
  }

  private mutating func add(argument word: ShellCommand.Word, _ found: FoundCommand, _ workspace: Workspace) {
    var text = word.outline
    if text.hasPrefix("--build-arg=") { text = String(text.dropFirst(12)) }
    let file = found.source.file.flatMap(workspace.file)
    let raw =
      file.map { $0.text(word.range.clamped(to: $0.bytes.count)) } ?? word.text
      ?? (word.spelling.isEmpty ? text : word.spelling)
    let place = Place(found.source, word.range)
    guard let sign = text.firstIndex(of: "=") else {
      arguments.append(Argument(name: text, text: "$\(text)", place: place))
      return
    }
    let name = String(text[..<sign])
    let value = String(raw.drop { $0 != "=" }.dropFirst())
    arguments.append(Argument(name: name, text: file.map { Makefile($0).resolved(value) } ?? value, place: place))
  }

  private static let switches: Set<String> = [
    "--no-cache", "--pull", "--push", "--load", "--quiet", "-q", "--rm", "--force-rm", "--squash", "--compress",
    "--check", "--debug", "-D",
  ]
}

/// Variables of a Makefile or a script, as they are written.
private struct Makefile {
  let file: SourceFile

  init(_ file: SourceFile) { self.file = file }

  /// The value of `$(NAME)`, `${NAME}`, `$NAME` where the file sets it; else the text itself.
  func resolved(_ text: String) -> String {
    let plain = text.filter { !"\"'(){}$".contains($0) }
    guard text.contains("$"), !plain.isEmpty, plain.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
      return text
    }
    let map = file.lineMap
    for number in 1...max(map.lineCount, 1) {
      guard let range = map.range(ofLine: number) else { continue }
      let line = file.text(range)
      let words = line.drop { $0 == " " }
      for lead in ["", "export ", "local ", "readonly "] where words.hasPrefix(lead + plain) {
        let rest = words.dropFirst(lead.count + plain.count).drop { $0 == " " }
        if rest.hasPrefix("=") || rest.hasPrefix(":=") || rest.hasPrefix("?=") || rest.hasPrefix("!=") {
          return String(rest.filter { $0 != "\n" && $0 != "\r" })
        }
      }
    }
    return text
  }
}

import DockerfileSyntax
import SourceText

/// A Dockerfile as its rewriters see it: instructions by stage, and whole lines.
struct DockerfileLines {
  let file: SourceFile
  let instructions: [Instruction]

  init(_ file: SourceFile) {
    self.file = file
    instructions = Dockerfile(file.bytes).instructions
  }

  func text(_ instruction: Instruction) -> String { file.text(instruction.range) }

  /// The instruction that holds a place, and those that follow it in the same stage.
  func stage(from place: ByteRange) -> (first: Instruction, rest: [Instruction])? {
    guard let index = instructions.firstIndex(where: { $0.range.contains(place.start) }) else { return nil }
    return (instructions[index], Array(instructions[(index + 1)...].prefix { $0.keyword != .from }))
  }

  /// Takes an instruction away with its line break.
  func deletion(_ instruction: Instruction) -> TextEdit {
    var end = min(instruction.range.end, file.bytes.count)
    while end < file.bytes.count, file.bytes[end] != 0x0A { end += 1 }
    return TextEdit(ByteRange(instruction.range.start, min(end + 1, file.bytes.count)), "")
  }

  /// The line break that the file has.
  var ending: String {
    guard let feed = file.bytes.firstIndex(of: 0x0A), feed > 0, file.bytes[feed - 1] == 0x0D else { return "\n" }
    return "\r\n"
  }

  /// Whether an instruction reads a variable: `$NAME` or `${NAME…}`.
  func reads(_ name: String, _ instruction: Instruction) -> Bool {
    let bytes = file.bytes[instruction.range.start..<min(instruction.range.end, file.bytes.count)]
    let wanted = Array(name.utf8)
    var index = bytes.startIndex
    while let dollar = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
      let brace = bytes.dropFirst(dollar + 1 - bytes.startIndex).first == UInt8(ascii: "{")
      let rest = bytes[min(dollar + (brace ? 2 : 1), bytes.endIndex)...]
      if rest.starts(with: wanted), !isNameByte(rest.dropFirst(wanted.count).first) { return true }
      index = dollar + 1
    }
    return false
  }

  private func isNameByte(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte == UInt8(ascii: "_") || 0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte
  }
}

/// Hands a build argument that is a secret to the steps that read it as a secret mount.
///
/// `env=` needs Dockerfile syntax 1.10: https://docs.docker.com/reference/dockerfile/#run---mounttypesecret
enum SecretMount {
  /// Nil where something else than a RUN reads it, or where a RUN may write it down.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    let lines = DockerfileLines(target.file)
    guard let (declaration, rest) = lines.stage(from: target.range), declaration.keyword == .arg,
      case .arg(let pairs) = declaration.content, pairs.count == 1, let name = pairs.first?.name.text
    else { return nil }
    let readers = rest.filter { lines.reads(name, $0) }
    guard !readers.isEmpty, readers.allSatisfy({ $0.keyword == .run }) else { return nil }
    var edits = [lines.deletion(declaration)]
    for run in readers {
      if let credential = GitCredential(run, token: name, in: target.file) {
        edits.append(credential.edit)
        edits += fetching(after: run, rest, lines).map { mount("id=\(name)", $0) }
      } else {
        guard !writesDown(lines.text(run)) else { return nil }
        edits.append(mount("id=\(name),env=\(name)", run))
      }
    }
    return edits
  }

  private static func mount(_ options: String, _ run: Instruction) -> TextEdit {
    TextEdit(ByteRange(at: run.range.start + 3), " --mount=type=secret,\(options)")
  }

  /// The steps, from a place on, in which git may ask for credentials.
  private static func fetching(after run: Instruction, _ rest: [Instruction], _ lines: DockerfileLines) -> [Instruction]
  {
    rest.filter {
      $0.keyword == .run && $0.index >= run.index && GitCredential.isNeeded(by: lines.text($0))
    }
  }

  /// What puts its arguments into a file of the layer.
  private static func writesDown(_ text: String) -> Bool {
    text.contains(">") || text.contains(" config ") || text.contains("tee ") || text.contains(" set ")
  }
}

/// Moves a build argument, and the ENV made of it, to just before the first step that reads it, so that the steps between
/// are taken from the cache when its value changes.
enum LateArgument {
  /// Nil where it stands there already, or where no step reads it.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    let lines = DockerfileLines(target.file)
    guard let (declaration, rest) = lines.stage(from: target.range), declaration.keyword == .arg,
      case .arg(let pairs) = declaration.content, pairs.count == 1, let name = pairs.first?.name.text
    else { return nil }
    var moved = [declaration]
    for instruction in rest {
      if instruction.keyword == .env, lines.reads(name, instruction) {
        guard case .env(let variables) = instruction.content, variables.count == 1,
          variables.first?.name.text == name
        else { return nil }
        moved.append(instruction)
      } else if lines.reads(name, instruction) {
        guard instruction.index > declaration.index + moved.count else { return nil }
        let text = moved.map { lines.text($0) + lines.ending }.joined()
        return moved.map(lines.deletion) + [TextEdit(ByteRange(at: instruction.range.start), text)]
      }
    }
    return nil
  }
}

/// Publishes a port in a `docker run` line of a script, a Makefile or a pipeline.
enum PublishPort {
  /// Nil where the line is no `docker run`, or is put together.
  static func edits(_ target: Rewriters.Target, port: String?) -> [TextEdit]? {
    guard let port, !port.isEmpty, port.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    let text = target.file.text(target.range)
    for start in ["docker run", "docker container run", "docker create", "podman run"] where text.hasPrefix(start + " ")
    {
      return [TextEdit(ByteRange(at: target.range.start + start.utf8.count), " --publish \(port):\(port)")]
    }
    return nil
  }
}

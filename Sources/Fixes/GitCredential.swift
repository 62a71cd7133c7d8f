import DockerfileSyntax
import SourceText

/// `git config --global url."https://$TOKEN@host/".insteadOf "https://host/"`, which writes a token into a layer, as a
/// credential helper that reads it from a secret mount when git asks.
///
/// https://git-scm.com/docs/gitcredentials#_custom_helpers
struct GitCredential {
  /// Puts the helper in the place of the address with the token.
  let edit: TextEdit

  /// Nil where a step does something else with the variable, or more than this.
  init?(_ run: Instruction, token name: String, in file: SourceFile) {
    guard case .run(let content) = run.content, content.command.form == .shell else { return nil }
    let keyword = run.range.start + 3
    let script = Shell.Script(file.bytes, ByteRange(min(keyword, run.range.end), run.range.end))
    let commands = script.simpleCommands.filter { command in
      command.words.contains { $0.variables.contains { $0.name == name } }
    }
    guard commands.count == 1, let command = commands.first, command.assignments.isEmpty, command.redirections.isEmpty,
      let (host, user) = Self.address(command, name, file)
    else { return nil }
    edit = TextEdit(
      command.range,
      "git config --global credential.\"https://\(host)\".helper "
        + "'!f() { echo username=\(user); echo \"password=$(cat /run/secrets/\(name))\"; }; f'")
  }

  /// The host, and the name that the token belongs to.
  private static func address(_ command: Shell.SimpleCommand, _ name: String, _ file: SourceFile)
    -> (host: String, user: String)?
  {
    let words = command.words.map { word in
      String(file.text(word.range).filter { $0 != "\"" && $0 != "'" })
    }
    guard words.count == 5, words[0] == "git", words[1] == "config", ["--global", "--system"].contains(words[2]),
      words[3].hasPrefix("url.https://"), words[3].lowercased().hasSuffix(".insteadof")
    else { return nil }
    let url = words[3].dropFirst("url.https://".count).dropLast(".insteadOf".count)
    guard let at = url.lastIndex(of: "@") else { return nil }
    var host = url[url.index(after: at)...]
    while host.hasSuffix("/") { host.removeLast() }
    guard !host.isEmpty, host.utf8.allSatisfy(isHostByte),
      words[4] == "https://\(host)/" || words[4] == "https://\(host)"
    else { return nil }
    let parts = url[..<at].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let tokens = ["$\(name)", "${\(name)}"]
    guard parts.count <= 2, let index = parts.firstIndex(where: tokens.contains) else { return nil }
    // Where the token stands for the user, servers take any name beside it.
    let user = index == 1 ? parts[0] : "oauth2"
    return user.utf8.allSatisfy(isHostByte) && !user.isEmpty ? (String(host), user) : nil
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    0x30...0x39 ~= byte || 0x41...0x5A ~= byte || 0x61...0x7A ~= byte || "-._".utf8.contains(byte)
  }

  /// Whether a step lets git, or a tool that calls it, fetch something.
  static func isNeeded(by text: String) -> Bool {
    [
      "go mod ", "go get ", "go install ", "git clone", "git fetch", "git pull", "git submodule", "npm ci",
      "npm install",
      "yarn", "pnpm ", "pip install", "pip3 install", "composer install", "bundle install", "cargo ",
    ].contains(where: text.contains)
  }
}

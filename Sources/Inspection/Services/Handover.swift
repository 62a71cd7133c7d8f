/// What a program that only prepares something is told to start then: `gosu app ./server`, `tini -g -- ./server`.
struct Handover {
  /// The words of the program that comes next; empty where there is none.
  private(set) var command: [CommandWords.Word] = []
  /// Text for a shell instead, as in `su app -c './server --fast'`.
  private(set) var text: CommandWords.Word?

  init(_ name: String, _ arguments: [CommandWords.Word]) {
    // These take no program, but text for the user's shell.
    let takesUser = arguments.contains { $0.text.hasPrefix("-u") || $0.text.hasPrefix("--user") }
    if name == "su" || name == "runuser" && !takesUser {
      let option = arguments.firstIndex { ["-c", "--command", "-lc"].contains($0.text) }
      if let option, option + 1 < arguments.count { text = arguments[option + 1] }
      return
    }
    var rest = arguments[...]
    while let word = rest.first?.text {
      guard word.hasPrefix("-") || name == "sudo" && word.contains("=") else { break }
      rest = rest.dropFirst()
      if word == "--" { break }
      if Self.valued[name]?.contains(word) == true { rest = rest.dropFirst() }
    }
    command = Array(rest.dropFirst(Self.operands[name] ?? 0))
    // It is told a folder; and who sets variables is followed where they are read.
    if name == "s6-svscan" || name == "env" && command.first?.text.contains("=") == true { command = [] }
  }

  /// How many words stand before the program: a user, a new root.
  private static let operands = ["gosu": 1, "su-exec": 1, "chroot": 1]

  /// Options behind which a word is their value.
  private static let valued: [String: Set<String>] = [
    "tini": ["-p", "-e"], "tini-static": ["-p", "-e"], "docker-init": ["-p", "-e"], "dumb-init": ["-r", "--rewrite"],
    "setpriv": [
      "--reuid", "--regid", "--groups", "--inh-caps", "--ambient-caps", "--bounding-set", "--securebits", "--pdeathsig",
      "--selinux-label", "--apparmor-profile",
    ],
    "env": ["-u", "--unset", "-C", "--chdir"], "nice": ["-n", "--adjustment"], "ionice": ["-c", "-n", "--class"],
    "stdbuf": ["-i", "-o", "-e"], "runuser": ["-u", "--user", "-g", "--group", "-G", "--supp-group"],
    "sudo": ["-u", "--user", "-g", "--group", "-h", "--host", "-C", "-p", "--prompt", "-D", "--chdir"],
  ]
}

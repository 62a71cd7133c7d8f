import ArgumentParser

/// What all subcommands have in common: one clear line where something is wrong, and the right exit code.
enum Command {
  static func run(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let refusal as Refusal {
      Host.complain(refusal.message)
      throw refusal.exitCode
    }
  }
}

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether to write colours: NO_COLOR wins over CLICOLOR_FORCE, and both over what the output is.
  ///
  /// https://no-color.org, https://bixense.com/clicolors/
  var isOn: Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      if Host.variable("NO_COLOR")?.isEmpty == false {
        false
      } else if let forced = Host.variable("CLICOLOR_FORCE"), forced != "0" {
        true
      } else {
        Host.writesToTerminal && Host.variable("TERM") != "dumb"
      }
    }
  }
}

import ArgumentParser
import Inspection
import Knowledge

/// The options that the session, the report and the fixes share: what to inspect, and what is seen.
struct Inputs: ParsableArguments {
  @Argument(help: "A folder, a Dockerfile, a compose file, or - for a Dockerfile on standard input.")
  var path: String?

  @Option(name: [.customShort("f"), .customLong("file")], help: "Compose files, in order.")
  var composeFiles: [String] = []

  @Option(name: .customLong("dockerfile"), help: "The Dockerfile, when it is not found by its name.")
  var dockerfile: String?

  @Option(help: "The stage to build.")
  var target: String?

  @Option(name: .customLong("build-arg"), help: "A build argument, NAME=VALUE.")
  var buildArguments: [String] = []

  @Option(name: .customLong("env-file"), help: "Variables for interpolation in compose files.")
  var environmentFiles: [String] = []

  @Option(name: .customLong("profile"), help: "An active compose profile.")
  var profiles: [String] = []

  @Option(help: "What is seen; drydock explain symptoms lists them.")
  var symptom: String?

  @Option(help: "Output of the build, the container or a client, or a whole transcript; - for standard input.")
  var log: String?

  @Option(name: .customLong("exit-code"), help: "The exit code of the container or the build.")
  var exitCode: Int?

  @Option(name: .customLong("run"), help: "How the container is started, such as 'docker run -p 80:80 web'.")
  var commands: [String] = []

  @Option(name: .customLong("answer"), help: "An answer to a question, QUESTION=ANSWER.")
  var answers: [String] = []

  @Option(name: .customLong("answers"), help: "Answers in a file, one QUESTION=ANSWER a line; - for standard input.")
  var answerFiles: [String] = []

  @Option(
    name: .customLong("container"), help: "Ask the container engine about this container too; nothing is changed.")
  var containers: [String] = []

  @Flag(help: "Ask the container engine about the containers of the project; nothing is changed.")
  var live = false

  @Flag(help: "The folder holds only what was pasted: what is missing proves nothing.")
  var partial = false

  @Flag(name: .customLong("no-environment"), help: "Do not read the host's variables for interpolation.")
  var noEnvironment = false

  @Option(help: "en or zh; by default the language of the locale.")
  var language: Language?

  @OptionGroup var knowledge: KnowledgeSource

  func validate() throws {
    if path == "-", log == "-" { throw ValidationError("only one of PATH and --log can be standard input") }
    if answerFiles.contains("-"), path == "-" || log == "-" {
      throw ValidationError("only one of PATH, --log and --answers can be standard input")
    }
    for answer in answers where !answer.contains("=") {
      throw ValidationError("--answer \(answer): expected QUESTION=ANSWER")
    }
    for argument in buildArguments where !argument.contains("=") {
      throw ValidationError("--build-arg \(argument): expected NAME=VALUE")
    }
  }

  /// The language that was asked for, else the one of the locale.
  var spokenLanguage: Language {
    language ?? Language(locale: Host.locale)
  }
}

extension Language: ExpressibleByArgument {}

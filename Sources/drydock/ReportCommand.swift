import ArgumentParser
import Inspection
import Knowledge
import Policy
import Reports
import StyledText

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    // Read on its own, as it mostly is, it does not look for requests to the whole program.
    _superCommandName: "drydock",
    abstract: "Diagnoses projects and prints what was found.",
    discussion: """
      Exit codes: 0 nothing as sure as --fail-on was found, 1 something was, 64 wrong usage, 65 a file that was named \
      cannot be opened or there is nothing to inspect, 70 a fault of drydock, 74 the report cannot be written.
      """)

  @OptionGroup var inputs: Inputs

  @Argument(help: "More projects.")
  var more: [String] = []

  @Flag(name: .shortAndLong, help: "Every project in and below the folders.")
  var recursive = false

  @Option(name: .customLong("files-from"), help: "Projects, one a line; - for standard input.")
  var filesFrom: String?

  @OptionGroup var output: OutputOptions

  @Flag(help: "Also what is less likely, or does not explain the symptom.")
  var all = false

  @Option(help: ArgumentHelp("Say why this cause is, or is not, among the diagnoses.", valueName: "cause"))
  var why: [String] = []

  @Flag(help: "With --format json: list the facts that were found.")
  var facts = false

  @Flag(name: .customLong("show-secrets"), help: "Show passwords and tokens instead of stars.")
  var showSecrets = false

  @Option(help: "Findings to pass over, as --write-baseline wrote them.")
  var baseline: String?

  @Option(name: .customLong("write-baseline"), help: "Write the findings of today to a file, and do not fail.")
  var newBaseline: String?

  func validate() throws {
    if facts, output.format != .json, output.format != .ndjson {
      throw ValidationError("--facts needs --format json")
    }
    if filesFrom == "-", inputs.log == "-" || inputs.path == "-" {
      throw ValidationError("only one of PATH, --log and --files-from can be standard input")
    }
    if inputs.live || !inputs.containers.isEmpty, !more.isEmpty || recursive || filesFrom != nil {
      throw ValidationError("--container and --live are for one project")
    }
    if inputs.path == "-" || more.contains("-"), !more.isEmpty || recursive || filesFrom != nil {
      throw ValidationError("- is a project of its own")
    }
  }

  func run() throws {
    try Command.run {
      let knowledge = try inputs.knowledge.load()
      let run = ProjectRun(
        inputs: inputs, inspector: Inspector(knowledge: knowledge), all: all,
        asked: try why.map { try knowledge.known(cause: $0) }, listsFacts: facts, showsSecrets: showSecrets,
        format: output.format, style: output.style, baseline: try baseline.map(BaselineFile.read))
      let paths = try self.paths()
      var summary = RunSummary()
      if let paths {
        let writer = output.writer(knowledge, inputs.spokenLanguage)
        summary = try ManyProjects(run: run, writer: writer, output: output, keeps: newBaseline != nil).run(paths)
      } else {
        let outcome = try run.outcome(of: inputs.path)
        var writer = output.writer(
          knowledge, inputs.language ?? outcome.settings?.language ?? inputs.spokenLanguage, outcome.settings)
        writer.excerpts = [outcome.excerpts]
        try output.write(
          output.format == .text ? outcome.text : writer.text([outcome.report], as: output.format))
        summary.add(outcome, threshold: output.threshold(outcome.settings), keeps: true)
      }
      if let newBaseline {
        try Output.save(Baseline(summary.outcomes.map(\.report)).text, to: newBaseline)
      } else {
        try exit(summary)
      }
    }
  }

  /// The projects, when there may be more than one.
  private func paths() throws -> [String]? {
    var paths = [inputs.path].compactMap { $0 } + more
    if let filesFrom { paths += try ProjectList.read(filesFrom) }
    if recursive { paths = try (paths.isEmpty ? ["."] : paths).flatMap(ProjectList.below) }
    if !recursive, filesFrom == nil, more.isEmpty { return nil }
    var seen: Set<String> = []
    paths = paths.filter { seen.insert($0).inserted }
    guard !paths.isEmpty else { throw Refusal.nothing("there is no project to inspect") }
    return paths
  }

  /// Something that was found says more than a project that cannot be read.
  private func exit(_ summary: RunSummary) throws {
    if summary.fails { throw ExitCode(1) }
    if let refusal = summary.refusals.first { throw refusal.exitCode }
  }
}

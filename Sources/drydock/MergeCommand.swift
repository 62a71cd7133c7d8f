import ArgumentParser
import Inspection
import Knowledge
import Reports

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Puts reports of several machines together, in any format.",
    discussion: "The reports are what drydock report wrote with --format json or ndjson.")

  @Argument(help: "Files with reports; - for standard input.")
  var files: [String] = []

  @OptionGroup var output: OutputOptions

  @Option(help: "en or zh; by default the language of the locale.")
  var language: Language?

  @OptionGroup var knowledge: KnowledgeSource

  func validate() throws {
    if files.isEmpty { throw ValidationError("expected files with reports") }
  }

  func run() throws {
    try Command.run {
      let reports = ProjectReport.merged(try files.flatMap(read))
      let writer = output.writer(try knowledge.load(), language ?? Language(locale: Host.locale))
      try output.write(writer.text(reports, as: output.format))
      if let threshold = output.threshold(), reports.contains(where: { $0.holds(threshold) }) { throw ExitCode(1) }
    }
  }

  private func read(_ file: String) throws -> [ProjectReport] {
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = file == "-" ? try Host.readStandardInput(limit: nil) : try DiskTree.read(file: file, limit: nil)
    } catch {
      throw Refusal.input("\(file): \(error.message)")
    }
    do throws(ReportReadingProblem) { return try ProjectReport.reports(bytes) } catch {
      throw Refusal.input("\(file):\(error.line): it is no report that drydock wrote with --format json or ndjson")
    }
  }
}

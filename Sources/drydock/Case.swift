import ArgumentParser
import Diagnosis
import Engine
import Inspection
import Knowledge
import KnowledgeData

/// A project as it was given on the command line, inspected and diagnosed.
struct Case {
  let knowledge: KnowledgeBase
  let request: InspectionRequest
  let inspection: InspectionResult
  let findings: Findings
  /// What the container engine said; nil where it was not asked.
  let heard: Witness.Hearing?

  /// - Throws: `Refusal` with one line that says what is wrong.
  ///
  /// - Parameter inspector: one that was made before; nil to make it now.
  init(_ inputs: Inputs, inspector given: Inspector? = nil) throws {
    let prepared = try Self.prepare(inputs, knowledge: given?.knowledge)
    knowledge = prepared.knowledge
    request = prepared.request
    heard = prepared.heard
    inspection = (given ?? Inspector(knowledge: knowledge)).inspect(request, with: prepared.readings)
    if inspection.isEmpty { throw Refusal.nothingToInspect(in: inputs.path, inspection.problems) }
    findings = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: inputs.symptom)
  }

  /// The built-in sample, wherever its files lie.
  init(sample tree: any FileTree, _ inputs: Inputs) throws {
    knowledge = .builtIn
    heard = nil
    request = InspectionRequest(tree: tree)
    inspection = Inspector(knowledge: knowledge).inspect(request)
    findings = Diagnoser(knowledge: knowledge, inspection: inspection).findings(symptom: inputs.symptom)
  }

  /// What is to be inspected.
  struct Prepared {
    let knowledge: KnowledgeBase
    let request: InspectionRequest
    var heard: Witness.Hearing?
    /// What was read and taken apart to know which containers are the project's; nil where nobody had to.
    var readings: InspectionReadings?
  }

  static func prepare(_ inputs: Inputs, knowledge given: KnowledgeBase? = nil) throws -> Prepared {
    let knowledge = try given ?? inputs.knowledge.load()
    if let symptom = inputs.symptom, knowledge.symptom(symptom) == nil {
      let known = knowledge.symptoms.map(\.id).joined(separator: ", ")
      throw Refusal.usage("there is no symptom “\(symptom)”; known: \(known)")
    }
    var request = try request(inputs, knowledge)
    guard inputs.live || !inputs.containers.isEmpty else {
      return Prepared(knowledge: knowledge, request: request)
    }
    let project = inputs.live ? Inspector(knowledge: knowledge).inspect(request) : nil
    let heard = Witnessing(knowledge) { Host.write("$ \($0)\n", to: Host.errors) }
      .ask(&request, containers: inputs.containers, of: project)
    request.testimony?.problems = heard.problems.map { $0[inputs.spokenLanguage] }
    // After the commands they came from, and before the report.
    for note in heard.notes { Host.write("  \(note[inputs.spokenLanguage])\n", to: Host.errors) }
    return Prepared(knowledge: knowledge, request: request, heard: heard, readings: project?.readings)
  }

  static func request(_ inputs: Inputs, _ knowledge: KnowledgeBase) throws -> InspectionRequest {
    var request = try ProjectPath.request(inputs.path ?? ".")
    if !inputs.composeFiles.isEmpty { request.composeFiles = inputs.composeFiles }
    if let dockerfile = inputs.dockerfile { request.dockerfile = dockerfile }
    for file in request.composeFiles + (request.dockerfile.map { [$0] } ?? []) + inputs.environmentFiles {
      do throws(FileProblem) { _ = try request.tree.entry(at: file) } catch {
        throw Refusal.input("\(file): \(error.message)")
      }
    }
    request.target = inputs.target
    request.buildArguments = pairs(inputs.buildArguments)
    request.environmentFiles = inputs.environmentFiles
    request.profiles = inputs.profiles
    request.exitCode = inputs.exitCode
    request.commands = inputs.commands
    request.answers = try AnswerList.answers(inputs.answerFiles, inputs.answers, knowledge)
    request.isPartial = inputs.partial
    request.environment = inputs.noEnvironment ? [:] : Host.environment
    if let log = inputs.log { request.log = try read(log: log, knowledge) }
    return request
  }

  private static func pairs(_ texts: [String]) -> [String: String] {
    var pairs: [String: String] = [:]
    for text in texts {
      guard let sign = text.firstIndex(of: "=") else { continue }
      pairs[String(text[..<sign])] = String(text[text.index(after: sign)...])
    }
    return pairs
  }

  private static func read(log: String, _ knowledge: KnowledgeBase) throws -> LogReader {
    var reader = LogReader(knowledge.observations)
    do throws(FileProblem) {
      if log == "-" {
        try Host.readStandardInput { reader.read($0) }
      } else {
        try DiskTree.read(file: log) { reader.read($0) }
      }
    } catch {
      throw Refusal.input("--log \(log): \(error.message)")
    }
    return reader
  }
}

/// Why drydock cannot do what was asked, in one line.
enum Refusal: Error {
  /// Exit code 64.
  case usage(String)
  /// Something named on the command line cannot be read: exit code 65.
  case input(String)
  /// There is nothing to inspect: exit code 65.
  case nothing(String)
  /// The report cannot be written: exit code 74, EX_IOERR of sysexits.h.
  case output(String)
  /// Something that it needs does not answer: exit code 69, EX_UNAVAILABLE.
  case unavailable(String)

  static func nothingToInspect(in path: String?, _ problems: [InspectionProblem]) -> Refusal {
    let path = path ?? "."
    return .nothing(
      problems.first.map { "\($0.file ?? path): \($0.message)" }
        ?? "\(path): nothing to inspect; expected a Dockerfile, a compose file, or --log, --run or --answer")
  }

  var message: String {
    switch self {
    case .usage(let message), .input(let message), .nothing(let message), .output(let message),
      .unavailable(let message):
      message
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .usage: ExitCode(64)
    case .input, .nothing: ExitCode(65)
    case .output: ExitCode(74)
    case .unavailable: ExitCode(69)
    }
  }
}

extension KnowledgeBase {
  /// - Throws: `Refusal` for an id that the knowledge base does not have.
  func known(cause id: String) throws -> Cause {
    if let cause = cause(id) { return cause }
    throw Refusal.usage("there is no cause “\(id)”; drydock knowledge list shows them")
  }
}

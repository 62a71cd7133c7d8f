import ComposeSyntax
import Foundation

/// What a message of the official loader says: which kind of fault, and where.
struct ExpectedError {
  let message: String
  private var kinds: [ComposeProblem.Kind] = []
  /// The attribute, where the message names one.
  private var path: [String]?
  /// Texts that the problem must name in its subject or its path.
  private var names: [String] = []

  init(_ message: String) {
    self.message = message
    classify()
  }

  func matches(_ problem: ComposeProblem) -> Bool {
    guard kinds.contains(problem.kind) else { return false }
    if let path, problem.path != path { return false }
    let subjects = problem.path + [problem.subject ?? ""]
    return names.allSatisfy { name in
      subjects.contains { $0 == name || $0.hasSuffix("/" + name) || name.hasSuffix("/" + $0) }
    }
  }

  private func groups(_ pattern: String) -> [String]? {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .dotMatchesLineSeparators),
      let match = expression.firstMatch(in: message, range: NSRange(message.startIndex..., in: message))
    else { return nil }
    return (1..<match.numberOfRanges).map { index in
      Range(match.range(at: index), in: message).map { String(message[$0]) } ?? ""
    }
  }

  private static func parts(_ path: String) -> [String] { path.split(separator: ".").map(String.init) }

  private mutating func classify() {
    if let found = groups("^dependency cycle detected: (.*)$") {
      kinds = [.dependencyCycle]
      names = [found[0]]
    } else if groups("^include cycle detected") != nil {
      kinds = [.includeCycle]
    } else if groups("^Circular reference") != nil {
      kinds = [.extendsCycle]
    } else if groups("^empty compose file") != nil {
      kinds = [.emptyProject]
    } else if groups("^no configuration file provided") != nil {
      kinds = [.noComposeFile]
    } else if groups("mapping key .* already defined") != nil {
      kinds = [.yaml(.duplicateKey)]
    } else if groups("cannot construct|[Tt]op-level object must be a mapping") != nil {
      kinds = [.wrongType]
    } else if groups("^yaml: |^failed to parse ") != nil {
      kinds = [.yaml(.syntax), .yaml(.tab), .yaml(.alias), .yaml(.encoding), .yaml(.tooLarge)]
    } else if let found = groups("^validating [^:]*: (.*)$") {
      classifyValidation(found[0])
    } else if let found = groups("^([^ ]*) must be a mapping$") {
      kinds = [.wrongType]
      path = Self.parts(found[0])
    } else if let found = groups("required variable ([^ ]*) is missing a value") {
      kinds = [.requiredVariable]
      names = [found[0]]
    } else if let found = groups("^error while interpolating ([^ ]*): ") {
      kinds = [.invalidCast]
      path = Self.parts(found[0])
    } else if let found = groups("^invalid interpolation format for ([^\\n]*)\\.\\n") {
      kinds = [.invalidInterpolation]
      path = Self.parts(found[0])
    } else if let found = groups("^non-string key in ([^ ]*): \"?([^\"]*)\"?$") {
      kinds = [.nonStringKey]
      path = Self.parts(found[0])
      names = [found[1]]
    } else if let found = groups("'(services|networks|volumes|secrets|configs)\\[([^\\]]*)\\]\\.([^' ]*)'") {
      kinds = [.invalidValue, .invalidName]
      names =
        [found[0], found[1]] + [found[2].split(whereSeparator: { ".[".contains($0) }).first.map(String.init) ?? ""]
    } else if groups("^invalid spec: |^invalid empty volume spec") != nil {
      kinds = [.invalidValue]
      names = ["volumes"]
    } else if groups(
      "^no port specified|^invalid containerPort|^invalid hostPort|^invalid proto|^invalid IP address|^invalid ranges")
      != nil
    {
      kinds = [.invalidValue]
      names = ["ports"]
    } else {
      classifyConsistency()
    }
  }

  private mutating func classifyValidation(_ text: String) {
    func groups(_ pattern: String) -> [String]? { ExpectedError(text: text).groups(pattern) }
    if let found = groups("^([^ ]*) ?additional properties (.*) not allowed") {
      kinds = [.unknownKey, .invalidName]
      path = Self.parts(found[0])
      let first = found[1].split(separator: ",").first.map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: " '"))
      }
      path = (path ?? []) + [first ?? ""]
    } else if let found = groups(
      "^([^ ]*) ?(value must be one of|'.*' does not match pattern|must be (greater|less)|value must be)")
    {
      kinds = [.notAllowed]
      path = Self.parts(found[0])
    } else if let found = groups("^([^ ]*) ?items at ([0-9]*) and ([0-9]*) are equal") {
      kinds = [.duplicateItem]
      path = Self.parts(found[0]) + [found[2]]
    } else if let found = groups("^([^ ]*) ?missing propert(?:y|ies) '([^']*)'") {
      kinds = [.missingKey]
      path = Self.parts(found[0])
      names = [found[1]]
    } else if let found = groups("^([^ ]*) must be an? ") {
      kinds = [.wrongType]
      path = Self.parts(found[0])
    } else if groups("^json: unsupported value") != nil {
      kinds = [.wrongType]
    }
  }

  private init(text: String) {
    message = text
  }

  private mutating func classifyConsistency() {
    if let found = groups("^service \"([^\"]*)\" has neither an image nor a build") {
      kinds = [.nothingToRun]
      names = [found[0]]
    } else if let found = groups("^service \"([^\"]*)\" depends on undefined service \"([^\"]*)\"") {
      kinds = [.undefinedReference]
      names = found
    } else if let found = groups("^service \"([^\"]*)\" refers to undefined [a-z ]* ([^ :]*): ") {
      kinds = [.undefinedReference]
      names = found
    } else if let found = groups("^cannot extend service \"([^\"]*)\"") {
      kinds = [.unknownBase]
      names = [found[0]]
    } else if let found = groups(
      "^open (.*): no such file|env file (.*) not found|^Couldn't find env file: (.*)$|^stat (.*): no such")
    {
      kinds = [.missingFile]
      names = [found.first { !$0.isEmpty }.map { URL(fileURLWithPath: $0).lastPathComponent } ?? ""]
    } else if groups("^failed to read .*: ") != nil {
      kinds = [.invalidEnvFile]
    } else if let found = groups("container name \"([^\"]*)\" is already in use") {
      kinds = [.duplicateContainerName]
      names = found
    } else if groups("mutually exclusive|can't set|exclusive|conflict|declares mutualy|MUST include") != nil {
      kinds = [.conflict]
    } else if groups("must be set|must declare either|target is required|must not be empty|is required") != nil {
      kinds = [.missingKey, .invalidProjectName]
    } else if groups("invalid project name") != nil {
      kinds = [.invalidProjectName]
    } else if groups("cannot override") != nil {
      kinds = [.cannotMerge]
    } else if groups(
      "invalid ip address|must start either by|invalid ssh key|invalid type|invalid value|confusing device") != nil
    {
      kinds = [.invalidValue]
    } else if groups("missing a mount target|missing a target port") != nil {
      kinds = [.missingKey]
    }
  }
}

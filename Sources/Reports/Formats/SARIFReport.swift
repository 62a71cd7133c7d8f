import Knowledge

/// Findings for code scanning: SARIF 2.1.0, with regions in code points and fixes as replacements.
///
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
struct SARIFReport {
  let writer: ReportWriter

  func text(_ reports: [ProjectReport]) -> String {
    let rules = self.rules(reports)
    let run: JSON = .object([
      ("tool", .object([("driver", driver(rules))])),
      (
        "invocations",
        .array([
          .object([
            ("executionSuccessful", .bool(true)),
            ("toolExecutionNotifications", .array(reports.flatMap(notifications))),
          ])
        ])
      ),
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(reports.flatMap { results($0, rules) })),
    ])
    return JSON.object([
      (
        "$schema", .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json")
      ),
      ("version", .string("2.1.0")),
      ("runs", .array([run])),
    ]).text(pretty: true) + "\n"
  }

  // MARK: Rules

  /// The causes that were found, each once.
  private func rules(_ reports: [ProjectReport]) -> [String] {
    Set(reports.flatMap { $0.findings.map(\.cause) }).sorted()
  }

  private func driver(_ rules: [String]) -> JSON {
    .object([
      ("name", .string("drydock")), ("semanticVersion", .string(writer.version)),
      ("language", .string(writer.language == .zh ? "zh-CN" : "en-US")),
      ("properties", .object([("knowledge", .number(writer.knowledge.version))])),
      ("rules", .array(rules.map(rule))),
    ])
  }

  private func rule(_ id: String) -> JSON {
    var members: [(String, JSON)] = [("id", .string(id))]
    guard let cause = writer.knowledge.cause(id) else { return .object(members) }
    let help = cause.explanation.rendered(writer.language) { _ in nil }
    members += [
      ("shortDescription", message(cause.title.rendered(writer.language) { _ in nil })),
      ("help", .object([("text", .string(help)), ("markdown", .string(help))])),
      ("defaultConfiguration", .object([("level", .string(level(cause.confidence)))])),
    ]
    if let reference = cause.references.first { members.append(("helpUri", .string(reference))) }
    members.append(("properties", .object([("tags", .array(cause.symptoms.map { .string($0.id) }))])))
    return .object(members)
  }

  private func level(_ confidence: Confidence) -> String {
    switch confidence {
    case .proven: "error"
    case .likely: "warning"
    case .possible: "note"
    }
  }

  private func message(_ text: String) -> JSON { .object([("text", .string(text))]) }

  // MARK: Results

  private func results(_ report: ProjectReport, _ rules: [String]) -> [JSON] {
    zip(report.findings, Fingerprint.all(of: report)).map { finding, print in
      var members: [(String, JSON)] = [("ruleId", .string(finding.cause))]
      if let index = rules.firstIndex(of: finding.cause) { members.append(("ruleIndex", .number(index))) }
      let inService = finding.service.map { " (\(writer.say(.service)) \($0))" } ?? ""
      members += [
        ("level", .string(level(finding.confidence))), ("message", message(finding.title + inService)),
        ("locations", .array(primary(finding, report))),
      ]
      let others = finding.evidence.filter { $0.file != nil }.dropFirst()
      if !others.isEmpty { members.append(("relatedLocations", .array(others.map { location($0, report) }))) }
      members.append(("partialFingerprints", .object([("drydock/v1", .string(print))])))
      let fixes = finding.fixes.filter { !$0.diff.isEmpty && !$0.isRedacted }
      if !fixes.isEmpty { members.append(("fixes", .array(fixes.map { fix($0, report) }))) }
      return .object(members)
    }
  }

  /// What stands in no file is shown at the first file of the project, as viewers ask for a place.
  private func primary(_ finding: ProjectReport.Finding, _ report: ProjectReport) -> [JSON] {
    if let place = finding.place { return [location(place, report)] }
    return report.files.prefix(1).map { file in
      .object([("physicalLocation", .object([("artifactLocation", artifact(file, report))]))])
    }
  }

  private func location(_ evidence: ProjectReport.Evidence, _ report: ProjectReport) -> JSON {
    var physical: [(String, JSON)] = [("artifactLocation", artifact(evidence.file ?? "", report))]
    if let line = evidence.line {
      var region: [(String, JSON)] = [("startLine", .number(line))]
      if let column = evidence.character { region.append(("startColumn", .number(column))) }
      if let line = evidence.endLine { region.append(("endLine", .number(line))) }
      if let column = evidence.endCharacter { region.append(("endColumn", .number(column))) }
      if !evidence.text.isEmpty { region.append(("snippet", message(evidence.text))) }
      physical.append(("region", .object(region)))
    }
    var members: [(String, JSON)] = [("physicalLocation", .object(physical))]
    if let label = evidence.label { members.append(("message", message(label))) }
    return .object(members)
  }

  private func artifact(_ file: String, _ report: ProjectReport) -> JSON {
    let path = report.shown(file)
    var members: [(String, JSON)] = [("uri", .string((path.hasPrefix("/") ? "file://" : "") + URIPath.escaped(path)))]
    if !path.hasPrefix("/") { members.append(("uriBaseId", .string("%SRCROOT%"))) }
    return .object(members)
  }

  // MARK: Fixes and problems

  private func fix(_ fix: ProjectReport.Fix, _ report: ProjectReport) -> JSON {
    let replacements = PatchReader.replacements(fix.diff)
    var files: [String] = []
    for replacement in replacements where !files.contains(replacement.file) { files.append(replacement.file) }
    return .object([
      ("description", message(fix.title)),
      (
        "artifactChanges",
        .array(
          files.map { file in
            .object([
              ("artifactLocation", artifact(file, report)),
              ("replacements", .array(replacements.filter { $0.file == file }.map(replacement))),
            ])
          })
      ),
    ])
  }

  private func replacement(_ replacement: PatchReader.Replacement) -> JSON {
    let end =
      replacement.lastLength.map { (line: replacement.endLine - 1, column: $0 + 1) }
      ?? (line: replacement.endLine, column: 1)
    return .object([
      (
        "deletedRegion",
        .object([
          ("startLine", .number(replacement.line)), ("startColumn", .number(1)), ("endLine", .number(end.line)),
          ("endColumn", .number(end.column)),
        ])
      ),
      ("insertedContent", message(replacement.text)),
    ])
  }

  private func notifications(_ report: ProjectReport) -> [JSON] {
    report.problems.map { problem in
      var members: [(String, JSON)] = [
        ("level", .string(problem.severity == "error" ? "error" : "warning")), ("message", message(problem.message)),
      ]
      if let file = problem.file {
        var physical: [(String, JSON)] = [("artifactLocation", artifact(file, report))]
        if let line = problem.line { physical.append(("region", .object([("startLine", .number(line))]))) }
        members.append(("locations", .array([.object([("physicalLocation", .object(physical))])])))
      }
      return .object(members)
    }
  }
}

/// Paths in URIs (RFC 3986, section 3.3).
enum URIPath {
  static func escaped(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        byte < 0x80
        && (Character(scalar).isLetter || Character(scalar).isNumber || "-._~/".unicodeScalars.contains(scalar))
      if isPlain {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}

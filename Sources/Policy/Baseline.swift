import Reports

/// Findings that were there when somebody began to use drydock: only new ones fail.
public struct Baseline: Sendable {
  private let fingerprints: Set<String>
  private let entries: [(fingerprint: String, cause: String, path: String)]

  /// All findings of some reports.
  public init(_ reports: [ProjectReport]) {
    entries = reports.flatMap { report in
      zip(Fingerprint.all(of: report), report.findings).map { (fingerprint: $0, cause: $1.cause, path: report.path) }
    }
    fingerprints = Set(entries.map(\.fingerprint))
  }

  /// Reads what `text` wrote; nil for anything else.
  public init?(parsing bytes: [UInt8]) {
    guard let json = JSON(parsing: bytes), json["baseline"]?.number == 1 else { return nil }
    entries = (json["findings"]?.array ?? []).map {
      (
        fingerprint: $0["fingerprint"]?.string ?? "", cause: $0["cause"]?.string ?? "", path: $0["path"]?.string ?? ""
      )
    }
    fingerprints = Set(entries.map(\.fingerprint))
  }

  public func contains(_ fingerprint: String) -> Bool { fingerprints.contains(fingerprint) }

  /// One finding a line, in order, so that a change of the file shows what has changed.
  public var text: String {
    let sorted = entries.sorted { ($0.path, $0.cause, $0.fingerprint) < ($1.path, $1.cause, $1.fingerprint) }
    let lines = sorted.map { entry in
      " "
        + JSON.object([
          ("path", .string(entry.path)), ("cause", .string(entry.cause)), ("fingerprint", .string(entry.fingerprint)),
        ]).text(pretty: false)
    }
    return "{\"baseline\":1,\"findings\":[\n\(lines.joined(separator: ",\n"))\n]}\n"
  }
}

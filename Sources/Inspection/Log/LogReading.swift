import SourceText

/// What a log says.
public struct LogReading: Sendable {
  /// A line that an observation was read from.
  public struct Line: Hashable, Sendable {
    /// From 1.
    public let number: Int
    /// The line's bytes in the log, without its line break.
    public let range: ByteRange
    /// The line without colours and control characters.
    public let text: String
  }

  /// In the order of the log.
  public internal(set) var lines: [Line] = []
  /// The lines that tell what went wrong: the last error of the first thing that failed, wherever it is repeated.
  public internal(set) var tellingLines: [Line] = []
  /// The symptom that the log or the exit code shows; nil when they show none.
  public internal(set) var symptom: String?
  /// What the log shows beside it, the nearer to the telling lines the earlier.
  public internal(set) var otherSymptoms: [String] = []

  public init() {}

  /// The places of the telling lines; nil when nothing in the log is an error.
  public var telling: Telling? {
    tellingLines.isEmpty ? nil : Telling(ranges: tellingLines.map(\.range))
  }

  public struct Telling: Sendable {
    let ranges: [ByteRange]

    public func contains(_ place: Place) -> Bool {
      place.source == .log && ranges.contains { $0.contains(place.range) }
    }
  }

  /// The line that holds a byte of the log.
  public func line(at offset: Int) -> Line? {
    lines.first { $0.range.start <= offset && offset <= $0.range.end }
  }
}

import Fixes
import Knowledge

/// What a session is about, and where what it makes goes.
public struct Project: Sendable {
  /// The inspected folder as a person writes it, such as `~/shop`.
  public var name: String
  /// What a person must know before anything else, such as that this is the sample.
  public var notice: LocalizedText?
  /// Writes fixes; nil for a project that lies in no folder, such as a Dockerfile on standard input.
  public var writer: FixWriter?
  /// The folder that transcripts and patches are saved in.
  public var outputs: String

  public init(name: String, notice: LocalizedText? = nil, writer: FixWriter? = nil, outputs: String = ".") {
    self.name = name
    self.notice = notice
    self.writer = writer
    self.outputs = outputs
  }
}

import Inspection
import SourceText

/// What others need to help, in one text to paste: Markdown, with secrets taken out.
public struct HelpBundle: Sendable {
  private var sections: [(title: String, text: String)] = []
  private let redaction: Redaction
  /// A longer text is cut: forums take no more. In bytes.
  private static let limit = 24 << 10

  /// - Parameters:
  ///   - home: the home folder, which names a person; `~` stands in its place.
  ///   - host: the name of this machine.
  public init(home: String, host: String) {
    // Dockerfiles speak of root's home too; it names nobody.
    redaction = Redaction([(home == "/root" ? "" : home, "~"), (host == "localhost" ? "" : host, "HOST")])
  }

  public mutating func add(_ title: String, _ text: String) {
    if text.contains(where: { !$0.isWhitespace }) { sections.append((title, text)) }
  }

  /// The beginning and the end of a file; nothing where it cannot be read.
  public mutating func add(_ title: String, file path: String) {
    var captured = CapturedOutput(limit: Self.limit / 2)
    do throws(FileProblem) { try DiskTree.read(file: path) { captured.append($0) } } catch { return }
    add(title, captured.text)
  }

  public var text: String {
    sections.map { section in
      let body = Self.cut(redaction.text(section.text))
      let block = CodeFence.block(body.hasSuffix("\n") ? body : body + "\n", "text")
      return "### \(redaction.text(section.title))\n\n\(block)\n"
    }.joined(separator: "\n")
  }

  /// The beginning and the end of what is too long.
  private static func cut(_ text: String) -> String {
    var captured = CapturedOutput(limit: limit / 2)
    captured.append(Array(text.utf8)[...])
    return captured.text
  }
}

import Knowledge

/// How far a learner is: what was found and opened in each lesson, and which lessons are solved.
public struct Progress: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public var seen = Seen()
    public var isSolved = false

    public init() {}
  }

  /// By the lesson's id: a lesson that gets another number keeps its progress.
  private(set) var entries: [String: Entry] = [:]

  public init() {}

  public subscript(lesson: String) -> Entry {
    get { entries[lesson] ?? Entry() }
    set { entries[lesson] = newValue == Entry() ? nil : newValue }
  }
}

/// Progress as text: the line `drydock tutorial 1`, then one line for each thing done, as `solved signals`.
package enum ProgressFormat {
  /// Rises when a reader of the old version could not understand the new one.
  static let version = 1
  private static let head = "drydock tutorial "

  package enum Problem: Error {
    /// It is no such file, or a part of one.
    case corrupt
    /// Another version of drydock wrote it.
    case version
  }

  static func text(_ progress: Progress) -> String {
    var lines = ["\(head)\(version)"]
    for (lesson, entry) in progress.entries.sorted(by: { $0.key < $1.key }) {
      lines += entry.seen.causes.sorted().map { "found \(lesson) \($0)" }
      lines += entry.seen.pages.map(\.word).sorted().map { "opened \(lesson) \($0)" }
      if entry.isSolved { lines.append("solved \(lesson)") }
    }
    return lines.joined(separator: "\n") + "\nend\n"
  }

  package static func progress(_ text: String) throws(Problem) -> Progress {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, first.hasPrefix(head), let version = Int(first.dropFirst(head.count)) else {
      throw .corrupt
    }
    guard version == Self.version else { throw .version }
    // The last line tells that nothing was cut off.
    guard lines.count >= 3, lines.suffix(2) == ["end", ""] else { throw .corrupt }
    lines = lines.dropFirst().dropLast(2)
    var progress = Progress()
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case ("found", 3): progress[words[1]].seen.causes.insert(words[2])
      case ("opened", 3):
        guard let page = Lesson.Page(word: words[2]) else { throw .corrupt }
        progress[words[1]].seen.pages.insert(page)
      case ("solved", 2): progress[words[1]].isSolved = true
      default: throw .corrupt
      }
    }
    return progress
  }
}

extension Lesson.Page {
  /// As lessons and the file of the progress write it.
  public var word: String {
    switch self {
    case .images: "images"
    case .layers: "layers"
    case .cause(let id): "knowledge/\(id)"
    }
  }

  init?(word: String) {
    switch word {
    case "images": self = .images
    case "layers": self = .layers
    case let word where word.hasPrefix("knowledge/"): self = .cause(String(word.dropFirst("knowledge/".count)))
    default: return nil
    }
  }
}

import SourceText

/// The patterns of a `.dockerignore` file, matched as the builder matches them.
///
/// Of a file `Dockerfile.dockerignore` beside a Dockerfile and a `.dockerignore` in the build context, the former counts
/// alone. Reference: https://docs.docker.com/build/concepts/context/#dockerignore-files and
/// https://pkg.go.dev/github.com/moby/patternmatcher.
public struct IgnoreRules: Sendable {
  /// One line that counts.
  public struct Pattern: Hashable, Sendable {
    /// As it is written, `!` included, without white space at its ends.
    public let range: ByteRange
    /// It begins with `!`: what it matches is not ignored.
    public let isException: Bool
    /// Cleaned: without `!`, `.`, `..`, doubled and leading slashes.
    public let text: String
    let compiled: PathPattern
  }

  /// What the rules say about a path.
  public struct Verdict: Hashable, Sendable {
    public let isIgnored: Bool
    /// The pattern that decided, the last one that counts here; nil if none does.
    public let pattern: Pattern?

    /// The place of that pattern.
    public var range: ByteRange? { pattern?.range }
  }

  /// How the patterns stand at a path. What matches a folder counts below it too.
  public struct Level: Sendable {
    /// The numbers of the patterns that match here or further up, in order.
    fileprivate var matched: [Int] = []
    /// The last pattern that counts here.
    fileprivate var deciding: Int?

    fileprivate init() {}
  }

  public let patterns: [Pattern]
  /// Patterns that the builder refuses; it does not build then.
  public let problems: [Problem]
  private let runs: [IgnoreRun]
  private let ways: ExceptionWays

  /// Where the builder looks for rules, in order; the first file that is there counts alone. Paths are relative to the
  /// build context, as `dockerfile` is.
  public static func paths(besides dockerfile: String) -> [String] { ["\(dockerfile).dockerignore", ".dockerignore"] }

  public init(_ bytes: [UInt8]) {
    var patterns: [Pattern] = []
    var problems: [Problem] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: .lineFeed) ?? bytes.count
      defer { start = end + 1 }
      // Only a `#` at the very beginning of a line makes a comment.
      if bytes[start] == .hash { continue }
      let content = trimmed(bytes, start..<end)
      if content.isEmpty { continue }
      let range = ByteRange(content.lowerBound, content.upperBound)
      let isException = bytes[content.lowerBound] == UInt8(ascii: "!")
      let written = trimmed(bytes, content.lowerBound + (isException ? 1 : 0)..<content.upperBound)
      if written.isEmpty {
        problems.append(Problem(.evaluation, range, "illegal exclusion pattern: \"!\""))
        continue
      }
      let path = Self.clean(String(decoding: bytes[written], as: UTF8.self))
      if isException, path == "/" {
        problems.append(Problem(.evaluation, range, "illegal exclusion pattern: \"!\""))
      } else if let compiled = PathPattern(path) {
        patterns.append(Pattern(range: range, isException: isException, text: path, compiled: compiled))
      } else {
        problems.append(Problem(.evaluation, range, "syntax error in pattern"))
      }
    }
    self.patterns = patterns
    self.problems = problems
    runs = IgnoreRun.runs(patterns)
    ways = ExceptionWays(patterns)
  }

  /// Whether the builder leaves a path out of the context.
  ///
  /// The builder walks from the root down. A pattern that matches a folder also counts below it, unless it had no say there
  /// (a `!` pattern where nothing was ignored yet). Patterns do not tell files from folders: `isDirectory` only says
  /// whether what is ignored may hold something that is not.
  ///
  /// - Parameter path: relative to the context, with `/` between its parts.
  public func verdict(_ path: String, isDirectory: Bool = false) -> Verdict {
    let scalars = Array(path.split(separator: "/").filter { $0 != "." }.joined(separator: "/").unicodeScalars)
    var level = top
    for end in scalars.indices.filter({ scalars[$0] == "/" }) + [scalars.count] where end > 0 {
      level = enter(scalars[..<end], from: level)
    }
    return verdict(level)
  }

  /// The root of the context, which nothing matches.
  public var top: Level { Level() }

  /// How the patterns stand at a path, by how they stand at the folder above it.
  ///
  /// - Parameter path: relative to the context, with `/` between its parts, none of them `.` or empty.
  public func enter(_ path: String, from folder: Level) -> Level {
    enter(Array(path.unicodeScalars)[...], from: folder)
  }

  private func enter(_ path: ArraySlice<Unicode.Scalar>, from folder: Level) -> Level {
    let question = IgnoreRun.Question(path)
    var level = Level()
    var known = folder.matched[...]
    var isIgnored = false
    for run in runs {
      let before = known.prefix { $0 < run.range.upperBound }
      known = known.dropFirst(before.count)
      // A pattern has a say only where it changes something; from there on the others of its kind have none.
      if run.isException == isIgnored,
        let first = run.first(matching: question, below: before.first ?? run.range.upperBound, patterns)
      {
        level.matched.append(first)
      }
      level.matched += before
      guard let last = level.matched.last, run.range.contains(last) else { continue }
      level.deciding = last
      isIgnored = !run.isException
    }
    return level
  }

  public func verdict(_ level: Level) -> Verdict {
    let pattern = level.deciding.map { patterns[$0] }
    return Verdict(isIgnored: pattern.map { !$0.isException } ?? false, pattern: pattern)
  }

  /// Whether the builder looks into a folder: one that is ignored only if a `!` pattern may match something in it.
  public func looksInto(_ folder: String) -> Bool {
    !verdict(folder, isDirectory: true).isIgnored || ways.lead(into: folder)
  }

  /// As above, for a folder of which it is known that it is ignored.
  public func looksInto(ignored folder: String) -> Bool { ways.lead(into: folder) }

  /// As Go's `filepath.Clean`, and without a leading slash where something follows it.
  private static func clean(_ path: String) -> String {
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !isAbsolute {
        parts.append(part)
      }
    }
    return parts.isEmpty ? (isAbsolute ? "/" : ".") : parts.joined(separator: "/")
  }
}

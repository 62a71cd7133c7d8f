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

  public let patterns: [Pattern]
  /// Patterns that the builder refuses; it does not build then.
  public let problems: [Problem]

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
    var matched = [Bool](repeating: false, count: patterns.count)
    var verdict = Verdict(isIgnored: false, pattern: nil)
    for end in scalars.indices.filter({ scalars[$0] == "/" }) + [scalars.count] where end > 0 {
      verdict = Verdict(isIgnored: false, pattern: nil)
      for (index, pattern) in patterns.enumerated() {
        if !matched[index] {
          guard pattern.isException == verdict.isIgnored else { continue }
          matched[index] = pattern.compiled.matches(scalars[..<end])
        }
        if matched[index] { verdict = Verdict(isIgnored: !pattern.isException, pattern: pattern) }
      }
    }
    return verdict
  }

  /// Whether the builder looks into a folder: one that is ignored only if a `!` pattern may match something in it.
  public func looksInto(_ folder: String) -> Bool {
    guard verdict(folder, isDirectory: true).isIgnored else { return true }
    return patterns.contains { pattern in
      guard pattern.isException else { return false }
      var text = pattern.text
      for ending in ["/**", "/*"] where text.hasSuffix(ending) { text.removeLast(ending.count) }
      return text.contains { "*[]?^\\".contains($0) } || "\(text)/".hasPrefix("\(folder)/")
    }
  }

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

/// Patterns of an ignore file that follow one another and are all exceptions, or none.
///
/// Only the first of them that matches matters. Plain paths and names are looked up, so that thousands of them cost no more
/// than one.
struct IgnoreRun: Sendable {
  /// A path that is looked for. What few patterns need is worked out when one does.
  final class Question {
    let path: ArraySlice<Unicode.Scalar>
    private(set) lazy var text = PathPattern.text(path)
    private(set) lazy var name = PathPattern.text(path.lastIndex(of: "/").map { path[($0 + 1)...] } ?? path)
    private(set) lazy var letters = LetterSet(path)

    init(_ path: ArraySlice<Unicode.Scalar>) { self.path = path }
  }

  let isException: Bool
  /// The places of its patterns among all.
  private(set) var range: Range<Int>
  /// The first pattern that is just this path.
  private var exact: [String: Int] = [:]
  /// The first pattern that is just this name, in any folder.
  private var named: [String: Int] = [:]
  private var others: [(place: Int, letters: LetterSet)] = []

  static func runs(_ patterns: [IgnoreRules.Pattern]) -> [IgnoreRun] {
    var runs: [IgnoreRun] = []
    for (place, pattern) in patterns.enumerated() {
      if runs.last?.isException != pattern.isException {
        runs.append(IgnoreRun(isException: pattern.isException, range: place..<place))
      }
      runs[runs.count - 1].add(pattern, at: place)
    }
    return runs
  }

  private init(isException: Bool, range: Range<Int>) {
    self.isException = isException
    self.range = range
  }

  private mutating func add(_ pattern: IgnoreRules.Pattern, at place: Int) {
    range = range.lowerBound..<(place + 1)
    // The same characters may be written in several ways, which are different names of files.
    let isPlain = pattern.text.utf8.allSatisfy { $0 < 0x80 }
    if isPlain, let path = pattern.compiled.exactPath {
      exact[path] = exact[path] ?? place
    } else if isPlain, let name = pattern.compiled.lastPart {
      named[name] = named[name] ?? place
    } else {
      others.append((place, pattern.compiled.letters))
    }
  }

  /// The first pattern before a place that matches a path.
  func first(matching question: Question, below limit: Int, _ patterns: [IgnoreRules.Pattern]) -> Int? {
    var limit = limit
    var first: Int?
    for place in [exact.isEmpty ? nil : exact[question.text], named.isEmpty ? nil : named[question.name]] {
      guard let place, place < limit, patterns[place].compiled.matches(question.path) else { continue }
      limit = place
      first = place
    }
    for other in others {
      if other.place >= limit { break }
      guard other.letters.isSubset(of: question.letters) else { continue }
      if patterns[other.place].compiled.matches(question.path) { return other.place }
    }
    return first
  }
}

/// Where `!` patterns may lead: the folders that the builder looks into although they are ignored.
struct ExceptionWays: Sendable {
  /// Whether some exception is no plain path, so that it may match anywhere.
  private var leadAnywhere = false
  /// The paths of the others with a slash at their end, in the order of their bytes.
  private var paths: [[UInt8]] = []

  init(_ patterns: [IgnoreRules.Pattern]) {
    for pattern in patterns where pattern.isException {
      var text = pattern.text
      for ending in ["/**", "/*"] where text.hasSuffix(ending) { text.removeLast(ending.count) }
      if text.utf8.contains(where: { "*[]?^\\".utf8.contains($0) }) { leadAnywhere = true }
      paths.append(Array(text.utf8) + [UInt8(ascii: "/")])
    }
    if leadAnywhere { paths = [] }
    paths.sort { $0.lexicographicallyPrecedes($1) }
  }

  func lead(into folder: String) -> Bool {
    if leadAnywhere { return true }
    let wanted = Array(folder.utf8) + [UInt8(ascii: "/")]
    var low = 0
    var high = paths.count
    while low < high {
      let middle = (low + high) / 2
      if paths[middle].lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    return low < paths.count && paths[low].starts(with: wanted)
  }
}

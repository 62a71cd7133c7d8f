/// The places of the rows that may fit a condition, without a copy of what the store knows of them.
public struct Candidates: Sequence, IteratorProtocol, Sendable {
  private var all = 0..<0
  private var known: ArraySlice<Int> = []
  private var unkeyed: ArraySlice<Int> = []

  init() {}

  init(all: Range<Int>) { self.all = all }

  init(known: [Int], unkeyed: [Int]) {
    self.known = known[...]
    self.unkeyed = unkeyed[...]
  }

  public mutating func next() -> Int? { all.popFirst() ?? known.popFirst() ?? unkeyed.popFirst() }
}

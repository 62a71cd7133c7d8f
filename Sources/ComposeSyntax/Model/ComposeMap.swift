/// Keys and values in the order in which they were written.
public struct ComposeMap: Sendable {
  public private(set) var keys: [String] = []
  private var values: [ComposeValue] = []
  // Small maps are searched, large ones are indexed.
  private var index: [String: Int]?

  private static let largestSearched = 12

  public init() {}

  public init(_ entries: [(String, ComposeValue)]) {
    for (key, value) in entries { self[key] = value }
  }

  public var count: Int { keys.count }
  public var isEmpty: Bool { keys.isEmpty }

  private func position(of key: String) -> Int? {
    index.map { $0[key] } ?? keys.firstIndex(of: key)
  }

  /// The value of a key. Setting nil removes the key; setting a new key appends it.
  public subscript(key: String) -> ComposeValue? {
    get { position(of: key).map { values[$0] } }
    set {
      let position = position(of: key)
      switch (position, newValue) {
      case (let position?, let value?): values[position] = value
      case (let position?, nil):
        keys.remove(at: position)
        values.remove(at: position)
        if index != nil { reindex() }
      case (nil, let value?):
        keys.append(key)
        values.append(value)
        if index != nil { index?[key] = keys.count - 1 } else if keys.count > Self.largestSearched { reindex() }
      case (nil, nil): break
      }
    }
  }

  private mutating func reindex() {
    var index: [String: Int] = [:]
    for (position, key) in keys.enumerated() { index[key] = position }
    self.index = index
  }

  /// The same keys with other values; a value that becomes nil takes its key along.
  func compactMapValues<E: Error>(_ change: (String, ComposeValue) throws(E) -> ComposeValue?) throws(E) -> ComposeMap {
    var kept: [ComposeValue] = []
    kept.reserveCapacity(count)
    var removed: Set<String> = []
    for (key, value) in self {
      if let value = try change(key, value) { kept.append(value) } else { removed.insert(key) }
    }
    var result = self
    result.values = kept
    if !removed.isEmpty {
      result.keys.removeAll { removed.contains($0) }
      if index != nil { result.reindex() }
    }
    return result
  }

  /// The same keys with other values.
  func mapValues(_ change: (String, ComposeValue) -> ComposeValue) -> ComposeMap {
    compactMapValues { change($0, $1) }
  }
}

extension ComposeMap: Sequence {
  public struct Iterator: IteratorProtocol {
    private let map: ComposeMap
    private var position = 0

    fileprivate init(_ map: ComposeMap) {
      self.map = map
    }

    public mutating func next() -> (key: String, value: ComposeValue)? {
      guard position < map.keys.count else { return nil }
      defer { position += 1 }
      return (map.keys[position], map.values[position])
    }
  }

  public var underestimatedCount: Int { count }

  public func makeIterator() -> Iterator { Iterator(self) }
}

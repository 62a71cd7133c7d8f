import SourceText

/// One node of a YAML document together with the bytes it was written in.
///
/// Nodes are shared, not copied: an alias holds the node of its anchor.
public final class YAMLNode: Sendable {
  public enum Content: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLItem])
    case mapping([YAMLEntry])
    /// The node that the anchor stands for.
    case alias(YAMLNode)
  }

  public let content: Content
  /// The node without its tag and anchor. Quotes, brackets and block scalar headers belong to it, a line break after it
  /// does not. A node that was left out is an empty range at the place where it would stand.
  public let range: ByteRange
  /// The tag as written, such as `!reset` or `!!str`; nil without one.
  public let tag: String?
  /// The name of the anchor, without `&`; of an alias, the name it refers to.
  public let anchor: String?
  /// The bytes of the tag and the anchor; nil without them.
  public let propertiesRange: ByteRange?
  /// Whether a collection is written with brackets.
  public let isFlow: Bool
  /// The column, from 0, at which the entries of a block collection begin (for a sequence, its dashes).
  public let indentation: Int
  /// How many nodes there are from here on, with what aliases stand for counted at every alias.
  let expandedCount: Int

  init(
    _ content: Content, range: ByteRange, tag: String? = nil, anchor: String? = nil,
    propertiesRange: ByteRange? = nil, isFlow: Bool = false, indentation: Int = 0
  ) {
    self.content = content
    self.range = range
    self.tag = tag
    self.anchor = anchor
    self.propertiesRange = propertiesRange
    self.isFlow = isFlow
    self.indentation = indentation
    var count = 1
    switch content {
    case .scalar: break
    case .alias(let target): count = target.expandedCount
    case .sequence(let items): for item in items { count = Self.sum(count, item.node.expandedCount) }
    case .mapping(let entries):
      for entry in entries {
        count = Self.sum(Self.sum(count, entry.key.expandedCount), entry.value.expandedCount)
      }
    }
    expandedCount = count
  }

  private static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow ? Int.max : sum
  }
}

/// An entry of a mapping.
public struct YAMLEntry: Sendable {
  public let key: YAMLNode
  public let value: YAMLNode

  /// From the key to the end of the value.
  public var range: ByteRange {
    let start = key.propertiesRange.map { min($0.start, key.range.start) } ?? key.range.start
    return ByteRange(start, max(key.range.end, value.range.end))
  }
}

/// An item of a sequence.
public struct YAMLItem: Sendable {
  public let node: YAMLNode
  /// From the dash, where there is one, to the end of the item.
  public let range: ByteRange
}

extension YAMLNode {
  /// The node itself or, for an alias, what it stands for.
  public var target: YAMLNode {
    if case .alias(let node) = content { node } else { self }
  }

  /// The scalar, of an alias that of its anchor; nil for a collection.
  public var scalar: YAMLScalar? {
    if case .scalar(let scalar) = target.content { scalar } else { nil }
  }

  /// The text of a scalar as written, whatever its type; nil for a collection and for a node that was left out.
  public var text: String? {
    guard let scalar, !scalar.isMissing else { return nil }
    return scalar.value
  }

  /// The items of a sequence; empty for other nodes.
  public var items: [YAMLItem] {
    if case .sequence(let items) = target.content { items } else { [] }
  }

  /// The entries of a mapping, doubles and merge keys (`<<`) included; empty for other nodes.
  public var entries: [YAMLEntry] {
    if case .mapping(let entries) = target.content { entries } else { [] }
  }

  public var isMapping: Bool { if case .mapping = target.content { true } else { false } }
  public var isSequence: Bool { if case .sequence = target.content { true } else { false } }

  /// The first entry of a mapping with this key. Merge keys are not followed.
  public func entry(_ key: String) -> YAMLEntry? {
    entries.first { $0.key.text == key }
  }

  /// The value of the first entry with this key.
  public subscript(key: String) -> YAMLNode? { entry(key)?.value }

  /// The value at the end of a path of keys.
  public func node(at path: [String]) -> YAMLNode? {
    var node: YAMLNode? = self
    for key in path { node = node?[key] }
    return node
  }
}

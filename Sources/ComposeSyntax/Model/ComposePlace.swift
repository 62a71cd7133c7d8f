import SourceText

/// A file that took part in loading a project: a compose file, a `.env` file or an `env_file`.
public final class ComposeFile: Sendable {
  public let source: SourceFile
  public let lines: LineMap
  /// The path in the file system.
  public let absolutePath: String
  /// The nodes of a compose file; nil for files that are no YAML.
  public let yaml: YAMLFile?

  /// The path relative to the project root.
  public var path: String { source.path }

  init(source: SourceFile, absolutePath: String, yaml: YAMLFile?) {
    self.source = source
    self.absolutePath = absolutePath
    self.yaml = yaml
    lines = source.lineMap
  }
}

/// Where a value stands, and what it took the place of.
public final class ComposePlace: Sendable {
  public let file: ComposeFile
  /// The value. Of a string it covers the quotes; of a part of a string, such as the host port in `"8080:80"`, only
  /// that part.
  public let range: ByteRange
  /// The key that the value belongs to; nil for list items and parts of strings.
  public let key: ByteRange?
  /// What to delete together with the value: its key, or the dash of its list item.
  public let entry: ByteRange
  /// The node that the value was read from.
  public let node: YAMLNode?
  /// The value that this one replaced, when one file overrides another or a service extends another.
  public let overrode: ComposePlace?
  /// Where each byte of a string stands.
  let map: SourceMap?

  init(
    file: ComposeFile, range: ByteRange, key: ByteRange? = nil, entry: ByteRange? = nil, node: YAMLNode? = nil,
    map: SourceMap? = nil, overrode: ComposePlace? = nil
  ) {
    self.file = file
    self.range = range
    self.key = key
    self.entry = entry ?? range
    self.node = node
    self.map = map
    self.overrode = overrode
  }

  public var path: String { file.path }
  /// Where the value begins, as people count.
  public var position: LineColumn { file.lines.position(of: range.start) }
  public var keyPosition: LineColumn? { key.map { file.lines.position(of: $0.start) } }
  /// The bytes of the value as they stand in the file.
  public var text: String { file.source.text(range) }

  /// All places that this one replaced, the latest first.
  public var history: [ComposePlace] {
    var places: [ComposePlace] = []
    var place = overrode
    while let next = place {
      places.append(next)
      place = next.overrode
    }
    return places
  }

  /// The place of some bytes of a string value.
  func part(_ range: ByteRange) -> ComposePlace {
    ComposePlace(
      file: file, range: map?.source(of: range) ?? self.range, entry: entry, node: node, map: map?.slice(range),
      overrode: overrode)
  }

  /// The place of the key as a value of its own.
  var ofKey: ComposePlace {
    ComposePlace(file: file, range: key ?? range, entry: entry, node: node)
  }

  private static let longestHistory = 100

  /// This place, with `other` as the one that it replaced last.
  func replacing(_ other: ComposePlace?) -> ComposePlace {
    guard let other, other !== self else { return self }
    // A value that is merged twice does not replace itself.
    if stands(at: other) || history.contains(where: { $0.stands(at: other) }) { return self }
    guard !history.isEmpty else { return overriding(other) }
    guard history.count < Self.longestHistory else { return self }
    return overriding(history.reversed().reduce(other) { $1.overriding($0) })
  }

  private func stands(at other: ComposePlace) -> Bool { file === other.file && range == other.range }

  private func overriding(_ other: ComposePlace) -> ComposePlace {
    ComposePlace(file: file, range: range, key: key, entry: entry, node: node, map: map, overrode: other)
  }

  func with(map: SourceMap?) -> ComposePlace {
    ComposePlace(file: file, range: range, key: key, entry: entry, node: node, map: map, overrode: overrode)
  }
}

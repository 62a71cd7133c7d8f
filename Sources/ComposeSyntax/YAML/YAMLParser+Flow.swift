import SourceText

/// Collections with brackets.
extension YAMLParser {
  mutating func parseFlowSequence(_ properties: Properties) throws(YAMLSyntaxError) -> YAMLNode {
    let start = try scanner.take()
    var items: [YAMLItem] = []
    while true {
      var token = try scanner.peek()
      if token.kind != .flowSequenceEnd, !items.isEmpty {
        guard token.kind == .flowEntry else {
          throw unfinished(token, start, "A `,` or `]` is expected here.")
        }
        _ = try scanner.take()
        token = try scanner.peek()
      }
      if token.kind == .flowSequenceEnd { break }
      let node = token.kind == .key ? try parseSinglePair() : try parseNode(isBlock: false)
      items.append(YAMLItem(node: node, range: node.propertiesRange.map { $0.union(node.range) } ?? node.range))
    }
    let end = try scanner.take()
    return try make(.sequence(items), start.range.union(end.range), properties, isFlow: true)
  }

  /// The end of the file is no place to look at: there the open bracket is to blame.
  private func unfinished(_ token: YAMLToken, _ start: YAMLToken, _ message: String) -> YAMLSyntaxError {
    token.kind == .streamEnd
      ? unexpected(start, "This bracket is not closed.") : unexpected(token, message, context: start.range.start)
  }

  /// `[key: value]` is a list with one mapping.
  private mutating func parseSinglePair() throws(YAMLSyntaxError) -> YAMLNode {
    let token = try scanner.take()
    let entry = try parseFlowPair(after: token, end: .flowSequenceEnd)
    return try make(.mapping([entry]), entry.range, isFlow: true)
  }

  mutating func parseFlowMapping(_ properties: Properties) throws(YAMLSyntaxError) -> YAMLNode {
    let start = try scanner.take()
    var entries: [YAMLEntry] = []
    var seen: [String: ByteRange] = [:]
    while true {
      var token = try scanner.peek()
      if token.kind != .flowMappingEnd, !entries.isEmpty {
        guard token.kind == .flowEntry else {
          throw unfinished(token, start, "A `,` or `}` is expected here.")
        }
        _ = try scanner.take()
        token = try scanner.peek()
      }
      if token.kind == .flowMappingEnd { break }
      let entry: YAMLEntry
      if token.kind == .key {
        _ = try scanner.take()
        entry = try parseFlowPair(after: token, end: .flowMappingEnd)
      } else {
        let key = try parseNode(isBlock: false)
        entry = YAMLEntry(key: key, value: try make(.scalar(missing(at: key.range.end)), ByteRange(at: key.range.end)))
      }
      checkDouble(entry.key, &seen)
      entries.append(entry)
    }
    let end = try scanner.take()
    return try make(.mapping(entries), start.range.union(end.range), properties, isFlow: true)
  }

  private mutating func parseFlowPair(
    after keyToken: YAMLToken, end: YAMLToken.Kind
  ) throws(YAMLSyntaxError) -> YAMLEntry {
    let next = try scanner.peek()
    let key: YAMLNode
    switch next.kind {
    case .value, .flowEntry, end:
      key = try make(.scalar(missing(at: keyToken.range.end)), ByteRange(at: keyToken.range.end))
    default: key = try parseNode(isBlock: false)
    }
    let colon = try scanner.peek()
    guard colon.kind == .value else {
      return YAMLEntry(key: key, value: try make(.scalar(missing(at: key.range.end)), ByteRange(at: key.range.end)))
    }
    _ = try scanner.take()
    let following = try scanner.peek()
    if following.kind == .flowEntry || following.kind == end {
      return YAMLEntry(key: key, value: try make(.scalar(missing(at: colon.range.end)), ByteRange(at: colon.range.end)))
    }
    return YAMLEntry(key: key, value: try parseNode(isBlock: false))
  }
}

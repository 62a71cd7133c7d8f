import SourceText

/// Makes nodes of the tokens of a YAML text.
struct YAMLParser {
  var scanner: YAMLScanner
  private var anchors: [String: YAMLNode] = [:]
  private var openAnchors: Set<String> = []
  private var depth = 0
  private var count = 0
  private(set) var problems: [YAMLProblem] = []
  private(set) var documents: [YAMLNode] = []

  /// More nodes than any file that a person wrote.
  static let mostNodes = 400_000

  init(_ bytes: [UInt8]) {
    scanner = YAMLScanner(bytes)
  }

  /// Reads all documents. Those before an error are kept.
  mutating func parse() throws(YAMLSyntaxError) {
    var isFirst = true
    while true {
      var token = try skip(.documentEnd)
      if token.kind == .streamEnd { return }
      let hasDirectives = token.kind == .directive
      if hasDirectives { token = try skip(.directive) }
      if token.kind == .documentStart {
        _ = try scanner.take()
        token = try scanner.peek()
      } else if hasDirectives {
        throw unexpected(token, "`---` must follow a directive.")
      } else if !isFirst {
        throw unexpected(token, "Nothing of the document can stand here. Is the line indented as those around it?")
      }
      isFirst = false
      anchors = [:]
      switch token.kind {
      case .documentStart, .documentEnd, .directive, .streamEnd:
        documents.append(try make(.scalar(missing(at: token.range.start)), ByteRange(at: token.range.start)))
      default:
        documents.append(try parseNode(isBlock: true))
      }
      token = try scanner.peek()
      guard [.documentStart, .documentEnd, .directive, .streamEnd].contains(token.kind) else {
        throw unexpected(token, "Nothing of the document can stand here. Is the line indented as those around it?")
      }
    }
  }

  private mutating func skip(_ kind: YAMLToken.Kind) throws(YAMLSyntaxError) -> YAMLToken {
    var token = try scanner.peek()
    while token.kind == kind {
      _ = try scanner.take()
      token = try scanner.peek()
    }
    return token
  }

  // MARK: Nodes

  mutating func parseNode(isBlock: Bool, allowsIndentless: Bool = false) throws(YAMLSyntaxError) -> YAMLNode {
    guard depth < YAMLScanner.deepestNesting else { throw scanner.tooDeep() }
    depth += 1
    defer { depth -= 1 }
    var token = try scanner.peek()
    if token.kind == .alias { return try parseAlias() }
    var properties = Properties()
    while token.kind == .anchor && properties.anchor == nil || token.kind == .tag && properties.tag == nil {
      properties.add(token)
      _ = try scanner.take()
      token = try scanner.peek()
    }
    if let anchor = properties.anchor { openAnchors.insert(anchor) }
    let node = try parseContent(token, properties, isBlock: isBlock, allowsIndentless: allowsIndentless)
    if let anchor = properties.anchor {
      openAnchors.remove(anchor)
      anchors[anchor] = node
    }
    return node
  }

  struct Properties {
    var tag: String?
    var anchor: String?
    var range: ByteRange?

    mutating func add(_ token: YAMLToken) {
      if token.kind == .anchor { anchor = token.name } else { tag = token.name }
      range = range?.union(token.range) ?? token.range
    }
  }

  private mutating func parseContent(
    _ token: YAMLToken, _ properties: Properties, isBlock: Bool, allowsIndentless: Bool
  ) throws(YAMLSyntaxError) -> YAMLNode {
    switch token.kind {
    case .blockEntry where allowsIndentless:
      return try parseBlockSequence(properties, isIndentless: true)
    case .scalar:
      _ = try scanner.take()
      return try make(.scalar(token.scalar ?? missing(at: token.range.start)), token.range, properties)
    case .flowSequenceStart: return try parseFlowSequence(properties)
    case .flowMappingStart: return try parseFlowMapping(properties)
    case .blockSequenceStart where isBlock: return try parseBlockSequence(properties, isIndentless: false)
    case .blockMappingStart where isBlock: return try parseBlockMapping(properties)
    default:
      guard let range = properties.range else {
        throw unexpected(token, "A value is expected here.")
      }
      return try make(.scalar(missing(at: range.end)), ByteRange(at: range.end), properties)
    }
  }

  private mutating func parseAlias() throws(YAMLSyntaxError) -> YAMLNode {
    let token = try scanner.take()
    let fault: String?
    if openAnchors.contains(token.name) {
      fault = "`*\(token.name)` stands inside of what `&\(token.name)` marks, so it would contain itself."
    } else if anchors[token.name] == nil {
      fault = "No `&\(token.name)` stands before this `*\(token.name)`."
    } else {
      fault = nil
    }
    if let target = anchors[token.name], fault == nil {
      count += 1
      return YAMLNode(.alias(target), range: token.range, anchor: token.name)
    }
    if let fault { problems.append(YAMLProblem(kind: .alias, message: fault, range: token.range)) }
    return try make(.scalar(missing(at: token.range.start)), token.range)
  }

  mutating func make(
    _ content: YAMLNode.Content, _ range: ByteRange, _ properties: Properties = Properties(),
    isFlow: Bool = false, indentation: Int = 0
  ) throws(YAMLSyntaxError) -> YAMLNode {
    count += 1
    guard count <= Self.mostNodes else {
      throw YAMLSyntaxError(
        message: "More than \(Self.mostNodes) values in one file.", range: range, context: range.start, kind: .tooLarge)
    }
    return YAMLNode(
      content, range: range, tag: properties.tag, anchor: properties.anchor, propertiesRange: properties.range,
      isFlow: isFlow, indentation: indentation)
  }

  func missing(at offset: Int) -> YAMLScalar {
    YAMLScalar("", style: .plain, map: SourceMap(verbatim: ByteRange(at: offset)), isMissing: true)
  }

  func unexpected(_ token: YAMLToken, _ message: String, context: Int? = nil) -> YAMLSyntaxError {
    YAMLSyntaxError(message: message, range: token.range, context: context ?? token.range.start)
  }

  // MARK: Block collections

  private mutating func parseBlockSequence(
    _ properties: Properties, isIndentless: Bool
  ) throws(YAMLSyntaxError) -> YAMLNode {
    if !isIndentless { _ = try scanner.take() }
    var items: [YAMLItem] = []
    var range: ByteRange?
    var indentation = 0
    while true {
      let token = try scanner.peek()
      guard token.kind == .blockEntry else {
        if !isIndentless {
          guard token.kind == .blockEnd else {
            throw unexpected(token, "A list item must begin with `- ` here.", context: range?.start)
          }
          _ = try scanner.take()
        }
        break
      }
      _ = try scanner.take()
      if items.isEmpty { indentation = token.column }
      let next = try scanner.peek().kind
      let isMissing =
        next == .blockEntry || next == .blockEnd || isIndentless && (next == .key || next == .value)
      let node =
        isMissing
        ? try make(.scalar(missing(at: token.range.end)), ByteRange(at: token.range.end))
        : try parseNode(isBlock: true)
      let item = YAMLItem(node: node, range: token.range.union(node.range))
      items.append(item)
      range = range?.union(item.range) ?? item.range
    }
    return try make(.sequence(items), range ?? ByteRange(at: 0), properties, indentation: indentation)
  }

  private mutating func parseBlockMapping(_ properties: Properties) throws(YAMLSyntaxError) -> YAMLNode {
    let start = try scanner.take()
    var entries: [YAMLEntry] = []
    var seen: [String: ByteRange] = [:]
    var range = start.range
    while true {
      let token = try scanner.peek()
      if token.kind == .blockEnd {
        _ = try scanner.take()
        break
      }
      guard token.kind == .key else {
        throw unexpected(
          token, "A key is expected here. Is the line indented as those around it?", context: start.range.start)
      }
      _ = try scanner.take()
      let key = try parsePart(after: token)
      let colon = try scanner.peek()
      let value: YAMLNode
      if colon.kind == .value {
        _ = try scanner.take()
        value = try parsePart(after: colon)
      } else {
        value = try make(.scalar(missing(at: key.range.end)), ByteRange(at: key.range.end))
      }
      let entry = YAMLEntry(key: key, value: value)
      checkDouble(key, &seen)
      entries.append(entry)
      range = range.union(
        ByteRange(entry.range.start, max(entry.range.end, colon.kind == .value ? colon.range.end : 0)))
    }
    return try make(.mapping(entries), range, properties, indentation: start.column)
  }

  /// The node after `?` or `:`, which may be left out.
  private mutating func parsePart(after token: YAMLToken) throws(YAMLSyntaxError) -> YAMLNode {
    switch try scanner.peek().kind {
    case .key, .value, .blockEnd:
      return try make(.scalar(missing(at: token.range.end)), ByteRange(at: token.range.end))
    default:
      return try parseNode(isBlock: true, allowsIndentless: true)
    }
  }

  mutating func checkDouble(_ key: YAMLNode, _ seen: inout [String: ByteRange]) {
    guard let text = key.scalar?.value else { return }
    if let first = seen[text] {
      problems.append(
        YAMLProblem(
          kind: .duplicateKey, message: "The key `\(text)` stands twice in this mapping.", range: key.range,
          related: first))
    } else {
      seen[text] = key.range
    }
  }
}

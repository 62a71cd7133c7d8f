/// How the image of a service is built.
public struct ComposeBuild: Sendable {
  public let value: ComposeValue
  let root: String

  public var place: ComposePlace? { value.place }
  /// Whether `build:` is only the path of its context.
  public var isShort: Bool { value.place?.node?.scalar != nil }

  /// The absolute path of the context, or its URL.
  public var context: Placed<String>? { value["context"]?.placedText }
  /// The path of the context relative to the project root, which itself is empty; nil where it lies elsewhere.
  public var contextInRoot: String? { context.flatMap { ComposePath.relative($0.value, to: root) } }
  /// Relative to the context. Where nothing is written, `Dockerfile` without a place.
  public var dockerfile: Placed<String>? { value["dockerfile"]?.placedText }
  /// The path of the Dockerfile relative to the project root; nil where it lies elsewhere.
  public var dockerfileInRoot: String? {
    guard let context, let dockerfile, !ComposePath.isRemote(context.value) else { return nil }
    return ComposePath.relative(ComposePath.join(context.value, dockerfile.value), to: root)
  }
  public var dockerfileInline: Placed<String>? { value["dockerfile_inline"]?.placedText }
  public var target: Placed<String>? { value["target"]?.placedText }
  public var args: [ComposeSetting] {
    (value["args"]?.map ?? ComposeMap()).map { ComposeSetting(name: $0.key, value: $0.value) }
  }
  public var platforms: [Placed<String>] { value["platforms"]?.placedTexts ?? [] }
  public var additionalContexts: [ComposeSetting] {
    (value["additional_contexts"]?.map ?? ComposeMap()).map { ComposeSetting(name: $0.key, value: $0.value) }
  }
  public var secrets: [ComposeFileMount] { (value["secrets"]?.list ?? []).compactMap { ComposeFileMount($0) } }
}

/// The words of a `command` or `entrypoint`.
public struct ComposeCommand: Sendable {
  public let words: [Placed<String>]
  public let place: ComposePlace?
  /// Whether it is written as one string, which compose splits into words; no shell takes part.
  public let isString: Bool

  init?(_ value: ComposeValue) {
    guard value.list != nil else { return nil }
    words = value.placedTexts
    place = value.place
    isString = value.place?.node?.scalar != nil
  }
}

/// A value with the place it came from; no place for what compose takes for granted.
public struct Placed<Value: Sendable>: Sendable {
  public var value: Value
  public var place: ComposePlace?

  public init(_ value: Value, at place: ComposePlace? = nil) {
    self.value = value
    self.place = place
  }
}

extension Placed: Equatable where Value: Equatable {
  /// By value, wherever it stands.
  public static func == (left: Placed, right: Placed) -> Bool { left.value == right.value }
}

extension ComposeValue {
  public var placedText: Placed<String>? { text.map { Placed($0, at: place) } }
  public var placedNumber: Placed<Int>? { integer.map { Placed($0, at: place) } }
  public var placedFlag: Placed<Bool>? { bool.map { Placed($0, at: place) } }
  /// The texts of a list; what is no text is left out.
  public var placedTexts: [Placed<String>] { (list ?? []).compactMap(\.placedText) }
}

extension ComposePlace {
  /// Whether the value is a collection in brackets.
  public var isFlow: Bool { node?.target.isFlow ?? false }

  /// The column, from 0, at which the entries of this mapping or list begin; nil for other values.
  public var indentation: Int? {
    guard let target = node?.target, target.isMapping || target.isSequence, !target.isFlow else { return nil }
    return target.indentation
  }

  /// Where a new entry of this mapping or list can be inserted: before the closing bracket, or as lines behind the last
  /// entry. Where the file has no line break at its end, the new lines must begin with one.
  public var insertionOffset: Int? {
    guard let target = node?.target, target.isMapping || target.isSequence else { return nil }
    return file.yaml?.insertionOffset(in: target)
  }
}

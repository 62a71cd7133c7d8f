import Knowledge

/// The base images beside each other: what holds for any tag of each family.
public struct ImageTable {
  private let images: [ImageFamily]
  private let language: Language
  private static let columns = ["libc", "shell", "certificates", "zones", "user", "manager"]

  public init(_ images: [ImageFamily], language: Language) {
    self.images = images.sorted { $0.family < $1.family }
    self.language = language
  }

  /// The names of the columns, then one row for each family; an empty cell is not known.
  public var rows: [[String]] {
    [(["image"] + Self.columns).map { PropertyNames.name($0, language) }]
      + images.map { image in
        [image.family] + Self.columns.map { column in value(column, of: image) }
      }
  }

  /// Values that tags differ in stand beside each other.
  private func value(_ column: String, of image: ImageFamily) -> String {
    var values: [String] = []
    for rule in image.rules {
      for property in rule.properties where property.name == column && !values.contains(property.value) {
        values.append(property.value)
      }
    }
    return values.joined(separator: "/")
  }
}

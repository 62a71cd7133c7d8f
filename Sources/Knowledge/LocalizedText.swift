/// A language that every text of the knowledge base and the interface exists in.
public enum Language: String, CaseIterable, Sendable {
  case en
  case zh

  /// The language of a locale name such as `zh_CN.UTF-8`; English where we have no better one.
  public init(locale: String) {
    self = locale.lowercased().hasPrefix("zh") ? .zh : .en
  }
}

/// One text in every language.
///
/// `$name` stands for the value of a variable. A part in double brackets, `[[ in $service]]`, is left out when one of its
/// variables has no known value. `$$` is a dollar sign.
public struct LocalizedText: Hashable, Sendable {
  public let en: String
  public let zh: String

  public init(en: String, zh: String) {
    self.en = en
    self.zh = zh
  }

  /// The text with its placeholders still in it.
  public subscript(language: Language) -> String {
    switch language {
    case .en: en
    case .zh: zh
    }
  }

  /// The text with each placeholder replaced by what `value` gives for its name.
  public func rendered(_ language: Language, value: (Substring) -> String?) -> String {
    Template(self[language]).rendered(value)
  }

  /// The text as it is true of any project: see `Template.general`.
  public func general(_ language: Language) -> String { Template(self[language]).general }
}

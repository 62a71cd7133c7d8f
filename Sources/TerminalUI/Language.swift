public enum Language: String, Hashable, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"

  var other: Language { self == .english ? .chinese : .english }
}

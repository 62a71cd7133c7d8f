import Knowledge

/// What somebody should know about their own decisions.
enum Remark {
  case notUnderstood(String)
  case noSuchCause(String)
  case over(String)
  case unused

  func text(_ language: Language) -> String { localized[language] }

  private var localized: LocalizedText {
    switch self {
    case .notUnderstood(let words):
      LocalizedText(
        en: "ignore: “\(words)” is not understood; known are a list of causes, reason=\"...\" and until=YYYY-MM-DD",
        zh: "ignore：无法理解 “\(words)”；可以写原因列表、reason=\"...\" 和 until=YYYY-MM-DD")
    case .noSuchCause(let id): LocalizedText(en: "ignore: there is no cause “\(id)”", zh: "ignore：没有名为 “\(id)” 的原因")
    case .over(let day): LocalizedText(en: "ignore: it has counted until \(day)", zh: "ignore：有效期已于 \(day) 结束")
    case .unused: LocalizedText(en: "ignore: there is nothing here to ignore", zh: "ignore：这里没有可以忽略的内容")
    }
  }
}

import Knowledge

/// What somebody should know about their own decisions.
enum Remark {
  case notUnderstood(String)
  case noSuchCause(String)
  case over(String)
  case unused

  func text(_ language: Language) -> String {
    switch language {
    case .en: english
    case .zh: chinese
    }
  }

  private var english: String {
    switch self {
    case .notUnderstood(let words):
      "ignore: “\(words)” is not understood; known are a list of causes, reason=\"...\" and until=YYYY-MM-DD"
    case .noSuchCause(let id): "ignore: there is no cause “\(id)”"
    case .over(let day): "ignore: it has counted until \(day)"
    case .unused: "ignore: there is nothing here to ignore"
    }
  }

  private var chinese: String {
    switch self {
    case .notUnderstood(let words): "ignore：无法理解 “\(words)”；可以写原因列表、reason=\"...\" 和 until=YYYY-MM-DD"
    case .noSuchCause(let id): "ignore：没有名为 “\(id)” 的原因"
    case .over(let day): "ignore：有效期已于 \(day) 结束"
    case .unused: "ignore：这里没有可以忽略的内容"
    }
  }
}

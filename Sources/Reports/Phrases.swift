import Knowledge

/// The words of the reports themselves, in every language.
enum Phrase {
  case nothingFound, nothingWrong, nothingShown(Int), service, fix, thenRun, run, look, decide, evidence, checked
  case problems, open, toTell, more(Int)
  case proven, likely, possible, see, symptom, line, why, whyNot, exitCode, answer, command
  case allSymptoms, walked, ignored, cannotTell, fromFile, fromLog, fromLogLine(Int), fromEngine, fromAnswer
  case written, notWritten, nothingToWrite, leftNotProven, leftUnsafe, leftManual, leftNone, leftDeclined, makeThis

  func text(_ language: Language) -> String { localized[language] }

  /// With a colon, above what follows.
  func title(_ language: Language) -> String { text(language) + (language == .zh ? "：" : ":") }

  /// With a colon, before the rest of its line.
  func lead(_ language: Language) -> String { text(language) + (language == .zh ? "：" : ": ") }

  /// In parentheses, behind what it is about.
  func aside(_ language: Language) -> String { Self.aside(text(language), language) }

  static func aside(_ text: String, _ language: Language) -> String { language == .zh ? "（\(text)）" : " (\(text))" }

  private var localized: LocalizedText {
    switch self {
    case .nothingFound: LocalizedText(en: "Nothing was found that explains it.", zh: "没有找到能够解释它的原因。")
    case .nothingWrong: LocalizedText(en: "No known cause was found.", zh: "没有发现任何已知原因。")
    case .nothingShown(let count):
      LocalizedText(en: "Nothing is proven; \(count) more with --all.", zh: "没有得到证实的原因；用 --all 可再看 \(count) 个。")
    case .service: LocalizedText(en: "service", zh: "服务")
    case .fix: LocalizedText(en: "Fix", zh: "修复")
    case .thenRun: LocalizedText(en: "Then run", zh: "然后运行")
    case .run: LocalizedText(en: "Run", zh: "运行")
    case .look: LocalizedText(en: "look at it first", zh: "请先确认")
    case .decide: LocalizedText(en: "your decision", zh: "由你决定")
    case .evidence: LocalizedText(en: "Evidence", zh: "证据")
    case .checked:
      LocalizedText(en: "checked on a copy: the cause is gone, nothing new is proven", zh: "已在副本上检查：原因消失，没有出现新的已证实问题")
    case .problems: LocalizedText(en: "Could not be read as it should", zh: "未能正常读取")
    case .open: LocalizedText(en: "Still open", zh: "尚待确认")
    case .toTell: LocalizedText(en: "This would tell", zh: "可以这样确认")
    case .more(let count): LocalizedText(en: "\(count) less likely with --all", zh: "另有 \(count) 个可能性较小的，用 --all 查看")
    case .proven: LocalizedText(en: "proven", zh: "已证实")
    case .likely: LocalizedText(en: "likely", zh: "很可能")
    case .possible: LocalizedText(en: "possible", zh: "有可能")
    case .see: LocalizedText(en: "See", zh: "参见")
    case .symptom: LocalizedText(en: "Symptom", zh: "症状")
    case .line: LocalizedText(en: "line", zh: "行")
    case .why: LocalizedText(en: "Why", zh: "为什么是")
    case .whyNot: LocalizedText(en: "Why not", zh: "为什么不是")
    case .exitCode: LocalizedText(en: "exit code", zh: "退出码")
    case .answer: LocalizedText(en: "answer", zh: "回答")
    case .command: LocalizedText(en: "command", zh: "命令")
    case .allSymptoms: LocalizedText(en: "Everything that fails", zh: "所有故障")
    case .walked: LocalizedText(en: "The way to the answer", zh: "得出结论的过程")
    case .ignored: LocalizedText(en: "Ignored", zh: "已忽略")
    case .cannotTell: LocalizedText(en: "I cannot tell", zh: "不知道")
    case .fromFile: LocalizedText(en: "from the files", zh: "来自文件")
    case .fromLog: LocalizedText(en: "from the log", zh: "来自日志")
    case .fromLogLine(let line): LocalizedText(en: "from the log, line \(line)", zh: "来自日志第 \(line) 行")
    case .fromEngine: LocalizedText(en: "from the engine", zh: "来自容器引擎")
    case .fromAnswer: LocalizedText(en: "your answer", zh: "你的回答")
    case .written: LocalizedText(en: "Written. drydock undo takes it back.", zh: "已写入。用 drydock undo 可以撤销。")
    case .notWritten: LocalizedText(en: "Nothing was written; --apply writes it.", zh: "尚未写入；加上 --apply 才会写入。")
    case .nothingToWrite: LocalizedText(en: "There is nothing to write.", zh: "没有可以写入的修改。")
    case .leftNotProven: LocalizedText(en: "not proven, so it is left as it is", zh: "尚未证实，因此保持原样")
    case .leftUnsafe: LocalizedText(en: "somebody should look at the fix first", zh: "修复前请先确认")
    case .leftManual: LocalizedText(en: "this is your decision", zh: "需要由你决定")
    case .leftNone: LocalizedText(en: "no edit here would cure it", zh: "这里没有能够解决它的修改")
    case .leftDeclined: LocalizedText(en: "left as it is", zh: "保持原样")
    case .makeThis: LocalizedText(en: "Make this change? [y]es, [n]o, [q]uit:", zh: "进行这项修改吗？[y] 是，[n] 否，[q] 退出：")
    }
  }
}

import Knowledge

/// The words of the reports themselves, in every language.
enum Phrase {
  case nothingFound, nothingShown(Int), service, fix, thenRun, run, look, decide, evidence, checked, problems, open,
    toTell, more(Int)
  case proven, likely, possible, see, symptom, line, why, whyNot, exitCode, answer, command
  case allSymptoms, walked, ignored, cannotTell, fromFile, fromLog, fromEngine, fromAnswer
  case written, notWritten, nothingToWrite, leftNotProven, leftUnsafe, leftManual, leftNone, leftDeclined, makeThis

  func text(_ language: Language) -> String {
    switch language {
    case .en: english
    case .zh: chinese
    }
  }

  private var english: String {
    switch self {
    case .nothingFound: "Nothing was found that explains it."
    case .nothingShown(let count): "Nothing is proven; \(count) more with --all."
    case .service: "service"
    case .fix: "Fix"
    case .thenRun: "Then run"
    case .run: "Run"
    case .look: "look at it first"
    case .decide: "your decision"
    case .evidence: "Evidence"
    case .checked: "checked on a copy: the cause is gone, nothing new is proven"
    case .problems: "Could not be read as it should"
    case .open: "Still open"
    case .toTell: "This would tell"
    case .more(let count): "\(count) less likely with --all"
    case .proven: "proven"
    case .likely: "likely"
    case .possible: "possible"
    case .see: "See"
    case .symptom: "Symptom"
    case .line: "line"
    case .why: "Why"
    case .whyNot: "Why not"
    case .exitCode: "exit code"
    case .answer: "answer"
    case .command: "command"
    case .allSymptoms: "Everything that fails"
    case .walked: "The way to the answer"
    case .ignored: "Ignored"
    case .cannotTell: "I cannot tell"
    case .fromFile: "from the files"
    case .fromLog: "from the log"
    case .fromEngine: "from the engine"
    case .fromAnswer: "your answer"
    case .written: "Written. drydock undo takes it back."
    case .notWritten: "Nothing was written; --apply writes it."
    case .nothingToWrite: "There is nothing to write."
    case .leftNotProven: "not proven, so it is left as it is"
    case .leftUnsafe: "somebody should look at the fix first"
    case .leftManual: "this is your decision"
    case .leftNone: "no edit here would cure it"
    case .leftDeclined: "left as it is"
    case .makeThis: "Make this change? [y]es, [n]o, [q]uit:"
    }
  }

  private var chinese: String {
    switch self {
    case .nothingFound: "没有找到能够解释它的原因。"
    case .nothingShown(let count): "没有得到证实的原因；用 --all 可再看 \(count) 个。"
    case .service: "服务"
    case .fix: "修复"
    case .thenRun: "然后运行"
    case .run: "运行"
    case .look: "请先确认"
    case .decide: "由你决定"
    case .evidence: "证据"
    case .checked: "已在副本上检查：原因消失，没有出现新的已证实问题"
    case .problems: "未能正常读取"
    case .open: "尚待确认"
    case .toTell: "可以这样确认"
    case .more(let count): "另有 \(count) 个可能性较小的，用 --all 查看"
    case .proven: "已证实"
    case .likely: "很可能"
    case .possible: "有可能"
    case .see: "参见"
    case .symptom: "现象"
    case .line: "行"
    case .why: "为什么是"
    case .whyNot: "为什么不是"
    case .exitCode: "退出码"
    case .answer: "回答"
    case .command: "命令"
    case .allSymptoms: "所有故障"
    case .walked: "得出结论的过程"
    case .ignored: "已忽略"
    case .cannotTell: "不知道"
    case .fromFile: "来自文件"
    case .fromLog: "来自日志"
    case .fromEngine: "来自容器引擎"
    case .fromAnswer: "你的回答"
    case .written: "已写入。用 drydock undo 可以撤销。"
    case .notWritten: "尚未写入；加上 --apply 才会写入。"
    case .nothingToWrite: "没有可以写入的修改。"
    case .leftNotProven: "尚未证实，因此保持原样"
    case .leftUnsafe: "修复前请先确认"
    case .leftManual: "需要由你决定"
    case .leftNone: "这里没有能够解决它的修改"
    case .leftDeclined: "保持原样"
    case .makeThis: "进行这项修改吗？[y] 是，[n] 否，[q] 退出："
    }
  }
}

import Diagnosis
import Inspection
import Knowledge

/// What a condition wants of a column, in words: "port `8080`", "mode `host` or `none`", "not final".
struct ColumnText {
  let relation: Relation
  let column: Int
  let language: Language

  /// nil for what says nothing to a reader: a variable without a value, the name of what the sentence is about anyway, a number
  /// that only drydock gives.
  func text(_ test: Test, _ solution: Solution?) -> String? {
    guard !isPlain(test, solution) else { return nil }
    switch test {
    case .bind(let variable): return value(.variable(variable), solution).map { equal($0) }
    case .equal(let text): return equal(text)
    case .notEqual(let operand): return value(operand, solution).map { different([$0]) }
    case .oneOf(let texts): return texts.count == 1 ? equal(texts[0]) : named(list(texts))
    case .noneOf(let texts): return different(texts)
    case .less(let operand): return compared(operand, solution, "under", "小于")
    case .more(let operand): return compared(operand, solution, "over", "大于")
    case .older(let operand): return compared(operand, solution, "older than", "早于")
    case .newer(let operand): return compared(operand, solution, "newer than", "晚于")
    case .under(let operand): return compared(operand, solution, "below", "位于其下：")
    case .over(let operand): return compared(operand, solution, "above", "位于其上：")
    case .starts(let operand): return compared(operand, solution, "that begins with", "开头是")
    case .ends(let operand): return compared(operand, solution, "that ends in", "结尾是")
    case .contains(let operand): return compared(operand, solution, "that contains", "含有")
    case .glob(let pattern): return named(say("like ", "形如 ") + code(pattern))
    case .before, .after: return nil
    }
  }

  // MARK: What is left out

  private func isPlain(_ test: Test, _ solution: Solution?) -> Bool {
    switch name {
    case "service", "build": return column == 0
    // Stages have their numbers in facts; the place names them better.
    case "stage": return relation.scope == .build
    case "role":
      if case .equal("main") = test { return true }
      return false
    default: return false
    }
  }

  // MARK: Words

  private var name: String { relation.columns[column].name }

  private var isYesOrNo: Bool { relation.columns[column].type == .choice(["yes", "no"]) }

  /// Columns whose values speak for themselves.
  private static let silent: Set<String> = ["kind", "what", "how", "is", "when", "why", "state", "because"]

  /// The name as people write it.
  private var title: String {
    if name == "by" { return say("from", "来自") }
    return (language == .zh ? Self.chinese[name] : nil) ?? String(name.map { $0 == "-" ? " " : $0 })
  }

  private func named(_ words: String) -> String {
    if Self.silent.contains(name) { return words }
    let isChinese =
      (words.unicodeScalars.first?.value ?? 0) > 0x2E80 && (title.unicodeScalars.last?.value ?? 0) > 0x2E80
    return isChinese ? title + words : "\(title) \(words)"
  }

  private func equal(_ value: String) -> String {
    if value.isEmpty { return say("no \(title)", "没有\(spaced(title))") }
    if isYesOrNo { return value == "yes" ? title : say("not \(title)", "\(title)：否") }
    return named(code(value))
  }

  private func different(_ values: [String]) -> String {
    if values == [""] { return say("some \(title)", "有\(spaced(title))") }
    return named(say("not ", "不是 ") + list(values.filter { !$0.isEmpty }))
  }

  private func compared(_ operand: Operand, _ solution: Solution?, _ english: String, _ chinese: String) -> String? {
    value(operand, solution).map { "\(title)\(language == .zh ? "" : " ")\(say(english, chinese)) \(code($0))" }
  }

  private func list(_ values: [String]) -> String {
    let words = values.map { $0.isEmpty ? say("none", "无") : code($0) }
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: say(", ", "、")) + say(" or ", " 或 ") + last
  }

  private func code(_ text: String) -> String { "`\(text)`" }

  private func value(_ operand: Operand, _ solution: Solution?) -> String? {
    switch operand {
    case .constant(let text): text
    case .variable(let variable):
      solution.flatMap { $0.bindings.indices.contains(variable) ? $0.bindings[variable]?.cell.value : nil }
    }
  }

  private func spaced(_ word: String) -> String { word.utf8.first.map { $0 < 0x80 } ?? false ? " \(word)" : word }

  private func say(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }

  private static let chinese: [String: String] = [
    "address": "地址", "architecture": "架构", "arguments": "参数", "base": "基础镜像", "command": "命令",
    "condition": "条件", "container": "容器端口", "context": "上下文", "default": "默认命令", "destination": "目标",
    "directory": "目录", "distribution": "发行版", "ends": "结束", "entrypoint": "入口点", "family": "系列",
    "file": "文件", "final": "最终阶段", "form": "写法", "from": "来自", "group": "组", "host": "主机", "image": "镜像",
    "instruction": "指令", "interpreter": "解释器", "known": "已收录", "language": "语言", "layer": "层",
    "libc": "C 库", "library": "库", "like": "相近的", "linkage": "链接方式", "manager": "管理器", "mode": "模式",
    "module": "模块", "mount": "挂载", "name": "名称", "on": "依赖的服务", "origin": "来源", "owner": "属主",
    "package": "软件包", "passes": "传递参数", "path": "路径", "platform": "平台", "port": "端口", "program": "程序",
    "protocol": "协议", "question": "问题", "reference": "镜像引用", "role": "角色", "runtime": "运行时", "script": "脚本",
    "seconds": "秒数", "service": "服务", "shell": "shell", "signal": "信号", "size": "大小", "source": "来源",
    "stage": "阶段", "starts": "启动", "subject": "对象", "target": "目标", "text": "文字", "tool": "工具", "user": "用户",
    "value": "值", "version": "版本", "wanted": "所需版本",
  ]
}

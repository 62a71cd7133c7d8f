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
    case .starts(let operand): return compared(operand, solution, "beginning with", "开头是")
    case .ends(let operand): return compared(operand, solution, "ending in", "结尾是")
    case .contains(let operand): return compared(operand, solution, "containing", "含有")
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
    (language == .zh ? Self.chinese[name] : Self.english[name]) ?? String(name.map { $0 == "-" ? " " : $0 })
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

  /// Of many values the first tell enough.
  private func list(_ values: [String]) -> String {
    let words = values.map { $0.isEmpty ? say("none", "无") : code($0) }
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    if words.count > 6 {
      let first = words.prefix(3).joined(separator: say(", ", "、"))
      return first + say(" or \(words.count - 3) more", " 等 \(words.count) 个")
    }
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

  private static let english = ["by": "from", "container": "container port", "ran": "started by"]

  private static let chinese: [String: String] = [
    "address": "地址", "after": "在其后", "again": "重复声明", "allowed": "允许", "alone": "单独一步", "anchor": "位置",
    "answer": "回答", "architecture": "架构", "arguments": "参数", "awaited": "有等待", "base": "基础镜像", "build": "构建",
    "by": "来自", "by-vcs": "用版本库工具", "cache": "缓存", "cached": "有缓存", "cgo": "cgo", "clean": "干净", "code": "代码",
    "command": "命令", "command-form": "命令写法", "compiler": "编译器", "compose": "在 Compose 里", "condition": "条件",
    "container": "容器端口", "context": "上下文", "copied-as": "复制为", "copy": "有 COPY", "declared": "声明处",
    "default": "默认命令", "dependencies": "依赖", "destination": "目标", "directory": "目录", "disabled": "停用",
    "distribution": "发行版", "dockerfile": "Dockerfile", "elsewhere": "实际位置", "endings": "行尾", "ends": "结束",
    "enough": "足够", "entrypoint": "入口点", "entrypoint-form": "入口点写法", "environment": "环境变量", "execs": "用 exec",
    "executable": "可执行", "exists": "存在", "family": "系列", "fatal": "出错即退出", "fetches": "会下载", "file": "文件",
    "files": "文件数", "final": "最终阶段", "finds": "找到", "first": "第一个词", "flattens": "目录被拆平", "flaw": "毛病",
    "folder": "目录", "form": "写法", "from": "来自", "given": "已给出", "glob": "通配符", "grace": "宽限期", "group": "组",
    "groups": "附加组", "has-tool": "有所需工具", "held": "存在", "host": "主机", "host-address": "宿主机地址",
    "ignore": "忽略规则", "ignore-file": "忽略文件", "image": "镜像", "image-command": "镜像的命令", "in": "位于",
    "index": "软件包索引", "inherited": "继承的命令", "init": "init", "inside": "位于内部", "instead": "改用",
    "instruction": "指令", "internal": "内部网络", "interpreter": "解释器", "interval": "间隔", "jdk": "JDK",
    "job": "任务", "key": "键", "kinds": "种类", "known": "已收录", "language": "语言", "layer": "层", "libc": "C 库",
    "libc-version": "C 库版本", "library": "库", "like": "相近的", "line": "行", "linkage": "链接方式", "local": "本地",
    "looks": "看起来像", "made": "创建处", "make": "创建", "manager": "管理器", "manifest": "清单", "matches": "匹配",
    "meant": "本意", "memory": "内存", "minimum-version": "最低版本", "mirrors": "镜像站", "misread": "误读为",
    "mixed": "混用", "mode": "模式", "module": "模块", "mount": "挂载", "mounted": "已挂载", "name": "名称",
    "named": "写的名字", "native": "含原生代码", "near": "附近的", "needed-directory": "所需目录", "newest": "最新版本",
    "on": "依赖的服务", "opened": "改为", "origin": "来源", "outside": "在上下文之外", "own": "自己写明", "owner": "属主",
    "package": "软件包", "passed": "已传入", "passes": "传递参数", "path": "路径", "patience": "容忍时间", "pattern": "模式",
    "pid1": "PID 1", "platform": "平台", "polls": "轮询", "port": "端口", "position": "位置", "program": "程序",
    "protocol": "协议", "provided": "已提供", "published": "已发布", "question": "问题", "ran": "启动方式", "read": "已读取",
    "readiness": "就绪检查", "reference": "镜像引用", "relative": "相对路径", "replaced": "已替换", "resolved": "实际路径",
    "restart": "重启策略", "retries": "重试", "rights": "权限", "role": "角色", "root": "root", "runtime": "运行时",
    "saved": "已保存", "script": "脚本", "seconds": "秒数", "service": "服务", "several": "多个来源", "shebang": "shebang",
    "shell": "shell", "short": "短名", "signal": "信号", "size": "大小", "slash": "以斜杠结尾", "small": "小",
    "sole": "唯一", "source": "来源", "stage": "阶段", "start-period": "启动宽限", "starts": "启动", "stdin": "标准输入",
    "step": "步骤", "strict": "严格模式", "subject": "对象", "syntax": "语法", "target": "目标", "text": "文字",
    "through": "经由", "to": "目标路径", "tool": "工具", "toolchain": "工具链", "traps": "捕获信号", "tty": "终端",
    "unset": "未设置", "used": "被使用", "user": "用户", "uses": "使用", "value": "值", "verb": "子命令", "version": "版本",
    "via": "经由", "volume": "卷", "volumes": "卷", "waits": "会等待", "wanted": "所需版本", "watched": "被监视",
    "where": "位置", "whole": "整个目录", "with": "另一方", "work": "工作", "written": "写法",
  ]
}

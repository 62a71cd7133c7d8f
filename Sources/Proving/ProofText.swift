import Engine
import Fixes
import Knowledge
import Reports
import StyledText

/// A proof for people.
public enum ProofText {
  /// What is about to be done, before anybody is asked.
  public static func plan(
    _ commands: [EngineCommand], cause: Cause, title: String, fix: String?, engine: String, limits: RunLimits,
    language: Language, style: TextStyle
  ) -> String {
    var lines = WordWrap.wrap(Line(title + " (\(cause.id))", .title), width: style.columns, indent: 2)
    let minutes = max(1, Int((limits.whole / 60).rounded(.up)))
    let time = minutes == 1 ? "1 minute" : "\(minutes) minutes"
    let isAddress = engine.contains("://")
    let text =
      switch language {
      case .en:
        "The project is copied and run twice on the container engine (\(isAddress ? "" : "context ")\(engine)): as it is, and \(fix.map { "with the fix “\($0)”" } ?? "as it was mended"). "
          + "Names and labels are drydock's own, ports are published on 127.0.0.1 only, all is removed at the end, after at most \(time). "
          + "Build steps run as written. These are the commands, first for the project as it is:"
      case .zh:
        "drydock 会复制这个项目，在容器引擎（\(isAddress ? "" : "上下文 ")\(engine)）上运行两次：先按原样，再\(fix.map { "应用修复“\($0)”" } ?? "用修改后的版本")。"
          + "名称和标签都是 drydock 自己的，端口只发布在 127.0.0.1 上，最多 \(minutes) 分钟后全部清除。构建步骤会照原样执行。以下是命令，先运行未修改的项目："
      }
    lines += WordWrap.wrap(Line(text), width: style.columns)
    for command in commands { lines += WordWrap.command(command.line, width: style.columns, indent: 2) }
    return style.text(lines)
  }

  public static func question(_ language: Language) -> String {
    language == .en ? "Run them? [y/N] " : "要运行吗？[y/N] "
  }

  // MARK: Why nothing is run

  public static let nothingRun = LocalizedText(en: "nothing was run", zh: "什么都没有运行")
  public static let noTerminal = LocalizedText(
    en: "there is no terminal to ask on; --yes runs them", zh: "没有终端，无法询问；加上 --yes 会直接运行")

  public static func nothingToProve(_ cause: String?) -> LocalizedText {
    guard let cause else {
      return LocalizedText(
        en: "nothing was found that a fix could cure; drydock report shows what was looked at",
        zh: "没有发现可以用修复解决的问题；drydock report 会列出检查过的内容")
    }
    return LocalizedText(
      en: "“\(cause)” was not found here; drydock report shows what was", zh: "这里没有发现“\(cause)”；drydock report 会列出发现的问题"
    )
  }

  public static func noEdit(_ cause: String) -> LocalizedText {
    LocalizedText(
      en: "\(cause): no fix here is an edit; mend a copy of the project and give it with --fixed",
      zh: "\(cause)：这里没有能直接改文件的修复；请自己修改一份项目副本，用 --fixed 指定")
  }

  /// What was done first.
  public static func swept(_ count: Int, _ language: Language) -> String {
    switch language {
    case .en: "Removed what \(count == 1 ? "an interrupted run" : "\(count) interrupted runs") had left.\n"
    case .zh: "已清除之前 \(count) 次被中断的运行留下的内容。\n"
    }
  }

  // MARK: The proof

  /// - Parameter path: the project as it was named on the command line; nil where it was not.
  public static func text(
    _ proof: Proof, title: String, path: String?, language: Language, style: TextStyle
  ) -> String {
    var lines: [Line] = []
    let role: Role = proof.verdict == .cured ? .good : proof.verdict == .interrupted ? .warning : .bad
    let mark = proof.verdict == .cured ? style.glyphs.yes : style.glyphs.warning
    lines += WordWrap.wrap(
      Line(mark + " ", role) + Line(verdict(proof.verdict)[language], role)
        + Line(language == .en ? " \(title) (\(proof.cause.id))" : "\(title)（\(proof.cause.id)）", .title),
      width: style.columns, indent: 2)
    lines += run(proof.before, name: LocalizedText(en: "As it is", zh: "原样运行"), language, style)
    if let after = proof.after {
      let fix = proof.fix.map { LocalizedText(en: "With the fix: \($0.title.en)", zh: "修复后：\($0.title.zh)") }
      lines += run(after, name: fix ?? LocalizedText(en: "As it was mended", zh: "修改后"), language, style)
    }
    if let other = proof.other {
      let title = other.title[language]
      lines.append(Line())
      lines += WordWrap.wrap(
        Line(
          language == .en
            ? "The run shows something else: “\(title)”. To see why:"
            : "运行时出现的是另一个现象：“\(title)”。查看原因："), width: style.columns)
      let report = Invocation("drydock", ["report"] + (path.map { [$0] } ?? []) + ["--symptom", other.id], timeout: 0)
      lines += WordWrap.command(report.line, width: style.columns, indent: 2)
    }
    let patch = proof.changes.flatMap { DiffLines.of($0.diff) }
    if !patch.isEmpty { lines += [Line()] + patch }
    for (names, phrase) in [
      (proof.leftOut, LocalizedText(en: "Not carried over", zh: "没有带入运行")),
      (proof.leftovers, LocalizedText(en: "Could not be removed", zh: "未能清除")),
    ] where !names.isEmpty {
      lines.append(Line())
      lines += WordWrap.wrap(
        Line(phrase[language] + ": " + names.joined(separator: ", "), .warning), width: style.columns, indent: 2)
    }
    let time = Saying.seconds(proof.seconds)
    lines += [
      Line(), Line(language == .en ? "Engine \(proof.engine), \(time) s" : "容器引擎 \(proof.engine)，用时 \(time) 秒", .dim),
    ]
    return style.text(lines)
  }

  private static func run(_ run: Proof.Run, name: LocalizedText, _ language: Language, _ style: TextStyle) -> [Line] {
    let time = Saying.seconds(run.record.seconds)
    var lines = [Line()]
    lines += WordWrap.wrap(
      Line(name[language], .title) + Line(language == .en ? " (\(time) s)" : "（\(time) 秒）", .dim), width: style.columns,
      indent: 2)
    let mark = run.sighting.isSeen ? style.glyphs.no : run.sighting.isAbsent ? style.glyphs.yes : style.glyphs.warning
    let role: Role = run.sighting.isSeen ? .bad : run.sighting.isAbsent ? .good : .warning
    lines += WordWrap.wrap(
      Line("  " + mark + " ", role) + Line(run.sighting.reason[language]), width: style.columns, indent: 4)
    if run.sighting.isSeen {
      lines += WordWrap.wrap(
        Line("    " + witness(run.witness)[language], .dim), width: style.columns, indent: 4)
    }
    let failed = run.record.builds.first { $0.ending != .made }
    for line in failed?.lines ?? run.record.containers.flatMap(\.lines).suffix(12) {
      lines += WordWrap.hard(Line(line, .code), width: max(20, style.columns - 4)).map { Line("    ") + $0 }
    }
    return lines
  }

  static func verdict(_ verdict: Proof.Verdict) -> LocalizedText {
    switch verdict {
    case .cured: LocalizedText(en: "Proven: the fix cures it.", zh: "已证明：修复有效。")
    case .notSeen: LocalizedText(en: "Not proven: the symptom did not show.", zh: "未能证明：没有出现这个现象。")
    case .notCured: LocalizedText(en: "Not proven: the fix does not cure it.", zh: "未能证明：修复没有解决问题。")
    case .unclear: LocalizedText(en: "Not proven: the run cannot tell.", zh: "未能证明：运行结果无法判断。")
    case .interrupted: LocalizedText(en: "Not proven: it was interrupted.", zh: "未能证明：运行被中断。")
    }
  }

  private static func witness(_ witness: Proof.Witness) -> LocalizedText {
    switch witness {
    case .same: LocalizedText(en: "its output has the same explanation", zh: "它的输出也指向这个原因")
    case .among: LocalizedText(en: "its output fits, among other explanations", zh: "它的输出与此相符，但也有别的解释")
    case .other: LocalizedText(en: "its output has another explanation", zh: "它的输出指向别的原因")
    case .silent: LocalizedText(en: "its output says nothing of it", zh: "它的输出没有提到原因")
    }
  }
}

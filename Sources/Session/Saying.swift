import Knowledge
import TerminalUI

/// What the session itself says, in every language.
public enum Saying: Sendable {
  case summary(services: Int, dockerfiles: Int)
  case unread(String, Int)
  case logShowsIt, exitCodeShowsIt, logShows(String), logSaysNothing, logRead(Int)
  case cannotTell, yourAnswer, yourCommand, exitCode, logLine(Int)
  case looksAtFiles(Int), weighsCauses, tryingFixes, busy
  case engineSays(String?), engineShowsIt, engineHeard(Int)
  case isGone(String), nothingNew
  case gone(String, Int), found(Int), lookedAgain
  case lookedAt(files: Int, open: Int), pasteHelps, appliedFix(String, String), thenRun, stillFails, cured
  case applied(String, String?), undone(String), nothingToUndo, noFolder, noFix
  case cannotWrite(String), changedMeanwhile(String), outside(String), existsAlready(String)
  case saved(String), notSaved(String)
  case copied, tooLongToCopy, noEditor(String), sample(String?)
  case lessonReset, lessonSolved, taskDone(String), taskSeen, onlySilenced, ofLesson(String)
  case progressSetAside(String), progressNotKept(String)
  case whatIsSeen, copyLiesIn, tasks, noMoreTips, lessonHelp
  case clueTells, otherwise(String), right(String), told(String, String)
  case isBroken(String), isMissing(String), isEmptied(String), isNew(String, String)
  case whatDoYouSee, claim(Claim), plainHelp, plainPaste, plainApply, plainConfirm(String), plainProbe

  public func text(_ language: Knowledge.Language) -> String { localized[language] }

  public var localized: LocalizedText { LocalizedText(en: both.en, zh: both.zh) }

  private var both: (en: String, zh: String) {
    switch self {
    case .summary(let services, let dockerfiles):
      (
        "\(Self.count(services, "service", "services")) · \(Self.count(dockerfiles, "Dockerfile", "Dockerfiles"))",
        "\(services) 个服务 · \(dockerfiles) 个 Dockerfile"
      )
    case .unread(let problem, let more):
      (
        "Could not be read as it should: \(problem)" + (more > 0 ? " (and \(more) more)" : ""),
        "未能正常读取：\(problem)" + (more > 0 ? "（另有 \(more) 处）" : "")
      )

    case .logShowsIt: ("the log shows it", "日志表明如此")
    case .exitCodeShowsIt: ("the exit code shows it", "退出码表明如此")
    case .logShows(let symptom): ("The log shows: \(symptom)", "日志表明：\(symptom)")
    case .logSaysNothing: ("Nothing in it is known to drydock.", "其中没有 drydock 认识的内容。")
    case .logRead(let lines):
      (lines == 1 ? "1 line of it was understood." : "\(lines) lines of it were understood.", "读懂了其中 \(lines) 行。")

    case .cannotTell: ("I cannot tell: go on", "不知道，继续")
    case .yourAnswer: ("your answer", "你的回答")
    case .yourCommand: ("your command", "你的命令")
    case .exitCode: ("exit code", "退出码")
    case .logLine(let line): ("log line \(line)", "日志第 \(line) 行")

    case .looksAtFiles(0): ("looking at the files …", "正在查看文件……")
    case .looksAtFiles(let count): ("looking at the files … \(count)", "正在查看文件……\(count)")
    case .weighsCauses: ("weighing the causes …", "正在比对各种原因……")
    case .tryingFixes: ("trying the fixes on a copy …", "正在副本上试验修复……")
    case .busy: ("working …", "正在处理……")
    case .engineSays(let problem): (problem ?? "no container engine answers", problem ?? "容器引擎没有回应")
    case .engineShowsIt: ("The container engine shows it.", "容器引擎表明如此。")
    case .engineHeard(let count):
      (
        count == 0
          ? "The container engine knows no container of this project."
          : "The container engine was asked, and it does not settle this question.",
        count == 0 ? "容器引擎里没有这个项目的容器。" : "已询问容器引擎，但还不能回答这个问题。"
      )
    case .isGone(let cause): ("\(cause) is gone", "\(cause) 已消失")
    case .nothingNew: ("nothing new is proven", "没有出现新的已证实问题")

    case .gone(let cause, let more):
      (
        "The files have changed: \(cause) is gone" + (more > 0 ? ", and \(more) more." : "."),
        "文件有改动：\(cause) 已消失" + (more > 0 ? "，另有 \(more) 项也消失了。" : "。")
      )
    case .found(let count):
      (
        "The files have changed: \(Self.count(count, "new finding", "new findings")).",
        "文件有改动：新发现 \(count) 项。"
      )
    case .lookedAgain: ("The files have changed, and were looked at again.", "文件有改动，已重新检查。")

    case .lookedAt(let files, let open):
      (
        "\(Self.count(files, "file was", "files were")) compared with every known cause of this symptom."
          + (open == 0 ? " None is left." : " \(Self.count(open, "cause", "causes")) could not be ruled out."),
        "已将 \(files) 个文件与这种症状的所有已知原因逐一对照。" + (open == 0 ? "没有剩下任何一种。" : "有 \(open) 种不能排除。")
      )
    case .pasteHelps:
      (
        "An error message, a log or the exit code would tell more: press `p` and paste it.",
        "错误信息、日志或退出码能说明更多：按 `p` 粘贴进来。"
      )
    case .appliedFix(let title, let files): ("Done: \(title) (\(files)).", "已完成：\(title)（\(files)）。")
    case .thenRun: ("Then run:", "然后运行：")
    case .cured: ("Fixed in the files", "文件已修复")
    case .stillFails:
      (
        "If it fails again, press `p` and paste what it says. `u` takes the fix back.",
        "如果仍然失败，按 `p` 把输出粘贴进来。按 `u` 可以撤销修复。"
      )
    case .applied(let files, let command):
      (
        command.map { "Written. Then run: \($0)" } ?? "Written: \(files)",
        command.map { "已写入。然后运行：\($0)" } ?? "已写入：\(files)"
      )
    case .undone(let title): ("Taken back: \(title)", "已撤销：\(title)")
    case .nothingToUndo: ("nothing was applied yet", "还没有应用过修复")
    case .noFolder: ("this project lies in no folder: nothing can be written", "这个项目不在任何目录里，无法写入")
    case .noFix: ("this fix does not fit the files any more", "这个修复已不再适用于现在的文件")
    case .cannotWrite(let reason): ("not written: \(reason)", "未写入：\(reason)")
    case .changedMeanwhile(let path):
      ("\(path) was changed meanwhile: nothing was written", "\(path) 在此期间有改动：没有写入任何内容")
    case .outside(let path):
      ("\(path) lies outside of the project: nothing was written", "\(path) 在项目之外：没有写入任何内容")
    case .existsAlready(let path): ("\(path) is there already: nothing was written", "\(path) 已经存在：没有写入任何内容")
    case .saved(let path): ("saved: \(path)", "已保存：\(path)")
    case .notSaved(let reason): ("not saved: \(reason)", "未能保存：\(reason)")
    case .whatDoYouSee: ("What do you see?", "你看到了什么问题？")
    case .claim(.proven): ("proven", "已证实")
    case .claim(.likely): ("likely", "很可能")
    case .claim(.possible): ("possible", "有可能")
    case .plainHelp:
      (
        "A number chooses; p pastes an error, r asks docker, u takes the last fix back, b goes back, q ends.",
        "输入编号选择；p 粘贴错误信息，r 询问 docker，u 撤销上一个修复，b 返回，q 结束。"
      )
    case .plainPaste: ("Paste it, and end with a line that holds only a dot.", "请粘贴，最后用只有一个点的一行结束。")
    case .plainApply: ("Which fix should be written?", "要写入哪个修复？")
    case .plainProbe: ("asks the container engine (reads only)", "询问容器引擎（只读）")
    case .plainConfirm(let files): ("Change \(files)? y/n", "要修改 \(files) 吗？y/n")
    case .lessonReset: ("The files of this lesson are as they were.", "本课的文件已恢复原样。")
    case .lessonSolved: ("All tasks are done: the lesson is solved.", "任务全部完成，这一课学完了。")
    case .taskDone(let task): ("Done: \(task.withoutCodeMarks)", "已完成：\(task.withoutCodeMarks)")
    case .taskSeen: ("A task is done. Esc leads back to the lesson.", "完成了一项任务。按 esc 回到课程。")
    case .onlySilenced: ("That only silences it: the lesson says why.", "这只是掩盖了问题，本课页面说明了原因。")
    case .ofLesson(let title): ("To this lesson: \(title)", "与本课有关：\(title)")
    case .progressSetAside(let path):
      (
        "The file of your progress could not be read, so it begins anew; the old one is kept: \(path)",
        "进度文件无法读取，进度从头开始；旧文件保存在 \(path)"
      )
    case .progressNotKept(let reason): ("Your progress cannot be kept: \(reason)", "无法保存进度：\(reason)")
    case .whatIsSeen: ("What you see", "你看到的")
    case .copyLiesIn: ("Your copy of the files", "你的文件副本")
    case .tasks: ("Tasks", "任务")
    case .noMoreTips: ("That was the last tip.", "没有更多提示了。")
    case .lessonHelp:
      (
        "d asks question by question; edit the copy, then press Enter: it is judged. t tip, S solution, "
          + "images, layers, x ID explains, R puts the files back, n next lesson, q ends.",
        "d 逐步提问；修改副本后按回车重新判断。t 提示，S 看答案，images 基础镜像，layers 镜像层，x ID 详解，R 恢复文件，n 下一课，q 结束。"
      )
    case .clueTells: ("what you see", "你看到的现象")
    case .otherwise(let place):
      (
        place.isEmpty ? "The files say otherwise. Look again." : "Look again: \(place) says otherwise.",
        place.isEmpty ? "文件里并非如此，再看看。" : "再看看：\(place) 说明并非如此。"
      )
    case .right(let place):
      (place.isEmpty ? "Right." : "Right: \(place) shows it.", place.isEmpty ? "对。" : "对，\(place) 可以证明。")
    case .told(let answer, let place):
      (
        "“\(answer)”" + (place.isEmpty ? "" : ": \(place) shows it."),
        "“\(answer)”" + (place.isEmpty ? "" : "：\(place) 可以证明。")
      )
    case .isBroken(let problem): ("cannot be read any more: \(problem)", "已经无法读取：\(problem)")
    case .isMissing(let path): ("`\(path)` is gone, and a cure needs it", "`\(path)` 不见了，修复离不开它")
    case .isEmptied(let path):
      ("most of what belongs into `\(path)` is gone", "`\(path)` 里该有的内容大部分不见了")
    case .isNew(let cause, let title): ("new: \(title) (`\(cause)`)", "新出现：\(title)（`\(cause)`）")
    case .copied: ("copied, if your terminal allows it", "已复制（如果终端允许）")
    case .tooLongToCopy: ("too long for the clipboard", "太长，无法放入剪贴板")
    case .noEditor(let command): ("the editor could not be started: \(command)", "无法启动编辑器：\(command)")
    case .sample(let copy):
      (
        "Nothing to inspect here: this is drydock's built-in sample, four services with one fault each."
          + (copy.map { " Fixes go to \($0)" } ?? ""),
        "这里没有可检查的内容，显示的是 drydock 自带的示例：四个服务，各有一个毛病。"
          + (copy.map { "修复会写入 \($0)" } ?? "")
      )
    }
  }

  private static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}

extension String {
  /// A message is one line in one style.
  fileprivate var withoutCodeMarks: String { filter { $0 != "`" } }
}

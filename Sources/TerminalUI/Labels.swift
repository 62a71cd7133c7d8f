/// Every text of the interface itself. What the engine and the knowledge say is in the model.
enum Label: Hashable, Sendable {
  // Places
  case diagnosis, pasteTitle, tree, findings, why, whyQuestion, knowledge, help, evidence, symptom
  case tutorial, lessons, solution, goal, clue, tasks, progress, images, layers, learned, yourFiles, copyIn(String)
  case fix(Int, Int), lesson(Int), tip(Int, Int)
  case service(String)
  case origin(EvidenceGroup.Origin)
  // Counts
  case symptomCount(Int), matches(Int, Int), causesKnown(Int, fitting: Int?), findingCount(Int), lineCount(Int),
    moreLines(Int)
  case stillPossible(Int, Int), alsoPossible, leavesCauses(Int), changeCount(Int, Int, Int),
    questionNumber(Int, Int)
  // Claims and fixes
  case proven, likely, possible
  case meaning(Claim)
  case fixesComing, ruledOut(Int)
  case safeFix, needsYourEye, shownOnly, applied, checkedOnCopy, notChecked, thenRun
  // Sentences
  case whyAsk, whatDoYouSee, fitsNow, pasteIntro, pasteHere, exitCode, exitCodeHint
  case runForMe, runForMeReadsOnly, probeRuns, probeInconclusive
  case nothingFound, nothingFoundHint, whatAnswersLeave, whyThis, whyNotOthers, noReasons, seeAlso, loading
  case lessonSolved, lessonSolvedLast, nothingWrong, onlySilenced, notYet
  case stepsLeft(Int), untold(Int)
  case way(LessonTask.Way)
  case treeLegend(String, String)
  case anotherSymptom, youAreHere, skipped, keysHere, keysEverywhere, signs, mouseHint
  case engineNotAsked, engineUp, engineAbsent, otherLanguage
  case searchKeys(String)
  case nothingMatches(String)
  case tooSmall(Int, Int)
  case yes, no
  // Why a key does nothing
  case noFix, fixIsManual, fixIsApplied, nothingToUndo, noProbe, noPlace, noOther, noFindings, noTree, nothingToCopy
  case nothingPasted, noMoreTips, noLesson, noLessons, firstPage, keyOfOtherPages(String)
  case verbatim(String)
  // Confirmations
  case confirmApply(String), confirmProbe(String), confirmReset
  // What keys do
  case keyMove, keyScroll, keyPage, keyEnds, keyAnswer, keyChoose, keyOpen, keyPreview, keyBack, keyNextFinding,
    keyNextFix
  case keySearch, keyPaste, keyFindings, keyTree, keyWhy, keyWhyQuestion, keyExplain, keyKnowledge, keyRun, keyApply,
    keyUndo
  case keyEditor, keyCopy, keySave, keySavePatch, keyLanguage, keyHelp, keyQuit, keySuspend
  case keyNextGroup, keyPreviousGroup
  case keyRead, keyWalk, keyImages, keyLayers, keyTutorial
  case keyTip, keySolution, keyReset, keyLessons, keyNextLesson, keyPreviousLesson
  case keySubmit, keyField, keyClear, keyPreviousFinding, keyPreviousFix

  func text(_ language: Language) -> String {
    let text = both
    return language == .english ? text.en : text.zh
  }

  private var both: (en: String, zh: String) {
    switch self {
    case .diagnosis: ("Diagnosis", "诊断")
    case .pasteTitle: ("Paste an error", "粘贴错误信息")
    case .tree: ("Decision tree", "决策树")
    case .findings: ("Findings", "发现的问题")
    case .why: ("Why", "为什么")
    case .whyQuestion: ("Why ask", "为什么问")
    case .knowledge: ("Knowledge", "知识库")
    case .help: ("Help", "帮助")
    case .evidence: ("Evidence", "证据")
    case .symptom: ("Symptom", "症状")
    case .tutorial: ("tutorial", "教程")
    case .lessons: ("Lessons", "课程目录")
    case .lesson(let number): ("Lesson \(number)", "第 \(number) 课")
    case .solution: ("Solution", "答案")
    case .goal: ("Goal", "目标")
    case .clue: ("What you see", "你看到的")
    case .images: ("Base images", "基础镜像")
    case .layers: ("Layers", "镜像层")
    case .learned: ("What you have learned", "这一课学到了什么")
    case .yourFiles: ("Files", "文件")
    case .copyIn(let folder): ("your copy: \(folder)", "你的副本：\(folder)")
    case .tasks: ("Tasks", "任务")
    case .tip(let number, let count): ("Tip \(number)/\(count)", "提示 \(number)/\(count)")
    case .progress: ("progress", "进度")
    case .fix(let number, let count): ("Fix \(number)/\(count)", "修复 \(number)/\(count)")
    case .service(let name): ("service \(name)", "服务 \(name)")
    case .origin(.files): ("files", "文件")
    case .origin(.log): ("log", "日志")
    case .origin(.engine): ("docker", "docker")
    case .origin(.clue): ("what you see", "你看到的")
    case .origin(.you): ("you", "你的回答")

    case .symptomCount(let count): ("\(count) symptoms", "\(count) 种症状")
    case .matches(let shown, let all): ("\(shown) of \(all)", "\(all) 项中的 \(shown) 项")
    case .causesKnown(let known, let fitting):
      (
        "\(known) \(known == 1 ? "cause is" : "causes are") known. "
          + (fitting.map {
            $0 == 0 ? "None fits your files so far." : "\($0) \($0 == 1 ? "fits" : "fit") your files now."
          } ?? ""),
        "已知 \(known) 种原因。" + (fitting.map { $0 == 0 ? "目前没有一种与你的文件相符。" : "其中 \($0) 种与你的文件相符。" } ?? "")
      )
    case .findingCount(let count): ("\(count) in this project", "本项目共 \(count) 项")
    case .lineCount(let count): (count == 1 ? "1 line" : "\(count) lines", "\(count) 行")
    case .moreLines(let count): ("… \(count) more", "… 还有 \(count) 行")
    case .stillPossible(let left, let all): ("Still possible: \(left) of \(all)", "仍有可能：\(all) 种原因中的 \(left) 种")
    case .alsoPossible: ("Also possible", "也有可能")
    case .leavesCauses(let count): (count == 1 ? "leaves 1 cause" : "leaves \(count) causes", "剩 \(count) 种原因")
    case .changeCount(let files, let added, let removed):
      ("\(files) \(files == 1 ? "file" : "files"), +\(added) −\(removed)", "\(files) 个文件，+\(added) −\(removed)")
    case .questionNumber(let number, let more):
      (
        more == 0 ? "Question \(number), the last one" : "Question \(number), at most \(more) more",
        more == 0 ? "问题 \(number)，最后一个" : "问题 \(number)，最多还有 \(more) 个"
      )

    case .proven: ("proven", "已证实")
    case .likely: ("likely", "很可能")
    case .possible: ("possible", "有可能")
    case .meaning(.proven): ("the files, the log or the engine show it", "文件、日志或引擎已经证明")
    case .meaning(.likely): ("it fits, and nothing speaks against it", "相符，且没有反证")
    case .meaning(.possible): ("it may be; something is not known yet", "也许是；还有未知的部分")
    case .fixesComing: ("Its fixes are tried on a copy …", "正在副本上试验修复……")
    case .ruledOut(let count): ("\(count) ruled out", "已排除 \(count) 种")
    case .safeFix: ("safe", "安全")
    case .needsYourEye: ("needs your eye", "请先过目")
    case .shownOnly: ("shown only", "仅供参考")
    case .applied: ("applied", "已应用")
    case .checkedOnCopy: ("Checked on a copy", "已在副本上验证")
    case .notChecked: ("Not tried yet.", "尚未验证。")
    case .thenRun: ("Then run", "然后运行")

    case .whatDoYouSee: ("What do you see?", "你看到了什么问题？")
    case .whyAsk: ("Why this is asked", "为什么问这个")
    case .fitsNow: ("Fits your files now", "与你的文件相符")
    case .pasteIntro:
      (
        "Paste what you saw: the output of the build, the container or the client, or a whole terminal session with its commands.",
        "把你看到的内容粘贴到这里：构建、容器或客户端的输出，或者连同命令的整段终端记录。"
      )
    case .pasteHere: ("paste or type here", "在这里粘贴或输入")
    case .exitCode: ("Exit code", "退出码")
    case .exitCodeHint: ("if you know it; docker ps -a shows it", "如果知道的话；docker ps -a 会显示")
    case .runForMe: ("run it for me", "替我运行")
    case .runForMeReadsOnly: ("ask docker for me (reads only)", "替我询问 docker（只读）")
    case .probeRuns: ("asking docker …", "正在询问 docker……")
    case .probeInconclusive: ("Asked, and the question is still open:", "已询问，但还不能回答这个问题：")
    case .nothingFound: ("No known cause fits what is known so far", "目前已知的情况不符合任何一种已知原因")
    case .nothingFoundHint:
      (
        "An error message, a log or the exit code would tell more: press `p` and paste it.",
        "错误信息、日志或退出码能说明更多：按 `p` 粘贴进来。"
      )
    case .whatAnswersLeave: ("What each answer leaves", "每个回答会留下")
    case .whyThis: ("Why this", "为什么是它")
    case .whyNotOthers: ("Why not something else", "为什么不是别的")
    case .noReasons: ("No reasons are recorded.", "没有记录理由。")
    case .seeAlso: ("See also", "参见")
    case .loading: ("loading …", "正在载入……")
    case .lessonSolved: ("Solved. `n` opens the next lesson.", "完成了。按 `n` 进入下一课。")
    case .lessonSolvedLast: ("Solved. `i` opens the list of lessons.", "完成了。按 `i` 打开课程目录。")
    case .onlySilenced: ("That does not cure it", "这样治不了本")
    case .notYet: ("Not yet", "还不行")
    case .untold(let count):
      (
        "drydock finds \(count) \(count == 1 ? "cause" : "causes") in these files. Look for \(count == 1 ? "it" : "them") first; `f` shows the list.",
        "drydock 在这些文件里发现了 \(count) 个原因。先自己找找看；按 `f` 查看列表。"
      )
    case .way(.tree): ("`⏎` asks you question by question, as an expert would", "按 `⏎`，像专家那样一步一步问下去")
    case .way(.edit):
      (
        "`e` opens the file in your editor; saving it is judged at once. Or choose a fix: `f`, `⏎`",
        "按 `e` 在编辑器里修改，保存后立刻重新判断；也可以按 `f`、`⏎` 选用一个修复"
      )
    case .way(.images): ("`b` shows the base images beside each other", "按 `b` 对照查看基础镜像")
    case .way(.layers): ("`l` shows which layers are made again", "按 `l` 查看哪些层会重新生成")
    case .way(.knowledge): ("`x` opens what to read", "按 `x` 打开要读的内容")
    case .nothingWrong: ("nothing is wrong any more", "没有问题了")
    case .stepsLeft(let count): (count == 1 ? "1 step left" : "\(count) steps left", "还差 \(count) 步")
    case .treeLegend(let yes, let no): ("\(yes) settled  ? open  \(no) ruled out", "\(yes) 已确定  ? 未定  \(no) 已排除")
    case .anotherSymptom: ("(another symptom)", "（另一种症状）")
    case .youAreHere: ("you are here", "你在这里")
    case .skipped: (" (not needed)", "（不需要）")
    case .keysHere: ("On this page", "本页")
    case .keysEverywhere: ("Everywhere", "任何页面")
    case .signs: ("Signs", "符号")
    case .mouseHint:
      ("The mouse works too: click to choose, turn the wheel to move.", "也可以用鼠标：点击选择，滚轮移动。")
    case .engineNotAsked: ("not asked", "未询问")
    case .engineUp: ("up", "运行中")
    case .engineAbsent: ("no answer", "无响应")
    case .otherLanguage: ("中文", "English")
    case .searchKeys(let enter): ("\(enter) choose  esc clear", "\(enter) 选择  esc 清除")
    case .nothingMatches(let text): ("Nothing matches “\(text)”.", "没有与“\(text)”匹配的内容。")
    case .tooSmall(let width, let height):
      ("drydock needs \(width) columns and \(height) rows.", "drydock 至少需要 \(width) 列 \(height) 行。")
    case .yes: ("yes", "是")
    case .no: ("no", "否")

    case .noFix: ("there is no fix for this one", "这一项没有可用的修复")
    case .fixIsManual: ("this one is for your hands: drydock only shows it", "这一项需要你动手，drydock 只作展示")
    case .fixIsApplied: ("it is applied already", "已经应用过了")
    case .nothingToUndo: ("nothing was applied yet", "还没有应用过修复")
    case .noProbe: ("no command can answer this question", "没有命令能回答这个问题")
    case .noPlace: ("no file belongs to this", "没有对应的文件")
    case .noOther: ("there is no other", "没有下一个")
    case .noFindings: ("nothing was found in the files", "文件里没有发现问题")
    case .noTree: ("there is no tree to show", "没有可显示的决策树")
    case .nothingToCopy: ("there is nothing to copy here", "这里没有可复制的内容")
    case .nothingPasted: ("paste something first", "请先粘贴内容")
    case .noMoreTips: ("that was the last tip", "没有更多提示了")
    case .firstPage: ("this is the first page: q quits", "已经是第一页，按 q 退出")
    case .keyOfOtherPages(let key):
      ("\(key) does nothing on this page: ? shows the keys that do", "\(key) 在这一页不起作用，按 ? 查看可用的键")
    case .noLessons: ("there are no lessons here", "这里没有课程")
    case .noLesson: ("no lesson is open", "没有打开课程")
    case .verbatim(let text): (text, text)

    case .confirmApply(let files): ("Change \(files)?", "要修改 \(files) 吗？")
    case .confirmProbe(let command): ("Run \(command)?", "要运行 \(command) 吗？")

    case .confirmReset: ("Put the files of this lesson back?", "要把本课的文件恢复原样吗？")

    case .keyMove: ("move", "移动")
    case .keyScroll: ("scroll", "滚动")
    case .keyPage: ("page", "翻页")
    case .keyEnds: ("start, end", "开头、结尾")
    case .keyAnswer: ("answer", "回答")
    case .keyChoose: ("choose", "选择")
    case .keyOpen: ("open", "打开")
    case .keyPreview: ("see fix", "看修复")
    case .keyBack: ("back", "返回")
    case .keyNextFinding: ("next finding", "下一项")
    case .keyPreviousFinding: ("previous finding", "上一项")
    case .keyNextGroup: ("next group", "下一组")
    case .keyPreviousGroup: ("previous group", "上一组")
    case .keyNextFix: ("next fix", "下一个修复")
    case .keyPreviousFix: ("previous fix", "上一个修复")
    case .keySearch: ("find", "查找")
    case .keyPaste: ("paste an error", "粘贴错误")
    case .keyFindings: ("all findings", "全部问题")
    case .keyTree: ("tree", "决策树")
    case .keyWhy: ("why", "为什么")
    case .keyWhyQuestion: ("why this question", "为什么问")
    case .keyExplain: ("explain", "详解")
    case .keyKnowledge: ("knowledge", "知识库")
    case .keyRun: ("ask docker", "询问 docker")
    case .keyApply: ("apply", "应用")
    case .keyUndo: ("undo", "撤销")
    case .keyEditor: ("editor", "编辑器")
    case .keyCopy: ("copy", "复制")
    case .keySave: ("save transcript", "保存记录")
    case .keySavePatch: ("save patch", "保存补丁")
    case .keyLanguage: ("中文", "English")
    case .keyHelp: ("help", "帮助")
    case .keyQuit: ("quit", "退出")
    case .keySuspend: ("suspend", "挂起")
    case .keyRead: ("read on", "往下读")
    case .keyWalk: ("ask", "逐步提问")
    case .keyImages: ("base images", "基础镜像")
    case .keyLayers: ("layers", "镜像层")
    case .keyTutorial: ("lessons", "教程")
    case .keyTip: ("tip", "提示")
    case .keySolution: ("solution", "看答案")
    case .keyReset: ("reset", "重置")
    case .keyLessons: ("lessons", "目录")
    case .keyNextLesson: ("next lesson", "下一课")
    case .keyPreviousLesson: ("previous lesson", "上一课")
    case .keySubmit: ("diagnose", "诊断")
    case .keyField: ("exit code", "退出码")
    case .keyClear: ("clear", "清空")
    }
  }
}

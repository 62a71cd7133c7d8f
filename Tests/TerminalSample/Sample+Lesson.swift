import StyledText
import TerminalUI

extension Sample {
  /// The tutorial with its third lesson open.
  public var learning: SessionModel {
    var model = start
    let titles = [
      pick("What runs in a container", "容器里运行的是什么"), pick("Process 1", "1 号进程"), pick("Listening addresses", "监听地址"),
      pick("Ports", "端口"), pick("Waiting for the database", "等待数据库"), pick("Small images", "更小的镜像"),
      pick("Stopping", "停止"),
    ]
    model.lessons = titles.enumerated().map { LessonItem(id: "lesson-\($0)", title: $1, isSolved: $0 < 2) }
    model.lesson = LessonView(
      id: "lesson-2", number: 3, title: titles[2],
      goal: pick("Make the browser open localhost:8080.", "让浏览器能打开 localhost:8080。"),
      clue: pick(
        "In a container `127.0.0.1` is the container itself, not your computer. Docker delivers the port to the container's network address.",
        "容器里的 `127.0.0.1` 就是容器自己，不是你的电脑。Docker 把端口转发到容器的网卡地址。"),
      tasks: [
        LessonTask(pick("Find the line that listens on loopback only", "找出只监听回环地址的那一行"), isDone: false),
        LessonTask(pick("Make it listen on all addresses", "改成监听所有地址"), isDone: false),
        LessonTask(pick("Keep the port of compose.yaml published", "保留 compose.yaml 里的端口映射"), isDone: true),
      ],
      tips: [
        pick("Look for an address in `main.go`.", "在 `main.go` 里找一个地址。"),
        pick("`0.0.0.0` is all addresses.", "`0.0.0.0` 表示所有地址。"),
      ],
      solution: [
        DiffView(
          file: "main.go",
          lines: [
            DiffLine(.removed, old: 12, "\tsrv := \"127.0.0.1:8080\""),
            DiffLine(.added, new: 12, "\tsrv := \"0.0.0.0:8080\""),
          ])
      ],
      files: [
        ExcerptView(
          file: "lesson-03/main.go",
          lines: [
            ExcerptLine(10, "func main() {"), ExcerptLine(11, "\thttp.HandleFunc(\"/\", hello)"),
            ExcerptLine(12, "\tsrv := \"127.0.0.1:8080\"", [ExcerptMark(9, 18, isPrimary: true)]),
            ExcerptLine(13, "\thttp.ListenAndServe(srv, nil)"), ExcerptLine(14, "}"),
          ])
      ], findings: [loopback])
    return model
  }
}

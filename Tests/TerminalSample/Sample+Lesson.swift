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
      id: "lesson-2", number: 3, title: titles[2], symptom: "port-unreachable",
      goal: pick("Make the browser open localhost:8080.", "让浏览器能打开 localhost:8080。"),
      clue: pick(
        """
        $ docker compose up --detach
         ✔ Container shop-web-1  Started
        $ curl localhost:8080
        curl: (52) Empty reply from server
        """,
        """
        $ docker compose up --detach
         ✔ Container shop-web-1  Started
        $ curl localhost:8080
        curl: (52) Empty reply from server
        """),
      tasks: [
        LessonTask(pick("Find the line that listens on loopback only", "找出只监听回环地址的那一行"), isDone: true, way: .tree),
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
            ExcerptLine(12, "\tsrv := \"127.0.0.1:8080\""),
            ExcerptLine(13, "\thttp.ListenAndServe(srv, nil)"), ExcerptLine(14, "}"),
          ])
      ], findings: [loopback])
    model.lesson?.summary = pick("An address is a place to listen at.", "地址就是监听的位置。")
    model.lesson?.folder = "~/.local/state/drydock/tutorial/03-listening"
    model.images = [
      ["image", "libc", "shell", "certificates"], ["alpine", "musl", "ash", "bundle"], ["debian", "glibc", "dash", ""],
    ]
    model.articles = articles
    model.layers = [Line("Dockerfile", .title), Line(), Line(pick("  line  instruction", "  行号  指令"), .dim)]
    return model
  }

  /// The lesson after an edit that only silences, and when all is done.
  public var mistaken: SessionModel {
    var model = learning
    model.lesson?.reply = pick(
      "Publishing another port changes nothing: nobody listens there either.", "换一个发布端口没有用：那里同样没有程序在监听。")
    model.lesson?.faults = [pick("`go.mod` is gone, and a cure needs it", "`go.mod` 不见了，修复离不开它")]
    return model
  }

  public var learned: SessionModel {
    var model = learning
    for index in model.lesson?.tasks.indices ?? 0..<0 { model.lesson?.tasks[index].isDone = true }
    model.lesson?.findings = []
    return model
  }
}

import StyledText
import TerminalUI

extension Sample {
  var loopback: FindingView {
    var finding = FindingView(
      id: "listens-on-loopback/web", cause: "listens-on-loopback", claim: .proven,
      title: pick("The program listens only inside its own container", "程序只在容器内部监听"), service: "web",
      excerpts: [
        ExcerptView(
          file: "main.go",
          lines: [
            ExcerptLine(10, "func main() {"),
            ExcerptLine(11, "\thttp.HandleFunc(\"/\", hello)"),
            ExcerptLine(
              12, "\tlog.Fatal(http.ListenAndServe(\"127.0.0.1:8080\", nil))",
              [ExcerptMark(32, 41, isPrimary: true, label: pick("only this container gets in", "只有这个容器自己能进来"))]),
            ExcerptLine(13, "}"),
          ]),
        ExcerptView(
          file: "compose.yaml",
          lines: [
            ExcerptLine(
              6, "      - \"8080:8080\"",
              [
                ExcerptMark(
                  9, 18, isPrimary: false,
                  label: pick("sent to the container's address, not to loopback", "送到容器的网卡地址，而不是回环地址"))
              ])
          ]),
      ],
      explanation: pick(
        """
        Inside a container `127.0.0.1` is the container itself. Docker delivers a published port to the container's network
        address, where nobody listens in `web`.
        """,
        """
        在容器里，`127.0.0.1` 指的是容器自己。Docker 会把发布的端口转发到容器的网卡地址，
        而 `web` 没有在那里监听。
        """))
    finding.symptoms = [pick("Cannot reach the port", "端口无法访问")]
    finding.evidence = [
      EvidenceGroup(
        .engine, [EvidenceItem(.yes, pick("web runs, 0 restarts", "web 正在运行，重启 0 次"))]),
      EvidenceGroup(.you, [EvidenceItem(.yes, "curl: (52) Empty reply from server")]),
    ]
    finding.fixes = [listenOnAll, readAddress]
    finding.why = WhyView(
      conditions: [
        EvidenceItem(
          .yes, pick("`web` listens on `127.0.0.1`, port 8080", "`web` 监听 `127.0.0.1` 的 8080 端口"), place: "main.go:12"),
        EvidenceItem(.yes, pick("`web` publishes container port 8080", "`web` 发布了容器端口 8080"), place: "compose.yaml:6"),
        EvidenceItem(.yes, pick("`web` does not use the host's network", "`web` 没有使用主机网络"), place: "compose.yaml:4"),
      ],
      others: [
        CandidateView(
          id: "port-not-published", title: pick("The port is exposed, but not published", "端口只是 EXPOSE，没有发布"),
          claim: .possible,
          note: pick("`ports:` publishes 8080 (compose.yaml:6)", "`ports:` 发布了 8080（compose.yaml:6）")),
        CandidateView(
          id: "port-mapping-mismatch", title: pick("The published port is not the one it listens on", "发布的端口不是监听的端口"),
          claim: .possible, note: pick("both are 8080", "两边都是 8080")),
      ])
    finding.see = ["https://docs.docker.com/engine/network/"]
    return finding
  }

  private var listenOnAll: FixView {
    var fix = FixView(
      id: "listen-on-all-addresses",
      title: pick("Listen on all addresses, so that Docker can deliver the port", "监听所有地址，让 Docker 能把端口送到"),
      safety: .unsafe,
      files: [
        DiffView(
          file: "main.go",
          lines: [
            DiffLine(.context, old: 10, new: 10, "func main() {"),
            DiffLine(.context, old: 11, new: 11, "\thttp.HandleFunc(\"/\", hello)"),
            DiffLine(.removed, old: 12, "\tlog.Fatal(http.ListenAndServe(\"127.0.0.1:8080\", nil))"),
            DiffLine(.added, new: 12, "\tlog.Fatal(http.ListenAndServe(\"0.0.0.0:8080\", nil))"),
            DiffLine(.context, old: 13, new: 13, "}"),
          ])
      ],
      checks: [
        EvidenceItem(.yes, pick("listens-on-loopback is gone", "listens-on-loopback 已消失")),
        EvidenceItem(.yes, pick("no new finding in 2 Dockerfiles and 3 services", "2 个 Dockerfile、3 个服务里没有新问题")),
      ],
      note: pick(
        "Needs your eye: the server is then open to every network of the container.", "请先过目：之后容器的每个网络都能访问这个服务。"),
      run: ["docker compose up --build --detach web"])
    fix.patch = "--- a/main.go\n+++ b/main.go\n"
    return fix
  }

  private var readAddress: FixView {
    FixView(
      id: "read-address-from-environment", title: pick("Read the address from LISTEN_ADDR", "从 LISTEN_ADDR 读取地址"),
      safety: .manual,
      files: [],
      note: pick(
        "Let the program read `LISTEN_ADDR` and set it to `0.0.0.0:8080` in compose.yaml, so that it stays private when it runs outside of a container.",
        "让程序读取 `LISTEN_ADDR`，并在 compose.yaml 里设为 `0.0.0.0:8080`，这样在容器外运行时仍然只有本机能访问。"))
  }

  var mapping: FindingView {
    FindingView(
      id: "port-mapping-mismatch/web", cause: "port-mapping-mismatch", claim: .possible,
      title: pick("The published port is not the one it listens on", "发布的端口不是监听的端口"), service: "web",
      excerpts: [
        ExcerptView(
          file: "compose.yaml",
          lines: [ExcerptLine(6, "      - \"8080:8080\"", [ExcerptMark(14, 18, isPrimary: true)])])
      ], explanation: pick("The port that `web` listens on is not known.", "不知道 `web` 监听哪个端口。"))
  }

  var readiness: FindingView {
    FindingView(
      id: "no-readiness-condition/web", cause: "no-readiness-condition", claim: .likely,
      title: pick("web starts before db accepts connections", "db 还没准备好，web 就启动了"), service: "web",
      excerpts: [
        ExcerptView(
          file: "compose.yaml",
          lines: [
            ExcerptLine(
              8, "    depends_on: [db]",
              [
                ExcerptMark(
                  4, 20, isPrimary: true, label: pick("waits for the start only, not for its health", "只等启动，不等健康检查"))
              ])
          ])
      ],
      explanation: pick(
        "The list form of `depends_on` does not wait until `db` is ready.", "`depends_on` 的列表写法不会等到 `db` 准备好。"))
  }

  var shellForm: FindingView {
    FindingView(
      id: "shell-form-pid1/worker", cause: "shell-form-pid1", claim: .possible,
      title: pick("The shell is process 1 and swallows SIGTERM", "shell 是 1 号进程，会吞掉 SIGTERM"), service: "worker",
      excerpts: [
        ExcerptView(
          file: "worker/Dockerfile",
          lines: [ExcerptLine(9, "CMD python worker.py | tee log", [ExcerptMark(4, 30, isPrimary: true)])])
      ], explanation: pick("A pipe keeps the shell in front of the program.", "有管道时，shell 会一直挡在程序前面。"))
  }

  var articles: [ArticleView] {
    [
      article("port-unreachable", "Symptoms", "症状", "Cannot reach the port", "端口无法访问"),
      article("exits-immediately", "Symptoms", "症状", "Container exits at once", "容器启动后立即退出"),
      article(
        "listens-on-loopback", "Listening and publishing", "监听与发布", "The program listens only inside its own container",
        "程序只在容器内部监听"),
      article(
        "port-not-published", "Listening and publishing", "监听与发布", "The port is exposed, but not published",
        "端口只是 EXPOSE，没有发布"),
      article("libc-mismatch", "Binaries", "二进制文件", "The binary needs another C library", "二进制文件需要另一种 C 库"),
      article("alpine", "Images", "镜像", "alpine: musl, apk, busybox", "alpine：musl、apk、busybox"),
    ]
  }

  private func article(_ id: String, _ group: String, _ zhGroup: String, _ title: String, _ zhTitle: String)
    -> ArticleView
  {
    ArticleView(
      id: id, group: pick(group, zhGroup), title: pick(title, zhTitle),
      text: pick(
        """
        Every container has a network of its own, with a loopback address of its own. A program that listens on `127.0.0.1` there
        hears only what the same container says.

        What it looks like:

          curl: (52) Empty reply from server

        - The program logs that it listens, and `docker ps` shows the port: both are true, and yet nobody gets in.
        - From inside, `wget -qO- localhost:8080` works.
        """,
        """
        每个容器都有自己的网络，也有自己的回环地址。程序在那里监听 `127.0.0.1`，就只能听到同一个容器里的请求。

        表现：

          curl: (52) Empty reply from server

        - 程序的日志说它在监听，`docker ps` 也显示了端口：两者都没错，但谁也进不来。
        - 在容器内部，`wget -qO- localhost:8080` 是正常的。
        """), see: ["https://docs.docker.com/engine/network/"])
  }
}

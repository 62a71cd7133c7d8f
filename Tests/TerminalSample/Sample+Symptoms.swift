import TerminalUI

extension Sample {
  var symptoms: [SymptomView] {
    [
      symptom(
        "port-unreachable", "Cannot reach the port", "端口无法访问", "runs, but browser or curl gets no answer",
        "容器在运行，但浏览器或 curl 没有回应", known: 18, fitting: 3, best: .proven),
      symptom(
        "exits-immediately", "Container exits at once", "容器启动后立即退出", "stops, or restarts, right after its start",
        "刚启动就停止，或不断重启", known: 41),
      symptom(
        "dependency-not-ready", "Needed service not ready", "依赖的服务没有就绪", "starts too early, or cannot find it",
        "启动得太早，或者找不到对方", known: 12, fitting: 1, best: .likely),
      symptom(
        "misconfigured-environment", "Wrong or missing settings", "配置错误或缺失", "a variable, file, certificate, time zone",
        "环境变量、文件、证书、时区", known: 22),
      symptom(
        "permission-denied", "Permission denied", "权限不足", "a file, socket or port is refused", "文件、套接字或端口被拒绝", known: 9),
      symptom(
        "build-fails", "Image does not build", "镜像构建失败", "any build error except downloads", "下载以外的任何构建错误", known: 27),
      symptom(
        "module-download", "Dependencies not downloaded", "依赖下载失败", "go mod, npm ci, pip … fail in the build",
        "构建时 go mod、npm ci、pip 等失败", known: 14),
      symptom(
        "signal-handling", "Slow or unclean stop", "停止缓慢或不干净", "10 s to stop, lost requests, zombies",
        "停止要 10 秒、丢请求、僵尸进程", known: 11, fitting: 2, best: .possible),
      symptom(
        "stale-or-missing-files", "Old or missing files", "文件过旧或缺失", "my change is not in the container", "我的修改没有进入容器",
        known: 13),
      symptom(
        "slow-build", "Slow build", "构建缓慢", "every build repeats the same work", "每次构建都重复同样的工作", known: 8, fitting: 1,
        best: .likely),
      symptom(
        "oversized-image", "Image too large", "镜像过大", "hundreds of MB for a small program", "小程序却有几百 MB", known: 9),
      symptom(
        "leaked-secret", "Secret in the image", "镜像中泄露机密", "a key or password ends up in a layer", "密钥或密码留在某一层里",
        known: 5),
    ]
  }

  private func symptom(
    _ id: String, _ english: String, _ chinese: String, _ hint: String, _ zhHint: String, known: Int, fitting: Int = 0,
    best: Claim? = nil
  ) -> SymptomView {
    let description =
      id == "port-unreachable"
      ? pick(
        "The container runs, but nothing answers: refused, reset, empty reply, timeout.",
        "容器在运行，但没有任何回应：连接被拒绝、被重置、空响应或超时。")
      : pick("What it looks like: \(hint).", "表现：\(zhHint)。")
    return SymptomView(
      id: id, title: pick(english, chinese), hint: pick(hint, zhHint), description: description, known: known,
      fitting: fitting, best: best, causes: id == "port-unreachable" ? candidates : [])
  }

  var candidates: [CandidateView] {
    [
      CandidateView(
        id: "listens-on-loopback", title: pick("The program listens only inside its own container", "程序只在容器内部监听"),
        claim: .proven, note: pick("an empty reply fits", "与空响应相符")),
      CandidateView(
        id: "port-mapping-mismatch", title: pick("The published port is not the one it listens on", "发布的端口不是监听的端口"),
        claim: .possible, note: pick("no EXPOSE to compare with", "没有 EXPOSE 可对照")),
      CandidateView(
        id: "blocked-by-host-firewall", title: pick("The host's firewall drops it", "主机防火墙拦截了连接"), claim: .possible,
        note: pick("not visible in files", "文件里看不出来")),
    ]
  }

  var investigation: InvestigationView {
    var view = InvestigationView(
      symptom: "port-unreachable", title: pick("Cannot reach the port", "端口无法访问"), known: 18)
    view.candidates = candidates
    view.answersGiven = 0
    view.tree = tree
    view.evidence = [
      EvidenceGroup(
        .files,
        [
          EvidenceItem(.yes, pick("web publishes 8080:8080", "web 发布了 8080:8080"), place: "compose.yaml:6"),
          EvidenceItem(
            .unknown, pick("listening address", "监听地址"), place: pick("not found in the sources", "源代码中没有找到")),
        ]),
      EvidenceGroup(
        .engine,
        [
          EvidenceItem(.yes, pick("web runs, 0 restarts", "web 正在运行，重启 0 次")),
          EvidenceItem(.unknown, pick("sockets: not asked yet", "套接字：还没有询问")),
        ]),
      EvidenceGroup(.you, [EvidenceItem(.yes, "curl: (52) Empty reply from server")]),
    ]
    return view
  }

  var question: QuestionView {
    var view = QuestionView(
      id: "answers-from-inside", number: 2, more: 3,
      text: pick("Does the program answer from inside its own container?", "在容器自己内部访问，程序有回应吗？"),
      why: pick(
        """
        If it answers there but not from outside, the program itself works: then the address it listens on, the published port or \
        the network in between is at fault. If it does not answer even there, look at the program.
        """,
        """
        如果在容器内部有回应、外面却没有，说明程序本身正常：问题在监听地址、发布的端口或中间的网络。
        如果在内部也没有回应，就要看程序本身。
        """),
      answers: [
        AnswerView(id: "yes", text: pick("Yes, it answers", "有，能得到回应"), leaves: 3),
        AnswerView(id: "no", text: pick("No, connection refused", "没有，连接被拒绝"), leaves: 2),
        AnswerView(id: "no-tool", text: pick("The image has no wget or curl", "镜像里没有 wget 或 curl"), leaves: 4),
        AnswerView(id: "unknown", text: pick("I cannot tell: go on", "不知道，继续"), leaves: 4),
      ])
    view.command = ["docker compose exec web wget -qO- localhost:8080"]
    view.probe = .ready(readsOnly: true)
    return view
  }

  var tree: TreeView {
    TreeView(
      root: TreeNode(
        .question(
          .settled(answer: pick("yes", "是"), by: pick("docker: web is up for 3 minutes", "docker：web 已运行 3 分钟"))),
        pick("Does the container stay up?", "容器一直在运行吗？"),
        children: [
          TreeNode(
            answer: pick("no", "否"), .symptom, pick("Container exits at once", "容器启动后立即退出"), isClosed: true),
          TreeNode(
            answer: pick("yes", "是"), .question(.settled(answer: pick("yes", "是"), by: "compose.yaml:6")),
            pick("Is the port published?", "端口发布了吗？"),
            children: [
              TreeNode(
                answer: pick("no", "否"), .cause(nil),
                pick("The port is exposed, but not published", "端口只是 EXPOSE，没有发布"),
                isClosed: true),
              TreeNode(
                answer: pick("no", "否"), .cause(nil), pick("Host networking ignores ports", "主机网络忽略端口"), isClosed: true),
              TreeNode(
                answer: pick("no", "否"), .cause(nil), pick("The network is disabled", "网络被禁用"), isClosed: true),
              TreeNode(
                answer: pick("yes", "是"), .question(.current),
                pick("Does the program answer from inside its own container?", "在容器自己内部访问，程序有回应吗？"),
                children: [
                  TreeNode(
                    answer: pick("yes", "是"), .question(.open),
                    pick("Is the published port the one it listens on?", "发布的端口就是监听的端口吗？"),
                    children: [
                      TreeNode(
                        answer: pick("yes", "是"), .cause(.proven),
                        pick("The program listens only inside its own container", "程序只在容器内部监听")),
                      TreeNode(
                        answer: pick("yes", "是"), .cause(.possible), pick("The host's firewall drops it", "主机防火墙拦截了连接")),
                      TreeNode(
                        answer: pick("no", "否"), .cause(.possible),
                        pick("The published port is not the one it listens on", "发布的端口不是监听的端口")),
                      TreeNode(
                        answer: pick("no", "否"), .cause(nil),
                        pick("Host and container port are swapped", "主机端口和容器端口写反了"),
                        isClosed: true),
                    ]),
                  TreeNode(
                    answer: pick("no", "否"), .question(.open), pick("Does it log that it listens?", "日志里说它在监听吗？"),
                    children: [
                      TreeNode(
                        answer: pick("no", "否"), .symptom, pick("Needed service not ready", "依赖的服务没有就绪")),
                      TreeNode(
                        answer: pick("yes", "是"), .cause(.possible), pick("It listens on another port", "它监听的是别的端口")),
                    ]),
                ]),
            ]),
        ]))
  }
}

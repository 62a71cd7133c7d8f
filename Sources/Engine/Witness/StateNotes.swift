import Inspection
import Knowledge

/// What was learnt of a container, in lines for people.
struct StateNotes {
  let state: ContainerState
  var events: [EngineEvent] = []
  var processes: [ContainerProcess] = []
  var sockets = SocketKnowledge.unknown(.notRunning)
  var program: ContainerFile.Program?
  var owners: [ContainerFile.Owner] = []

  init(state: ContainerState) { self.state = state }

  var all: [LocalizedText] {
    var notes = [condition]
    if !state.error.isEmpty { notes.append(both("cannot start: \(state.error)", "无法启动：\(state.error)")) }
    if !state.health.isEmpty { notes.append(both("health: \(state.health)", "健康状态：\(state.health)")) }
    if state.memory > 0 {
      let limit = state.memory >> 20
      notes.append(both("memory limit: \(limit) MiB", "内存上限：\(limit) MiB"))
    }
    notes.append(ports)
    if !state.networks.isEmpty { notes.append(list("networks", "网络", state.networks)) }
    if !state.mounts.isEmpty { notes.append(list("mounts", "挂载", state.mounts.map(Self.text))) }
    if !state.variables.isEmpty {
      notes.append(list("variables (values are not shown)", "环境变量（不显示值）", state.variables.map(\.name)))
    }
    notes.append(listening)
    if !processes.isEmpty { notes.append(list("processes", "进程", tree)) }
    if let program { notes.append(text(program)) }
    notes += owners.map { owner in
      let mode = String(owner.mode, radix: 8)
      return both(
        "\(owner.path) belongs to \(owner.user):\(owner.group), mode \(mode); the container runs as \(state.user)",
        "\(owner.path) 属于 \(owner.user):\(owner.group)，权限 \(mode)；容器以 \(state.user) 运行")
    }
    return notes
  }

  private func both(_ english: String, _ chinese: String) -> LocalizedText { LocalizedText(en: english, zh: chinese) }

  private func list(_ english: String, _ chinese: String, _ items: [String]) -> LocalizedText {
    both("\(english): \(items.joined(separator: ", "))", "\(chinese)：\(items.joined(separator: "，"))")
  }

  /// https://docs.docker.com/reference/cli/docker/container/ls/#status
  private static let chinese = [
    "created": "已创建，尚未启动", "running": "正在运行", "restarting": "正在重启", "paused": "已暂停", "removing": "正在删除",
    "exited": "已退出", "dead": "已失效",
  ]

  private var condition: LocalizedText {
    var english = ["\(state.name): \(state.status)"]
    var chinese = ["\(state.name)：\(Self.chinese[state.status] ?? state.status)"]
    if !state.isRunning, state.status != "created" {
      english.append("exit code \(state.exitCode)")
      chinese.append("退出码 \(state.exitCode)")
    }
    if state.isOutOfMemory || events.contains(where: \.isOutOfMemory) {
      english.append("killed for its memory")
      chinese.append("因内存不足被终止")
    }
    if state.restartCount > 0 {
      english.append(state.restartCount == 1 ? "1 restart" : "\(state.restartCount) restarts")
      chinese.append("重启 \(state.restartCount) 次")
    }
    return both(english.joined(separator: ", "), chinese.joined(separator: "，"))
  }

  private var ports: LocalizedText {
    if state.ports.isEmpty { return both("published: nothing", "未发布任何端口") }
    return list(
      "published", "已发布的端口",
      state.ports.map { port in
        let address = port.hostAddress.isEmpty ? "*" : port.hostAddress
        return "\(address):\(port.host.map(String.init) ?? "?") -> \(port.container)/\(port.networkProtocol)"
      })
  }

  private static func text(_ mount: ContainerState.Mount) -> String {
    let source = mount.isAnonymous ? "" : mount.source + " "
    return "\(source)-> \(mount.target) (\(mount.kind)\(mount.isWritable ? "" : ", ro"))"
  }

  private var listening: LocalizedText {
    switch sockets {
    case .known(let sockets, _) where sockets.isEmpty: both("listening: nothing", "没有监听任何端口")
    case .known(let sockets, _): list("listening", "正在监听", sockets.map(\.text))
    case .unknown(.notRunning): both("listening: nothing, for it does not run", "容器没有运行，不监听任何端口")
    case .unknown(.sharedNetwork(let mode)):
      both("listening: unknown, its network is shared (\(mode))", "监听情况未知：网络与他人共用（\(mode)）")
    case .unknown(.noTool):
      both(
        "listening: unknown, the container is not on this machine and has no cat",
        "监听情况未知：容器不在本机上，其中也没有 cat")
    }
  }

  /// PID 1, and what it has started.
  private var tree: [String] {
    processes.sorted { ($0.isFirst ? 0 : 1, $0.id) < ($1.isFirst ? 0 : 1, $1.id) }.prefix(12).map { process in
      // Passwords stand in command lines too.
      (process.isFirst ? "PID 1 " : "") + Secrets().masked(process.command, isSettings: true)
    }
  }

  private func text(_ program: ContainerFile.Program) -> LocalizedText {
    switch program.file {
    case .program(let machine, nil):
      both("\(program.path): \(machine), static", "\(program.path)：\(machine)，静态链接")
    case .program(let machine, let loader?):
      both(
        "\(program.path): \(machine), dynamic, loader \(loader)", "\(program.path)：\(machine)，动态链接，加载器 \(loader)")
    case .script(let interpreter, let hasCarriageReturn):
      both(
        "\(program.path): a script for \(interpreter)" + (hasCarriageReturn ? ", with CRLF line endings" : ""),
        "\(program.path)：由 \(interpreter) 执行的脚本" + (hasCarriageReturn ? "，行尾为 CRLF" : ""))
    case .other: both("\(program.path): no program for Linux", "\(program.path)：不是 Linux 程序")
    }
  }
}

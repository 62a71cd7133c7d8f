import Inspection
import Knowledge

/// One thing that the doctor looked at.
public struct Check: Hashable, Sendable {
  public enum Level: String, Sendable { case good, unknown, warning, bad }

  /// Stable, for scripts.
  public let id: String
  public let level: Level
  public let text: LocalizedText
  /// What to type next; empty where all is well.
  public let next: [String]

  init(_ id: String, _ level: Level, _ english: String, _ chinese: String, next: [String] = []) {
    self.id = id
    self.level = level
    text = LocalizedText(en: english, zh: chinese)
    self.next = next
  }
}

/// What the surroundings mean: pure, so that every machine can be thought up in a test.
public struct Checkup: Sendable {
  let here: Surroundings
  /// The person's home folder: `~` stands in its place.
  let home: String

  public init(_ surroundings: Surroundings, home: String = "") {
    here = surroundings
    self.home = home
  }

  public var checks: [Check] {
    var checks = [client]
    guard here.client != nil else { return checks + disks }
    checks.append(context)
    switch here.socket {
    case nil: checks.append(engine)
    // What is wrong with the socket is why the engine does not answer: one trouble, one line.
    case let socket? where here.server == nil && !(socket.exists && socket.isOpen): checks.append(self.socket(socket))
    case let socket?: checks += [engine, self.socket(socket)]
    }
    checks += [compose, builder] + disks + [architecture] + emulation
    if here.info != nil { checks += [proxy] + security + warnings }
    if here.isLocal { checks.append(names) }
    return checks
  }

  /// What all of them come to, in one line.
  public static func verdict(on checks: [Check]) -> LocalizedText {
    if checks.contains(where: { $0.level == .bad }) {
      return LocalizedText(
        en: "Containers cannot run here yet: type what stands below ✗, then drydock doctor again.",
        zh: "容器还不能在这里运行：请先执行 ✗ 下面的命令，再运行 drydock doctor。")
    }
    let count = checks.count { $0.level == .warning }
    if count == 0 { return LocalizedText(en: "All is well.", zh: "一切正常。") }
    return LocalizedText(
      en: "Containers can run here; \(count) \(count == 1 ? "thing" : "things") could be better.",
      zh: "容器可以在这里运行，有 \(count) 处可以改进。")
  }

  // MARK: Client and engine

  private var client: Check {
    guard let client = here.client else {
      if case .tooSlow(let command, let seconds) = here.clientProblem {
        return Check(
          "client", .bad, "the docker command does not answer within \(Int(seconds)) s",
          "docker 命令 \(Int(seconds)) 秒内没有响应",
          next: [command])
      }
      if let problem = here.clientProblem, !problem.isMissingClient {
        return Check(
          "client", .bad, "the docker command does not work: \(problem.message)", "docker 命令不能正常工作：\(problem.text.zh)",
          next: ["docker --version"])
      }
      return Check(
        "client", .bad, "there is no docker command", "没有 docker 命令",
        next: installDocker + ["see https://docs.docker.com/engine/install/"])
    }
    return Check("client", .good, "docker client \(client.version)", "docker 客户端 \(client.version)")
  }

  private var context: Check {
    let name = here.context.isEmpty ? "default" : here.context
    let place = here.endpoint.isEmpty ? "" : " (\(here.endpoint))"
    if here.isHostSet {
      return Check(
        "context", .good, "DOCKER_HOST decides, not the context: \(here.endpoint)",
        "由 DOCKER_HOST 决定，而不是上下文：\(here.endpoint)")
    }
    return Check("context", .good, "context \(name)\(place)", "上下文 \(name)\(place)")
  }

  private var engine: Check {
    if let server = here.server {
      let name = server.name.isEmpty ? "engine" : server.name
      let platform = [server.system, server.architecture].filter { !$0.isEmpty }.joined(separator: "/")
      if let version = Self.number(server.version), version < 20, name.contains("Docker") || name == "engine" {
        return Check(
          "engine", .warning, "\(name) \(server.version) is no longer maintained (\(platform))",
          "\(name) \(server.version) 已不再维护（\(platform)）", next: ["see https://docs.docker.com/engine/install/"])
      }
      return Check(
        "engine", .good, "\(name) \(server.version) answers (\(platform))", "\(name) \(server.version) 有响应（\(platform)）"
      )
    }
    switch here.serverProblem {
    case .denied:
      return Check(
        "engine", .bad, "the engine's socket is not for this user", "当前用户无权使用引擎的套接字", next: Self.joining("docker"))
    case .tooSlow(_, let seconds):
      return Check(
        "engine", .bad, "the engine does not answer within \(Int(seconds)) s", "引擎 \(Int(seconds)) 秒内没有响应",
        next: here.isLocal ? ["sudo systemctl restart docker"] : ["docker context use default"])
    case .noEngine(let text), .failed(_, let text):
      return Check(
        "engine", .bad, "no engine answers: \(text)", "没有引擎响应：\(text)", next: awake)
    default:
      return Check("engine", .bad, "no engine answers", "没有引擎响应", next: ["docker version"])
    }
  }

  private func socket(_ socket: Surroundings.Socket) -> Check {
    if !socket.exists {
      return Check(
        "socket", .bad, "no engine answers: there is no \(socket.path)", "没有引擎响应：\(socket.path) 不存在", next: awake)
    }
    if socket.isOpen {
      return Check("socket", .good, "\(socket.path) is open for this user", "当前用户可以使用 \(socket.path)")
    }
    return Check(
      "socket", .bad, "the engine may not be asked: \(socket.path) is for group \(socket.group) only",
      "当前用户无权使用引擎：只有 \(socket.group) 组可以使用 \(socket.path)", next: Self.joining(socket.group))
  }

  /// What wakes an engine that does not answer.
  private var awake: [String] {
    if here.isHostSet { return ["unset DOCKER_HOST"] }
    return here.isLocal ? [here.starter, "docker context ls"] : ["docker context ls"]
  }

  /// Nobody should join root's group: where the socket is for it, there was no group of Docker's when the engine started.
  ///
  /// https://docs.docker.com/engine/install/linux-postinstall/
  private static func joining(_ group: String) -> [String] {
    let isOwn = group != "root"
    let name = isOwn ? group : "docker"
    return (isOwn ? [] : ["sudo groupadd --force docker && sudo systemctl restart docker"])
      + ["sudo usermod -aG \(name) \"$USER\" && newgrp \(name)"]
  }

  // MARK: Tools

  private var compose: Check {
    switch here.compose {
    case .plugin(let version): return Check("compose", .good, "docker compose \(version)", "docker compose \(version)")
    case .standalone(let version):
      guard let number = Self.number(version), number < 2 else {
        return Check("compose", .good, "docker-compose \(version)", "docker-compose \(version)")
      }
      return Check(
        "compose", .warning,
        "docker-compose \(version) only: version 1 ended in 2023 and does not know newer files",
        "只有 docker-compose \(version)：第 1 版已于 2023 年停止维护，读不懂较新的文件",
        next: install("docker-compose-plugin"))
    case .none:
      return Check(
        "compose", .warning, "there is no docker compose", "没有 docker compose",
        next: install("docker-compose-plugin"))
    }
  }

  private var builder: Check {
    if here.isBuildKitOff {
      return Check(
        "builder", .warning, "DOCKER_BUILDKIT=0 asks for the classic builder: no RUN --mount, no heredocs",
        "DOCKER_BUILDKIT=0 启用了旧的构建器：不支持 RUN --mount 和 heredoc", next: ["unset DOCKER_BUILDKIT"])
    }
    if let buildx = here.buildx {
      return Check("builder", .good, "BuildKit, buildx \(buildx)", "BuildKit，buildx \(buildx)")
    }
    if here.server?.name.contains("Podman") ?? false {
      return Check("builder", .good, "podman build, without BuildKit", "podman build，不含 BuildKit")
    }
    return Check(
      "builder", .warning, "buildx is missing: builds use the classic builder, without RUN --mount and heredocs",
      "缺少 buildx：构建会使用旧的构建器，不支持 RUN --mount 和 heredoc", next: install("docker-buildx-plugin"))
  }

  private var installDocker: [String] {
    switch here.installer {
    case .apt: ["sudo apt-get install docker.io"]
    case .pacman: ["sudo pacman -S docker"]
    case .apk: ["sudo apk add docker"]
    case .dnf, nil: []
    }
  }

  /// What installs one of the client's plugins, by the name of its package in Docker's own archive. Debian and Ubuntu have
  /// others for their own docker.io.
  private func install(_ plugin: String) -> [String] {
    let isCompose = plugin.contains("compose")
    switch here.installer {
    case .apt:
      let other = isCompose ? "docker-compose-v2" : "docker-buildx"
      return ["sudo apt-get install \(plugin) || sudo apt-get install \(other)"]
    case .dnf: return ["sudo \(here.installer?.rawValue ?? "") install \(plugin)"]
    case .pacman: return ["sudo pacman -S \(isCompose ? "docker-compose" : "docker-buildx")"]
    case .apk: return ["sudo apk add \(isCompose ? "docker-cli-compose" : "docker-cli-buildx")"]
    case nil:
      return [
        "see https://docs.docker.com/" + (isCompose ? "compose/install/" : "build/concepts/overview/#install-buildx")
      ]
    }
  }

  // MARK: The machine

  private var disks: [Check] {
    here.disks.map { disk in
      let size = Self.size(disk.free)
      let path = Self.short(disk.path, home)
      if let files = disk.freeFiles, files < 3 {
        return Check(
          "disk", .bad, "\(path) has hardly any file numbers left (\(files) %)",
          "\(path) 的 inode 几乎用尽（剩余 \(files)%）", next: ["docker system df", "docker system prune"])
      }
      let level: Check.Level = disk.free < 1 << 30 ? .bad : disk.free < 5 << 30 ? .warning : .good
      return Check(
        "disk", level, "\(size) free for \(path)", "\(path) 剩余空间 \(size)",
        next: level == .good ? [] : ["docker system df", "docker system prune"])
    }
  }

  private var architecture: Check {
    guard let server = here.server, !server.architecture.isEmpty else {
      return Check("architecture", .good, "this machine is \(here.machine)", "本机架构为 \(here.machine)")
    }
    if server.architecture == here.machine || here.machine.isEmpty {
      return Check(
        "architecture", .good, "images for \(server.architecture) run as they are", "可以直接运行 \(server.architecture) 镜像")
    }
    return Check(
      "architecture", .good, "the engine runs \(server.architecture), this machine is \(here.machine)",
      "引擎运行 \(server.architecture)，本机为 \(here.machine)")
  }

  private var emulation: [Check] {
    guard let emulated = here.emulated, here.isLocal else {
      // Without an engine nobody can try.
      guard here.server != nil else { return [] }
      return [
        Check(
          "emulation", .unknown, "whether images for other architectures run cannot be seen from here",
          "从这里看不出能否运行其他架构的镜像", next: [tryEmulation])
      ]
    }
    if emulated.isEmpty {
      return [
        Check(
          "emulation", .warning, "images for other architectures do not run: nothing emulates them",
          "无法运行其他架构的镜像：没有安装模拟器", next: ["docker run --privileged --rm tonistiigi/binfmt --install all"])
      ]
    }
    let list = emulated.joined(separator: ", ")
    return [Check("emulation", .good, "emulated architectures: \(list)", "可模拟的架构：\(list)")]
  }

  private var tryEmulation: String {
    let other = (here.server?.architecture ?? here.machine) == "arm64" ? "amd64" : "arm64"
    return "docker run --rm --platform linux/\(other) alpine uname -m"
  }

  private var proxy: Check {
    let proxies = [here.info?.httpsProxy, here.info?.httpProxy].compactMap { $0 }.filter { !$0.isEmpty }
    if let proxy = proxies.first {
      let text = Self.withoutUser(proxy)
      return Check("proxy", .good, "the daemon pulls through \(text)", "守护进程通过 \(text) 拉取镜像")
    }
    if here.shellProxy.isEmpty { return Check("proxy", .good, "no proxy", "没有代理") }
    return Check(
      "proxy", .warning, "this shell has a proxy (\(here.shellProxy)), the daemon has none: it pulls without",
      "当前 shell 设置了代理（\(here.shellProxy)），守护进程没有：拉取镜像时不走代理",
      next: ["see https://docs.docker.com/engine/daemon/proxy/"])
  }

  private var names: Check {
    if !here.daemonNameServers.isEmpty {
      let list = here.daemonNameServers.joined(separator: ", ")
      return Check(
        "dns", .good, "containers ask the name servers of daemon.json: \(list)", "容器使用 daemon.json 里的域名服务器：\(list)")
    }
    let servers = here.nameServers
    let isOnlyLoopback = !servers.isEmpty && servers.allSatisfy { $0.hasPrefix("127.") || $0 == "::1" }
    if isOnlyLoopback, !here.hasResolvedList {
      return Check(
        "dns", .warning,
        "this machine's name server (\(servers.joined(separator: ", "))) is out of reach of containers: they ask 8.8.8.8",
        "容器无法访问本机的域名服务器（\(servers.joined(separator: "，"))），会改用 8.8.8.8",
        next: ["sudoedit /etc/docker/daemon.json   # {\"dns\": [\"192.0.2.53\"]}", "sudo systemctl restart docker"])
    }
    if servers.isEmpty {
      return Check("dns", .warning, "this machine names no name server", "本机没有配置域名服务器", next: ["cat /etc/resolv.conf"])
    }
    let list = servers.joined(separator: ", ")
    return Check("dns", .good, "name servers: \(list)", "域名服务器：\(list)")
  }

  private var security: [Check] {
    let options = here.info?.security ?? []
    var checks: [Check] = []
    if options.contains(where: { $0.contains("rootless") }) {
      checks.append(
        Check(
          "rootless", .good, "rootless: ports below 1024 cannot be published", "rootless 模式：不能发布 1024 以下的端口"))
    }
    if options.contains(where: { $0.contains("selinux") }) {
      checks.append(
        Check("selinux", .good, "SELinux is on: bind mounts need :z or :Z", "SELinux 已启用：绑定挂载需要 :z 或 :Z"))
    }
    return checks
  }

  private var warnings: [Check] {
    (here.info?.warnings ?? []).prefix(6).map { warning in
      let text = warning.hasPrefix("WARNING: ") ? String(warning.dropFirst(9)) : warning
      return Check("daemon", .warning, "the daemon says: \(text)", "守护进程提示：\(text)", next: ["docker info"])
    }
  }

  // MARK: Words

  /// The first number of a version.
  private static func number(_ version: String) -> Int? {
    Int(version.drop { $0 == "v" }.prefix { $0.isNumber })
  }

  private static func short(_ path: String, _ home: String) -> String {
    guard home.count > 1, let below = Path.relative(path, to: home) else { return path }
    return below == "." ? "~" : "~/" + below
  }

  static func size(_ bytes: Int) -> String {
    let gigabytes = Double(max(0, bytes)) / Double(1 << 30)
    return gigabytes < 10 ? "\((gigabytes * 10).rounded(.down) / 10) GiB" : "\(Int(gigabytes)) GiB"
  }

  /// An address without user and password.
  static func withoutUser(_ address: String) -> String {
    guard let scheme = address.firstRange(of: "://"), let sign = address[scheme.upperBound...].lastIndex(of: "@") else {
      return address
    }
    return String(address[..<scheme.upperBound]) + String(address[address.index(after: sign)...])
  }
}

import Fixes
import Knowledge

/// The sentences of a proof, in every language.
enum Saying {
  // MARK: While it runs

  static let asItIs = LocalizedText(en: "As it is:", zh: "原样运行：")
  static let cleaning = LocalizedText(en: "Removing what was made.", zh: "正在清除运行中创建的内容。")

  static func withTheFix(_ fix: Fix?) -> LocalizedText {
    guard let title = fix?.title else { return LocalizedText(en: "As it was mended:", zh: "修改后：") }
    return LocalizedText(en: "With the fix “\(title.en)”:", zh: "应用修复“\(title.zh)”：")
  }

  static func watching(_ seconds: Double) -> LocalizedText {
    let time = seconds.rounded() == seconds ? String(Int(seconds)) : Self.seconds(seconds)
    return LocalizedText(en: "Watching it for up to \(time) s.", zh: "最多观察 \(time) 秒。")
  }

  // MARK: What was seen

  static let notSeenInRuns = LocalizedText(en: "a run does not show it", zh: "运行中看不出来")
  static let nothingBuilt = LocalizedText(en: "nothing is built", zh: "没有需要构建的内容")
  static let nothingStarted = LocalizedText(en: "nothing was started", zh: "没有启动任何容器")
  static let nothingPublished = LocalizedText(
    en: "no port is published on the host", zh: "没有任何端口发布到宿主机")
  static let named = LocalizedText(en: "its output names the cause", zh: "它的输出指明了这个原因")

  static func failed(_ build: RunRecord.Build) -> LocalizedText {
    let time = seconds(build.seconds)
    switch build.ending {
    case .failed(let status):
      return LocalizedText(
        en: "the build of \(build.service) failed with status \(status) after \(time) s",
        zh: "\(build.service) 的构建在 \(time) 秒后失败，退出码 \(status)")
    case .timedOut, .made:
      return LocalizedText(
        en: "the build of \(build.service) was not done after \(time) s", zh: "\(build.service) 的构建 \(time) 秒后仍未完成")
    }
  }

  static func built(_ build: RunRecord.Build) -> LocalizedText {
    LocalizedText(
      en: "\(build.service) was built in \(seconds(build.seconds)) s",
      zh: "\(build.service) 在 \(seconds(build.seconds)) 秒内构建完成")
  }

  static func notStarted(_ service: String, _ words: String) -> LocalizedText {
    let line = words.split(whereSeparator: \.isNewline).first.map(String.init) ?? words
    return LocalizedText(en: "\(service) could not be started: \(line)", zh: "\(service) 无法启动：\(line)")
  }

  static func notReached(_ service: String, _ dependency: String) -> LocalizedText {
    LocalizedText(
      en: "\(service) was not started, for \(dependency) did not become ready",
      zh: "\(service) 没有启动，因为 \(dependency) 一直没有就绪")
  }

  static func ended(_ container: RunRecord.Container, status: Int, outOfMemory: Bool) -> LocalizedText {
    let time = seconds(max(container.seconds, 0.1))
    return LocalizedText(
      en: "\(container.service) ended with status \(status) within \(time) s\(outOfMemory ? ", out of memory" : "")",
      zh: "\(container.service) 在 \(time) 秒内结束，退出码 \(status)\(outOfMemory ? "，内存不足" : "")")
  }

  static func runs(_ container: RunRecord.Container) -> LocalizedText {
    LocalizedText(
      en: "\(container.service) still ran after \(seconds(container.seconds)) s",
      zh: "\(container.service) 在 \(seconds(container.seconds)) 秒后仍在运行")
  }

  static func silent(_ port: RunRecord.Port) -> LocalizedText {
    let time = seconds(port.seconds)
    guard port.host != nil else {
      return LocalizedText(
        en: "port \(port.container) is not published on the host", zh: "端口 \(port.container) 没有发布到宿主机")
    }
    if port.answer == .empty {
      return LocalizedText(
        en: "port \(port.container) took connections and closed them without a byte for \(time) s",
        zh: "端口 \(port.container) 在 \(time) 秒内只接受连接又立即关闭，没有返回任何内容")
    }
    return LocalizedText(
      en: "port \(port.container) refused connections for \(time) s", zh: "端口 \(port.container) 在 \(time) 秒内一直拒绝连接")
  }

  static func answers(_ port: RunRecord.Port) -> LocalizedText {
    LocalizedText(
      en: "port \(port.container) answered after \(seconds(port.seconds)) s",
      zh: "端口 \(port.container) 在 \(seconds(port.seconds)) 秒后有了应答")
  }

  static func stopped(_ service: String, _ stop: RunRecord.Stop) -> LocalizedText {
    let time = seconds(stop.seconds)
    return LocalizedText(
      en: "told to stop, \(service) ended with status \(stop.status) after \(time) s"
        + (stop.request == .answered ? ", and the open request was answered" : ""),
      zh: "收到停止信号后，\(service) 在 \(time) 秒后结束，退出码 \(stop.status)"
        + (stop.request == .answered ? "，未完成的请求得到了应答" : ""))
  }

  static func cut(_ service: String, _ stop: RunRecord.Stop) -> LocalizedText {
    LocalizedText(
      en: "told to stop, \(service) ended with status \(stop.status) and cut off the open request",
      zh: "收到停止信号后，\(service) 以退出码 \(stop.status) 结束，未完成的请求被中断")
  }

  static func healthy(_ service: String, _ health: RunRecord.Health) -> LocalizedText {
    LocalizedText(
      en: "the health check of \(service) passed after \(seconds(health.seconds)) s",
      zh: "\(service) 的健康检查在 \(seconds(health.seconds)) 秒后通过")
  }

  static func unhealthy(_ service: String, _ health: RunRecord.Health) -> LocalizedText {
    LocalizedText(
      en: "the health check of \(service) failed for \(seconds(health.seconds)) s",
      zh: "\(service) 的健康检查在 \(seconds(health.seconds)) 秒内一直失败")
  }

  /// With one digit behind the point.
  static func seconds(_ seconds: Double) -> String {
    let tenths = Int((min(max(seconds, 0), 1e9) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}

extension RunRecord.Interruption {
  var text: LocalizedText {
    switch self {
    case .cancelled: LocalizedText(en: "it was cut off", zh: "运行被中断")
    case .outOfTime: LocalizedText(en: "the time was over", zh: "时间用完了")
    case .engine(let words):
      LocalizedText(en: "the engine does not answer: \(words)", zh: "容器引擎没有应答：\(words)")
    case .refused(let words): LocalizedText(en: "the engine refused: \(words)", zh: "容器引擎拒绝了：\(words)")
    }
  }
}

extension RunPlan.Obstacle {
  var text: LocalizedText {
    switch self {
    case .nothingToRun:
      LocalizedText(en: "there is nothing here that an engine could run", zh: "这里没有容器引擎可以运行的内容")
    case .hostNetwork(let service):
      LocalizedText(
        en: "\(service) uses the network of the host, where nothing can be kept apart from what runs there",
        zh: "\(service) 使用宿主机的网络，无法与宿主机上正在运行的程序隔离")
    case .noImage(let service):
      LocalizedText(
        en: "\(service) has neither an image nor a build that can be read", zh: "\(service) 既没有可用的镜像，也没有可读的构建")
    }
  }
}

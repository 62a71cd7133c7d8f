import ComposeSyntax
import DockerfileSyntax
import SourceText

/// Writes down how the engine asks for a service's health, and whether it can.
struct HealthcheckFacts {
  let service: ServiceModel
  let compose: ComposeReading?
  let variables: [ServiceModel.Setting]
  let isPartial: Bool

  func add(to facts: inout FactStore) {
    let knows = service.compose?["healthcheck"] != nil || service.image?.isBaseKnown == true
    facts.declare("healthcheck", isPartial ? .open : knows ? .complete : .open, for: service.name)
    guard let check = ownCheck ?? imageCheck else { return }
    let probe = HealthProbe(check, lookup: value)
    let port = probe.port
    facts.add(
      "healthcheck",
      [
        "service": Cell(service.name), "by": Cell(check.isOwn ? "compose" : "image"),
        "form": Cell(check.isShell ? "shell" : "exec", check.place), "tool": Cell(probe.tool?.text, probe.tool?.place),
        "has-tool": Cell(hasTool(check, probe).map { $0 ? "yes" : "no" }, probe.tool?.place ?? check.place),
        "host": Cell(probe.host?.value, probe.host?.place), "port": Cell(port?.value, port?.place),
        "path": Cell(probe.path),
        "interval": Cell(Self.seconds(check.interval), check.intervalPlace),
        "timeout": Cell(Self.seconds(check.timeout)),
        "start-period": Cell(Self.seconds(check.startPeriod), check.startPeriodPlace),
        "retries": Cell(check.retries, check.retriesPlace),
        "patience": Cell(Self.seconds(Self.patience(check)), check.place),
        "disabled": Cell(check.isDisabled), "flaw": Cell(probe.flaw.rawValue, check.place),
        "written": Cell(
          check.isOwn ? nil : check.place.flatMap { place in service.plan.dockerfile?.text(place.range) }, check.place),
      ], at: check.place ?? service.place)
  }

  private func value(_ name: String) -> String? { variables.first { $0.name == name }?.value.value }

  /// How long a start may take, in nanoseconds; a time that does not fit is as good as for ever.
  private static func patience(_ check: HealthProbe.Check) -> Int64 {
    let (tries, isEndless) = Int64(check.retries).multipliedReportingOverflow(by: check.interval)
    let (sum, isTooLong) = check.startPeriod.addingReportingOverflow(tries)
    return isEndless || isTooLong ? .max : sum
  }

  /// Nanoseconds as seconds, in whole milliseconds.
  private static func seconds(_ nanoseconds: Int64) -> String {
    let milliseconds = nanoseconds / 1_000_000
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
  }

  // MARK: The check that counts

  private var ownCheck: HealthProbe.Check? {
    guard let own = service.compose?.healthcheck else { return nil }
    let base = imageCheck
    guard let test = own.test, let kind = test.words.first else {
      guard own.isDisabled || base != nil else { return nil }
      var check = base ?? HealthProbe.Check()
      check.isDisabled = check.isDisabled || own.isDisabled
      return timed(check, own)
    }
    var check = HealthProbe.Check()
    check.isOwn = true
    check.isDisabled = own.isDisabled
    check.isShell = kind.value == "CMD-SHELL"
    check.words = test.words.dropFirst().map { HealthProbe.Word(text: $0.value, place: compose?.place($0.place)) }
    check.place = compose?.place(own.value["test"]?.place)
    return timed(check, own)
  }

  private func timed(_ check: HealthProbe.Check, _ own: ComposeHealthcheck) -> HealthProbe.Check {
    var check = check
    if let interval = own.interval {
      check.interval = Int64(interval.value); check.intervalPlace = compose?.place(interval.place)
    }
    if let timeout = own.timeout { check.timeout = Int64(timeout.value) }
    if let period = own.startPeriod {
      check.startPeriod = Int64(period.value); check.startPeriodPlace = compose?.place(period.place)
    }
    if let retries = own.retries { check.retries = retries.value; check.retriesPlace = compose?.place(retries.place) }
    return check
  }

  private var imageCheck: HealthProbe.Check? {
    guard let setting = service.image?.healthcheck, let kind = setting.value.test.first else { return nil }
    var check = HealthProbe.Check()
    check.isDisabled = kind == "NONE"
    check.isShell = kind == "CMD-SHELL"
    check.interval = setting.value.interval ?? check.interval
    check.timeout = setting.value.timeout ?? check.timeout
    check.startPeriod = setting.value.startPeriod ?? 0
    check.retries = setting.value.retries ?? check.retries
    let place = setting.range.flatMap(service.plan.place)
    check.place = place
    check.words = setting.value.test.dropFirst().map { HealthProbe.Word(text: $0, place: place) }
    // The words with their own places, where they stand in the Dockerfile.
    if let index = setting.instruction, service.plan.dockerfile != nil,
      service.plan.syntax.instructions.indices.contains(index),
      case .healthcheck(let written) = service.plan.syntax.instructions[index].content, let command = written.command
    {
      let instruction = service.plan.syntax.instructions[index]
      func place(of flag: String) -> Place? {
        instruction.flags(named: flag).first.flatMap { service.plan.place($0.valueRange) }
      }
      check.intervalPlace = place(of: "interval")
      check.startPeriodPlace = place(of: "start-period")
      check.retriesPlace = place(of: "retries")
      if command.form == .exec {
        check.words = command.words.map {
          HealthProbe.Word(text: $0.text, place: service.plan.place($0.inner(of: service.plan.syntax)))
        }
      } else {
        check.script = service.plan.build.evaluations.lazy.compactMap { $0.step(at: index) }.first?.script
        check.scriptPlace = service.plan.place
      }
    }
    return check
  }

  // MARK: Tools

  /// Whether the container has what the check calls; nil where that cannot be said.
  private func hasTool(_ check: HealthProbe.Check, _ probe: HealthProbe) -> Bool? {
    guard let stage = service.stage, let base = stage.base else { return nil }
    if check.isShell, base["shell"] == "none" { return stage.files["/bin/sh"] != nil }
    guard let tool = probe.tool?.text, !tool.isEmpty else { return nil }
    if tool.contains("/") { return stage.files[Path.clean(tool)] != nil ? true : nil }
    let folders = ["/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin"]
    if base["distribution"] == "alpine", ["wget", "nc", "sh", "nslookup", "netstat"].contains(tool) { return true }
    if stage.has(tool) || folders.contains(where: { stage.files[$0 + "/" + tool] != nil }) { return true }
    let packages = Self.packages[tool] ?? []
    if stage.packages.contains(where: { package in packages.contains { package.name.hasPrefix($0) } }) { return true }
    // Where the distribution differs by tag and year, so do the tools that it brings.
    guard Self.tools.contains(tool), stage.isUnderstood, base.values["programs"] != nil, base["distribution"] != "linux"
    else { return nil }
    return false
  }

  /// Programs that images are without, so that it matters whether one has them.
  private static let tools: Set<String> = [
    "curl", "wget", "nc", "ncat", "netcat", "telnet", "pg_isready", "mysqladmin", "redis-cli", "mongosh", "mongo", "jq",
    "python", "python3", "node", "php", "ruby", "dig", "nslookup", "http", "grpc_health_probe", "ss", "netstat", "lsof",
  ]

  /// The packages that bring a program whose name is not theirs, by their beginnings.
  private static let packages = [
    "nc": ["netcat", "nmap-ncat", "ncat", "busybox"], "netcat": ["netcat"], "ncat": ["ncat", "nmap"],
    "pg_isready": ["postgresql"],
    "mysqladmin": ["mysql", "mariadb", "default-mysql"], "redis-cli": ["redis"], "python": ["python"],
    "python3": ["python"],
    "node": ["nodejs"], "dig": ["dnsutils", "bind"], "nslookup": ["dnsutils", "bind"], "ss": ["iproute2"],
    "netstat": ["net-tools"],
    "http": ["httpie"], "wget": ["wget", "busybox"], "php": ["php"],
  ]
}

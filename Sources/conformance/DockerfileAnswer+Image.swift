import DockerfileSyntax
import Foundation
import SourceText

extension DockerfileAnswer {
  /// The recorded builds had no arguments, and every base image was empty.
  var build: Build {
    var options = BuildOptions()
    options.platform = "linux/amd64"
    options.buildPlatform = "linux/amd64"
    options.baseImage = { _ in ImageConfiguration() }
    return Build(file, options)
  }

  var image: Any {
    if file.bytes.isEmpty { return failed("the Dockerfile cannot be empty", nil) }
    if let parse = parse as? [String: Any], let error = parse["error"] as? [String: Any] { return failed(error) }
    if let read = instructions as? [String: Any], let error = read["error"] as? [String: Any] { return failed(error) }
    let build = self.build
    if let problem = build.problems.first { return failed(problem.message, lines(of: problem, build)) }
    guard let target = build.target else { return failed("no target", nil) }
    return ["error": NSNull(), "config": configuration(build.image(of: target), hasCommand: hasCommand(build, target))]
      as [String: Any]
  }

  private func failed(_ message: String, _ lines: [Int]?) -> [String: Any] {
    failed(["message": message, "lines": lines as Any? ?? NSNull()])
  }

  private func failed(_ error: [String: Any]) -> [String: Any] { ["error": error, "config": NSNull()] }

  /// BuildKit gives no place to faults that it finds before it looks at the instructions one by one.
  private func lines(of problem: Problem, _ build: Build) -> [Int]? {
    let placeless = ["invalid stage index", "variable expansion is not supported", "dockerfile contains no stages"]
    if placeless.contains(where: { problem.message.hasPrefix($0) }) { return nil }
    guard let instruction = file.instructions.first(where: { $0.range.contains(problem.range.start) }) else {
      return nil
    }
    if instruction.keyword == .run, problem.message.hasPrefix("failed to parse stage name") { return nil }
    return [instruction.lines.lowerBound, instruction.lines.upperBound]
  }

  private func hasCommand(_ build: Build, _ target: Int) -> Bool {
    build.chain(of: target).contains { stage in
      build.evaluations[stage].steps.contains { $0.instruction.keyword == .cmd }
    }
  }

  private func configuration(_ image: Image, hasCommand: Bool) -> [String: Any] {
    var fields: [String: Any] = [:]
    func set(_ key: String, _ value: Any, _ isEmpty: Bool) { if !isEmpty { fields[key] = value } }
    let command = image.command?.value.words ?? []
    let entrypoint = image.entrypoint?.value.words ?? []
    let shell = image.shell?.value ?? []
    let user = image.user?.value.value ?? ""
    let directory = image.workingDirectory?.value.value ?? ""
    let signal = image.stopSignal?.value.value ?? ""
    let ports = image.exposedPorts.map { ($0.value, [String: Any]()) }
    let volumes = image.volumes.map { ($0.value.value ?? "", [String: Any]()) }
    set("Env", image.environment.map { "\($0.name)=\($0.value ?? "")" }, image.environment.isEmpty)
    set("Cmd", command, command.isEmpty)
    set("Entrypoint", entrypoint, entrypoint.isEmpty)
    set("Shell", shell, shell.isEmpty)
    set("User", user, user.isEmpty)
    set("WorkingDir", directory, directory.isEmpty)
    set("Volumes", Dictionary(volumes) { first, _ in first }, volumes.isEmpty)
    set("ExposedPorts", Dictionary(ports) { first, _ in first }, ports.isEmpty)
    set("Labels", image.labels.mapValues { $0.value.value ?? "" }, image.labels.isEmpty)
    set("StopSignal", signal, signal.isEmpty)
    set("OnBuild", image.onBuild.map(\.value), image.onBuild.isEmpty)
    set("ArgsEscaped", true, !hasCommand)
    if let check = image.healthcheck?.value { fields["Healthcheck"] = healthcheck(check) }
    return fields
  }

  private func healthcheck(_ check: HealthcheckSetting) -> [String: Any] {
    var fields: [String: Any] = ["Test": check.test]
    let times = [
      ("Interval", check.interval), ("Timeout", check.timeout), ("StartPeriod", check.startPeriod),
      ("StartInterval", check.startInterval),
    ]
    for (name, value) in times { if let value, value != 0 { fields[name] = value } }
    if let retries = check.retries, retries != 0 { fields["Retries"] = retries }
    return fields
  }
}

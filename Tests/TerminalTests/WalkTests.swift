import Foundation
import Testing

/// From a symptom to a fix that was applied and checked, in a real terminal, by keyboard alone.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed"), .serialized) struct WalkTests {
  /// Fewer keys than this take a person from the first screen to the cured files.
  private static let limit = 12

  /// The mission's symptoms, in the order of the first screen.
  private static let symptoms = ["exits-immediately", "port-unreachable", "module-download", "signal-handling"]

  // MARK: The built-in sample

  @Test(arguments: [
    ("exits-immediately", "en"), ("port-unreachable", "zh"), ("module-download", "en"), ("signal-handling", "en"),
  ]) func theSample(_ symptom: String, _ language: String) throws {
    let walk = try Walk(language: language)
    let keys = walk.mend(symptom, at: Self.symptoms.firstIndex(of: symptom) ?? 0, in: nil)
    #expect(keys < Self.limit)
    #expect(walk.isCured(of: symptom, "\(walk.state.path)/drydock/sample"))
  }

  // MARK: Projects

  /// Small projects of this repository, which have one cause each.
  @Test(arguments: [
    ("exits-immediately", "binary/libc-mismatch"), ("port-unreachable", "listening/listens-on-loopback"),
    ("module-download", "downloads/toolchain-too-old"), ("signal-handling", "signals/shell-form-pid1"),
  ]) func aSmallProject(_ symptom: String, _ cause: String) throws {
    try mend(symptom, Repository.root.appendingPathComponent("knowledge/causes/\(cause)/bad"))
  }

  /// Projects of people, where they lie beside the repository.
  @Test(arguments: [
    ("exits-immediately", "seed-1.1-alpine-image"), ("port-unreachable", "seed-3.3c-bind-address"),
    ("module-download", "seed-2.3-gopath"), ("signal-handling", "seed-2.2a-stop-time"),
  ]) func aProjectOfSomebody(_ symptom: String, _ name: String) throws {
    let folder = Repository.root.appendingPathComponent("../shared/cases/\(name)").standardizedFileURL
    guard FileManager.default.fileExists(atPath: folder.path) else { return }
    try mend(symptom, folder, without: ["case.yaml", "observed.txt"])
  }

  private func mend(_ symptom: String, _ source: URL, without others: [String] = []) throws {
    let walk = try Walk(language: "en")
    let project = walk.state.appendingPathComponent("project")
    try FileManager.default.copyItem(at: source, to: project)
    for name in others { try? FileManager.default.removeItem(at: project.appendingPathComponent(name)) }
    let keys = walk.mend(symptom, at: Self.symptoms.firstIndex(of: symptom) ?? 0, in: project.path)
    #expect(keys < Self.limit)
    #expect(walk.isCured(of: symptom, project.path))
  }
}

/// One walk in a terminal of its own, with a state folder of its own. Every key is counted.
private final class Walk {
  let state: URL
  private let terminal: Tmux
  private let language: String
  private var keys = 0

  init(language: String) throws {
    self.language = language
    state = FileManager.default.temporaryDirectory.appendingPathComponent("drydock-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: state.appendingPathComponent("empty"), withIntermediateDirectories: true)
    terminal = Tmux(environment: "LANG=C.UTF-8 XDG_STATE_HOME=\(state.path)")
  }

  deinit { try? FileManager.default.removeItem(at: state) }

  private func press(_ key: String) {
    keys += 1
    terminal.press(key)
  }

  private func words(_ english: String, _ chinese: String) -> String { language == "en" ? english : chinese }

  /// The keys that it took, in all.
  func mend(_ symptom: String, at place: Int, in project: String?) -> Int {
    let folder = project.map { "'\($0)'" } ?? ""
    terminal.run("cd '\(state.path)/empty'; clear; '\(Repository.drydock)' session --language \(language) \(folder)")
    // The signs of what was found stand beside the symptoms as soon as the files were read.
    #expect(terminal.shows(words("What do you see?", "你看到了什么问题？")))
    for _ in 0..<place { press("Down") }
    press("Enter")
    #expect(terminal.shows(words("Fix 1/", "修复 1/")))
    press("Enter")
    #expect(terminal.shows(words("Checked on a copy", "已在副本上验证")))
    press("a")
    #expect(terminal.shows(words("Fixed in the files", "文件已修复"), or: words("y yes", "y 是")))
    if !terminal.screen.contains(words("Fixed in the files", "文件已修复")) { press("y") }
    #expect(terminal.shows(words("Fixed in the files", "文件已修复")), "\(symptom): \(terminal.screen)")
    press("q")
    return keys
  }

  /// Whether a report finds nothing more that is proven.
  func isCured(of symptom: String, _ project: String) -> Bool {
    terminal.waitForShell()
    terminal.run("clear; '\(Repository.drydock)' report --symptom \(symptom) '\(project)' >/dev/null; echo status $?")
    return terminal.shows("status 0")
  }
}

/// Where the sources of this package lie, and what was built of them.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
    .standardizedFileURL

  static var drydock: String {
    URL(fileURLWithPath: Tmux.demo).deletingLastPathComponent().appendingPathComponent("drydock").path
  }
}

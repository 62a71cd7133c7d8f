import Foundation

/// A terminal of its own in tmux, with a shell in it.
final class Tmux {
  private let socket = "drydock-\(UUID().uuidString.prefix(8))"

  static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")

  /// The demo beside the tests' own binary.
  static var demo: String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("terminal-demo").path
  }

  init(columns: Int = 80, rows: Int = 24, environment: String = "LANG=C.UTF-8") {
    let shell = "env -u LC_ALL SWIFT_BACKTRACE=enable=no PS1='$ ' \(environment) sh"
    tmux("new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", shell)
  }

  deinit { tmux("kill-server") }

  var screen: String { tmux("capture-pane", "-p") }

  /// The screen and what scrolled away above it.
  var history: String { tmux("capture-pane", "-p", "-S", "-500") }

  /// The screen with its escape sequences for colours.
  var attributes: String { tmux("capture-pane", "-p", "-e") }

  func type(_ text: String) { tmux("send-keys", "-l", text) }
  func press(_ key: String) { tmux("send-keys", key) }
  func resize(_ columns: Int, _ rows: Int) {
    tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  func paste(_ text: String) {
    tmux("set-buffer", text)
    tmux("paste-buffer", "-p")
  }

  /// The bytes that a terminal would send.
  func send(bytes text: String) {
    tmux(["send-keys", "-H"] + text.utf8.map { String($0, radix: 16) })
  }

  func run(_ command: String) {
    type(command)
    press("Enter")
  }

  /// The process that runs in the foreground of this terminal.
  var foreground: pid_t? {
    guard
      let shell = pid_t(tmux("display-message", "-p", "#{pane_pid}").trimmingCharacters(in: .whitespacesAndNewlines))
    else { return nil }
    let children = try? String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    return children?.split(separator: " ").last.flatMap { pid_t($0) }
  }

  /// Sends a signal to the program that the shell runs, and waits until it has ended.
  func kill(_ signal: Int32) -> Bool {
    guard let process = foreground, Foundation.kill(process, signal) == 0 else { return false }
    for _ in 0..<200 {
      if foreground != process { return true }
      usleep(50_000)
    }
    return false
  }

  func close() { tmux("kill-pane") }

  /// Waits until the screen shows one of the texts; false after half a minute.
  func shows(_ text: String, or other: String? = nil) -> Bool {
    for _ in 0..<600 {
      let screen = screen
      if screen.contains(text) || other.map(screen.contains) ?? false { return true }
      usleep(50_000)
    }
    return false
  }

  /// Waits until the shell reads the terminal: keys that are pressed before reach the program that is about to end.
  @discardableResult func waitForShell() -> Bool {
    for _ in 0..<600 {
      let owner = tmux("display-message", "-p", "#{pane_pid}").trimmingCharacters(in: .whitespacesAndNewlines)
      let status = (try? String(contentsOfFile: "/proc/\(owner)/stat", encoding: .utf8)) ?? ""
      // After the name in parentheses: state, parent, group, session, terminal, the group in the foreground.
      let fields = status[(status.lastIndex(of: ")") ?? status.startIndex)...].split(separator: " ")
      if fields.count > 6, fields[3] == fields[6] { return true }
      usleep(20_000)
    }
    return false
  }

  /// Whether the shell's terminal is in its usual state again.
  var isSane: Bool {
    guard waitForShell() else { return false }
    run("clear; stty -a | grep -q ' echo ' && stty -a | grep -q ' icanon ' && echo sa''ne")
    return shows("sane")
  }

  @discardableResult private func tmux(_ arguments: String...) -> String { tmux(arguments) }

  /// With `popen`: Foundation's `Process` waits for tmux's server too, which goes on.
  @discardableResult private func tmux(_ arguments: [String]) -> String {
    let words = ["-L", socket, "-f", "/dev/null"] + arguments
    let quoted = words.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(separator: " ")
    guard let pipe = popen("LANG=C.UTF-8 tmux \(quoted) 2>/dev/null", "r") else { return "" }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import CursesTerminal
import TerminalSample
import TerminalUI

#if canImport(Glibc)
  @preconcurrency import Glibc
#else
  import Darwin
#endif

/// The session on sample data, for the tests of a real terminal. Not part of the product.
///
/// What it takes besides the session's keys: `!` crashes, `>` writes to standard error, `E` starts an editor, `&` a probe.
@main struct Demo {
  static func main() {
    let language: Language = CommandLine.arguments.contains("zh") ? .chinese : .english
    do {
      let terminal = try Terminal(colours: !CommandLine.arguments.contains("--plain"))
      run(terminal, language)
      terminal.close()
      print("The end.")
    } catch {
      print("No session: \(error)")
    }
  }

  private static func run(_ terminal: Terminal, _ language: Language) {
    let look = Look(size: terminal.size, language: language, glyphs: terminal.isUnicode ? .unicode : .ascii)
    var state = SessionState(model: Sample(language).start, look: look)
    var probe: UnsafeMutablePointer<FILE>?
    while true {
      terminal.draw(state.canvas)
      switch terminal.wait(for: probe.map { [fileno($0)] } ?? []) {
      case .event(let event):
        if event == .key(.character("!")) { crash([]) }
        if event == .key(.character(">")) { fputs("held back\n", stderr) }
        if event == .key(.character("E")) { edit(terminal) }
        if event == .key(.character("&")) { probe = popen("sleep 0.2; echo 42", "r") }
        if event == .key(.control("l")) { terminal.redraw() }
        let (next, effects) = update(state, event)
        state = next
        for effect in effects {
          guard perform(effect, terminal, &state) else { return }
        }
      case .closed: return
      case .ready:
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = probe.map { fread(&buffer, 1, buffer.count, $0) } ?? 0
        probe.map { _ = pclose($0) }
        probe = nil
        let text = "the probe said \(String(decoding: buffer[..<count], as: UTF8.self).prefix(2))"
        state = update(state, .message(Message(.good, text))).state
      case .timeout: break
      }
    }
  }

  /// false ends the session.
  private static func perform(_ effect: Effect, _ terminal: Terminal, _ state: inout SessionState) -> Bool {
    let sample = Sample(state.look.language)
    func show(_ model: SessionModel) { state = update(state, .model(model)).state }
    switch effect {
    case .investigate: show(sample.asking)
    case .answer: show(sample.concluded)
    case .inspectPasted: show(sample.puzzled)
    case .loadKnowledge: show(sample.concluded)
    case .startLesson, .resetLesson: show(sample.learning)
    case .translate: show(state.model.investigation == nil ? sample.start : sample.concluded)
    case .copy(let text): _ = terminal.copy(text)
    case .suspend: terminal.suspend()
    case .quit: return false
    default: state = update(state, .message(Message(.note, "\(effect)"))).state
    }
    return true
  }

  private static func edit(_ terminal: Terminal) {
    terminal.handOver {
      print("The editor.")
      _ = readLine()
    }
  }

  private static func crash(_ numbers: [Int]) { print(numbers[numbers.count]) }
}

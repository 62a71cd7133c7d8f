import CNcurses

/// Brings the terminal back to what it was on every way out: a normal end, `exit`, a signal, a crash.
///
/// The only file that touches the state in the shim: see there.
struct Rescue {
  /// Call before curses opens the terminal.
  ///
  /// Throws: when standard input is no terminal.
  static func remember() throws(TerminalError) {
    guard drydock_rescue_save() == 0 else { throw .noTerminal }
  }

  /// Call after curses opened the terminal. `capabilities` are looked up now, for a signal handler may not.
  static func arm() {
    let names = ["cnorm", "rmkx", "sgr0", "rmcup"]
    var bytes: [CChar] = []
    for text in [MouseMode.off, PasteMode.off] { bytes += text.utf8.map { CChar(bitPattern: $0) } }
    for name in names {
      guard let capability = drydock_capability(name) else { continue }
      bytes += UnsafeBufferPointer(start: capability, count: strlen(capability))
    }
    drydock_rescue_arm(bytes, bytes.count)
    drydock_rescue_hold_errors()
    drydock_rescue_install()
  }

  /// Call after curses closed the terminal. What was written to standard error meanwhile is printed now.
  static func disarm() {
    drydock_rescue_disarm()
    drydock_rescue_mode()
    drydock_rescue_uninstall()
    drydock_rescue_release_errors()
  }
}

/// Text that is pasted arrives between two marks, so that its line breaks are no Enter keys.
/// Source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html ("Bracketed Paste Mode")
enum PasteMode {
  static let on = "\u{1B}[?2004h"
  static let off = "\u{1B}[?2004l"
  static let start = "\u{1B}[200~"
  static let end = "\u{1B}[201~"
}

enum MouseMode {
  static let off = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"
}

import CNcurses
import StyledText
import TerminalUI

/// The terminal of this process, as long as a session is on the screen. Not more than one may be open, on one thread.
public final class Terminal {
  /// Whether characters beyond ASCII can be written.
  public let isUnicode: Bool
  private let palette: Palette
  private let screen: OpaquePointer
  private var shown: Canvas?
  private var isOpen = false
  private var reader: KeyReader

  /// Opens the terminal, in its alternate screen. `close` gives it back, and so does every other end of the process.
  ///
  /// Throws: `TerminalError` when standard input and output are no terminal that can be drawn on; nothing was changed then.
  public init(colours: Bool = true, mouse: Bool = true) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .noTerminal }
    let term = getenv("TERM").map { String(cString: $0) } ?? ""
    guard !term.isEmpty, term != "dumb" else { throw .unsuitable(term: term) }
    isUnicode = Self.useUnicodeLocale()
    try Rescue.remember()
    // The size is that of the window, not what a shell once exported.
    unsetenv("LINES")
    unsetenv("COLUMNS")
    guard let screen = drydock_open() else { throw .unsuitable(term: term) }
    guard drydock_capability("cup") != nil else {
      endwin()
      delscreen(screen)
      throw .unsuitable(term: term)
    }
    self.screen = screen
    palette = colours ? Self.makePalette() : .none
    reader = KeyReader(hasMouse: mouse)
    raw()
    noecho()
    nonl()
    keypad(drydock_window(), true)
    nodelay(drydock_window(), true)
    leaveok(drydock_window(), false)
    set_escdelay(25)
    _ = curs_set(0)
    enter()
  }

  deinit {
    close()
    delscreen(screen)
  }

  /// Columns and rows now.
  public var size: Size { Size(Int(getmaxx(drydock_window())), Int(getmaxy(drydock_window()))) }

  /// Gives the terminal back. Standard error that was written meanwhile is printed now.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    write(PasteMode.off)
    endwin()
    Rescue.disarm()
  }

  /// Gives the terminal to somebody else, such as an editor, for as long as `body` runs.
  public func handOver<Result>(_ body: () -> Result) -> Result {
    close()
    defer { enter() }
    return body()
  }

  /// Stops this process as Ctrl-Z does in a shell; returns when it is continued.
  public func suspend() {
    handOver { drydock_stop() }
  }

  /// Puts a text on the clipboard of the person's own computer, if their terminal allows it (OSC 52).
  ///
  /// Returns: false when the text is longer than what terminals take.
  /// Source: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html ("Manipulate Selection Data")
  public func copy(_ text: String) -> Bool {
    let encoded = Base64.encode(Array(text.utf8))
    guard encoded.count <= 74_994 else { return false }
    write("\u{1B}]52;c;\(encoded)\u{07}")
    return true
  }

  /// Waits for a key, a change of size, or input on one of the descriptors.
  ///
  /// - Parameters:
  ///   - descriptors: at most 63.
  ///   - timeout: in milliseconds; nil waits for as long as it takes.
  public func wait(for descriptors: [Int32] = [], timeout: Int? = nil) -> Input {
    reader.next(descriptors: descriptors, timeout: timeout) { self.size }
  }

  /// Draws what changed since the last call.
  public func draw(_ canvas: Canvas) {
    let window = drydock_window()
    let old = shown?.size == canvas.size ? shown : nil
    if old == nil { werase(window) }
    for y in 0..<min(canvas.size.height, size.height) where old?.rows[y] != canvas.rows[y] {
      draw(canvas.rows[y], at: Int32(y))
    }
    wnoutrefresh(window)
    doupdate()
    shown = canvas
  }

  /// Draws everything anew at the next `draw`, whatever else was written over it.
  public func redraw() {
    shown = nil
    clearok(drydock_window(), true)
  }

  private func draw(_ row: [Cell], at y: Int32) {
    let window = drydock_window()
    wmove(window, y, 0)
    var start = row.startIndex
    while start < row.endIndex {
      let role = row[start].role
      var text = ""
      var end = start
      while end < row.endIndex, row[end].role == role {
        text += isUnicode || row[end].text.utf8.allSatisfy { $0 < 0x80 } ? row[end].text : plain(row[end])
        end += 1
      }
      wattrset(window, attributes(palette.appearance(of: role)))
      waddnstr(window, text, Int32(text.utf8.count))
      start = end
    }
    wattrset(window, 0)
  }

  private func plain(_ cell: Cell) -> String { String(repeating: "?", count: cell.width) }

  private func attributes(_ appearance: Appearance) -> Int32 {
    var attributes: Int32 = 0
    if appearance.bold { attributes |= drydock_bold }
    if appearance.dim { attributes |= drydock_dim }
    if appearance.underline { attributes |= drydock_underline }
    if let colour = appearance.colour, let pair = palette.pair(of: colour) { attributes |= drydock_pair(Int32(pair)) }
    return attributes
  }

  private func enter() {
    isOpen = true
    refresh()
    if reader.hasMouse { drydock_mouse_on() }
    write(PasteMode.on)
    Rescue.arm()
    redraw()
  }

  private func write(_ text: String) {
    drydock_write(text, text.utf8.count)
  }

  /// curses writes what the locale can say.
  private static func useUnicodeLocale() -> Bool {
    func isUnicode() -> Bool { String(cString: drydock_codeset()) == "UTF-8" }
    setlocale(LC_ALL, "")
    if isUnicode() { return true }
    for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUnicode() {
      return true
    }
    return false
  }

  private static func makePalette() -> Palette {
    guard has_colors() else { return .none }
    start_color()
    use_default_colors()
    guard drydock_colours() >= 8 else { return .none }
    let palette: Palette = drydock_colours() >= 256 ? .colours256 : .colours8
    for (index, colour) in palette.colours.enumerated() where index + 1 < drydock_open_pairs() {
      init_pair(Int16(index + 1), Int16(colour), -1)
    }
    return palette
  }
}

extension Palette {
  /// The colours of all roles, each once.
  fileprivate var colours: [Int] { Set(Role.allCases.compactMap { appearance(of: $0).colour }).sorted() }

  fileprivate func pair(of colour: Int) -> Int? { colours.firstIndex(of: colour).map { $0 + 1 } }
}

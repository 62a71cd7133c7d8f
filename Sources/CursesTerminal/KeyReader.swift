import CNcurses
import TerminalUI

/// What `Terminal.wait` came back with.
public enum Input: Hashable, Sendable {
  case event(Event)
  /// There is something to read on this descriptor, or its other end is closed.
  case ready(Int32)
  case timeout
  /// The terminal is gone.
  case closed
}

/// Turns what curses reads into events: keys, Han characters of several bytes, pasted text, the mouse.
struct KeyReader {
  let hasMouse: Bool
  /// Codes of our own for the marks around pasted text, above all that curses defines.
  private let pasteStart: Int32 = 0x2000
  private let pasteEnd: Int32 = 0x2001
  /// A resize between two looks is seen after this time at the latest, in milliseconds.
  private let longestWait = 1000

  init(hasMouse: Bool) {
    self.hasMouse = hasMouse
    define_key(PasteMode.start, pasteStart)
    define_key(PasteMode.end, pasteEnd)
  }

  mutating func next(descriptors: [Int32], timeout: Int?, size: () -> Size) -> Input {
    var left = timeout
    while true {
      if let event = readEvent(size) { return .event(event) }
      if let left, left <= 0 { return .timeout }
      let step = min(left ?? longestWait, longestWait)
      switch poll(descriptors, step) {
      case .terminal: if let event = readEvent(size) { return .event(event) } else { continue }
      case .hangUp: return .closed
      case .descriptor(let descriptor): return .ready(descriptor)
      case .nothing: left = left.map { $0 - step }
      }
    }
  }

  private enum Polled { case terminal, hangUp, descriptor(Int32), nothing }

  private func poll(_ descriptors: [Int32], _ timeout: Int) -> Polled {
    let list = [STDIN_FILENO] + descriptors
    switch drydock_wait(list, Int32(list.count), Int32(timeout)) {
    case 0: return .terminal
    case DRYDOCK_NOTHING: return .nothing
    case DRYDOCK_CLOSED: return .hangUp
    case let index: return list.indices.contains(Int(index)) ? .descriptor(list[Int(index)]) : .nothing
    }
  }

  private func readEvent(_ size: () -> Size) -> Event? {
    while true {
      let code = wgetch(drydock_window())
      switch code {
      case ERR: return nil
      case KEY_RESIZE: return .resize(size())
      case KEY_MOUSE: if let event = mouse() { return event }
      case pasteStart: return .paste(pasted())
      case pasteEnd: continue
      case 0..<256: if let key = key(byte: UInt8(code)) { return .key(key) }
      default: if let key = Self.keys[code] { return .key(key) }
      }
    }
  }

  private func mouse() -> Event? {
    var x: Int32 = 0
    var y: Int32 = 0
    switch drydock_mouse(&x, &y) {
    case 1: return .click(x: Int(x), y: Int(y))
    case 2: return .wheel(-1)
    case 3: return .wheel(1)
    default: return nil
    }
  }

  private func key(byte: UInt8) -> Key? {
    switch byte {
    case 0x0A, 0x0D: return .enter
    case 0x09: return .tab
    case 0x1B: return .escape
    case 0x08, 0x7F: return .backspace
    case 0x01...0x1A: return .control(Character(Unicode.Scalar(byte + 0x60)))
    case 0x20..<0x7F: return .character(Character(Unicode.Scalar(byte)))
    case 0xC2...0xF4: return rest(of: byte).map { .character($0) }
    default: return nil
    }
  }

  /// The other bytes of a character in UTF-8, which a terminal sends at once.
  private func rest(of first: UInt8) -> Character? {
    var bytes = [first]
    let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    while bytes.count < count {
      guard let next = nextByte(), next & 0xC0 == 0x80 else { return nil }
      bytes.append(next)
    }
    return String(decoding: bytes, as: UTF8.self).first
  }

  /// All up to the closing mark. A terminal that forgets it has a second between two pieces.
  private func pasted() -> String {
    var bytes: [UInt8] = []
    while true {
      let code = wgetch(drydock_window())
      switch code {
      case ERR: guard waitForMore(1000) else { return String(decoding: bytes, as: UTF8.self) }
      case pasteEnd: return String(decoding: bytes, as: UTF8.self)
      case 0..<256: bytes.append(UInt8(code))
      default: continue
      }
    }
  }

  private func nextByte() -> UInt8? {
    var code = wgetch(drydock_window())
    if code == ERR, waitForMore(100) { code = wgetch(drydock_window()) }
    return (0..<256).contains(code) ? UInt8(code) : nil
  }

  private func waitForMore(_ timeout: Int) -> Bool {
    if case .terminal = poll([], timeout) { true } else { false }
  }

  private static let keys: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home, KEY_END: .end,
    KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_ENTER: .enter, KEY_BACKSPACE: .backspace, KEY_DC: .delete,
    KEY_BTAB: .backTab,
  ]
}

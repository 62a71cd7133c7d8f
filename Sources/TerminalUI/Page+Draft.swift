extension Page.Draft {
  var isEmpty: Bool { text.allSatisfy(\.isWhitespace) && exitCode.isEmpty }

  /// The most that is kept of a paste, in bytes: more than any log that tells something.
  private static let limit = 4_000_000

  mutating func insert(_ more: String) {
    if isInExitCode {
      exitCode += more.filter { ("0"..."9").contains($0) }
      exitCode = String(exitCode.prefix(3))
    } else if text.utf8.count + more.utf8.count <= Self.limit {
      text += more
    }
  }

  /// Whether the key was one that writes.
  mutating func type(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .enter where !isInExitCode: insert("\n")
    case .enter: return false
    case .backspace where isInExitCode: exitCode = String(exitCode.dropLast())
    case .backspace: text = String(text.dropLast())
    case .up, .down: isInExitCode = key == .down
    default: return false
    }
    return true
  }
}

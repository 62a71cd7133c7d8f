/// Why there can be no session on this terminal; the caller falls back to plain output.
public enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is no terminal.
  case noTerminal
  /// TERM is empty, "dumb", unknown, or cannot move its cursor.
  case unsuitable(term: String)
}

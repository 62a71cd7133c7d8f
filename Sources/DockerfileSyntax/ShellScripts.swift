import Synchronization

/// What shells read in the instructions of a Dockerfile, taken apart once: many ask for the same commands.
final class ShellScripts: Sendable {
  private struct Key: Hashable {
    let instruction: ObjectIdentifier
    let shell: [String]
  }

  private struct Known {
    let instruction: Instruction
    let script: Shell.Script?
  }

  private struct State {
    var scripts: [Key: Known] = [:]
    /// Bytes of the instructions whose scripts are kept.
    var size = 0
  }

  private let state = Mutex(State())

  /// Scripts of more text than this are taken apart each time: a script takes a hundred times the memory of its text.
  private static let sizeLimit = 64 << 10

  func script(of instruction: Instruction, shell: [String], in file: Dockerfile) -> Shell.Script? {
    let key = Key(instruction: ObjectIdentifier(instruction), shell: shell)
    if let known = state.withLock({ $0.scripts[key] }) { return known.script }
    let script = instruction.shellText(shell: shell, file: file).map { Shell.Script($0) }
    state.withLock { state in
      let size = state.size + instruction.range.count
      guard size <= Self.sizeLimit else { return }
      state.size = size
      // Kept with its instruction, so that no other object gets its identity.
      state.scripts[key] = Known(instruction: instruction, script: script)
    }
    return script
  }
}

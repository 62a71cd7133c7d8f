import Inspection

/// Looks at files of a container without starting anything in it: `docker cp`.
struct ContainerFile {
  struct Program: Sendable {
    let path: String
    let file: ProgramFile
    let source: String
  }

  struct Owner: Sendable {
    let path: String
    let user: Int
    let group: Int
    let mode: Int
  }

  let docker: Docker
  let name: String

  /// What the main process was started from; nil when it is not found.
  func program(of state: ContainerState, _ isCancelled: () -> Bool) throws(EngineProblem) -> Program? {
    for path in Self.paths(state) {
      let arguments = ["cp", "--follow-link", "\(name):\(path)", "-"]
      guard let answer = try docker.answer(arguments, enough: ProgramFile.enough, isCancelled),
        let entry = ArchiveEntry(answer.bytes), entry.kind == UInt8(ascii: "0")
      else { continue }
      return Program(path: path, file: ProgramFile(entry.content), source: docker.shown(arguments))
    }
    return nil
  }

  /// Where the kernel would look for the main program.
  private static func paths(_ state: ContainerState) -> [String] {
    let program = state.path
    guard !program.isEmpty else { return [] }
    if program.hasPrefix("/") { return [program] }
    if program.contains("/") { return [Path.join(state.workingFolder.isEmpty ? "/" : state.workingFolder, program)] }
    let search =
      state.variables.last { $0.name == "PATH" }?.value
      ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return search.split(separator: ":").filter { $0.hasPrefix("/") }.prefix(8).map { Path.join(String($0), program) }
  }

  /// Who owns the folders that another user than root may want to write: the mounted ones, and the one it works in.
  func owners(of state: ContainerState, _ isCancelled: () -> Bool) throws(EngineProblem) -> [Owner] {
    let user = state.user.split(separator: ":").first.map(String.init) ?? ""
    guard !["", "root", "0"].contains(user) else { return [] }
    var owners: [Owner] = []
    var folders = state.mounts.filter(\.isWritable).prefix(4).map(\.target)
    let work = state.workingFolder
    if !["", "/"].contains(work), !folders.contains(work) { folders.append(work) }
    for folder in folders {
      guard let answer = try docker.answer(["cp", "\(name):\(folder)", "-"], enough: 512, isCancelled),
        let entry = ArchiveEntry(answer.bytes)
      else { continue }
      owners.append(Owner(path: folder, user: entry.user, group: entry.group, mode: entry.mode & 0o7777))
    }
    return owners
  }
}

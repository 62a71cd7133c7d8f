import Engine
import Fixes

/// Removes what a run has made: everything with its label, and what its journal names.
struct Cleaner {
  let client: EngineClient

  /// - Returns: what could not be removed, by name.
  func clean(_ journal: RunJournal) -> [String] {
    let filter = "label=" + journal.identity.label
    remove(client.lines(EngineCommand("ps", "--all", "--quiet", "--no-trunc", "--filter", filter))) {
      EngineCommand("rm", "--force", "--volumes", $0)
    }
    remove(client.lines(EngineCommand("network", "ls", "--quiet", "--filter", filter))) {
      EngineCommand("network", "rm", $0)
    }
    remove(client.lines(EngineCommand("volume", "ls", "--quiet", "--filter", filter))) {
      EngineCommand("volume", "rm", "--force", $0)
    }
    removeImages(journal, filter)
    for folder in journal.folders { WorkingFolder(existing: folder).remove() }
    let left = leftovers(journal, filter)
    if left.isEmpty { journal.remove() }
    return left
  }

  private func remove(_ names: [String], _ command: (String) -> EngineCommand) {
    for name in names { _ = client.ask(command(name), timeout: 30) }
  }

  /// Those with a name go first, and take those that they are made of along.
  private func removeImages(_ journal: RunJournal, _ filter: String) {
    remove(names(of: journal.identity)) { EngineCommand("rmi", "--force", $0) }
    remove(client.lines(EngineCommand("images", "--quiet", "--no-trunc", "--filter", filter))) {
      EngineCommand("rmi", "--force", $0)
    }
    for id in journal.images.reversed() {
      // What has a name by now belongs to somebody.
      let name = client.ask(EngineCommand("image", "inspect", "--format", "{{len .RepoTags}}", id))
      if name.succeeded, name.tail(1) == ["0"] { _ = client.ask(EngineCommand("rmi", id), timeout: 30) }
    }
    remove(journal.pulled) { EngineCommand("rmi", $0) }
  }

  private func names(of identity: RunIdentity) -> [String] {
    client.lines(EngineCommand("images", "--format", "{{.Repository}}:{{.Tag}}")).filter { name in
      name.hasPrefix(identity.repository + ":") || name.contains("/" + identity.repository + ":")
    }
  }

  private func leftovers(_ journal: RunJournal, _ filter: String) -> [String] {
    let containers = client.ask(EngineCommand("ps", "--all", "--filter", filter, "--format", "{{.Names}}"))
    guard containers.succeeded else { return [journal.identity.label] }
    return containers.lines
      + client.lines(EngineCommand("network", "ls", "--filter", filter, "--format", "{{.Name}}"))
      + client.lines(EngineCommand("volume", "ls", "--filter", filter, "--format", "{{.Name}}"))
      + names(of: journal.identity)
      + journal.folders.filter { WorkingFolder(existing: $0).isThere }
  }
}

import DockerfileSyntax
import SourceText

/// Whose the folders of a stage are, as far as its steps tell, and who may write where.
///
/// A folder that no step made belongs to root, as those of distributions do, but for a few that are open to everybody.
struct Ownership {
  struct Entry {
    var owner: String?
    /// Of the group and of others, where a step set it.
    var mode: Int?
    var isDirectory: Bool
    let order: Int
    let place: Place?
    /// Whether another builder would do otherwise.
    var isPresumed = false
  }

  /// What is known about writing to a path.
  struct Verdict {
    /// nil where it cannot be said.
    var isAllowed: Bool?
    var owner: String?
    /// The folder or file that decides.
    var path: String
    var place: Place?
    var isPresumed: Bool
  }

  private(set) var entries: [String: Entry] = [:]
  /// Whether steps were not understood, so that anything may have been given away.
  private(set) var isCertain = true
  private var homes: [String: String] = ["root": "/root"]
  private(set) var users: KnownUsers

  init(users: KnownUsers, base: ImageCatalog.Properties?, place: Place?) {
    self.users = users
    isCertain = base != nil
    entries.reserveCapacity(users.names.count + 32)
    for path in ["/tmp", "/var/tmp", "/dev/shm", "/run/lock"] { open(path, place) }
    for path in base?.words("open-folders") ?? [] { open(path, place) }
    for pair in base?.words("owned-folders") ?? [] {
      let parts = pair.split(separator: "=").map(String.init)
      if parts.count == 2 { set(parts[0], parts[1], order: -1, place) }
    }
    for name in users.names where name != "root" { set("/home/\(name)", name, order: -1, place, isPresumed: true) }
    for path in ["/root", "/etc", "/usr", "/var", "/opt", "/srv", "/bin", "/sbin", "/lib", "/home", "/"] {
      set(path, "root", order: -1, place)
    }
  }

  mutating func know(_ users: KnownUsers) { self.users = users }

  private mutating func open(_ path: String, _ place: Place?) {
    entries[path] = Entry(owner: "root", mode: 0o777, isDirectory: true, order: -1, place: place)
  }

  mutating func set(
    _ path: String, _ owner: String?, isDirectory: Bool = true, order: Int, _ place: Place?, isPresumed: Bool = false
  ) {
    entries[path] = Entry(
      owner: owner, mode: nil, isDirectory: isDirectory, order: order, place: place, isPresumed: isPresumed)
  }

  mutating func giveUp() { isCertain = false }

  /// Makes a folder with its parents, where they are not there yet.
  mutating func makeFolder(
    _ path: String, _ owner: String?, order: Int, _ place: Place?, mode: Int? = nil, isPresumed: Bool = false
  ) {
    var missing: [String] = []
    var folder = path
    while folder != "/", entries[folder] == nil {
      missing.append(folder)
      folder = Path.parent(folder)
    }
    for one in missing.reversed() { set(one, owner, order: order, place, isPresumed: isPresumed) }
    if let mode { entries[path]?.mode = mode }
  }

  mutating func chown(_ path: String, _ owner: String?, isDeep: Bool, order: Int, _ place: Place?) {
    let isDirectory = entries[path]?.isDirectory ?? true
    entries[path] = Entry(
      owner: owner, mode: entries[path]?.mode, isDirectory: isDirectory, order: order, place: place)
    guard isDeep else { return }
    for key in entries.keys where Path.relative(key, to: path) != nil { entries[key]?.owner = owner }
  }

  mutating func chmod(_ path: String, _ mode: Int, isDeep: Bool, order: Int) {
    if entries[path] == nil {
      entries[path] = Entry(owner: nil, mode: nil, isDirectory: true, order: order, place: nil)
    }
    for key in entries.keys where key == path || isDeep && Path.relative(key, to: path) != nil {
      let before = entries[key]?.mode ?? 0
      entries[key]?.mode = before | mode
    }
  }

  // MARK: Asking

  /// Whether a user may make or change what a path names.
  func verdict(_ path: String, user: String, group: String = "") -> Verdict {
    var folder = Path.clean(path)
    while folder != "/", entries[folder] == nil { folder = Path.parent(folder) }
    guard let entry = entries[folder] else {
      return Verdict(isAllowed: nil, owner: nil, path: folder, place: nil, isPresumed: true)
    }
    var verdict = Verdict(
      isAllowed: nil, owner: entry.owner, path: folder, place: entry.place,
      isPresumed: entry.isPresumed || !isCertain)
    let mode = entry.mode ?? 0
    if users.isSame(user, "root") || mode & 0o002 != 0 {
      verdict.isAllowed = true
    } else if let owner = entry.owner {
      if users.isSame(owner, user) { verdict.isAllowed = true } else if mode & 0o020 == 0 { verdict.isAllowed = false }
    }
    return verdict
  }

  func home(of user: String) -> String? { homes[user] ?? (users.names.contains(user) ? "/home/\(user)" : nil) }

  mutating func setHome(_ path: String, of user: String) { homes[user] = path }
}

/// The accounts that a stage has: those of its base image and those that steps add.
struct KnownUsers {
  /// Numbers by name.
  private(set) var numbers: [String: Int] = ["root": 0]
  private(set) var names: Set<String> = ["root"]
  private(set) var groups: Set<String> = ["root"]
  /// Whether there may be more.
  var isOpen = false

  init(_ base: ImageCatalog.Properties?) {
    guard let base else {
      isOpen = true
      return
    }
    if base.family == "scratch" {
      names = []
      groups = []
      return
    }
    let standard = Self.standard[base["distribution"] ?? ""]
    if let standard { self = standard }
    for word in base.words("users") {
      let parts = word.split(separator: "=").map(String.init)
      add(parts[0], parts.count > 1 ? Int(parts[1]) : nil)
    }
    if standard == nil, base["users"] == nil { isOpen = true }
  }

  private init(_ users: [(String, Int)], groups: Set<String>) {
    for (name, number) in users { add(name, number) }
    self.groups.formUnion(groups)
  }

  mutating func add(_ name: String, _ number: Int? = nil, withGroup: Bool = true) {
    names.insert(name)
    if let number { numbers[name] = number }
    if withGroup { groups.insert(name) }
  }

  mutating func add(group: String) { groups.insert(group) }

  func isSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    let left = Int(one) ?? numbers[one]
    let right = Int(other) ?? numbers[other]
    return left != nil && left == right
  }

  /// The accounts of an image without further packages: base-passwd of Debian, alpine-baselayout of Alpine.
  private static let standard: [String: KnownUsers] = [
    "debian": KnownUsers(
      [
        ("root", 0), ("daemon", 1), ("bin", 2), ("sys", 3), ("sync", 4), ("games", 5), ("man", 6), ("lp", 7),
        ("mail", 8),
        ("news", 9), ("uucp", 10), ("proxy", 13), ("www-data", 33), ("backup", 34), ("list", 38), ("irc", 39),
        ("_apt", 42), ("nobody", 65534),
      ],
      groups: [
        "nogroup", "adm", "tty", "disk", "staff", "users", "audio", "video", "sudo", "cdrom", "plugdev", "shadow",
        "utmp",
        "dialout", "tape", "src", "operator", "kmem", "input",
      ]),
    "alpine": KnownUsers(
      [
        ("root", 0), ("bin", 1), ("daemon", 2), ("lp", 4), ("sync", 5), ("shutdown", 6), ("halt", 7), ("mail", 8),
        ("news", 9), ("uucp", 10), ("cron", 16), ("ftp", 21), ("sshd", 22), ("games", 35), ("ntp", 123), ("guest", 405),
        ("nobody", 65534),
      ],
      groups: [
        "nogroup", "adm", "tty", "disk", "wheel", "users", "audio", "video", "www-data", "floppy", "kmem", "dialout",
        "cdrom", "tape", "input", "abuild", "utmp", "ping", "netdev", "kvm", "games", "shadow",
      ]),
  ]
}

/// Which programs the packages of distributions bring along, for those programs that entry points and scripts call.
///
/// Sources: https://pkgs.alpinelinux.org/contents and https://packages.debian.org/search?searchon=contents
enum PackageContents {
  /// The programs that a package brings. A package that is not listed brings the program of its own name.
  static func programs(of package: String) -> [String] {
    if let known = table[package] { return known }
    for (prefix, programs) in families where package.hasPrefix(prefix) { return programs }
    return [package]
  }

  /// The names that can be looked for: absence of any other says nothing.
  static let looksFor: Set<String> = Set(table.values.joined()).union(families.flatMap(\.1)).union([
    "bash", "sh", "zsh", "ksh", "fish", "node", "python", "python3", "perl", "ruby", "php", "java", "go", "npm", "yarn",
    "pnpm", "npx", "mvn",
    "gradle", "cargo", "make", "tini", "dumb-init", "gosu", "su-exec", "sudo", "dotnet", "deno", "bun", "lua", "pwsh",
    "supervisord",
  ])

  private static let table: [String: [String]] = [
    "nodejs": ["node", "npm", "npx"], "nodejs-current": ["node"], "npm": ["npm", "npx"], "python3": ["python3"],
    "python": ["python"],
    "python-is-python3": ["python"], "py3-pip": ["pip", "pip3"], "python3-pip": ["pip", "pip3"], "golang": ["go"],
    "golang-go": ["go"],
    "go": ["go"], "maven": ["mvn", "java"], "gradle": ["gradle", "java"], "cargo": ["cargo", "rustc"],
    "rust": ["rustc", "cargo"],
    "build-base": ["gcc", "g++", "make"], "build-essential": ["gcc", "g++", "make"], "ca-certificates": [],
    "tzdata": [],
    "busybox-extras": ["telnet", "httpd"], "netcat-openbsd": ["nc"], "netcat-traditional": ["nc"],
    "iputils-ping": ["ping"],
    "procps": ["ps", "pgrep", "pkill"], "gettext": ["envsubst"], "gettext-base": ["envsubst"], "libintl": [],
    "postgresql-client": ["psql", "pg_isready"], "mysql-client": ["mysql", "mysqladmin"],
    "mariadb-client": ["mysql", "mysqladmin", "mariadb"],
    "default-mysql-client": ["mysql", "mysqladmin"], "redis": ["redis-server", "redis-cli"],
    "redis-server": ["redis-server", "redis-cli"],
    "redis-tools": ["redis-cli"], "openssh": ["ssh", "sshd"], "openssh-client": ["ssh"], "openssh-server": ["sshd"],
    "supervisor": ["supervisord", "supervisorctl"],
    "apache2": ["apachectl", "apache2ctl", "apache2", "httpd"], "httpd": ["httpd", "apachectl"],
    "bind-tools": ["dig", "nslookup"], "dnsutils": ["dig", "nslookup"],
    "dcron": ["crond"], "cron": ["cron"], "cronie": ["crond"], "util-linux": ["setpriv"],
    "coreutils": ["env", "timeout"], "moreutils": ["ts"],
    "dotnet-runtime": ["dotnet"], "yarnpkg": ["yarnpkg"], "powershell": ["pwsh"], "uv": ["uv"], "poetry": ["poetry"],
  ]

  private static let families: [(String, [String])] = [
    ("openjdk", ["java"]), ("default-jre", ["java"]), ("default-jdk", ["java", "javac"]), ("java-", ["java"]),
    ("temurin-", ["java"]),
    ("php", ["php"]), ("ruby", ["ruby"]), ("perl", ["perl"]), ("python3.", ["python3"]),
    ("nodejs", ["node", "npm", "npx"]), ("golang-1", ["go"]),
    ("postgresql", ["postgres", "psql", "pg_isready", "pg_ctl"]), ("dotnet-", ["dotnet"]),
  ]
}

extension StageModel {
  /// Whether a program can be called by its name; nil where that cannot be said.
  func provides(program name: String) -> Bool? {
    if base?.words("programs").contains(name) == true { return true }
    if packages.contains(where: { PackageContents.programs(of: $0.name).contains(name) }) { return true }
    if Launcher.shells.contains(name), let shell = base?["shell"],
      shell == name || name == "sh" && shell != "none"
    {
      return true
    }
    if base?["libc"] == "musl" || base?["shell"] == "ash", Self.busybox.contains(name) { return true }
    let bins = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
    if bins.contains(where: { files[Path.join($0, name)] != nil }) { return true }
    guard isUnderstood, let base, PackageContents.looksFor.contains(name) else { return nil }
    if openFolders.contains(where: { folder in
      folder == "/" || bins.contains { Path.relative($0, to: folder) != nil || $0 == folder }
    }) {
      return nil
    }
    // A package of another name may bring it: only what is known of packages counts.
    if base["manager"] == nil { return nil }
    // A folder that was copied as a whole may hold it, with PATH leading there.
    if files.values.contains(where: { $0.isOpaque && !bins.contains(Path.parent($0.path)) }) {
      return nil
    }
    // pip, npm and gem install programs of their own.
    if commands.contains(where: {
      ["pip", "pip3", "npm", "yarn", "gem", "pipx", "uv", "corepack", "conda"].contains($0.tool.value ?? "")
    }),
      !["sh", "bash", "node", "python", "python3", "java", "go", "mvn", "perl", "ruby", "php"].contains(name)
    {
      return nil
    }
    return false
  }

  /// Some tools of busybox: https://busybox.net/downloads/BusyBox.html
  private static let busybox: Set<String> = [
    "sh", "ash", "env", "wget", "nc", "vi", "sed", "awk", "grep", "find", "xargs", "tar", "gzip", "unzip", "crond",
    "httpd", "su", "ps", "cat", "sleep",
    "tail", "date", "id", "timeout", "ping", "nslookup", "telnet", "setpriv", "chroot", "printf", "echo", "true",
    "false", "test", "ls", "cp", "mv",
  ]
}

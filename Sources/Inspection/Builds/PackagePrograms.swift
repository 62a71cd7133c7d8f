/// The programs that packages of distributions bring, where their names differ or there are several.
///
/// https://pkgs.alpinelinux.org/contents and https://packages.debian.org
enum PackagePrograms {
  static func programs(of package: String) -> [String] { table[package] ?? [package] }

  private static let compilers = ["gcc", "cc", "g++", "make", "ld"]

  private static let table: [String: [String]] = [
    "build-base": compilers, "build-essential": compilers, "alpine-sdk": compilers + ["git"],
    "gcc": ["gcc", "cc", "ld"],
    "g++": ["g++", "gcc", "cc"], "gcc-c++": ["g++", "gcc", "cc"], "clang": ["clang"], "mercurial": ["hg"],
    "subversion": ["svn"],
    "openssh": ["ssh"], "openssh-client": ["ssh"], "openssh-clients": ["ssh"], "python3": ["python3"],
    "python3-pip": ["pip3", "pip"],
    "py3-pip": ["pip3", "pip"], "nodejs": ["node"], "npm": ["npm", "npx", "node"], "golang": ["go"],
    "golang-go": ["go"],
    "default-jdk": ["java", "javac"], "default-jre": ["java"], "netcat-openbsd": ["nc"], "iputils-ping": ["ping"],
    "procps": ["ps"],
    "dnsutils": ["dig", "nslookup"], "bind-tools": ["dig", "nslookup"], "libpq-dev": ["pg_config"],
    "postgresql-dev": ["pg_config"],
    "postgresql-client": ["psql", "pg_isready"], "default-mysql-client": ["mysql"], "mysql-client": ["mysql"],
    "redis-tools": ["redis-cli"],
    "pkgconf": ["pkg-config", "pkgconf"], "pkgconfig": ["pkg-config"], "xz-utils": ["xz"],
    "coreutils": ["timeout", "stat", "env"],
  ]
}

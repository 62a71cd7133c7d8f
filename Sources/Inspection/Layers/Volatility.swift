/// Tells which build arguments have another value in every build.
enum Volatility {
  /// Whether a value that is given to a build differs from build to build, as it is written.
  static func changes(_ text: String) -> Bool {
    let text = text.lowercased()
    return [
      "$(date", "`date", "$$(date", "shell date", "date +", "date -", "git rev-parse", "git describe", "git log",
      "git show",
      "github.sha", "github.run_", "github_sha", "github_run", "ci_commit_s", "ci_commit_short", "ci_pipeline_i",
      "ci_job_id",
      "build_number", "build_id", "buildnumber", "circle_sha1", "circle_build", "bitbucket_commit", "drone_commit",
      "uuidgen",
      "$random", "timestamp", "commit_sha", "short_sha", "git_commit", "git_sha", "fulldate",
    ].contains { text.contains($0) }
  }

  /// Whether an argument is named after something that changes with every build or commit.
  static func changes(name: String) -> Bool {
    let words = name.uppercased().split { $0 == "_" || $0 == "-" }.map(String.init)
    let all = Set(words)
    if !all.isDisjoint(with: [
      "SHA", "SHA1", "CACHEBUST", "CACHEBUSTER", "TIMESTAMP", "REVISION", "BUILDTIME", "BUILDDATE", "GITSHA",
      "GITCOMMIT", "GITHASH", "COMMIT", "NONCE",
    ]) {
      // A checksum of a download stays as it is.
      return words.count == 1 || !all.contains("SHA")
        || !all.isDisjoint(with: ["GIT", "COMMIT", "VCS", "BUILD", "CI", "GITHUB", "SOURCE", "SHORT", "HEAD"])
    }
    let pairs: [Set<String>] = [
      ["BUILD", "TIME"], ["BUILD", "DATE"], ["BUILD", "NUMBER"], ["BUILD", "ID"], ["BUILD", "NUM"], ["GIT", "HASH"],
      ["GIT", "REF"],
      ["GIT", "REV"], ["VCS", "REF"], ["CACHE", "BUST"], ["CACHE", "DATE"], ["CACHE", "BREAKER"], ["RUN", "ID"],
      ["RUN", "NUMBER"],
      ["PIPELINE", "ID"], ["GIT", "DESCRIBE"],
    ]
    return pairs.contains { $0.isSubset(of: all) }
  }
}

/// Which files are Dockerfiles, by their names.
enum DockerfileNames {
  static func matches(_ path: String) -> Bool {
    let name = Path.name(path).lowercased()
    if name.hasSuffix(".dockerignore") || name.hasSuffix(".md") || name.hasSuffix(".bak") { return false }
    return name == "dockerfile" || name == "containerfile" || name.hasSuffix(".dockerfile")
      || name.hasSuffix("-dockerfile") || name.hasSuffix("_dockerfile") || name.hasPrefix("dockerfile.")
      || name.hasPrefix("dockerfile-") || name.hasPrefix("dockerfile_")
      || name.hasPrefix("containerfile.")
  }
}

/// Which files make a folder a project.
public enum ProjectFiles {
  public static func isDockerfile(_ name: String) -> Bool { DockerfileNames.matches(name) }

  /// The names that `docker compose` looks for.
  public static func isCompose(_ name: String) -> Bool {
    ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"].contains(name)
  }
}

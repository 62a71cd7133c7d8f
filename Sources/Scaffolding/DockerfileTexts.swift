/// The Dockerfiles that are proposed. `{hole}` is filled in; a line with a hole that has no value is left out.
///
/// They hold what one should do: dependencies before sources, caches that live on, a small final stage, no root, one program as
/// PID 1 in exec form.
enum DockerfileTexts {
  static let go = """
    FROM golang:{version} AS build
    WORKDIR /src
    COPY {manifests} ./
    RUN {module-cache}{download}
    COPY . .
    RUN {build-cache}CGO_ENABLED={cgo} go build -trimpath -ldflags="-s -w" -o /out/{program} {package}

    FROM {runtime}
    WORKDIR /app
    {files}
    COPY --from=build /out/{program} /usr/local/bin/{program}
    USER 65532
    EXPOSE {port}
    ENTRYPOINT ["{program}"]

    """

  static let node = """
    FROM node:{version}-slim
    ENV NODE_ENV=production
    WORKDIR /app
    COPY {manifests} ./
    RUN {cache}{install}
    COPY . .
    USER node
    EXPOSE {port}
    CMD {command}

    """

  /// With a build step: what only that needs stays in its stage.
  static let nodeWithBuild = """
    FROM node:{version} AS build
    WORKDIR /app
    COPY {manifests} ./
    RUN {cache}{install}
    COPY . .
    RUN {build}

    FROM node:{version}-slim
    ENV NODE_ENV=production
    WORKDIR /app
    COPY --from=build /app ./
    USER node
    EXPOSE {port}
    CMD {command}

    """

  static let python = """
    FROM python:{version}-slim
    ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
    WORKDIR /app
    COPY {manifests} ./
    RUN {cache}pip install {no-cache}{install}
    COPY . .
    RUN {cache}pip install {no-cache}{package}
    USER 65532
    EXPOSE {port}
    CMD {command}

    """

  static let maven = """
    FROM maven:3-eclipse-temurin-{version} AS build
    WORKDIR /src
    COPY {manifests} ./
    RUN {cache}mvn --batch-mode dependency:go-offline
    COPY src ./src
    RUN {cache}mvn --batch-mode -DskipTests package

    FROM eclipse-temurin:{version}-jre
    WORKDIR /app
    COPY --from=build /src/target/{jar} app.jar
    USER 65532
    EXPOSE {port}
    CMD ["java", "-jar", "app.jar"]

    """

  static let gradle = """
    FROM eclipse-temurin:{version}-jdk AS build
    WORKDIR /src
    COPY {manifests} ./
    COPY gradle ./gradle
    RUN {cache}./gradlew --no-daemon dependencies
    COPY . .
    RUN {cache}./gradlew --no-daemon {task}

    FROM eclipse-temurin:{version}-jre
    WORKDIR /app
    COPY --from=build {output}
    USER 65532
    EXPOSE {port}
    CMD {command}

    """

  static let compose = """
    services:
      {name}:
        build: .
        init: {init}
        {ports}
        {environment}
        restart: unless-stopped

    """

  /// What no build needs, or no image should hold.
  static let ignored = [
    ".git", ".gitignore", ".dockerignore", "Dockerfile", "compose*.yaml", "docker-compose*.yml", ".env", ".env.*",
    ".idea",
    ".vscode", ".DS_Store",
  ]

  /// A text with its holes filled. A value of several lines is indented as its hole is.
  static func filled(_ template: String, _ values: [String: String]) -> String {
    var lines: [String] = []
    for line in template.split(separator: "\n", omittingEmptySubsequences: false) {
      if let line = filled(line, values) { lines.append(line) }
    }
    return lines.joined(separator: "\n")
  }

  private static func filled(_ line: Substring, _ values: [String: String]) -> String? {
    let indentation = line.prefix { $0 == " " }
    var result = ""
    var rest = line
    while let open = rest.firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      guard let value = values[String(rest[rest.index(after: open)..<close])] else { return nil }
      result +=
        rest[..<open]
        + value.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n" + indentation)
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

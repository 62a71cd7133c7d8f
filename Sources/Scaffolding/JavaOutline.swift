import Inspection
import ProgramSource
import SourceText

/// A Java program that Maven or the Gradle wrapper builds into one jar.
struct JavaOutline {
  let project: ScaffoldProject

  func outline() throws(ScaffoldProblem) -> Outline {
    if let manifest = project.tree.file("pom.xml") { return try maven(MavenProject(manifest)) }
    guard let manifest = project.tree.file("build.gradle") ?? project.tree.file("build.gradle.kts") else {
      throw ScaffoldProblem("there is no pom.xml and no build.gradle here; name the folder of the project")
    }
    return try gradle(GradleFile(manifest))
  }

  private func maven(_ manifest: MavenProject) throws(ScaffoldProblem) -> Outline {
    guard manifest.modules.isEmpty else {
      throw ScaffoldProblem("this project has several modules; name the folder of the one that is started")
    }
    guard let jar = manifest.jarName, manifest.runnableJar != nil else {
      throw ScaffoldProblem(
        "pom.xml makes no jar that can be started; it needs a plugin such as spring-boot-maven-plugin, or a main class in the manifest"
      )
    }
    return Outline(
      name: ScaffoldProject.name(manifest.artifact?.text ?? "app"), template: DockerfileTexts.maven,
      values: [
        "version": manifest.javaVersion.map { Self.release($0.text) } ?? "21",
        "manifests": project.present(["pom.xml", "settings.xml"]).joined(separator: " "),
        "jar": jar.hasSuffix(".jar") ? jar : jar + ".jar", "cache": "--mount=type=cache,target=/root/.m2 ",
      ], ignored: ["target"], defaultPort: "8080")
  }

  private func gradle(_ manifest: GradleFile) throws(ScaffoldProblem) -> Outline {
    guard project.has("gradlew") else {
      throw ScaffoldProblem("there is no Gradle wrapper here; gradle wrapper makes one")
    }
    let settings = project.text("settings.gradle") ?? project.text("settings.gradle.kts") ?? ""
    let quoted = settings.split(whereSeparator: \.isNewline).first { $0.contains("rootProject.name") }?
      .split { $0 == "\"" || $0 == "'" }
    let name = quoted.flatMap { $0.count > 1 ? String($0[1]) : nil } ?? "app"
    var values = [
      "version": toolchain(manifest) ?? "21", "cache": "--mount=type=cache,target=/root/.gradle ",
      "manifests": project.present([
        "gradlew", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "gradle.properties",
      ]).joined(separator: " "),
    ]
    if manifest.applies("org.springframework.boot") {
      values["task"] = "bootJar"
      values["output"] = "/src/build/libs/*.jar app.jar"
      values["command"] = #"["java", "-jar", "app.jar"]"#
    } else if manifest.applies("application") {
      values["task"] = "installDist"
      values["output"] = "/src/build/install/\(name) ./"
      values["command"] = JSONList.of(["bin/\(name)"])
    } else {
      throw ScaffoldProblem(
        "build.gradle applies neither the application plugin nor Spring Boot, so nothing can be started")
    }
    return Outline(
      name: ScaffoldProject.name(name), template: DockerfileTexts.gradle, values: values,
      ignored: ["build", ".gradle"], defaultPort: "8080")
  }

  private func toolchain(_ manifest: GradleFile) -> String? {
    let text = manifest.source.text(ByteRange(0, manifest.source.bytes.count))
    guard let line = text.split(whereSeparator: \.isNewline).first(where: { $0.contains("JavaLanguageVersion.of(") })
    else { return nil }
    let digits = line.split(separator: "(").last?.prefix { $0.isNumber } ?? ""
    return digits.isEmpty ? nil : String(digits)
  }

  /// `8` of `1.8`.
  private static func release(_ version: String) -> String {
    version.hasPrefix("1.") ? String(version.dropFirst(2)) : version
  }
}

import ProgramSource
import SourceText

/// The Spring Boot application that a service runs, where its module lies in the project.
struct SpringApplication {
  /// The folder of its module.
  let folder: String
  let settings: SpringSettings
  /// The manifest of the module.
  let manifest: SourceFile?

  /// Nil where the service runs something else, or nobody can tell which module it is.
  init?(
    _ launched: LaunchedProgram, _ service: ServiceModel, _ files: ServiceFiles, _ workspace: Workspace,
    directory: String?, variables: [ServiceModel.Setting]
  ) {
    let arguments = launched.arguments.map(\.text)
    guard service.plan.dockerfile != nil, let context = service.plan.context, Self.starts(launched.name, arguments),
      let folder = Self.module(workspace, context, arguments)
    else { return nil }
    let manifest = ["pom.xml", "build.gradle", "build.gradle.kts"].lazy.map { Path.join(folder, $0) }
      .first(where: workspace.listing.contains).flatMap(workspace.file)
    var settings = SpringSettings(variables: variables)
    let own = ["src/main/resources", "src/main/resources/config"].map { Path.join(folder, $0) }
    func read(_ profile: String?) {
      for name in SpringSettings.names(profile) {
        for place in own where workspace.listing.contains(Path.join(place, name)) {
          if let file = workspace.file(Path.join(place, name)) { settings.read(file) }
        }
        // Files beside the program come before those in it.
        for place in directory.map({ [$0, Path.join($0, "config")] }) ?? [] {
          if let file = files.projectFile(at: Path.join(place, name)).flatMap(workspace.file) { settings.read(file) }
        }
      }
    }
    read(nil)
    settings.activate(Self.option("spring.profiles.active", arguments))
    // Again, for parts that hold only with a profile.
    if !settings.profiles.isEmpty { read(nil) }
    for profile in settings.profiles { read(profile) }
    guard !settings.values.isEmpty || manifest.map(Self.isSpring) == true else { return nil }
    self.folder = folder
    self.manifest = manifest
    self.settings = settings
  }

  private static func starts(_ program: String, _ arguments: [String]) -> Bool {
    switch program {
    case "java":
      return arguments.contains("-jar") || arguments.contains { $0.hasPrefix("org.springframework.boot.loader") }
    case "mvn", "mvnw": return arguments.contains { $0.hasSuffix("spring-boot:run") }
    case "gradle", "gradlew": return arguments.contains { $0.hasSuffix("bootRun") }
    default: return false
    }
  }

  /// The only module with settings of Spring below the build context; of several the one that the command names.
  private static func module(_ workspace: Workspace, _ context: String, _ arguments: [String]) -> String? {
    var folders: [String] = []
    for item in workspace.listing.items {
      let name = Path.name(item.path)
      guard name.hasPrefix("application"), Path.relative(item.path, to: context) != nil,
        [".yml", ".yaml", ".properties"].contains(where: name.hasSuffix)
      else { continue }
      var place = Path.parent(item.path)
      if Path.name(place) == "config" { place = Path.parent(place) }
      guard place == "src/main/resources" || place.hasSuffix("/src/main/resources") else { continue }
      let folder = Path.clean(String(place.dropLast("src/main/resources".utf8.count)) + ".")
      if !folders.contains(folder) { folders.append(folder) }
    }
    if folders.isEmpty { return context }
    let named = folders.filter { folder in arguments.contains { $0.contains(Path.name(folder)) } }
    return folders.count == 1 ? folders[0] : named.count == 1 ? named[0] : nil
  }

  private static func isSpring(_ manifest: SourceFile) -> Bool {
    manifest.text(ByteRange(0, manifest.bytes.count)).contains("spring-boot")
  }

  /// `--NAME=value` and `-DNAME=value`.
  private static func option(_ name: String, _ arguments: [String]) -> String? {
    for word in arguments {
      for mark in ["--\(name)=", "-D\(name)="] where word.hasPrefix(mark) { return String(word.dropFirst(mark.count)) }
    }
    return nil
  }

  /// Whether it answers requests without a setting that says so.
  var isWeb: Bool {
    guard let manifest else { return false }
    if manifest.path.hasSuffix("pom.xml") {
      let project = MavenProject(manifest)
      return ["spring-boot-starter-web", "spring-boot-starter-webflux"].contains(where: project.depends)
    }
    return GradleFile(manifest).dependencies.contains {
      $0.text.hasPrefix("org.springframework.boot:spring-boot-starter-web")
    }
  }
}

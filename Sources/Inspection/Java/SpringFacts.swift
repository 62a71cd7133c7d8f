import ProgramSource
import SourceText

/// Writes down where a Spring Boot application listens, and which other services its settings name.
struct SpringFacts {
  let service: ServiceModel
  let chain: ProcessChain
  let files: ServiceFiles
  let workspace: Workspace
  /// The names that other containers have.
  let names: Set<String>
  let variables: [ServiceModel.Setting]

  func add(to facts: inout FactStore) {
    guard let layer = chain.layers.last, layer.kind == .program, layer.built == nil else { return }
    let launched = LaunchedProgram(
      [layer.program] + layer.arguments, in: files, workspace, directory: chain.workingDirectory)
    guard
      let application = SpringApplication(
        launched, service, files, workspace, directory: chain.workingDirectory, variables: variables)
    else { return }
    addListeners(application, launched, to: &facts)
    addHosts(application.settings, to: &facts)
  }

  // MARK: Listening

  private func addListeners(_ application: SpringApplication, _ launched: LaunchedProgram, to facts: inout FactStore) {
    let settings = application.settings
    guard settings.values["spring.main.web-application-type"]?.text != "none",
      !variables.contains(where: { $0.name == "SPRING_APPLICATION_JSON" })
    else { return }
    let isSet = settings.values["server.port"] != nil || settings.values["server.address"] != nil
    guard isSet || application.isWeb else { return }
    let around =
      layerPlace(launched) ?? application.manifest.map { SourcePlace($0.path, ByteRange(at: 0)) }
      ?? SourcePlace(application.folder, ByteRange(at: 0))
    let server = SpringServer(around: around) { settings.values[$0] }
    let values = EffectiveValues(arguments: launched.arguments + virtualMachineOptions, variables: variables)
    // A port of zero is any, a negative one none.
    let listeners = server.listeners.filter { ($0.port.value.value ?? 1) > 0 }
    SourceFacts(service: service, runtime: "java", values: values).add(listeners, to: &facts)
  }

  private func layerPlace(_ launched: LaunchedProgram) -> SourcePlace? {
    launched.words.first?.place.flatMap { place in place.file.map { SourcePlace($0, place.range) } }
  }

  /// Options that the virtual machine, or the script around it, takes from the environment.
  private var virtualMachineOptions: [CommandWords.Word] {
    ["JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS"].flatMap { name -> [CommandWords.Word] in
      guard let setting = variables.last(where: { $0.name == name }) else { return [] }
      return (setting.value.value ?? "").split(separator: " ").map {
        CommandWords.Word(text: String($0), place: setting.value.place)
      }
    }
  }

  // MARK: Other services

  private func addHosts(_ settings: SpringSettings, to facts: inout FactStore) {
    let own = settings.values.sorted { $0.key < $1.key }.compactMap { key, setting -> ServiceModel.Setting? in
      guard Self.isConnection(key, setting.text), !settings.isOverridden(key), let text = settings.resolved(setting)
      else { return nil }
      return ServiceModel.Setting(
        name: SpringSettings.name(key), value: Cell(text, Place(file: setting.place.path, setting.place.range)),
        by: "file")
    }
    ReachFacts(service: service, variables: own, only: names).add(to: &facts)
  }

  /// Whether a setting says where something else is, rather than what the application is called by others.
  private static func isConnection(_ key: String, _ text: String) -> Bool {
    if ["spring.", "eureka."].contains(where: key.hasPrefix) { return true }
    return text.contains("://") && !text.contains("http")
  }
}

import SourceText

/// Writes down what a container's image certainly has not got: certificates, time zones, a shell.
struct LackFacts {
  let service: ServiceModel
  let files: ContainerFiles

  func add(to facts: inout FactStore) {
    // What is not written here is not known to be missing.
    facts.declare("misses", .presumed, for: service.name)
    guard let stage = service.stage, let base = stage.base, stage.isUnderstood else { return }
    // Whoever names only an image has an operator who chose it; what official images lack is no news to them.
    let variables = Set(service.image?.environment.map(\.name) ?? [])
    let from = service.plan.build.target.map { service.plan.build.stages[$0].fromInstruction }.map {
      BuildOrder(build: service.plan.id, position: $0)
    }
    func lack(_ what: String) {
      facts.add(
        "misses",
        [
          "service": Cell(service.name), "build": Cell(service.plan.id), "what": Cell(what),
          "image": Cell(stage.reference, stage.referencePlace),
          "manager": Cell(base["manager"] ?? "none"), "family": Cell(base.family),
        ], at: stage.referencePlace, order: from)
    }
    if base["shell"] == "none", !has(["/bin/sh", "/bin/bash", "/busybox/sh"], stage), !stage.has("bash") {
      lack("shell")
    }
    if base["certificates"] == "no", !hasCertificates(stage, base),
      variables.isDisjoint(with: ["SSL_CERT_FILE", "SSL_CERT_DIR"])
    {
      lack("certificates")
    }
    if base["zones"] == "no", !hasZones(stage), !variables.contains("ZONEINFO") { lack("zones") }
  }

  /// Whether a file is at one of the paths, or below, or something was copied above or mounted.
  private func has(_ paths: [String], _ stage: StageModel) -> Bool {
    paths.contains { path in
      if files.isMounted(path) { return true }
      if stage.files.keys.contains(where: { $0 == path || Path.relative($0, to: path) != nil }) { return true }
      var folder = path
      while folder != "/" {
        folder = Path.parent(folder)
        if stage.openFolders.contains(folder), folder != "/" { return true }
        if let file = stage.files[folder], !file.isDirectory { return true }
      }
      return false
    }
  }

  private func hasCertificates(_ stage: StageModel, _ base: ImageCatalog.Properties) -> Bool {
    if has(
      ["/etc/ssl", "/etc/pki", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates", "/usr/share/pki"],
      stage)
    {
      return true
    }
    let packages = Set(stage.packages.map(\.name))
    if packages.contains(where: { $0.hasPrefix("ca-certificates") }) { return true }
    // curl and git of Alpine stand on the bundle; those of Debian recommend it.
    let bringing = packages.intersection([
      "curl", "git", "wget", "openssl", "python3-pip", "npm", "nodejs", "default-jre", "default-jdk",
    ])
    if bringing.isEmpty { return packages.contains { $0.hasPrefix("openjdk") || $0.hasPrefix("php") } }
    return base["manager"] != "apt" || !installsWithoutRecommended(stage)
  }

  private func hasZones(_ stage: StageModel) -> Bool {
    has(["/usr/share/zoneinfo", "/usr/local/go/lib/time", "/zoneinfo.zip", "/usr/lib/zoneinfo"], stage)
      || stage.packages.contains {
        ["tzdata", "go", "golang", "postgresql", "python3-tz", "tzdata-legacy"].contains($0.name)
          || $0.name.hasPrefix("openjdk")
      }
  }

  private func installsWithoutRecommended(_ stage: StageModel) -> Bool {
    stage.commands.filter { ["apt-get", "apt"].contains($0.tool.value ?? "") && $0.arguments.contains("install") }
      .allSatisfy { $0.arguments.contains("--no-install-recommends") }
  }
}

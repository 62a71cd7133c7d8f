import ProgramSource
import SourceText

/// Writes down what a service's own Go program needs around it: files, certificates, time zones.
struct GoNeedsFacts {
  let service: ServiceModel
  let layer: ProcessLayer
  let program: GoProgram
  let chain: ProcessChain
  let files: ContainerFiles
  let variables: [ServiceModel.Setting]
  let workspace: Workspace
  let go: GoSources

  func add(to facts: inout FactStore) {
    guard service.origin != .source else { return }
    for use in program.files where use.access == .read || use.access == .folder { add(use, to: &facts) }
    addZones(to: &facts)
    addCertificates(to: &facts)
  }

  private func place(_ place: SourcePlace) -> Place { Place(file: place.path, place.range) }

  // MARK: Files

  private func add(_ use: FileUse, to facts: inout FactStore) {
    let path = effective(use.path)
    guard let text = path.value, !text.isEmpty, !text.hasPrefix("~"), !text.contains("$") else { return }
    let isFolder = use.access == .folder || use.isPattern
    let wanted = use.isPattern ? Path.parent(text) : text
    guard Path.clean(wanted) != ".", Path.clean(wanted) != ".." || isFolder else { return }
    let resolved =
      chain.workingDirectory.map { Path.join($0, wanted) } ?? (text.hasPrefix("/") ? Path.clean(wanted) : nil)
    let state = resolved.flatMap { self.state($0, isFolder: isFolder) }
    let own = inProject(wanted, isFolder: isFolder, isFatal: use.isFatal == .yes)
    let elsewhere = state == "missing" ? self.elsewhere(wanted, isFolder: isFolder) : nil
    facts.add(
      "reads",
      [
        "service": Cell(service.name), "path": Cell(text, path.place ?? place(use.place)), "resolved": Cell(resolved),
        "name": Cell(Path.name(wanted)), "relative": Cell(!text.hasPrefix("/")), "state": Cell(state ?? "unsure"),
        "elsewhere": Cell(elsewhere ?? ""),
        "source": Cell(own ?? ""), "copied-as": Cell(own.flatMap(service.plan.inContext) ?? ""),
        "kind": Cell(isFolder ? "directory" : "file"),
        "fatal": Cell(use.isFatal == .unknown ? "unsure" : use.isFatal.rawValue),
        "at-start": Cell(use.isAtStart == .unknown ? "unsure" : use.isAtStart.rawValue),
        "by": Cell(path.isGiven ? "argument" : use.path.setters.isEmpty ? "constant" : "default"),
        "directory": Cell(chain.workingDirectory),
        "needed-directory": Cell(elsewhere.map { Self.root(of: $0, wanted) } ?? ""),
      ], at: place(use.place), presumed: service.origin == .dockerfile)
  }

  /// Whether the container has the file; nil where that cannot be said.
  private func state(_ path: String, isFolder: Bool) -> String? {
    switch files.find(path) {
    case .there: return "there"
    case .directory: return isFolder ? "there" : nil
    case .missing: return "missing"
    case .unknown: return nil
    }
  }

  /// The file of the project that is meant: below the program's module, its package, or the build context.
  private func inProject(_ path: String, isFolder: Bool, isFatal: Bool) -> String? {
    if path.hasPrefix("/") { return isFatal ? inContext(path, isFolder: isFolder) : nil }
    let roots = [
      go.moduleFolder(of: program.directory.isEmpty ? "." : program.directory),
      program.directory.isEmpty ? "." : program.directory, service.plan.context,
    ]
    for root in roots.compactMap({ $0 }) {
      let full = Path.join(root, path)
      if full.hasPrefix("..") { continue }
      if workspace.listing.contains(full) || isFolder && workspace.listing.holds(folder: full) { return full }
    }
    return nil
  }

  /// What the build context has at an absolute path, as if it were the image's root; without the first folder, too, which
  /// is often the one that everything is copied to.
  private func inContext(_ path: String, isFolder: Bool) -> String? {
    guard let context = service.plan.context, !StageModel.isOfSystem(path), !path.hasPrefix("/dev/") else { return nil }
    let parts = Path.clean(path).split(separator: "/").map(String.init)
    for start in 0..<min(2, parts.count) {
      let full = Path.join(context, parts[start...].joined(separator: "/"))
      if workspace.listing.contains(full) || isFolder && workspace.listing.holds(folder: full) { return full }
    }
    return nil
  }

  /// Where else in the image the same relative path leads to something.
  private func elsewhere(_ path: String, isFolder: Bool) -> String? {
    let tail = "/" + Path.clean(path)
    guard !path.hasPrefix("/"), !path.hasPrefix("..") else { return nil }
    let held = service.stage?.files.values.map(\.path).sorted() ?? []
    return held.first { isFolder ? $0.hasSuffix(tail) || $0.contains(tail + "/") : $0.hasSuffix(tail) }
      .map { path in
        guard isFolder, let end = path.end(of: tail + "/") else { return path }
        return String(path[..<path.index(before: end)])
      }
  }

  /// The folder from which the relative path leads to the file.
  private static func root(of full: String, _ path: String) -> String {
    let tail = "/" + Path.clean(path)
    guard full.hasSuffix(tail) else { return "" }
    let root = String(full.dropLast(tail.count))
    return root.isEmpty ? "/" : root
  }

  // MARK: Values from outside

  private func effective(_ traced: Traced<String>) -> (value: String?, place: Place?, isGiven: Bool) {
    for setter in traced.setters {
      switch setter.kind {
      case .variable:
        if let setting = variables.first(where: { $0.name == setter.name }) {
          return (setting.value.value, setting.value.place, true)
        }
      case .flag:
        if let given = layer.flag(setter.name) { return (given.text, given.place, true) }
      case .argument:
        guard let number = Int(setter.name), layer.arguments.indices.contains(number - 1) else { continue }
        let word = layer.arguments[number - 1]
        return (word.text, word.place, true)
      case .configuration, .input: continue
      }
    }
    return (traced.value.value, traced.value.place.map(place), false)
  }

  // MARK: Time zones and certificates

  private func addZones(to facts: inout FactStore) {
    let isEmbedded = program.imports.keys.contains("time/tzdata") || chain.hasTag("timetzdata", of: layer, in: service)
    guard !isEmbedded else { return }
    for use in program.zones {
      let zone = effective(use.zone)
      if let name = zone.value, ["", "UTC", "Local"].contains(name) { continue }
      facts.add(
        "needs",
        [
          "service": Cell(service.name), "kind": "zones", "name": Cell(zone.value, zone.place ?? place(use.place)),
          "fatal": Cell(use.isFatal == .unknown ? "unsure" : use.isFatal.rawValue), "runtime": "go", "by": "source",
        ], at: place(use.place))
    }
  }

  private func addCertificates(to facts: inout FactStore) {
    let embedded = [
      "golang.org/x/crypto/x509roots/fallback", "github.com/certifi/gocertifi", "github.com/breml/rootcerts",
    ]
    guard !program.imports.keys.contains(where: { path in embedded.contains { path.hasPrefix($0) } }) else { return }
    for use in program.hosts where use.isTLS || ["https", "wss"].contains(use.scheme ?? "") {
      let host = use.host.value.value
      if let host, ReachFacts.isLoopback(host) { continue }
      facts.add(
        "needs",
        [
          "service": Cell(service.name), "kind": "certificates",
          "name": Cell(host ?? "", use.host.value.place.map(place) ?? place(use.place)),
          "fatal": Cell(use.isFatal == .unknown ? "unsure" : use.isFatal.rawValue), "runtime": "go", "by": "source",
        ], at: place(use.place))
    }
    for (path, places) in program.imports.sorted(by: { $0.key < $1.key })
    where Self.clients.contains(where: { path.hasPrefix($0) }) {
      guard let first = places.min() else { continue }
      facts.add(
        "needs",
        [
          "service": Cell(service.name), "kind": "certificates", "name": Cell(path, place(first)), "runtime": "go",
          "by": "library",
        ],
        at: place(first), presumed: true)
    }
  }

  /// Libraries that speak to a service of the Internet, always over TLS.
  private static let clients = [
    "github.com/google/go-github", "github.com/aws/aws-sdk-go", "cloud.google.com/go/", "google.golang.org/api/",
    "github.com/Azure/azure-sdk-for-go",
    "github.com/stripe/stripe-go", "github.com/slack-go/slack", "github.com/bwmarrin/discordgo",
    "github.com/twilio/twilio-go",
    "github.com/sendgrid/sendgrid-go", "github.com/sashabaranov/go-openai", "github.com/xanzy/go-gitlab",
    "gopkg.in/telebot", "github.com/go-telegram-bot-api/",
    "golang.org/x/crypto/acme", "github.com/cloudflare/cloudflare-go", "github.com/digitalocean/godo",
    "firebase.google.com/go", "github.com/coreos/go-oidc",
  ]
}

extension ProcessLayer {
  /// `--port 80`, `-port=80` among the arguments.
  func flag(_ name: String) -> (text: String, place: Place?)? {
    for (index, word) in arguments.enumerated() where word.text.hasPrefix("-") {
      let plain = word.text.drop { $0 == "-" }
      if plain == name, index + 1 < arguments.count { return (arguments[index + 1].text, arguments[index + 1].place) }
      if plain.hasPrefix(name + "=") { return (String(plain.dropFirst(name.count + 1)), word.place) }
    }
    return nil
  }
}

extension ProcessChain {
  /// Whether the step that compiled a program gave a build tag.
  func hasTag(_ tag: String, of layer: ProcessLayer, in service: ServiceModel) -> Bool {
    guard let built = layer.built, let builder = service.stages[built.stage] else { return false }
    return builder.commands.contains { $0.order == built.order && $0.arguments.contains(tag) }
  }
}

extension String {
  /// The place behind another text, where that stands first.
  fileprivate func end(of other: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(other) { return self.index(index, offsetBy: other.count) }
      formIndex(after: &index)
    }
    return nil
  }
}

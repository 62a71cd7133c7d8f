import DockerfileSyntax
import ProgramSource
import SourceText

/// Writes down which shared libraries a service's own program links to by cgo, and whether the final image has them.
struct LinkFacts {
  let service: ServiceModel
  let layer: ProcessLayer
  let workspace: Workspace
  let go: GoSources

  func add(to facts: inout FactStore) {
    guard let built = layer.built, built.isDynamic == true, let package = built.package, let stage = service.stage,
      built.stage != stage.index || stage.files[layer.path ?? ""]?.origin == .stage, let program = go.program(package)
    else { return }
    var known: Set<String> = []
    for (library, place) in libraries(of: package, program) where known.insert(library).inserted {
      facts.add(
        "links",
        [
          "service": Cell(service.name), "library": Cell(library, place),
          "state": Cell(state(library, stage) ?? "unsure"),
          "image": Cell(stage.reference, stage.referencePlace),
          "package": Cell(developmentPackage(library, built) ?? ""),
        ], at: place, presumed: true)
    }
    facts.declare("links", .presumed, for: service.name)
  }

  /// The libraries that `#cgo` lines and well-known modules ask the linker for.
  private func libraries(of package: String, _ program: GoProgram) -> [(String, Place)] {
    var found: [(String, Place)] = []
    for path in workspace.listing.paths(below: package)
    where path.hasSuffix(".go") && Path.parent(path) == Path.clean(package) {
      guard let file = workspace.file(path) else { continue }
      found += Self.named(in: file)
    }
    for (path, places) in program.imports.sorted(by: { $0.key < $1.key }) {
      for (module, libraries) in Self.modules where path == module || path.hasPrefix(module + "/") {
        guard let place = places.min() else { continue }
        found += libraries.map { ($0, Place(file: place.path, place.range)) }
      }
    }
    return found.filter { !Self.system.contains($0.0) }
  }

  /// `#cgo LDFLAGS: -lsodium` and `#cgo pkg-config: libsodium`.
  static func named(in file: SourceFile) -> [(String, Place)] {
    var found: [(String, Place)] = []
    let lines = file.lineMap
    for line in 1...max(lines.lineCount, 1) {
      guard let range = lines.range(ofLine: line) else { continue }
      let text = file.text(range)
      guard text.contains("#cgo ") else { continue }
      let isConfiguration = text.contains("pkg-config:")
      guard isConfiguration || text.contains("LDFLAGS:"), !text.contains("-static"),
        let colon = text.firstIndex(of: ":")
      else { continue }
      for word in text[text.index(after: colon)...].split(whereSeparator: \.isWhitespace) {
        let name = isConfiguration ? plain(word) : word.hasPrefix("-l") ? String(word.dropFirst(2)) : nil
        if let name, !name.isEmpty, !name.hasPrefix("-") { found.append((name, Place(file: file.path, range))) }
      }
    }
    return found
  }

  /// `libsodium` of pkg-config is `-lsodium`.
  private static func plain(_ name: Substring) -> String {
    let name = name.hasPrefix("lib") ? name.dropFirst(3) : name
    return String(name.prefix { $0 != "-" })
  }

  /// Whether the final stage has it; nil where that cannot be said.
  private func state(_ library: String, _ stage: StageModel) -> String? {
    let stem = library.lowercased()
    if stage.packages.contains(where: { $0.name.lowercased().contains(stem) }) { return "there" }
    if stage.files.keys.contains(where: { $0.lowercased().contains(stem + ".so") || Path.name($0) == "lib" }) {
      return "there"
    }
    guard stage.isUnderstood, stage.openFolders.isEmpty, let base = stage.base,
      ["alpine", "debian", "ubuntu", "busybox", "scratch", "distroless", "distroless-base"].contains(base.family)
    else { return nil }
    // Other packages may depend on the one with the library.
    let plain: Set<String> = [
      "ca-certificates", "tzdata", "curl", "wget", "bash", "tini", "dumb-init", "gosu", "su-exec",
    ]
    return stage.packages.allSatisfy { plain.contains($0.name) } ? "missing" : nil
  }

  private func developmentPackage(_ library: String, _ built: BuiltProgram) -> String? {
    let stem = library.lowercased()
    return service.stages[built.stage]?.packages.first { $0.name.lowercased().contains(stem) }?.name
  }

  /// What belongs to the C library itself, or to every system.
  private static let system: Set<String> = [
    "c", "m", "dl", "pthread", "rt", "resolv", "util", "gcc", "gcc_s", "stdc++", "nsl", "crypt", "atomic",
  ]

  /// Modules whose `#cgo` lines lie in the module cache, out of sight.
  private static let modules: [(String, [String])] = [
    ("github.com/go-piv/piv-go", ["pcsclite"]), ("github.com/ebfe/scard", ["pcsclite"]),
    ("github.com/google/gopacket/pcap", ["pcap"]), ("github.com/gopacket/gopacket/pcap", ["pcap"]),
    ("github.com/h2non/bimg", ["vips"]), ("github.com/davidbyttow/govips", ["vips"]),
    ("github.com/otiai10/gosseract", ["tesseract"]), ("gopkg.in/gographics/imagick", ["MagickWand"]),
    ("github.com/pebbe/zmq4", ["zmq"]), ("gocv.io/x/gocv", ["opencv"]),
    ("github.com/flier/gohs", ["hs"]), ("github.com/tecbot/gorocksdb", ["rocksdb"]),
    ("github.com/coreos/go-systemd/v22/sdjournal", ["systemd"]),
    ("github.com/libgit2/git2go", ["git2"]), ("github.com/jamesruan/sodium", ["sodium"]),
    ("github.com/lestrrat-go/libxml2", ["xml2"]),
  ]
}

import SourceText

/// The pool of php-fpm that answers requests, as the files of the project and of the official image set it up.
///
/// https://www.php.net/manual/en/install.fpm.configuration.php
struct FpmPool {
  /// Where it listens, as it is written; nil where no file of the project says so.
  let listen: Cell?
  /// Whether it keeps the container's environment from programs; nil where that is not known.
  let clearsEnvironment: Bool?
  /// What makes it so: the setting, or the section of a pool without one.
  let place: Place?
  /// Variables that the pool hands on one by one.
  let handedOn: Set<String>

  /// The folders whose `*.conf` are read, in the order of their names.
  private static func isPool(_ path: String) -> Bool {
    guard path.hasSuffix(".conf"), path.hasPrefix("/usr/local/etc/") || path.hasPrefix("/etc/") else { return false }
    let folder = Path.name(Path.parent(path))
    return folder == "php-fpm.d" || folder == "pool.d" && path.contains("/fpm/")
  }

  /// The files of the official image: https://github.com/docker-library/php/blob/master/Dockerfile-linux.template
  private static let official: [(name: String, listen: String?, clears: Bool?)] = [
    ("docker.conf", nil, false), ("www.conf", "127.0.0.1:9000", nil), ("zz-docker.conf", "9000", nil),
  ]

  private struct Pool {
    var listen: Cell?
    var clears: Bool?
    var place: Place?
    var handedOn: Set<String> = []
  }

  /// Nil where the program is not php-fpm.
  init?(_ chain: ProcessChain, _ service: ServiceModel, _ files: ServiceFiles, _ workspace: Workspace) {
    guard let layer = chain.layers.last, layer.kind == .program,
      ([layer.program] + layer.arguments).contains(where: { Path.name($0.text).hasPrefix("php-fpm") })
    else { return nil }
    let own = files.files.filter { Self.isPool($0.path) }
    let isOfficial = service.stage?.base?.family == "php"
    var pools: [String: Pool] = [:]
    var steps = own.map { (Path.name($0.path), Optional($0)) }
    if isOfficial {
      steps += Self.official.filter { file in !own.contains { Path.name($0.path) == file.name } }.map {
        ($0.name, ServiceFiles.File?.none)
      }
    }
    for (name, file) in steps.sorted(by: { $0.0 < $1.0 }) {
      if let file, let source = workspace.file(file.projectFile) {
        Self.read(source, into: &pools)
      } else if let known = Self.official.first(where: { $0.name == name }) {
        if let listen = known.listen { pools["www", default: Pool()].listen = Cell(listen) }
        if let clears = known.clears { pools["www", default: Pool()].clears = clears }
      }
    }
    // Of several pools nobody can tell which one a web server asks.
    let pool = pools.count == 1 ? pools.first?.value : nil
    listen = pool?.listen?.place == nil ? nil : pool?.listen
    handedOn = pool?.handedOn ?? []
    place = pool?.place ?? layer.program.place ?? layer.commandPlace
    let isChanged =
      service.plan.dockerfile.map { $0.text(ByteRange(0, $0.bytes.count)) }?.contains("clear_env") ?? false
    // Without a setting, and without the official image's, the environment is cleared.
    let isKnown = !isChanged && pool != nil && (isOfficial || pool?.place != nil)
    clearsEnvironment = isKnown ? pool?.clears ?? true : nil
  }

  private static func read(_ file: SourceFile, into pools: inout [String: Pool]) {
    var section = ""
    let map = file.lineMap
    for number in 1...max(min(map.lineCount, 5000), 1) {
      guard let range = map.range(ofLine: number), range.count < 4096 else { continue }
      let line = file.bytes[range.start..<range.end]
      guard let first = line.firstIndex(where: { $0 > 0x20 }), line[first] != UInt8(ascii: ";") else { continue }
      if line[first] == UInt8(ascii: "["), let end = line.firstIndex(of: UInt8(ascii: "]")) {
        section = String(decoding: line[(first + 1)..<end], as: UTF8.self)
        if section != "global" {
          pools[section, default: Pool()].place = Place(file: file.path, ByteRange(first, end + 1))
        }
        continue
      }
      guard !section.isEmpty, section != "global", let sign = line.firstIndex(of: UInt8(ascii: "=")),
        let value = line[(sign + 1)...].firstIndex(where: { $0 > 0x20 && !"'\"".utf8.contains($0) }),
        let last = line[value..<(line[value...].firstIndex(of: UInt8(ascii: ";")) ?? line.endIndex)].lastIndex(where: {
          $0 > 0x20 && !"'\"".utf8.contains($0)
        })
      else { continue }
      let name = String(decoding: line[first..<sign].filter { $0 > 0x20 }, as: UTF8.self)
      let place = Place(file: file.path, ByteRange(value, last + 1))
      let text = String(decoding: line[value...last], as: UTF8.self)
      switch name {
      case "listen": pools[section, default: Pool()].listen = Cell(text, place)
      case "clear_env":
        pools[section, default: Pool()].clears = !["no", "off", "0", "false"].contains(text.lowercased())
        pools[section, default: Pool()].place = place
      case _ where name.hasPrefix("env["):
        pools[section, default: Pool()].handedOn.insert(String(name.dropFirst(4).dropLast()))
      default: break
      }
    }
  }
}

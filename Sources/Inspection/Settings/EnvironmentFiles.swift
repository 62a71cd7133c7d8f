import SourceText

extension ServiceModel {
  /// What the files of `docker run --env-file` set, and whether all of them could be read. In them a value stands as it is,
  /// quotes included (https://docs.docker.com/reference/cli/docker/container/run/#env).
  static func environment(of command: ContainerCommand?, _ workspace: Workspace) -> (set: [Setting], isWhole: Bool) {
    var settings: [Setting] = []
    var isWhole = true
    for word in command?.values("--env-file") ?? [] {
      guard let path = word.text.map(Path.clean), let file = workspace.file(path) else {
        isWhole = false
        continue
      }
      settings += EnvironmentFiles.read(file).map {
        Setting(name: $0.name, value: Cell($0.written, Place(file: path, $0.range)), by: "env-file")
      }
    }
    return (settings, isWhole)
  }
}

/// The environment files of a project, whoever reads them: `.env`, `.env.local`, `prod.env`.
struct EnvironmentFiles {
  struct Entry {
    let name: String
    /// Without quotes around it.
    let value: String
    /// The value as it stands, quotes and comments included.
    let written: String
    let nameRange: ByteRange
    let range: ByteRange
  }

  let workspace: Workspace

  /// A file with more lines holds data, not settings.
  private static let limit = 2000

  /// The paths of the project's environment files.
  var paths: [String] {
    workspace.listing.items.map(\.path).filter { path in
      let name = Path.name(path)
      return (name == ".env" || name.hasPrefix(".env.") || name.hasSuffix(".env"))
        && !["example", "sample", "template", "dist", "tmpl", "tpl"].contains { name.contains($0) }
    }
  }

  func entries(of path: String) -> [Entry] { workspace.file(path).map(Self.read) ?? [] }

  static func read(_ file: SourceFile) -> [Entry] {
    var entries: [Entry] = []
    let bytes = file.bytes
    var start = 0
    var lines = 0
    while start < bytes.count, lines < limit {
      lines += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if let entry = entry(file, ByteRange(start, end)) { entries.append(entry) }
      start = end + 1
    }
    return entries
  }

  private static func entry(_ file: SourceFile, _ line: ByteRange) -> Entry? {
    let bytes = file.bytes
    var start = line.start
    var end = line.end
    func isBlank(_ index: Int) -> Bool { [0x20, 0x09, 0x0D].contains(bytes[index]) }
    while start < end, isBlank(start) { start += 1 }
    while end > start, isBlank(end - 1) { end -= 1 }
    if bytes[start..<end].starts(with: Array("export ".utf8)) { start += 7 }
    guard start < end, bytes[start] != UInt8(ascii: "#"),
      let sign = bytes[start..<end].firstIndex(of: UInt8(ascii: "="))
    else { return nil }
    var nameEnd = sign
    while nameEnd > start, isBlank(nameEnd - 1) { nameEnd -= 1 }
    let nameRange = ByteRange(start, nameEnd)
    guard !nameRange.isEmpty, bytes[start..<nameEnd].allSatisfy(Self.isNameByte) else { return nil }
    let range = ByteRange(sign + 1, end)
    let written = file.text(range)
    var value = written[...]
    if let quote = value.first, quote == "\"" || quote == "'", value.dropFirst().contains(quote) {
      value = value.dropFirst().prefix { $0 != quote }
    }
    return Entry(name: file.text(nameRange), value: String(value), written: written, nameRange: nameRange, range: range)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte)
      || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

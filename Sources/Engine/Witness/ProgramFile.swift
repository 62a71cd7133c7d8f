/// A file of a container as `docker cp NAME:PATH -` hands it over: an archive whose first entry it is.
///
/// https://www.gnu.org/software/tar/manual/html_node/Standard.html
struct ArchiveEntry: Sendable {
  let mode: Int
  let user: Int
  let group: Int
  /// `0` file, `2` symbolic link, `5` directory.
  let kind: UInt8
  let target: String
  let content: ArraySlice<UInt8>

  /// Nil for what is no archive.
  init?(_ bytes: [UInt8]) {
    var start = 0
    // Entries that only say something about the next one come before it.
    for _ in 0..<8 {
      guard bytes.count >= start + 512, bytes[(start + 257)..<(start + 262)].elementsEqual("ustar".utf8) else {
        return nil
      }
      let header = bytes[start..<(start + 512)]
      let kind = bytes[start + 156]
      let size = Self.number(header, 124, 12)
      guard size >= 0, size < 1 << 40 else { return nil }
      if [UInt8(ascii: "x"), UInt8(ascii: "g"), UInt8(ascii: "L"), UInt8(ascii: "K")].contains(kind) {
        start += 512 + (size + 511) / 512 * 512
        continue
      }
      self.kind = kind == 0 ? UInt8(ascii: "0") : kind
      mode = Self.number(header, 100, 8)
      // podman writes the number of the container's user, and the name of the file's: https://github.com/containers/podman
      user = header[(start + 265)...].starts(with: Array("root\0".utf8)) ? 0 : Self.number(header, 108, 8)
      group = Self.number(header, 116, 8)
      target = String(decoding: header[(start + 157)..<(start + 257)].prefix { $0 != 0 }, as: UTF8.self)
      content = bytes[(start + 512)..<min(bytes.count, start + 512 + size)]
      return
    }
    return nil
  }

  private static func number(_ header: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> Int {
    var value = 0
    for byte in header[(header.startIndex + offset)...].prefix(count) {
      if byte == 0x20, value == 0 { continue }
      guard byte >= 0x30, byte <= 0x37 else { break }
      value = value << 3 | Int(byte - 0x30)
    }
    return value
  }
}

/// What kind of program a file is, by its first bytes.
enum ProgramFile: Hashable, Sendable {
  /// A program for Linux; `loader` is the file that starts it, nil for one that needs none.
  case program(machine: String, loader: String?)
  /// A script, with the interpreter that its first line names.
  case script(interpreter: String, hasCarriageReturn: Bool)
  case other

  /// How much of a file is enough to tell, in bytes.
  static let enough = 64 << 10

  init(_ bytes: ArraySlice<UInt8>) {
    self = Self.script(bytes) ?? Self.program(bytes) ?? .other
  }

  private static func script(_ bytes: ArraySlice<UInt8>) -> ProgramFile? {
    guard bytes.starts(with: "#!".utf8) else { return nil }
    let line = bytes.dropFirst(2).prefix(256).prefix { $0 != 0x0A }
    let words = String(decoding: line, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\r" || $0 == "\t" })
    return .script(interpreter: words.first.map(String.init) ?? "", hasCarriageReturn: line.last == 0x0D)
  }

  /// https://refspecs.linuxfoundation.org/elf/elf.pdf
  private static func program(_ bytes: ArraySlice<UInt8>) -> ProgramFile? {
    let file = Array(bytes)
    guard file.count >= 52, file.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { return nil }
    let isWide = file[4] == 2
    let isBig = file[5] == 2
    func number(_ offset: Int, _ size: Int) -> Int? {
      guard offset >= 0, offset <= file.count - size else { return nil }
      let part = file[offset..<(offset + size)]
      let value = (isBig ? Array(part) : part.reversed()).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return Int(exactly: value)
    }
    let machine = number(18, 2).flatMap { machines[$0] } ?? "unknown"
    guard let table = number(isWide ? 32 : 28, isWide ? 8 : 4), let size = number(isWide ? 54 : 42, 2),
      let count = number(isWide ? 56 : 44, 2), size >= (isWide ? 56 : 32), table < file.count
    else { return .program(machine: machine, loader: nil) }
    for index in 0..<min(count, 128) {
      let header = table + index * size
      // 3 is PT_INTERP: the path of the loader.
      guard number(header, 4) == 3, let start = number(header + (isWide ? 8 : 4), isWide ? 8 : 4),
        let length = number(header + (isWide ? 32 : 16), isWide ? 8 : 4), start < file.count, length < 4096
      else { continue }
      let path = file[start..<min(file.count, start + length)].prefix { $0 != 0 }
      return .program(machine: machine, loader: String(decoding: path, as: UTF8.self))
    }
    return .program(machine: machine, loader: nil)
  }

  private static let machines = [
    3: "386", 8: "mips", 20: "ppc", 21: "ppc64le", 22: "s390x", 40: "arm", 62: "amd64", 183: "arm64", 243: "riscv64",
    258: "loong64",
  ]

  /// The C library that the loader belongs to: glibc, musl, or none for a program without a loader. Nil for any other.
  var libc: String? {
    guard case .program(_, let loader) = self else { return nil }
    guard let loader else { return "none" }
    if loader.contains("ld-musl") { return "musl" }
    return loader.contains("ld-linux") || loader.contains("ld64.so") || loader.contains("ld.so") ? "glibc" : nil
  }
}

import DockerfileSyntax
import SourceText

/// Takes away the `--mount` of a RUN that a place stands in.
enum MountFlag {
  /// Nil where the place is in no mount.
  static func removal(_ target: Rewriters.Target) -> [TextEdit]? {
    let bytes = target.file.bytes
    let run = DockerfileLines(target.file).instructions.first {
      $0.keyword == .run && $0.range.contains(target.range.start)
    }
    guard let flag = run?.flags(named: "mount").first(where: { $0.range.contains(target.range.start) }) else {
      return nil
    }
    var end = skippingBlanks(flag.range.end, bytes)
    // With a line of its own goes the line.
    if end < bytes.count, bytes[end] == UInt8(ascii: "\\") {
      let next = skippingBlanks(end + 1, bytes)
      if next < bytes.count, bytes[next] == 0x0A { end = skippingBlanks(next + 1, bytes) }
      if next + 1 < bytes.count, bytes[next] == 0x0D, bytes[next + 1] == 0x0A { end = skippingBlanks(next + 2, bytes) }
    }
    return [TextEdit(ByteRange(flag.range.start, end), "")]
  }

  private static func skippingBlanks(_ start: Int, _ bytes: [UInt8]) -> Int {
    bytes[min(start, bytes.count)...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? bytes.count
  }
}

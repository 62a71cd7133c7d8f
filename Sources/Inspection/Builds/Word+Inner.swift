import DockerfileSyntax
import SourceText

extension DockerfileSyntax.Word {
  /// The bytes of the word without the quotes that JSON strings have around them.
  func inner(of file: Dockerfile) -> ByteRange {
    guard range.count >= 2, range.end <= file.bytes.count, file.bytes[range.start] == UInt8(ascii: "\""),
      file.bytes[range.end - 1] == UInt8(ascii: "\"")
    else { return range }
    return ByteRange(range.start + 1, range.end - 1)
  }
}

import Diagnosis
import Inspection
import Knowledge
import SourceText

/// Turns the edits of a fix template into changed files.
struct EditBuilder {
  let diagnosis: Diagnosis
  let files: [String: SourceFile]

  func filled(_ text: LocalizedText) -> LocalizedText {
    LocalizedText(en: filled(text.en), zh: filled(text.zh))
  }

  func filled(_ text: String) -> String { Template(text).rendered { diagnosis.value(of: $0) } }

  /// The files that the edits change; nil when an edit has no place here, or the edits get in each other's way.
  func changes(_ templates: [EditTemplate]) -> [Fix.Change]? {
    var edits: [String: EditSet] = [:]
    var added: [String: String] = [:]
    for template in templates {
      if case .append(let path, let text) = template {
        added[Path.clean(filled(path)), default: ""] += filled(text)
        continue
      }
      guard let (path, made) = self.edits(template) else { return nil }
      do { try edits[path, default: EditSet()].merge(EditSet(made)) } catch { return nil }
    }
    for path in added.keys where edits[path] == nil { edits[path] = EditSet() }
    return edits.sorted { $0.key < $1.key }.compactMap { path, set in
      guard let file = files[path] else {
        return added[path].map { Fix.Change(path: path, old: nil, new: Array($0.utf8)) }
      }
      let edited = set.apply(to: file.bytes)
      return Fix.Change(path: path, old: file.bytes, new: added[path].map { Self.appending($0, to: edited) } ?? edited)
    }
  }

  /// The text behind the last line, with the line breaks that the file has.
  private static func appending(_ text: String, to bytes: [UInt8]) -> [UInt8] {
    let hasCarriageReturns = bytes.indices.contains { bytes[$0] == 0x0A && $0 > 0 && bytes[$0 - 1] == 0x0D }
    let ending: [UInt8] = hasCarriageReturns ? [0x0D, 0x0A] : [0x0A]
    let isOpen = !bytes.isEmpty && bytes.last != 0x0A
    return bytes + (isOpen ? ending : []) + text.utf8.flatMap { $0 == 0x0A ? ending : [$0] }
  }

  private func edits(_ template: EditTemplate) -> (path: String, edits: [TextEdit])? {
    switch template {
    case .replace(let variable, let text):
      return place(variable).map { ($0.file.path, [TextEdit($0.range, filled(text))]) }
    case .insertBefore(let variable, let text):
      return place(variable).map { ($0.file.path, [insertion(text, $0.file, before: true, $0.range)]) }
    case .insertAfter(let variable, let text):
      return place(variable).map { ($0.file.path, [insertion(text, $0.file, before: false, $0.range)]) }
    case .delete(let variable):
      return place(variable).map { ($0.file.path, [TextEdit(lines(of: $0.range, $0.file), "")]) }
    case .append: return nil
    case .unixLineEndings(let variable):
      return place(variable).map { ($0.file.path, carriageReturns($0.file)) }
    case .rewrite(let name, let arguments):
      let targets = arguments.compactMapValues { variable in
        place(variable).map {
          Rewriters.Target(file: $0.file, range: $0.range, value: diagnosis.solution.bindings[variable]?.cell.value)
        }
      }
      return Rewriters.edits(name, targets).map { ($0.file.path, $0.edits) }
    }
  }

  /// The file and the bytes that a variable stands for.
  private func place(_ variable: Int) -> (file: SourceFile, range: ByteRange)? {
    guard let place = diagnosis.solution.bindings[variable]?.cell.place, let path = place.file, let file = files[path]
    else { return nil }
    return (file, place.range)
  }

  /// Whole lines, indented and ended as the line is that they stand beside.
  private func insertion(_ text: String, _ file: SourceFile, before: Bool, _ range: ByteRange) -> TextEdit {
    let lines = lines(of: range, file)
    let indentation = file.bytes[lines.start..<lines.end].prefix { $0 == 0x20 || $0 == 0x09 }
    let ending: [UInt8] = file.bytes.contains(0x0D) && file.text(lines).hasSuffix("\r\n") ? [0x0D, 0x0A] : [0x0A]
    var new: [UInt8] = []
    if !before, lines.end == file.bytes.count, file.bytes.last != 0x0A { new += ending }
    let content = filled(text).split(separator: "\n", omittingEmptySubsequences: false)
    for line in content.last?.isEmpty == true ? content.dropLast() : content[...] {
      if !line.isEmpty { new += indentation + Array(line.utf8) }
      new += ending
    }
    return TextEdit(ByteRange(at: before ? lines.start : lines.end), new)
  }

  /// The range widened to whole lines, the last line break included.
  private func lines(of range: ByteRange, _ file: SourceFile) -> ByteRange {
    let bytes = file.bytes
    let range = range.clamped(to: bytes.count)
    var start = range.start
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    var end = max(range.start, range.end - (range.isEmpty ? 0 : 1))
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return ByteRange(start, min(end + 1, bytes.count))
  }

  private func carriageReturns(_ file: SourceFile) -> [TextEdit] {
    file.bytes.indices.dropLast().filter { file.bytes[$0] == 0x0D && file.bytes[$0 + 1] == 0x0A }
      .map { TextEdit(ByteRange($0, $0 + 1), "") }
  }
}

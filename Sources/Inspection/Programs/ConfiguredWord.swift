import SourceText

/// A setting in the configuration file that a program is started with, such as `daemonize yes`.
struct ConfiguredWord {
  /// The setting's last word.
  let text: String
  let place: Place

  /// Looks for a line of these words in the files that the arguments name; the last such line of a file counts.
  ///
  /// - Parameter setting: a name and its value, apart by blanks. A line of the same name with another value undoes it.
  init?(_ setting: String, _ launched: LaunchedProgram, _ files: ServiceFiles, _ workspace: Workspace) {
    let words = setting.split(separator: " ").map(String.init)
    guard words.count == 2 else { return nil }
    for argument in launched.arguments where !argument.text.hasPrefix("-") {
      guard let path = files.projectFile(at: argument.text), let file = workspace.file(path) else { continue }
      guard let found = Self.value(of: words[0], in: file) else { continue }
      guard found.text == words[1] else { return nil }
      self = ConfiguredWord(text: found.text, place: found.place)
      return
    }
    return nil
  }

  private init(text: String, place: Place) {
    self.text = text
    self.place = place
  }

  private static func value(of name: String, in file: SourceFile) -> ConfiguredWord? {
    let map = file.lineMap
    var value: ConfiguredWord?
    for number in 1...max(min(map.lineCount, 20_000), 1) {
      guard let range = map.range(ofLine: number) else { continue }
      let bytes = file.bytes[range.start..<range.end]
      let words = bytes.split { [0x20, 0x09, 0x0D, 0x0A, UInt8(ascii: "\"")].contains($0) }
      guard words.count == 2, words[0].elementsEqual(name.utf8) else { continue }
      let place = Place(file: file.path, ByteRange(words[1].startIndex, words[1].endIndex))
      value = ConfiguredWord(text: String(decoding: words[1], as: UTF8.self), place: place)
    }
    return value
  }
}

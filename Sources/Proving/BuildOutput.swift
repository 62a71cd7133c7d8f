/// What a build tells of the images that it makes.
enum BuildOutput {
  /// The images of the steps that it has run: ` ---> 0123456789ab` of the classic builder, `--> 0123456789ab` of podman's.
  /// Those that it took from the cache belong to somebody else.
  static func images(in output: [UInt8]) -> [String] {
    var images: [String] = []
    var isCached = false
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line.prefix(200), as: UTF8.self)
      let wasCached = isCached
      isCached = text.contains("Using cache")
      guard !wasCached, let arrow = text.firstIndex(of: ">"), text[..<arrow].hasSuffix("--"),
        text[..<arrow].allSatisfy({ $0 == "-" || $0 == " " })
      else { continue }
      let id = String(text[text.index(after: arrow)...].drop { $0 == " " }.prefix { $0.isHexDigit })
      if id.utf8.count >= 10, !images.contains(id) { images.append(id) }
    }
    return images
  }

  /// The images that its steps start from, as far as they were fetched for it: behind `Step 1/4 : FROM golang:1.24 AS build`, or
  /// podman's `[1/2] STEP 1/4: FROM ...`, a line says so before the next step begins.
  static func pulled(in output: [UInt8]) -> [String] {
    var names: [String] = []
    var base: String?
    for line in output.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line.prefix(400), as: UTF8.self)
      let words = text.split(separator: " ").map(String.init)
      if words.first.map({ $0.hasPrefix("Step") || $0.hasPrefix("STEP") || $0.hasPrefix("[") }) == true {
        let from = words.prefix(6).firstIndex(of: "FROM")
        base = from.flatMap { words[($0 + 1)...].first { !$0.hasPrefix("-") } }
      } else if let name = base, text.contains("Downloaded newer image for ") || text.hasPrefix("Trying to pull ") {
        names.append(name.contains(":") ? name : name + ":latest")
        base = nil
      }
    }
    return names
  }
}

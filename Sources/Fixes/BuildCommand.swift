import SourceText

/// A `docker build` in a script or a pipeline.
enum BuildCommand {
  private static let starts = ["docker buildx build", "docker image build", "docker build", "podman build"]

  /// Hands a build argument over, with the value that the variable of that name has there.
  ///
  /// https://docs.docker.com/reference/cli/docker/buildx/build/#build-arg
  static func passing(_ target: Rewriters.Target, argument: String?) -> [TextEdit]? {
    guard let argument, !argument.isEmpty, let start = start(of: target) else { return nil }
    return [TextEdit(ByteRange(at: target.range.start + start.utf8.count), " --build-arg \(argument)")]
  }

  /// Keeps the layers of all stages in the registry that the image is pushed to.
  ///
  /// The `docker` driver of a new builder cannot export a cache, so another builder is made:
  /// https://docs.docker.com/build/cache/backends/#command-syntax
  static func keepingCache(_ target: Rewriters.Target) -> [TextEdit]? {
    guard let start = start(of: target), start != "podman build", let name = tag(target) else { return nil }
    let text = target.file.text(target.range)
    guard !text.contains("--cache-to"), !text.contains("--cache-from") else { return nil }
    let range = ByteRange(target.range.start, target.range.start + start.utf8.count)
    let cache = "type=registry,ref=\(name):buildcache"
    return [
      TextEdit(
        range,
        "docker buildx create --use && docker buildx build --load --cache-from \(cache) --cache-to \(cache),mode=max")
    ]
  }

  private static func start(of target: Rewriters.Target) -> String? {
    let text = target.file.text(target.range)
    return starts.first { text.hasPrefix($0 + " ") }
  }

  /// The name of the image without its tag and quotes, when nothing but a plain text or variables make it.
  private static func tag(_ target: Rewriters.Target) -> String? {
    let words = target.file.text(target.range).split(separator: " ").map(String.init)
    var name: String?
    for (index, word) in words.enumerated() {
      if ["-t", "--tag"].contains(word), index + 1 < words.count { name = words[index + 1] }
      if word.hasPrefix("--tag=") { name = String(word.dropFirst(6)) }
      if name != nil { break }
    }
    guard var name else { return nil }
    name.removeAll { $0 == "\"" || $0 == "'" }
    let last = name.lastIndex(of: "/") ?? name.startIndex
    if let colon = name[last...].firstIndex(of: ":"), !name[colon...].contains("}") || name[colon...].contains("${") {
      name = String(name[..<colon])
    }
    let isPlain = name.utf8.allSatisfy {
      $0 >= 0x80 || 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || "$_{}.-/:".utf8.contains($0)
    }
    return isPlain && !name.isEmpty && !name.hasPrefix("-") ? name : nil
  }
}

/// Moves a file that the program writes into the home folder of the user `nonroot`, which small images without a shell have
/// for him.
enum HomePath {
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    let path = target.file.text(target.range)
    guard path.hasPrefix("/"), let slash = path.lastIndex(of: "/"), !path[slash...].dropFirst().isEmpty else {
      return nil
    }
    return [TextEdit(target.range, "/home/nonroot" + path[slash...])]
  }
}

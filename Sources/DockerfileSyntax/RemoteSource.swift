/// Sources of ADD that are no paths of the build context.
public enum RemoteSource {
  public static func isURL(_ source: String) -> Bool { source.hasPrefix("http://") || source.hasPrefix("https://") }

  /// A repository: `git@host:path`, `git://`, `ssh://`, or an address of the web that ends with `.git`, each with an
  /// optional `#branch:folder`.
  public static func isGit(_ source: String) -> Bool {
    if source.hasPrefix("git@") { return source.utf8.contains(UInt8(ascii: ":")) }
    if source.hasPrefix("git://") || source.hasPrefix("ssh://") { return true }
    return isURL(source) && source.prefix { $0 != "#" && $0 != "?" }.hasSuffix(".git")
  }
}

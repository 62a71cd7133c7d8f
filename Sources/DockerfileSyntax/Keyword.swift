/// The first word of an instruction.
///
/// https://docs.docker.com/reference/dockerfile/#overview
public enum Keyword: String, Hashable, Sendable, CaseIterable {
  case add, arg, cmd, copy, entrypoint, env, expose, from, healthcheck, label, maintainer, onbuild, run, shell
  case stopsignal, user, volume, workdir
  /// Not an instruction of the builder.
  case unknown

  /// The keyword at a range, in any case.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self = .unknown
    guard range.count <= 11, let first = range.first.map({ bytes[$0].lowercased }) else { return }
    func match(_ keyword: Keyword, _ name: StaticString) -> Bool {
      guard equalsIgnoringCase(bytes, range, name) else { return false }
      self = keyword
      return true
    }
    switch first {
    case UInt8(ascii: "a"): _ = match(.add, "add") || match(.arg, "arg")
    case UInt8(ascii: "c"): _ = match(.copy, "copy") || match(.cmd, "cmd")
    case UInt8(ascii: "e"): _ = match(.env, "env") || match(.expose, "expose") || match(.entrypoint, "entrypoint")
    case UInt8(ascii: "f"): _ = match(.from, "from")
    case UInt8(ascii: "h"): _ = match(.healthcheck, "healthcheck")
    case UInt8(ascii: "l"): _ = match(.label, "label")
    case UInt8(ascii: "m"): _ = match(.maintainer, "maintainer")
    case UInt8(ascii: "o"): _ = match(.onbuild, "onbuild")
    case UInt8(ascii: "r"): _ = match(.run, "run")
    case UInt8(ascii: "s"): _ = match(.shell, "shell") || match(.stopsignal, "stopsignal")
    case UInt8(ascii: "u"): _ = match(.user, "user")
    case UInt8(ascii: "v"): _ = match(.volume, "volume")
    case UInt8(ascii: "w"): _ = match(.workdir, "workdir")
    default: break
    }
  }

  /// The keyword as people write it.
  public var name: String { rawValue.uppercased() }

  var mayHoldHeredocs: Bool { self == .run || self == .copy || self == .add }
}

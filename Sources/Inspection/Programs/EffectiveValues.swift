import ProgramSource
import SourceText

/// Values of a program's source as they are in its container: what arguments and environment say comes before the
/// source's own.
struct EffectiveValues {
  let arguments: [CommandWords.Word]
  let variables: [ServiceModel.Setting]

  func value<Value>(of traced: Traced<Value>) -> (value: String?, place: Place?) {
    for setter in traced.setters {
      switch setter.kind {
      case .variable:
        guard let setting = variables.first(where: { $0.name == setter.name }) else { continue }
        // A variable may hold a port, an address, or both: only a plain value can stand for a part.
        return (part(setting.value.value, of: traced), setting.value.place)
      case .flag:
        guard let given = flag(setter.name) else { continue }
        return (part(given.text, of: traced), given.place)
      case .argument, .configuration, .input: continue
      }
    }
    let text = traced.value.value.map { "\($0)" }
    return (text, traced.value.place.map { Place(file: $0.path, $0.range) })
  }

  private func part<Value>(_ text: String?, of traced: Traced<Value>) -> String? {
    guard let text else { return nil }
    let bytes = Array(text.utf8)
    if let url = NetworkAddress.all(in: bytes, 0..<bytes.count).first(where: { $0.scheme != nil }) {
      return Value.self == Int.self ? url.effectivePort.map(String.init) : url.host
    }
    let halves = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if Value.self == Int.self { return Int(halves.last ?? "").map(String.init) }
    return halves.count > 1 ? halves.dropLast().joined(separator: ":") : Int(text) == nil ? text : ""
  }

  /// `--port 80`, `-port=80` among the arguments.
  private func flag(_ name: String) -> (text: String, place: Place?)? {
    for (index, word) in arguments.enumerated() {
      let plain = word.text.drop { $0 == "-" }
      guard word.text.hasPrefix("-") else { continue }
      if plain == name, index + 1 < arguments.count { return (arguments[index + 1].text, arguments[index + 1].place) }
      if plain.hasPrefix(name + "=") { return (String(plain.dropFirst(name.count + 1)), word.place) }
    }
    return nil
  }
}

/// The model as the JSON that `docker compose config --format json` prints, without the doubling of `$`.
public enum CanonicalJSON {
  /// The active services and all resources of a project, keys sorted.
  public static func text(_ project: ComposeProject) -> String {
    var writer = Writer()
    var model = project.model.map ?? ComposeMap()
    let active = ComposeMap(
      project.services.compactMap { service in model["services"]?[service.name].map { (service.name, $0) } })
    model["services"] = ComposeValue(.map(active))
    writer.writeProject(model)
    return writer.text
  }

  private struct Writer {
    var text = ""

    mutating func writeProject(_ model: ComposeMap) {
      guard case .object(let object) = Field.project else { return }
      var members = members(of: model, object)
      for (key, value) in model where key.hasPrefix("x-") {
        var writer = Writer()
        writer.writePlain(value)
        members.append((key, writer.text))
      }
      if !members.contains(where: { $0.0 == "services" }) { members.append(("services", "{}")) }
      write(members)
    }

    private mutating func write(_ members: [(String, String)]) {
      text += "{"
      for (index, member) in members.sorted(by: { $0.0 < $1.0 }).enumerated() {
        if index > 0 { text += "," }
        writeString(member.0)
        text += ":" + member.1
      }
      text += "}"
    }

    /// What is left of an object after empty values are left out.
    private func members(of map: ComposeMap, _ object: ObjectField) -> [(String, String)] {
      var members: [(String, String)] = []
      for (key, field) in object.fields where key != "env_file" {
        if let value = map[key], let json = json(value, field) {
          members.append((key, json))
        } else if object.always.contains(key) {
          members.append((key, empty(field)))
        }
      }
      return members
    }

    private func empty(_ field: Field) -> String {
      switch field {
      case .command: "null"
      case .flag: "false"
      case .object(let object):
        "{"
          + object.always.sorted().map { "\"\($0)\":" + (object[$0].map { empty($0) } ?? "null") }.joined(
            separator: ",")
          + "}"
      default: "null"
      }
    }

    /// nil where the value is left out.
    private func json(_ value: ComposeValue, _ field: Field) -> String? {
      var writer = Writer()
      switch field {
      case .text:
        guard let text = value.text, !text.isEmpty else { return nil }
        writer.writeString(text)
      case .flag: return value.bool == true ? "true" : nil
      case .flagUnlessFalse: return value.bool == false ? "false" : nil
      case .optionalFlag: return value.bool.map { $0 ? "true" : "false" }
      case .number, .deviceCount: return value.integer.flatMap { $0 == 0 ? nil : String($0) }
      case .optionalNumber: return value.integer.map(String.init)
      case .float:
        guard let number = value.integer.map(Double.init) ?? value.double, number != 0 else { return nil }
        return GoNotation.text(Double("\(Float(number))") ?? number)
      case .bytes: return value.integer.flatMap { $0 == 0 ? nil : "\"\($0)\"" }
      case .duration: return value.integer.flatMap { $0 == 0 ? nil : "\"\(ComposeDuration.text($0))\"" }
      case .optionalDuration: return value.integer.map { "\"\(ComposeDuration.text($0))\"" }
      case .mode:
        guard let mode = value.integer else { return nil }
        return "\"0\(String(mode, radix: 8))\""
      case .texts, .healthTest:
        guard let items = value.list, !items.isEmpty else { return nil }
        writer.writePlain(value)
      case .command:
        guard value.list != nil else { return nil }
        writer.writePlain(value)
      case .settings, .labels, .multiple, .anything:
        guard !(value.map?.isEmpty ?? true) else { return nil }
        writer.writePlain(value)
      case .hosts:
        var hosts: [String] = []
        for (name, addresses) in value.map ?? ComposeMap() {
          for address in addresses.list ?? [] { hosts.append("\(name)=\(address.string ?? "")") }
        }
        guard !hosts.isEmpty else { return nil }
        writer.writePlain(ComposeValue(.list(hosts.sorted().map { .string($0) })))
      case .sshKeys:
        var keys: [String] = []
        for (name, path) in value.map ?? ComposeMap() {
          keys.append(path.string.map { $0.isEmpty ? name : "\(name)=\($0)" } ?? name)
        }
        guard !keys.isEmpty else { return nil }
        writer.writePlain(ComposeValue(.list(keys.sorted().map { .string($0) })))
      case .ulimit: writer.writePlain(value)
      case .list(let field):
        guard let items = value.list, !items.isEmpty else { return nil }
        return "[" + items.map { json($0, field) ?? "{}" }.joined(separator: ",") + "]"
      case .named(let field):
        guard let map = value.map, !map.isEmpty else { return nil }
        writer.write(map.map { ($0.key, json($0.value, field) ?? "null") })
      case .object(let object):
        guard let map = value.map else { return nil }
        writer.write(members(of: map, object).map { (Self.renamed($0.0, object), $0.1) })
      }
      return writer.text
    }

    /// Compose prints the keys of block devices with a capital.
    private static func renamed(_ key: String, _ object: ObjectField) -> String {
      guard object.fields.count == 2, object.fields[0].key == "path" else { return key }
      switch key {
      case "path": return "Path"
      case "weight": return "Weight"
      case "rate": return "Rate"
      default: return key
      }
    }

    mutating func writePlain(_ value: ComposeValue) {
      switch value.content {
      case .null: text += "null"
      case .bool(let flag): text += flag ? "true" : "false"
      case .integer(let number): text += String(number)
      case .float(let number): text += number.isFinite ? GoNotation.text(number) : "null"
      case .string(let string): writeString(string)
      case .list(let items):
        text += "["
        for (index, item) in items.enumerated() {
          if index > 0 { text += "," }
          writePlain(item)
        }
        text += "]"
      case .map(let map):
        write(
          map.map { key, value in
            var writer = Writer()
            writer.writePlain(value)
            return (key, writer.text)
          })
      }
    }

    mutating func writeString(_ string: String) {
      text += "\""
      for scalar in string.unicodeScalars {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        default:
          if scalar.value < 0x20 {
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          } else {
            text.unicodeScalars.append(scalar)
          }
        }
      }
      text += "\""
    }
  }
}

extension ComposeValue {
  fileprivate var double: Double? { if case .float(let value) = content { value } else { nil } }
}

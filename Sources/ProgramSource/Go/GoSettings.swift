import SourceText

/// What the program tells libraries of flags, environment variables and settings: names and defaults.
///
/// Sources: https://pkg.go.dev/flag, https://pkg.go.dev/github.com/spf13/pflag, https://pkg.go.dev/github.com/spf13/viper,
/// https://pkg.go.dev/github.com/urfave/cli/v2, https://pkg.go.dev/github.com/alecthomas/kingpin/v2,
/// https://pkg.go.dev/github.com/kelseyhightower/envconfig, https://pkg.go.dev/github.com/caarlos0/env/v11
struct GoSettings: Sendable {
  struct Entry: Sendable {
    var setters: [Setter] = []
    var fallback: (expression: GoExpression, unit: Int)?
  }

  /// Defaults and variables of viper keys, in lower case.
  private var keys: [String: Entry] = [:]
  private var viperPrefix = ""
  private var viperReadsEnvironment = false
  /// Flags by name, for `GetString("name")` and `c.String("name")`.
  private var flags: [String: Entry] = [:]

  static let flagPackages: Set<String> = [
    "flag", "github.com/spf13/pflag", "github.com/spf13/cobra", "github.com/ogier/pflag", "k8s.io/klog",
    "github.com/namsral/flag", "github.com/peterbourgon/ff",
  ]

  init(_ index: GoIndex) {
    for position in index.calls.indices { learn(position, index) }
    for site in index.composites { learn(site, index) }
  }

  // MARK: Learning

  private mutating func learn(_ position: Int, _ index: GoIndex) {
    let call = index.calls[position]
    guard case .selector(let base, let member) = call.function.kind else { return }
    let unit = index.unit(of: call)
    let package = index.symbol(call.function, unit: unit)?.package ?? index.type(of: base, unit: unit)?.package
    guard let library = package.map(GoSymbol.library) else {
      learnFlag(call, member.text, unit, index)
      return
    }
    if library == "github.com/spf13/viper" {
      learnViper(call, member.text, unit, index)
    } else if Self.flagPackages.contains(library) {
      learnFlag(call, member.text, unit, index)
    }
  }

  private mutating func learnViper(_ call: GoCall, _ method: String, _ unit: Int, _ index: GoIndex) {
    guard let key = call.arguments.first?.string else {
      if method == "AutomaticEnv" { viperReadsEnvironment = true }
      return
    }
    switch method {
    case "SetDefault" where call.arguments.count > 1:
      keys[key.lowercasedASCII, default: Entry()].fallback = (call.arguments[1], unit)
    case "BindEnv":
      let names = call.arguments.dropFirst().compactMap(\.string)
      let name = names.first ?? (viperPrefix.isEmpty ? key : "\(viperPrefix)_\(key)").uppercasedASCII
      keys[key.lowercasedASCII, default: Entry()].setters.append(Setter(.variable, name, index.place(of: call)))
    case "SetEnvPrefix": viperPrefix = key
    case "BindPFlag" where call.arguments.count > 1:
      if case .call(_, let arguments) = call.arguments[1].kind, let flag = arguments.first?.string {
        keys[key.lowercasedASCII, default: Entry()].setters.append(Setter(.flag, flag, index.place(of: call)))
      }
    default: break
    }
  }

  /// `String("addr", ":8080", "usage")`, `StringVarP(&addr, "addr", "a", ":8080", "usage")`
  private mutating func learnFlag(_ call: GoCall, _ method: String, _ unit: Int, _ index: GoIndex) {
    guard let flag = FlagCall(method, call.arguments) else { return }
    let setter = Setter(.flag, flag.name, index.place(of: call))
    flags[flag.name] = Entry(setters: [setter], fallback: (flag.fallback, unit))
  }

  /// `&cli.StringFlag{Name: "addr", Value: ":8080", EnvVars: []string{"ADDR"}}`
  private mutating func learn(_ site: GoLiteralSite, _ index: GoIndex) {
    guard let type = site.type.flatMap({ index.typeSymbol($0, unit: site.unit) }),
      type.library == "github.com/urfave/cli" || type.library.hasPrefix("github.com/urfave/cli/"),
      type.name.hasSuffix("Flag"),
      let name = site.elements.first(where: { $0.key?.name == "Name" })?.value.string
    else { return }
    let long = name.split(separator: ",").first.map(String.init) ?? name
    flags[long] = Self.entry(site, long, index)
  }

  private static func entry(_ site: GoLiteralSite, _ name: String, _ index: GoIndex) -> Entry {
    let place = index.place(site.expression.range, unit: site.unit)
    var entry = Entry(setters: [Setter(.flag, name, place)])
    for element in site.elements {
      switch element.key?.name {
      case "Value": entry.fallback = (element.value, site.unit)
      case "EnvVars", "EnvVar", "Sources":
        for name in strings(in: element.value) { entry.setters.insert(Setter(.variable, name, place), at: 0) }
      default: break
      }
    }
    return entry
  }

  private static func strings(in expression: GoExpression) -> [String] {
    switch expression.kind {
    case .string(let text): text.split(separator: ",").map { String($0) }
    case .composite(_, let elements): elements.compactMap(\.value.string)
    case .call(_, let arguments): arguments.compactMap(\.string)
    default: []
    }
  }

  // MARK: Asking

  private func value(of entry: Entry, _ evaluator: inout GoEvaluator) -> GoValue {
    let fallback = entry.fallback.map { evaluator.value($0.expression, unit: $0.unit) }
    guard let fallback, fallback.known != "" else { return .unknown(.setOutside, entry.setters) }
    return fallback.adding(entry.setters)
  }

  /// A function of a library of flags or settings: `flag.String("addr", ":8080", "")`, `viper.GetString("addr")`.
  func value(of symbol: GoSymbol, _ arguments: GoArguments, _ place: SourcePlace, _ evaluator: inout GoEvaluator)
    -> GoValue?
  {
    switch symbol.library {
    case "github.com/spf13/viper": return viper(symbol.name, arguments, place, &evaluator)
    case _ where Self.flagPackages.contains(symbol.library):
      if symbol.name == "Arg" {
        let position = arguments.expressions.first.flatMap { evaluator.value($0, unit: arguments.unit).known }.flatMap {
          Int($0)
        }
        return .outside(Setter(.argument, position.map { String($0 &+ 1) } ?? "", place))
      }
      return flag(symbol.name, arguments, place, &evaluator)
    default: return nil
    }
  }

  private func viper(_ method: String, _ arguments: GoArguments, _ place: SourcePlace, _ evaluator: inout GoEvaluator)
    -> GoValue?
  {
    guard method.hasPrefix("Get"), let first = arguments.expressions.first,
      let key = evaluator.value(first, unit: arguments.unit, frame: arguments.frame).known
    else { return nil }
    var entry = keys[key.lowercasedASCII] ?? Entry()
    if let flag = entry.setters.first(where: { $0.kind == .flag }), entry.fallback == nil {
      entry.fallback = flags[flag.name]?.fallback
    }
    if viperReadsEnvironment, !entry.setters.contains(where: { $0.kind == .variable }) {
      let name = (viperPrefix.isEmpty ? key : "\(viperPrefix)_\(key)").uppercasedASCII
      entry.setters.append(Setter(.variable, name, place))
    }
    entry.setters.append(Setter(.configuration, key, place))
    return value(of: entry, &evaluator)
  }

  private func flag(_ method: String, _ arguments: GoArguments, _ place: SourcePlace, _ evaluator: inout GoEvaluator)
    -> GoValue?
  {
    guard let flag = FlagCall(method, arguments.expressions), flag.target == nil else { return nil }
    let fallback = evaluator.value(flag.fallback, unit: arguments.unit, frame: arguments.frame)
    let setter = Setter(.flag, flag.name, place)
    return fallback.known == "" ? .outside(setter) : fallback.adding([setter])
  }

  /// A method of a flag set, a command, a context or viper's object; kingpin's chains.
  func value(
    ofMethod method: String, on base: GoExpression, _ arguments: GoArguments, _ place: SourcePlace,
    _ evaluator: inout GoEvaluator
  ) -> GoValue? {
    let type = evaluator.index.type(of: base, unit: arguments.unit)
    if type?.library == "github.com/spf13/viper" { return viper(method, arguments, place, &evaluator) }
    if let chain = KingpinChain(base), let name = chain.flag {
      var value = chain.fallback.map { evaluator.value($0, unit: arguments.unit, frame: arguments.frame) }
      let setters =
        chain.variables.map { Setter(.variable, $0, place) } + [
          Setter(chain.isArgument ? .argument : .flag, name, place)
        ]
      value = value?.adding(setters)
      return value ?? .unknown(.setOutside, setters)
    }
    if let value = flag(method, arguments, place, &evaluator), arguments.expressions.count > 1 { return value }
    let getters: Set<String> = ["GetString", "GetInt", "GetUint16", "String", "Int", "Uint", "GetInt32"]
    if getters.contains(method), arguments.expressions.count == 1,
      let name = evaluator.value(arguments.expressions[0], unit: arguments.unit, frame: arguments.frame).known,
      let entry = flags[name]
    {
      return value(of: entry, &evaluator)
    }
    return nil
  }

  /// What a call does to a variable whose address it gets.
  func effect(
    of position: Int, _ argument: Int, _ path: [String], _ type: GoSymbol?, _ evaluator: inout GoEvaluator
  ) -> GoValue? {
    let index = evaluator.index
    let call = index.calls[position]
    let unit = index.unit(of: call)
    guard case .selector(_, let member) = call.function.kind else { return nil }
    let place = index.place(of: call)
    if let flag = FlagCall(member.text, call.arguments), flag.target != nil, argument == 0 {
      let setter = Setter(.flag, flag.name, place)
      // A flag whose default is the variable itself keeps what the variable holds.
      if let own = GoIndexBuilder.path(of: flag.fallback), let target = flag.target.flatMap(GoIndexBuilder.path(of:)),
        own.0.text == target.0.text, own.1 == target.1
      {
        return .outside(setter)
      }
      let fallback = evaluator.value(flag.fallback, unit: unit)
      return fallback.known == nil || fallback.known == "" ? .outside(setter) : fallback.adding([setter])
    }
    guard Self.readers.contains(member.text) else { return nil }
    return filled(path, type, place, index)
  }

  /// The field of a struct that a library fills: by its tags, else by the names of the fields.
  private func filled(_ path: [String], _ type: GoSymbol?, _ place: SourcePlace, _ index: GoIndex) -> GoValue {
    var owner = type
    var key: [String] = []
    for (position, name) in path.enumerated() {
      guard let (unit, field) = owner.flatMap({ index.field(name, of: $0) }) else {
        key.append(name)
        continue
      }
      let tagged = tagged(field, owner ?? GoSymbol(package: "", name: ""), unit: unit, index)
      if position == path.count - 1, let tagged, tagged.setters.first?.kind != .configuration { return tagged }
      key.append(tagged?.setters.first { $0.kind == .configuration }?.name ?? name)
      owner = index.typeSymbol(field.type, unit: unit)
    }
    return .outside(Setter(.configuration, key.joined(separator: "."), place))
  }

  /// Functions that fill a value from text: encoding/json and its like, and libraries of settings.
  static let readers: Set<String> = [
    "Unmarshal", "UnmarshalStrict", "Decode", "DecodeFile", "UnmarshalKey", "UnmarshalExact", "ReadConfig", "Load",
    "Scan",
    "Process", "MustProcess", "Parse", "ReadEnv", "MustParse", "ParseWithOptions", "ParseWithFuncs", "MustLoad", "Fill",
    "DecodeTOML", "LoadConfig", "LoadFile", "Sscan", "Sscanf", "Populate", "ReadFileInto", "ReadInto",
  ]

  /// The value that a struct field's tags promise: `env:"PORT" envDefault:"8080"`. Nil without such tags.
  func tagged(_ field: GoField, _ type: GoSymbol, unit: Int, _ index: GoIndex) -> GoValue? {
    guard let tag = field.tag else { return nil }
    let tags = GoStructTag.parse(tag.text)
    let place = index.place(tag.range, unit: unit)
    var setters: [Setter] = []
    for key in ["env", "envconfig", "arg", "split_words"] {
      guard let text = tags[key] else { continue }
      var parts = text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed }
      if key == "arg" { parts = parts.filter { $0.hasPrefix("env:") }.map { String($0.dropFirst(4)) } }
      if key == "split_words" { parts = [Self.splitWords(field.names.first?.text ?? "")] }
      if let name = parts.first, !name.isEmpty, name != "-" { setters.append(Setter(.variable, name, place)) }
    }
    for key in ["long", "flag", "name"] {
      if let name = tags[key]?.split(separator: ",").first { setters.append(Setter(.flag, String(name), place)) }
    }
    for key in ["yaml", "json", "toml", "mapstructure", "koanf", "ini", "hcl"] {
      if setters.contains(where: { $0.kind == .variable }) { break }
      if let name = tags[key]?.split(separator: ",").first, name != "-" {
        setters.append(Setter(.configuration, String(name), place))
        break
      }
    }
    var fallback = tags["envDefault"] ?? tags["env-default"] ?? tags["default"]
    if fallback == nil, let env = tags["env"], let range = env.firstRange(of: "default=") {
      fallback = String(env[range.upperBound...])
    }
    guard let fallback else { return setters.isEmpty ? nil : .unknown(.setOutside, setters) }
    var piece = TextPiece(text: fallback, place: place, isVerbatim: false, setters: setters)
    if let range = GoStructTag.range(of: fallback, in: tag, index.units[unit].file.source) {
      piece.place = index.place(range, unit: unit)
      piece.isVerbatim = true
    }
    return .text([piece])
  }

  /// `ListenPort` as `LISTEN_PORT`.
  private static func splitWords(_ name: String) -> String {
    var words = ""
    for character in name {
      if character.isUppercase, let last = words.last, last.isLowercase { words.append("_") }
      words.append(character)
    }
    return words.uppercasedASCII
  }
}

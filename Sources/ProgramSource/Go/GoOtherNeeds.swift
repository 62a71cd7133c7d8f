import SourceText

/// Finds time zones that a program looks up and programs that it starts.
struct GoOtherNeeds {
  let calls: GoCalls

  func zones() -> [ZoneUse] {
    calls.library.filter { $0.name == "time.LoadLocation" }.flatMap { site -> [ZoneUse] in
      guard let argument = site.call.arguments.first else { return [] }
      let place = calls.index.place(argument.range, unit: site.unit)
      return calls.values(argument, in: site.call.code).map { value, _ in
        ZoneUse(
          place: calls.place(of: site.call), function: calls.function(of: site.call),
          zone: value.pieces.traced(around: place), isFatal: calls.failure(of: site.position).isFatal,
          isAtStart: calls.flow.isAtStart(site.call.code))
      }
    }
  }

  /// `exec.Command("git", "clone")`, `exec.LookPath("git")`, `syscall.Exec("/bin/sh", …)`
  func commands() -> [CommandUse] {
    let positions = [
      "os/exec.Command": 0, "os/exec.CommandContext": 1, "os/exec.LookPath": 0, "syscall.Exec": 0, "os.StartProcess": 0,
    ]
    return calls.library.flatMap { site -> [CommandUse] in
      guard let position = positions[site.name], site.call.arguments.indices.contains(position) else {
        return []
      }
      let program = site.call.arguments[position]
      let place = calls.index.place(program.range, unit: site.unit)
      let rest = site.symbol.package == "os/exec" ? site.call.arguments.dropFirst(position + 1) : []
      let arguments = rest.map { argument in
        calls.values(argument, in: site.call.code)[0].value.pieces.traced(
          around: calls.index.place(argument.range, unit: site.unit)
        ).value
      }
      return calls.values(program, in: site.call.code).map { value, _ in
        CommandUse(
          place: calls.place(of: site.call), function: calls.function(of: site.call), call: site.name,
          program: value.pieces.traced(around: place), arguments: arguments,
          isFatal: calls.failure(of: site.position).isFatal, isAtStart: calls.flow.isAtStart(site.call.code))
      }
    }
  }
}

import ProgramSource
import SourceText

/// Lets the function that serves wait until Shutdown has returned, and gives Shutdown a deadline.
///
/// https://pkg.go.dev/net/http#Server.Shutdown: “Make sure the program doesn't exit and waits instead for Shutdown to return.”
enum GoAwaitShutdown {
  /// Nil where it is not clear which goroutine shuts down what.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    guard !target.file.bytes.contains(0x0D) else { return nil }
    let file = GoFile(target.file)
    guard let place = GoStatements(around: target.range, in: file), let goroutine = Goroutine(place),
      let serve = server(after: goroutine.start, in: file),
      let channel = file.unused("stopped", "drained", "shutdownDone")
    else { return nil }
    let deadline = deadline(place, target.range, file)
    var packages = deadline.isEmpty ? [] : ["context", "time"]
    packages += ["errors", "net/http"]
    let waiting = serve.waiting(for: channel, serve: file.text(serve.call.range))
    if !waiting.contains(where: { String(decoding: $0.replacement, as: UTF8.self).contains("errors.Is") }) {
      packages.removeAll { $0 == "errors" }
    }
    guard let imports = file.importing(packages) else { return nil }
    return imports + goroutine.closing(channel, file) + deadline + waiting.filter { !$0.isEmpty }
  }

  /// The statement behind the goroutine, in the same block, that serves.
  private static func server(after step: GoStatements.Step, in file: GoFile) -> GoServe? {
    for statement in step.block.statements where statement.range.start > step.statement.range.end {
      for call in GoStatements.calls(statement) {
        guard case .call(let function, _) = call.kind, case .selector(_, let method) = function.kind,
          ["ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"].contains(method.text)
        else { continue }
        return GoServe(statement, call: call.range, in: file)
      }
    }
    return nil
  }

  /// A limit in the place of `context.Background()`.
  private static func deadline(_ place: GoStatements, _ call: ByteRange, _ file: GoFile) -> [TextEdit] {
    guard let statement = place.steps.last?.statement,
      let shutdown = GoStatements.calls(statement).first(where: { $0.range == call }),
      case .call(_, let arguments) = shutdown.kind, arguments.count == 1,
      ["context.Background()", "context.TODO()"].contains(file.text(arguments[0].range)),
      let limit = file.unused("limit", "drainLimit"), let cancel = file.unused("cancel", "cancelDrain")
    else { return [] }
    let indentation = file.indentation(at: statement.range.start)
    return [
      TextEdit(
        ByteRange(at: statement.range.start),
        "\(limit), \(cancel) := context.WithTimeout(context.Background(), 8*time.Second)\n\(indentation)"
          + "defer \(cancel)()\n\(indentation)"),
      TextEdit(arguments[0].range, limit),
    ]
  }

  /// The goroutine that calls Shutdown: a function literal, or one that calls a function of the file.
  private struct Goroutine {
    let start: GoStatements.Step
    /// The body of the function literal; nil where a function is called.
    let body: GoBlock?
    /// The call of the function.
    let call: ByteRange

    init?(_ place: GoStatements) {
      if let step = place.steps.last(where: { if case .go = $0.statement.kind { true } else { false } }) {
        guard case .go(let value) = step.statement.kind, let body = GoStatements.blocks(step.statement).first
        else { return nil }
        (start, self.body, call) = (step, body, value.range)
        return
      }
      let name = place.function.name.text
      let starts = place.file.functions.flatMap { GoStatements.all(in: place.file.body(of: $0)) }
        .compactMap { step -> (GoStatements.Step, ByteRange)? in
          guard case .go(let value) = step.statement.kind, case .call(let function, _) = value.kind else { return nil }
          if case .selector(_, let method) = function.kind { return method.text == name ? (step, value.range) : nil }
          return function.name == name ? (step, value.range) : nil
        }
      guard starts.count == 1, let only = starts.first else { return nil }
      (start, body, call) = (only.0, nil, only.1)
    }

    func closing(_ channel: String, _ file: GoFile) -> [TextEdit] {
      let indentation = file.indentation(at: start.statement.range.start)
      let channelLine = "\(channel) := make(chan struct{})\n\(indentation)"
      guard let body else {
        return [
          TextEdit(
            start.statement.range,
            channelLine + "go func() {\n\(indentation)\tdefer close(\(channel))\n\(indentation)\t\(file.text(call))\n"
              + "\(indentation)}()")
        ]
      }
      return [
        TextEdit(ByteRange(at: start.statement.range.start), channelLine),
        TextEdit(ByteRange(at: body.range.start + 1), "\n\(indentation)\tdefer close(\(channel))"),
      ]
    }
  }
}

extension TextEdit {
  /// Whether it changes nothing.
  fileprivate var isEmpty: Bool { range.isEmpty && replacement.isEmpty }
}

import ProgramSource
import SourceText

/// Lets a Go server stop when it is told to: `signal.NotifyContext`, then an awaited Shutdown with a deadline.
///
/// https://pkg.go.dev/net/http#Server.Shutdown
enum GoServeUntilSignal {
  /// Docker waits 10 s before it kills; open requests may take this long, in seconds.
  private static let deadline = 8

  /// Nil for servers of other libraries, and where the call stands in the middle of something else.
  static func edits(_ target: Rewriters.Target) -> [TextEdit]? {
    guard !target.file.bytes.contains(0x0D) else { return nil }
    let file = GoFile(target.file)
    guard let place = GoStatements(around: target.range, in: file), let step = place.steps.last,
      let serve = GoServe(step.statement, call: target.range, in: file), let server = Server(serve, file),
      let signals = file.unused("ctx", "signals", "stopSignal"), let stop = file.unused("stop", "stopNotify"),
      let stopped = file.unused("stopped", "drained"), let limit = file.unused("limit", "drainLimit"),
      let printing = file.printing,
      let imports = file.importing(
        ["context", "errors", "net/http", "os/signal", "syscall", "time"] + printing.imports)
    else { return nil }
    let indentation = file.indentation(at: step.statement.range.start)
    let lines =
      [
        "\(signals), \(stop) := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)",
        "defer \(stop)()",
      ] + (server.declaration.map { [$0] } ?? []) + [
        "\(stopped) := make(chan struct{})",
        "go func() {",
        "\tdefer close(\(stopped))",
        "\t<-\(signals).Done()",
        "\t\(limit), cancel := context.WithTimeout(context.Background(), \(deadline)*time.Second)",
        "\tdefer cancel()",
        "\tif err := \(server.name).Shutdown(\(limit)); err != nil {",
        "\t\t\(printing.function)(err)",
        "\t}",
        "}()",
      ]
    let before = lines.map { $0 + "\n" + indentation }.joined()
    return imports + [TextEdit(ByteRange(at: step.statement.range.start), before)]
      + serve.waiting(for: stopped, serve: server.call)
  }

  /// The `http.Server` that serves: one that the source has, or one that has to be declared.
  private struct Server {
    let name: String
    let declaration: String?
    let call: String

    init?(_ serve: GoServe, _ file: GoFile) {
      guard case .call(let function, let arguments) = serve.call.kind,
        case .selector(let base, let method) = function.kind
      else { return nil }
      let texts = arguments.map { file.text($0.range) }
      let isPackage = base.name == "http" && file.imports.contains { $0.path == "net/http" && $0.alias == nil }
      if !isPackage, ["ListenAndServe", "ListenAndServeTLS"].contains(method.text), texts.count != 1 {
        (name, declaration, call) = (file.text(base.range), nil, file.text(serve.call.range))
        return
      }
      guard let server = file.unused("server", "httpServer", "drainingServer") else { return nil }
      let isGin = method.text == "Run" && file.imports.contains { $0.path == "github.com/gin-gonic/gin" }
      switch (isPackage, method.text, texts.count) {
      case (true, "ListenAndServe", 2):
        declaration = Self.declaration(server, texts[0], texts[1])
        call = "\(server).ListenAndServe()"
      case (true, "ListenAndServeTLS", 4):
        declaration = Self.declaration(server, texts[0], texts[3])
        call = "\(server).ListenAndServeTLS(\(texts[1]), \(texts[2]))"
      case (false, _, 1) where isGin:
        declaration = Self.declaration(server, texts[0], file.text(base.range))
        call = "\(server).ListenAndServe()"
      default: return nil
      }
      name = server
    }

    private static func declaration(_ name: String, _ address: String, _ handler: String) -> String {
      "\(name) := &http.Server{Addr: \(address)\(handler == "nil" ? "" : ", Handler: \(handler)")}"
    }
  }
}

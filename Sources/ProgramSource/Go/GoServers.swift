import SourceText

/// Which calls run a server until it ends, and which stop one.
struct GoServers {
  let index: GoIndex

  /// A call that returns only when its server has ended.
  struct Serve {
    var call: Int
    /// Whether it returns an error as soon as the server is told to stop: `http.ErrServerClosed`.
    var failsOnStop: Bool
  }

  /// Sources: https://pkg.go.dev/net/http#Server.Shutdown, https://pkg.go.dev/google.golang.org/grpc#Server.GracefulStop
  private static let serveMethods: [String: Set<String>] = [
    "net/http": ["ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS"],
    "google.golang.org/grpc": ["Serve"],
    "github.com/gin-gonic/gin": ["Run", "RunTLS", "RunUnix", "RunListener"],
    "github.com/labstack/echo": ["Start", "StartTLS", "StartAutoTLS", "StartServer", "StartH2CServer"],
    "github.com/gofiber/fiber": ["Listen", "ListenTLS", "Listener"],
    "github.com/kataras/iris": ["Listen", "Run"],
    "github.com/valyala/fasthttp": ["ListenAndServe", "ListenAndServeTLS", "Serve"],
    "github.com/miekg/dns": ["ListenAndServe", "ActivateAndServe"],
    "github.com/gliderlabs/ssh": ["ListenAndServe", "Serve"],
    "github.com/urfave/negroni": ["Run"], "github.com/codegangsta/negroni": ["Run"],
    "github.com/go-martini/martini": ["Run", "RunOnAddr"],
    "goyave.dev/goyave": ["Start"], "github.com/System-Glitch/goyave": ["Start"],
    "github.com/astaxie/beego": ["Run"], "github.com/beego/beego": ["Run"],
    "github.com/beego/beego/v2/server/web": ["Run"],
    "github.com/prometheus/exporter-toolkit/web": ["ListenAndServe"],
    "github.com/fvbock/endless": ["ListenAndServe"], "github.com/facebookgo/grace/gracehttp": ["Serve"],
  ]

  private static let drainMethods: [String: Set<String>] = [
    "net/http": ["Shutdown"], "google.golang.org/grpc": ["GracefulStop"], "github.com/labstack/echo": ["Shutdown"],
    "github.com/gofiber/fiber": ["Shutdown", "ShutdownWithTimeout", "ShutdownWithContext"],
    "github.com/valyala/fasthttp": ["Shutdown", "ShutdownWithContext"], "github.com/kataras/iris": ["Shutdown"],
    "github.com/miekg/dns": ["Shutdown", "ShutdownContext"], "github.com/gliderlabs/ssh": ["Shutdown"],
  ]

  private static let closeMethods: [String: Set<String>] = [
    "net/http": ["Close"], "google.golang.org/grpc": ["Stop"], "github.com/labstack/echo": ["Close"],
    "github.com/gliderlabs/ssh": ["Close"], "net": ["Close"], "crypto/tls": ["Close"],
  ]

  /// The library and name of a called function or method, where it is one of a library.
  func symbol(of position: Int) -> GoSymbol? {
    let call = index.calls[position]
    let unit = index.unit(of: call)
    if let symbol = index.librarySymbol(call.function, unit: unit) { return symbol }
    guard case .selector(let base, let member) = call.function.kind, let type = index.type(of: base, unit: unit) else {
      return nil
    }
    return GoSymbol(package: type.package, name: member.text)
  }

  /// Every call that serves until its server ends.
  func serves() -> [Serve] {
    index.calls.indices.compactMap { position in
      guard let name = Self.member(of: index.calls[position]), Self.serveNames.contains(name),
        let symbol = symbol(of: position), Self.serveMethods[symbol.library]?.contains(symbol.name) ?? false
      else { return nil }
      return Serve(call: position, failsOnStop: ["net/http", "github.com/labstack/echo"].contains(symbol.library))
    }
  }

  private static let serveNames = serveMethods.values.reduce(into: Set<String>()) { $0.formUnion($1) }
  private static let stopNames = (Array(drainMethods.values) + Array(closeMethods.values))
    .reduce(into: Set<String>()) { $0.formUnion($1) }

  static func member(of call: GoCall) -> String? {
    if case .selector(_, let member) = call.function.kind { member.text } else { nil }
  }

  /// Every call that stops a server or a listener, and whether requests are answered first.
  func stops() -> [(call: Int, kind: ShutdownCall.Kind, symbol: GoSymbol)] {
    index.calls.indices.compactMap { position in
      guard let name = Self.member(of: index.calls[position]), Self.stopNames.contains(name),
        index.calls[position].start != .deferred, let symbol = symbol(of: position)
      else { return nil }
      if Self.drainMethods[symbol.library]?.contains(symbol.name) ?? false { return (position, .drains, symbol) }
      guard Self.closeMethods[symbol.library]?.contains(symbol.name) ?? false, isListener(position, symbol) else {
        return nil
      }
      return (position, .closes, symbol)
    }
  }

  /// Whether what is closed is a server or listener, not a connection, an answer's body or the like.
  private func isListener(_ position: Int, _ symbol: GoSymbol) -> Bool {
    let call = index.calls[position]
    guard case .selector(let base, _) = call.function.kind,
      let type = index.type(of: base, unit: index.unit(of: call))
    else { return false }
    return ["Server", "Listener", "TCPListener", "Listen()", "ListenTCP()", "NewServer()", "New()", "Echo"].contains(
      type.name)
      && !(symbol.package == "net" && type.name == "New()")
  }
}

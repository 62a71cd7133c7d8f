/// How a library begins to listen: the call, and where it takes its address from.
struct GoListenRule: Sendable {
  enum Address: Sendable {
    /// `host:port`, or an address value, as the argument at this position; without it, the default.
    case argument(Int)
    /// The field of the value whose method is called.
    case field(String)
    /// An `http.Server` as the argument at this position.
    case server(Int)
    /// The library reads it from settings of its own.
    case settings
  }

  var library: String
  var names: Set<String>
  var address: Address
  /// The position of the network's name, as `tcp` in `net.Listen("tcp", …)`.
  var network: Int?
  var isTLS = false
  var isDatagram = false
  /// What the library takes without an address, and the variables that it asks.
  var host = ""
  var port: Int?
  var variables: (host: String?, port: String?) = (nil, nil)

  /// Functions, called on the package.
  ///
  /// Sources: https://pkg.go.dev/net, /net/http, /crypto/tls and the pages of the libraries there.
  static let functions: [GoListenRule] = [
    GoListenRule(library: "net/http", names: ["ListenAndServe"], address: .argument(0), port: 80),
    GoListenRule(library: "net/http", names: ["ListenAndServeTLS"], address: .argument(0), isTLS: true, port: 443),
    GoListenRule(library: "net", names: ["Listen", "ListenTCP", "ListenUnix"], address: .argument(1), network: 0),
    GoListenRule(
      library: "net", names: ["ListenPacket", "ListenUDP"], address: .argument(1), network: 0, isDatagram: true),
    GoListenRule(library: "crypto/tls", names: ["Listen"], address: .argument(1), network: 0, isTLS: true),
    GoListenRule(
      library: "github.com/pion/dtls", names: ["Listen"], address: .argument(1), network: 0, isDatagram: true),
    GoListenRule(library: "github.com/valyala/fasthttp", names: ["ListenAndServe"], address: .argument(0)),
    GoListenRule(
      library: "github.com/valyala/fasthttp", names: ["ListenAndServeTLS", "ListenAndServeTLSEmbed"],
      address: .argument(0),
      isTLS: true),
    GoListenRule(library: "github.com/miekg/dns", names: ["ListenAndServe"], address: .argument(0), network: 1),
    GoListenRule(library: "github.com/gliderlabs/ssh", names: ["ListenAndServe"], address: .argument(0), port: 22),
    GoListenRule(library: "github.com/fvbock/endless", names: ["ListenAndServe"], address: .argument(0)),
    GoListenRule(library: "github.com/braintree/manners", names: ["ListenAndServe"], address: .argument(0)),
    GoListenRule(library: "gopkg.in/tylerb/graceful", names: ["Run"], address: .argument(0)),
    GoListenRule(library: "github.com/tylerb/graceful", names: ["Run"], address: .argument(0)),
    GoListenRule(library: "github.com/facebookgo/grace/gracehttp", names: ["Serve"], address: .server(0)),
    GoListenRule(library: "github.com/prometheus/exporter-toolkit/web", names: ["ListenAndServe"], address: .server(0)),
    GoListenRule(library: "github.com/astaxie/beego", names: ["Run"], address: .argument(0), port: 8080),
    GoListenRule(library: "github.com/beego/beego", names: ["Run"], address: .argument(0), port: 8080),
    GoListenRule(library: "github.com/beego/beego/v2/server/web", names: ["Run"], address: .argument(0), port: 8080),
    GoListenRule(library: "goyave.dev/goyave", names: ["Start"], address: .settings),
    GoListenRule(library: "github.com/System-Glitch/goyave", names: ["Start"], address: .settings),
    GoListenRule(library: "github.com/iris-contrib/iris", names: ["Addr"], address: .argument(0)),
    GoListenRule(library: "github.com/kataras/iris", names: ["Addr"], address: .argument(0)),
    GoListenRule(library: "github.com/kataras/iris", names: ["TLS"], address: .argument(0), isTLS: true),
  ]

  /// Methods, called on a value of the library.
  ///
  /// Sources: https://pkg.go.dev/github.com/gin-gonic/gin#Engine.Run, …/labstack/echo/v4#Echo.Start,
  /// …/gofiber/fiber/v2#App.Listen, …/kataras/iris/v12#Application.Listen, …/urfave/negroni#Negroni.Run,
  /// …/go-martini/martini#Martini.Run
  static let methods: [GoListenRule] = [
    GoListenRule(library: "net/http", names: ["ListenAndServe"], address: .field("Addr"), port: 80),
    GoListenRule(library: "net/http", names: ["ListenAndServeTLS"], address: .field("Addr"), isTLS: true, port: 443),
    GoListenRule(library: "net", names: ["Listen"], address: .argument(2), network: 1),
    GoListenRule(library: "net", names: ["ListenPacket"], address: .argument(2), network: 1, isDatagram: true),
    GoListenRule(
      library: "github.com/gin-gonic/gin", names: ["Run"], address: .argument(0), port: 8080, variables: (nil, "PORT")),
    GoListenRule(library: "github.com/gin-gonic/gin", names: ["RunTLS"], address: .argument(0), isTLS: true),
    GoListenRule(
      library: "github.com/labstack/echo", names: ["Start", "StartH2CServer"], address: .argument(0), port: 80),
    GoListenRule(
      library: "github.com/labstack/echo", names: ["StartTLS", "StartAutoTLS"], address: .argument(0), isTLS: true),
    GoListenRule(library: "github.com/labstack/echo", names: ["StartServer"], address: .server(0)),
    GoListenRule(library: "github.com/gofiber/fiber", names: ["Listen"], address: .argument(0)),
    GoListenRule(library: "github.com/gofiber/fiber", names: ["ListenTLS"], address: .argument(0), isTLS: true),
    GoListenRule(library: "github.com/kataras/iris", names: ["Listen"], address: .argument(0)),
    GoListenRule(library: "github.com/valyala/fasthttp", names: ["ListenAndServe"], address: .argument(0)),
    GoListenRule(
      library: "github.com/valyala/fasthttp", names: ["ListenAndServeTLS"], address: .argument(0), isTLS: true),
    GoListenRule(library: "github.com/miekg/dns", names: ["ListenAndServe"], address: .field("Addr"), port: 53),
    GoListenRule(library: "github.com/gliderlabs/ssh", names: ["ListenAndServe"], address: .field("Addr"), port: 22),
    GoListenRule(
      library: "github.com/urfave/negroni", names: ["Run"], address: .argument(0), port: 8080, variables: (nil, "PORT")),
    GoListenRule(
      library: "github.com/codegangsta/negroni", names: ["Run"], address: .argument(0), port: 8080,
      variables: (nil, "PORT")),
    GoListenRule(
      library: "github.com/go-martini/martini", names: ["Run"], address: .argument(9), port: 3000,
      variables: ("HOST", "PORT")),
    GoListenRule(library: "github.com/go-martini/martini", names: ["RunOnAddr"], address: .argument(0)),
    GoListenRule(library: "github.com/beego/beego/v2/server/web", names: ["Run"], address: .argument(0), port: 8080),
    GoListenRule(library: "goyave.dev/goyave", names: ["Start"], address: .settings),
    GoListenRule(
      library: "golang.org/x/crypto/acme/autocert", names: ["Listener"], address: .argument(9), isTLS: true, port: 443),
  ]
}

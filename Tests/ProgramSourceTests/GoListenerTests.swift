import SourceText
import Testing

@testable import ProgramSource

@Suite struct GoListenerTests {
  @Test(arguments: [
    // Constants.
    (["net/http"], #"http.ListenAndServe(":8080", nil)"#, #""" constant : 8080 constant"#),
    (["net/http"], #"http.ListenAndServe("127.0.0.1:8080", nil)"#, #""127.0.0.1" constant : 8080 constant"#),
    (["net/http"], #"http.ListenAndServe("[::1]:80", nil)"#, #""::1" constant : 80 constant"#),
    (["net/http"], #"http.ListenAndServeTLS("", "c", "k", nil)"#, #""" framework : 443 framework"#),
    (["net/http"], #"http.ListenAndServe(":http", nil)"#, #""" constant : 80 constant"#),
    (
      ["net/http"], "srv := &http.Server{Addr: \"localhost:3000\"}\nsrv.ListenAndServe()",
      #""localhost" constant : 3000 constant"#
    ),
    (["net/http"], "srv := http.Server{}\nsrv.Addr = \":81\"\ngo srv.ListenAndServe()", #""" constant : 81 constant"#),
    (["net/http"], "srv := new(http.Server)\nsrv.ListenAndServe()", #""" framework : 80 framework"#),
    (["net"], #"l, err := net.Listen("tcp", "0.0.0.0:25"); _, _ = l, err"#, #""0.0.0.0" constant : 25 constant"#),
    (
      ["net"], #"net.ListenTCP("tcp", &net.TCPAddr{IP: net.ParseIP("127.0.0.1"), Port: 99})"#,
      #""127.0.0.1" constant : 99 constant"#
    ),
    (
      ["net"], #"net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 53})"#,
      #""127.0.0.1" constant : 53 constant"#
    ),
    (["net"], #"net.Listen("unix", "/run/app.sock")"#, #""/run/app.sock" constant : ? unknown"#),
    (
      ["net/http"], "const host, port = \"127.0.0.1\", \"80\"\nhttp.ListenAndServe(host+\":\"+port, nil)",
      #""127.0.0.1" constant : 80 constant"#
    ),
    (
      ["net/http", "fmt"], "port := 9000\nhttp.ListenAndServe(fmt.Sprintf(\"%s:%d\", \"localhost\", port), nil)",
      #""localhost" constant : 9000 constant"#
    ),
    (["net/http", "net"], #"http.ListenAndServe(net.JoinHostPort("", "8080"), nil)"#, #""" constant : 8080 constant"#),
    (["net/http", "strconv"], #"http.ListenAndServe(":"+strconv.Itoa(8000), nil)"#, #""" constant : 8000 constant"#),

    // Environment variables.
    (["net/http", "os"], #"http.ListenAndServe(":"+os.Getenv("PORT"), nil)"#, #""" constant : ? variable [$PORT]"#),
    (["net/http", "os"], #"http.ListenAndServe(os.Getenv("ADDR"), nil)"#, #"? variable [$ADDR] : ? variable [$ADDR]"#),
    (
      ["net/http", "os"],
      "port := os.Getenv(\"PORT\")\nif port == \"\" {\n port = \"8080\"\n}\nhttp.ListenAndServe(\":\"+port, nil)",
      #""" constant : 8080 default [$PORT]"#
    ),
    (
      ["net/http", "os"],
      "port, ok := os.LookupEnv(\"PORT\")\nif !ok { port = \"8080\" }\nhttp.ListenAndServe(\"127.0.0.1:\"+port, nil)",
      #""127.0.0.1" constant : 8080 default [$PORT]"#
    ),
    (
      ["net/http", "os"],
      "addr := \":8080\"\nif v := os.Getenv(\"ADDR\"); v != \"\" {\n addr = v\n}\nhttp.ListenAndServe(addr, nil)",
      #""" default [$ADDR] : 8080 default [$ADDR]"#
    ),
    (
      ["net/http", "os", "cmp"], #"http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "81"), nil)"#,
      #""" constant : 81 default [$PORT]"#
    ),
    (
      ["net/http", "os"], "env := os.Getenv\nhttp.ListenAndServe(env(\"HOST\")+\":80\", nil)",
      #"? variable [$HOST] : 80 constant"#
    ),

    // Flags and arguments.
    (
      ["net/http", "flag"],
      "addr := flag.String(\"addr\", \"localhost:80\", \"\")\nflag.Parse()\nhttp.ListenAndServe(*addr, nil)",
      #""localhost" default [--addr] : 80 default [--addr]"#
    ),
    (
      ["net/http", "flag", "fmt"],
      "var port int\nflag.IntVar(&port, \"port\", 8080, \"\")\nflag.Parse()\nhttp.ListenAndServe(fmt.Sprintf(\":%d\", port), nil)",
      #""" constant : 8080 default [--port]"#
    ),
    (
      ["net/http", "github.com/spf13/pflag"],
      "addr := pflag.StringP(\"listen\", \"l\", \":80\", \"\")\nhttp.ListenAndServe(*addr, nil)",
      #""" default [--listen] : 80 default [--listen]"#
    ),
    (["net/http", "os"], "http.ListenAndServe(os.Args[1], nil)", #"? argument [#1] : ? argument [#1]"#),
    (["net/http", "flag"], "http.ListenAndServe(flag.Arg(0), nil)", #"? argument [#1] : ? argument [#1]"#),
    (
      ["net/http", "github.com/alecthomas/kingpin/v2"],
      "addr := kingpin.Flag(\"web.listen-address\", \"\").Default(\":9100\").Envar(\"ADDR\").String()\nhttp.ListenAndServe(*addr, nil)",
      #""" default [$ADDR --web.listen-address] : 9100 default [$ADDR --web.listen-address]"#
    ),

    // Settings.
    (
      ["net/http", "github.com/spf13/viper"],
      "viper.SetDefault(\"port\", \"8080\")\nviper.BindEnv(\"port\", \"APP_PORT\")\nhttp.ListenAndServe(\":\"+viper.GetString(\"port\"), nil)",
      #""" constant : 8080 default [$APP_PORT config port]"#
    ),
    (
      ["net/http", "encoding/json"],
      "var c struct{ Addr string }\njson.Unmarshal(text, &c)\nhttp.ListenAndServe(c.Addr, nil)",
      #"? configuration [config Addr] : ? configuration [config Addr]"#
    ),

    // Frameworks.
    (["github.com/gin-gonic/gin"], "r := gin.Default()\nr.Run()", #""" framework : 8080 framework [$PORT]"#),
    (["github.com/gin-gonic/gin"], "r := gin.New()\nr.Run(\"localhost:80\")", #""localhost" constant : 80 constant"#),
    (
      ["github.com/labstack/echo/v4"], "e := echo.New()\ne.Logger.Fatal(e.Start(\":1323\"))",
      #""" constant : 1323 constant"#
    ),
    (["github.com/gofiber/fiber/v2"], "app := fiber.New()\napp.Listen(\":3000\")", #""" constant : 3000 constant"#),
    (
      ["github.com/kataras/iris/v12"], "app := iris.New()\napp.Listen(\"127.0.0.1:80\")",
      #""127.0.0.1" constant : 80 constant"#
    ),
    (["github.com/valyala/fasthttp"], "fasthttp.ListenAndServe(\":80\", h)", #""" constant : 80 constant"#),
    (
      ["net/http", "github.com/gorilla/mux"], "r := mux.NewRouter()\nhttp.ListenAndServe(\":80\", r)",
      #""" constant : 80 constant"#
    ),
    (
      ["net", "google.golang.org/grpc"], "lis, _ := net.Listen(\"tcp\", \":50051\")\ngrpc.NewServer().Serve(lis)",
      #""" constant : 50051 constant"#
    ),
    (
      ["net/http", "net/url"], "u, _ := url.Parse(\"http://0.0.0.0:5555/x\")\nhttp.ListenAndServe(u.Host, nil)",
      #""0.0.0.0" constant : 5555 constant"#
    ),
    (["net/http"], "http.ListenAndServe(unknown(), nil)", #"? unknown : ? unknown"#),
    (["net/http"], "http.ListenAndServe(\"8080\", nil)", #"? unknown : ? unknown"#),
  ])
  func address(imports: [String], body: String, expected: String) {
    #expect(GoPrograms.main(imports, body)?.listeners.map(GoPrograms.summary) == [expected])
  }

  @Test(arguments: [
    #"// http.ListenAndServe(":80", nil)"#, #"println("http.ListenAndServe(\":80\", nil)")"#,
    "http := local{}\nhttp.ListenAndServe(\":80\", nil)", "var f = http.ListenAndServe; _ = f",
  ])
  func noListener(body: String) {
    #expect(GoPrograms.main(["net/http"], body)?.listeners == [])
  }

  @Test(arguments: [
    (#"http.ListenAndServe("127.0.0.1:8080", nil)"#, #"http.ListenAndServe("0.0.0.0:9", nil)"#),
    (#"http.ListenAndServe(":8080", nil)"#, #"http.ListenAndServe("0.0.0.0:9", nil)"#),
    (#"http.ListenAndServe("[::1]:8080", nil)"#, #"http.ListenAndServe("[0.0.0.0]:9", nil)"#),
    (#"http.ListenAndServe(`localhost:8080`, nil)"#, #"http.ListenAndServe(`0.0.0.0:9`, nil)"#),
    (
      "host, port := \"localhost\", 8080\nhttp.ListenAndServe(fmt.Sprintf(\"%s:%d\", host, port), nil)",
      "host, port := \"0.0.0.0\", 9\nhttp.ListenAndServe(fmt.Sprintf(\"%s:%d\", host, port), nil)"
    ),
    (
      "port := \"8080\"\nhttp.ListenAndServe(fmt.Sprintf(\"localhost:%s\", port), nil)",
      "port := \"9\"\nhttp.ListenAndServe(fmt.Sprintf(\"0.0.0.0:%s\", port), nil)"
    ),
    (
      "u, _ := url.Parse(\"http://localhost:8080\")\nhttp.ListenAndServe(u.Host, nil)",
      "u, _ := url.Parse(\"http://0.0.0.0:9\")\nhttp.ListenAndServe(u.Host, nil)"
    ),
  ])
  func replacingTheBytesReplacesTheAddress(before: String, after: String) throws {
    let imports = ["net/http", "fmt", "net/url"]
    let text = GoPrograms.file(imports, "func main() {\n\(before)\n}")
    let listener = try #require(GoPrograms.main(imports, before)?.listeners.first)
    #expect(listener.host.isSpelled && listener.port.isSpelled)
    let host = try #require(listener.host.value.place)
    let port = try #require(listener.port.value.place)
    let edits = try EditSet([TextEdit(host.range, "0.0.0.0"), TextEdit(port.range, "9")])
    let edited = String(decoding: edits.apply(to: Array(text.utf8)), as: UTF8.self)
    #expect(edited == GoPrograms.file(imports, "func main() {\n\(after)\n}"))
  }

  @Test func addressWithEscapesCannotBeReplacedByBytes() {
    let listener = GoPrograms.main(["net/http"], #"http.ListenAndServe("\x31.0.0.1:80", nil)"#)?.listeners.first
    #expect(listener?.host.value.value == "1.0.0.1")
    #expect(listener?.host.isSpelled == false)
  }

  @Test func helperWithFallback() {
    let program = GoPrograms.program(
      ["net/http", "os"],
      """
      func getenv(name, fallback string) string {
      	if value := os.Getenv(name); value != "" {
      		return value
      	}
      	return fallback
      }
      func main() { http.ListenAndServe(getenv("HOST", "localhost")+":"+getenv("PORT", "8080"), nil) }
      """)
    #expect(
      program?.listeners.map(GoPrograms.summary) == [#""localhost" default [$HOST] : 8080 default [$PORT]"#])
  }

  @Test func settingsOfAnotherPackage() {
    let program = GoPrograms.program([
      "cmd/main.go": GoPrograms.file(
        ["net/http", "example.com/app/config"],
        "func main() { c := config.Load(); http.ListenAndServe(c.Listen.Addr(), nil) }"),
      "config/config.go": GoPrograms.file(
        ["os", "fmt"],
        """
        type Listen struct { Host string; Port int }
        type Config struct { Listen Listen }
        func (l Listen) Addr() string { return fmt.Sprintf("%s:%d", l.Host, l.Port) }
        func Load() *Config {
          c := &Config{Listen: Listen{Host: "127.0.0.1", Port: 7000}}
          if host := os.Getenv("HOST"); host != "" { c.Listen.Host = host }
          return c
        }
        """, package: "config"),
    ])
    #expect(program?.listeners.map(GoPrograms.summary) == [#""127.0.0.1" default [$HOST] : 7000 constant"#])
    #expect(program?.listeners.first?.host.value.place?.path == "config/config.go")
  }

  @Test(arguments: [
    ("`env:\"PORT\" envDefault:\"8080\"`", "8080 default [$PORT]"),
    ("`envconfig:\"PORT\" default:\"81\"`", "81 default [$PORT]"),
    ("`env:\"PORT,required\"`", "? variable [$PORT]"), ("`env:\"PORT\" env-default:\"82\"`", "82 default [$PORT]"),
    ("`long:\"port\" env:\"P\" default:\"83\"`", "83 default [$P --port]"),
    ("`yaml:\"port\"`", "? configuration [config port]"),
  ])
  func structTags(tag: String, port: String) {
    let program = GoPrograms.program(
      ["net/http", "github.com/caarlos0/env/v11"],
      "type settings struct { Port string \(tag) }\nfunc main() {\n var s settings\n env.Parse(&s)\n http.ListenAndServe(\":\"+s.Port, nil) }"
    )
    #expect(program?.listeners.map(GoPrograms.summary) == ["\"\" constant : \(port)"])
  }

  @Test func serverInAStruct() {
    let program = GoPrograms.program(
      ["net/http"],
      """
      type app struct { addr string; srv *http.Server }
      func newApp(addr string) *app {
        a := &app{addr: addr}
        a.srv = &http.Server{Addr: a.addr}
        return a
      }
      func (a *app) start() error { return a.srv.ListenAndServe() }
      func main() { newApp(":8080").start() }
      """)
    #expect(program?.listeners.map(GoPrograms.summary) == [#""" constant : 8080 constant"#])
  }

  @Test func oneFunctionCalledForTwoPorts() {
    let program = GoPrograms.program(
      ["net/http"],
      """
      func serve(addr string) { http.ListenAndServe(addr, nil) }
      func main() { go serve("127.0.0.1:9090"); serve(":8080") }
      """)
    #expect(
      program?.listeners.map(GoPrograms.summary) == [
        #""127.0.0.1" constant : 9090 constant"#, #""" constant : 8080 constant"#,
      ])
    #expect(program?.listeners.allSatisfy { $0.caller != nil } == true)
  }

  @Test func loopOverAddresses() {
    let program = GoPrograms.main(["net"], "for _, a := range []string{\":1\", \":2\"} { net.Listen(\"tcp\", a) }")
    #expect(program?.listeners.map(\.port.value.value) == [1, 2])
  }

  @Test func cliFlagOfUrfave() {
    let program = GoPrograms.program(
      ["net/http", "os", "github.com/urfave/cli/v2"],
      """
      func main() {
        app := &cli.App{
          Flags: []cli.Flag{&cli.StringFlag{Name: "addr", Value: ":80", EnvVars: []string{"ADDR"}}},
          Action: func(c *cli.Context) error { return http.ListenAndServe(c.String("addr"), nil) },
        }
        app.Run(os.Args)
      }
      """)
    #expect(program?.listeners.map(GoPrograms.summary) == [#""" default [$ADDR --addr] : 80 default [$ADDR --addr]"#])
    #expect(program?.life.kind == .serves)
    #expect(program?.life.isConditional == true)
  }

  @Test func cobraFlag() {
    let program = GoPrograms.program(
      ["net/http", "github.com/spf13/cobra"],
      """
      var addr string
      func main() {
        cmd := &cobra.Command{Run: func(c *cobra.Command, _ []string) { http.ListenAndServe(addr, nil) }}
        cmd.Flags().StringVarP(&addr, "addr", "a", "localhost:80", "")
        cmd.Execute()
      }
      """)
    #expect(program?.listeners.map(GoPrograms.summary) == [#""localhost" default [--addr] : 80 default [--addr]"#])
  }

  @Test func packagesThatAreNotImportedDoNotCount() {
    let program = GoPrograms.program([
      "cmd/main.go": GoPrograms.file(["example.com/app/a"], "func main() { a.Run() }"),
      "a/a.go": GoPrograms.file(["net/http"], "func Run() { http.ListenAndServe(\":1\", nil) }", package: "a"),
      "b/b.go": GoPrograms.file(["net/http"], "func Run() { http.ListenAndServe(\":2\", nil) }", package: "b"),
      "cmd/x_test.go": GoPrograms.file(["net/http"], "func x() { http.ListenAndServe(\":3\", nil) }"),
      "cmd/x_windows.go": GoPrograms.file(["net/http"], "func y() { http.ListenAndServe(\":4\", nil) }"),
    ])
    #expect(program?.listeners.map(\.port.value.value) == [1])
    #expect(program?.directories == ["cmd", "a"])
  }

  @Test func hostileValuesEnd() {
    let many = (0..<200).map { "func f\($0)(x string) string { return f\($0 + 1)(x + x) + f\($0 + 1)(x) }" }.joined(
      separator: "\n")
    let program = GoPrograms.program(
      ["net/http"],
      "\(many)\nfunc f200(x string) string { return x }\nfunc main() { http.ListenAndServe(f0(\":80\"), nil) }")
    #expect(program?.listeners.count == 1)
    let circle = GoPrograms.program(["net/http"], "var a, b = b, a\nfunc main() { http.ListenAndServe(a, nil) }")
    #expect(circle?.listeners.first?.port.value.value == nil)
  }
}

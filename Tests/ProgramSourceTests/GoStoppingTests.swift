import SourceText
import Testing

@testable import ProgramSource

@Suite struct GoStoppingTests {
  static let imports = [
    "net/http", "os", "os/signal", "syscall", "context", "log", "time", "sync", "errors", "golang.org/x/sync/errgroup",
  ]

  func program(_ body: String) -> GoProgram? { GoPrograms.main(Self.imports, body) }

  @Test(arguments: [
    (
      "c := make(chan os.Signal, 1)\nsignal.Notify(c, os.Interrupt, syscall.SIGTERM)", ["SIGINT", "SIGTERM"], Answer.yes
    ),
    ("c := make(chan os.Signal)\nsignal.Notify(c, syscall.SIGTERM)", ["SIGTERM"], .no),
    ("c := make(chan os.Signal, size)\nsignal.Notify(c, syscall.SIGHUP)", ["SIGHUP"], .unknown),
    (
      "list := []os.Signal{syscall.SIGINT, os.Kill}\nc := make(chan os.Signal, 2)\nsignal.Notify(c, list...)",
      ["SIGINT", "SIGKILL"], .yes
    ),
    ("ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGQUIT)", ["SIGQUIT"], .unknown),
  ])
  func handledSignals(body: String, signals: [String], isBuffered: Answer) {
    let handlers = program(body)?.signals
    #expect(handlers?.map(\.signals) == [signals])
    #expect(handlers?.first?.isBuffered == isBuffered)
    #expect(handlers?.first?.isEverySignal == false)
    #expect(handlers?.first?.hasUnknownSignals == false)
  }

  @Test func notifyWithoutSignalsMeansAll() {
    let handler = program("c := make(chan os.Signal, 1)\nsignal.Notify(c)")?.signals.first
    #expect(handler?.isEverySignal == true)
    #expect(handler?.handles("SIGTERM") == true)
  }

  @Test func ignoredSignal() {
    #expect(program("signal.Ignore(syscall.SIGTERM)")?.signals.map(\.how) == [.ignored])
  }

  @Test func unknownSignal() {
    #expect(program("signal.Notify(c, pick())")?.signals.first?.hasUnknownSignals == true)
  }

  @Test func handlerThatExits() {
    let handler = program(
      "c := make(chan os.Signal, 1)\nsignal.Notify(c, syscall.SIGTERM)\ngo func() { <-c; os.Exit(0) }()\nselect {}")?
      .signals.first
    #expect(handler?.outcome == .exits)
  }

  static let server =
    "srv := &http.Server{Addr: \":80\"}\nctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)\ndefer stop()\n"

  @Test(arguments: [
    // The server runs in a goroutine, main calls Shutdown.
    (
      "go srv.ListenAndServe()\n<-ctx.Done()\nsrv.Shutdown(context.Background())", Answer.yes,
      ShutdownCall.Reason.inMainFlow
    ),
    (
      "go func() { if err := srv.ListenAndServe(); err != nil && err != http.ErrServerClosed { log.Fatal(err) } }()\n<-ctx.Done()\nsrv.Shutdown(context.Background())",
      .yes, .inMainFlow
    ),
    (
      "go func() { if err := srv.ListenAndServe(); err != nil { log.Fatal(err) } }()\n<-ctx.Done()\nsrv.Shutdown(context.Background())",
      .no, .serveErrorEndsProgram
    ),
    (
      "go func() { log.Fatal(srv.ListenAndServe()) }()\n<-ctx.Done()\nsrv.Shutdown(context.Background())", .no,
      .serveErrorEndsProgram
    ),

    // Shutdown runs in a goroutine.
    ("go func() { <-ctx.Done(); srv.Shutdown(context.Background()) }()\nsrv.ListenAndServe()", .no, .mainReturns),
    (
      "go func() { <-ctx.Done(); srv.Shutdown(context.Background()) }()\nlog.Fatal(srv.ListenAndServe())", .no,
      .serveErrorEndsProgram
    ),
    (
      "go func() { <-ctx.Done(); srv.Shutdown(context.Background()) }()\nif err := srv.ListenAndServe(); err != nil { panic(err) }",
      .no, .serveErrorEndsProgram
    ),
    (
      "done := make(chan bool)\ngo func() { defer close(done); <-ctx.Done(); srv.Shutdown(context.Background()) }()\nif err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) { log.Fatal(err) }\n<-done",
      .yes, .mainWaits
    ),
    (
      "done := make(chan error)\ngo func() { <-ctx.Done(); done <- srv.Shutdown(context.Background()) }()\nsrv.ListenAndServe()\nerr := <-done",
      .yes, .mainWaits
    ),
    (
      "var wg sync.WaitGroup\nwg.Add(1)\ngo func() { defer wg.Done(); <-ctx.Done(); srv.Shutdown(context.Background()) }()\nsrv.ListenAndServe()\nwg.Wait()",
      .yes, .mainWaits
    ),
    (
      "g, ctx := errgroup.WithContext(ctx)\ng.Go(func() error { return srv.ListenAndServe() })\ng.Go(func() error { <-ctx.Done(); return srv.Shutdown(context.Background()) })\ng.Wait()",
      .yes, .mainWaits
    ),
    // Main waits for something that is released before the server has stopped.
    (
      "go func() { <-ctx.Done(); srv.Shutdown(context.Background()) }()\ngo srv.ListenAndServe()\n<-ctx.Done()", .no,
      .mainReturns
    ),
  ])
  func awaited(body: String, expected: Answer, reason: ShutdownCall.Reason) {
    let shutdowns = program(Self.server + body)?.shutdowns
    #expect(shutdowns?.map(\.awaited) == [expected])
    #expect(shutdowns?.map(\.reason) == [reason])
    #expect(shutdowns?.map(\.kind) == [.drains])
  }

  @Test(arguments: [
    ("context.Background()", ShutdownCall.Deadline.none), ("ctx", .passed), ("limit", .seconds(5)), ("late", .passed),
    ("long", .seconds(90)),
    ("given", .unknown),
  ])
  func deadline(argument: String, expected: ShutdownCall.Deadline) {
    let body =
      Self.server + """
        limit, cancel := context.WithTimeout(context.Background(), 5*time.Second)
        late, cancel2 := context.WithTimeout(ctx, 5*time.Second)
        const grace = time.Duration(90)
        long, cancel3 := context.WithTimeout(context.TODO(), grace*time.Second)
        go srv.ListenAndServe()
        <-ctx.Done()
        srv.Shutdown(\(argument))
        """
    #expect(program(body)?.shutdowns.map(\.deadline) == [expected])
  }

  @Test(arguments: [
    ("srv.Close()", ShutdownCall.Kind.closes), ("srv.Shutdown(context.Background())", .drains),
  ])
  func kind(call: String, expected: ShutdownCall.Kind) {
    #expect(
      program(Self.server + "go srv.ListenAndServe()\n<-ctx.Done()\n\(call)")?.shutdowns.map(\.kind) == [expected])
  }

  @Test func otherServers() {
    let grpc = GoPrograms.main(
      ["google.golang.org/grpc", "net"],
      "s := grpc.NewServer()\nl, _ := net.Listen(\"tcp\", \":1\")\ngo s.Serve(l)\n<-c\ns.GracefulStop()")
    #expect(grpc?.shutdowns.map(\.call) == ["google.golang.org/grpc.GracefulStop"])
    #expect(grpc?.shutdowns.first?.awaited == .yes)
    let echo = GoPrograms.main(
      ["github.com/labstack/echo/v4", "context"],
      "e := echo.New()\ngo e.Start(\":1\")\n<-c\ne.Shutdown(context.Background())")
    #expect(echo?.shutdowns.map(\.kind) == [.drains])
  }

  @Test func closingAnAnswerOrARequestStopsNoServer() {
    #expect(
      program("resp, err := http.Get(\"http://x\")\nresp.Body.Close()\nf, _ := os.Open(\"x\")\nf.Close()")?.shutdowns
        == [])
  }
}

@Suite struct GoLifeTests {
  @Test(arguments: [
    ("http.ListenAndServe(\":80\", nil)", ProgramLife.Kind.serves, false),
    ("go http.ListenAndServe(\":80\", nil)\nselect {}", .serves, false),
    ("go http.ListenAndServe(\":80\", nil)", .finishes, false),
    ("println(1)", .finishes, false),
    ("<-done", .waits, false),
    ("for { work() }", .loops, false),
    ("for { if work() { break } }", .finishes, false),
    ("for i := 0; i < 3; i++ { work() }", .finishes, false),
    ("s := bufio.NewScanner(os.Stdin)\nfor s.Scan() {}", .readsInput, false),
    ("if len(os.Args) > 1 { http.ListenAndServe(\":80\", nil) }", .serves, true),
    ("switch os.Args[1] { case \"serve\": serve() }", .serves, true),
    ("if err := serve(); err != nil { panic(err) }", .serves, false),
    ("wg.Wait()", .waits, false),
    ("var x = func() { http.ListenAndServe(\":80\", nil) }\n_ = x", .finishes, false),
  ])
  func life(body: String, kind: ProgramLife.Kind, isConditional: Bool) {
    let program = GoPrograms.program(
      ["net/http", "bufio", "os"],
      "func serve() error { return http.ListenAndServe(\":80\", nil) }\nfunc main() {\n\(body)\n}")
    #expect(program?.life.kind == kind)
    #expect(program?.life.isConditional == isConditional)
  }

  @Test(arguments: [
    ("switch os.Args[1] { case \"serve\": serve()\ncase \"migrate\", \"seed\": println(1) }", ["migrate", "seed"]),
    ("switch os.Args[1] { case \"serve\": serve()\ncase \"work\": select {} }", []),
    ("if os.Args[1] == \"seed\" { println(1) } else { serve() }", ["seed"]),
    ("if len(os.Args) > 1 { serve() }", []),
    ("serve()", []),
  ])
  func wordsThatEnd(body: String, words: [String]) {
    let program = GoPrograms.program(
      ["net/http", "os"],
      "func serve() error { return http.ListenAndServe(\":80\", nil) }\nfunc main() {\n\(body)\n}")
    #expect(["serve", "migrate", "seed", "work"].filter { program?.life.ends(with: $0) == true } == words)
  }
}

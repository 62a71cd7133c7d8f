import Inspection
import Testing

/// What the source of a Go program says about its service: where it listens, how it stops, what it needs.
@Suite struct GoServiceTests {
  private func program(
    _ body: String, imports: [String] = ["net/http"], arguments: String = "", environment: String = "",
    final: String = "alpine:3.20", _ more: [String: String] = [:]
  ) -> Facts {
    let lines = imports.map { "\t\"\($0)\"\n" }.joined()
    return Facts(
      more.merging([
        "go.mod": "module shop.example/app\n\ngo 1.24\n", "main.go": "package main\n\nimport (\n\(lines))\n\n\(body)\n",
        "Dockerfile": """
        FROM golang:1.24 AS build
        WORKDIR /src
        COPY . .
        RUN CGO_ENABLED=0 go build -o /app .
        FROM \(final)
        COPY --from=build /app /app
        \(environment)
        ENTRYPOINT ["/app"\(arguments)]
        """,
      ]) { own, _ in own })
  }

  // MARK: Listening

  private static let addressesOfHTTPCases: [(String, [String])] = [
    ("func main() { http.ListenAndServe(\":8080\", nil) }", ["all", "8080", "constant"]),
    ("func main() { http.ListenAndServe(\"127.0.0.1:8080\", nil) }", ["loopback", "8080", "constant"]),
    ("func main() { http.ListenAndServe(\"localhost:8080\", nil) }", ["loopback", "8080", "constant"]),
    ("func main() { http.ListenAndServe(\"[::]:8080\", nil) }", ["all", "8080", "constant"]),
    ("const addr = \":9\" + \"090\"\n\nfunc main() { http.ListenAndServe(addr, nil) }", ["all", "9090", "constant"]),
    (
      "func main() {\n\tserver := &http.Server{Addr: \"0.0.0.0:81\"}\n\tserver.ListenAndServe()\n}",
      ["all", "81", "constant"]
    ),
  ]

  @Test(arguments: addressesOfHTTPCases)
  func addressesOfHTTP(body: String, expected: [String]) {
    #expect(program(body).rows("listens", "address", "port", "by") == [expected])
  }

  private static let aCommentIsNoListenerCases: [String] = [
    "func main() {\n\t// http.ListenAndServe(\":8080\", nil)\n}",
    "func main() {\n\t/* http.ListenAndServe(\":8080\", nil) */\n}",
    "var text = `http.ListenAndServe(\":8080\", nil)`\n\nfunc main() { _ = text }", "func main() {}",
  ]

  @Test(arguments: aCommentIsNoListenerCases)
  func aCommentIsNoListener(body: String) {
    #expect(program(body).rows("listens", "port").isEmpty)
  }

  private static let flags = """
    var addr = flag.String("addr", "localhost:8080", "")

    func main() {
    \tflag.Parse()
    \thttp.ListenAndServe(*addr, nil)
    }
    """

  @Test(arguments: [
    ("", ["loopback", "8080"]), (", \"-addr\", \":9000\"", ["all", "9000"]), (", \"--addr=:9000\"", ["all", "9000"]),
  ])
  func flagsOfTheCommandCount(arguments: String, expected: [String]) {
    let facts = program(Self.flags, imports: ["flag", "net/http"], arguments: arguments)
    #expect(facts.rows("listens", "address", "port") == [expected])
    #expect(facts.rows("listens", "name") == [["addr"]])
  }

  private static let variable = """
    func main() {
    \tport := os.Getenv("PORT")
    \tif port == "" {
    \t\tport = "8080"
    \t}
    \thttp.ListenAndServe(":"+port, nil)
    }
    """

  @Test(arguments: [("", "8080"), ("ENV PORT=9000", "9000")])
  func variablesOfTheImageCount(environment: String, port: String) {
    let facts = program(Self.variable, imports: ["net/http", "os"], environment: environment)
    #expect(facts.rows("listens", "port", "name") == [[port, "PORT"]])
  }

  @Test func theAddressIsUnderlined() {
    let facts = program("func main() { http.ListenAndServe(\"127.0.0.1:8080\", nil) }")
    #expect(facts.texts("listens", "address") == ["127.0.0.1"])
    #expect(facts.texts("listens", "port") == ["8080"])
  }

  @Test func whatAnUnknownLibraryOpensNobodyKnows() throws {
    let facts = program("func main() { run.It() }", imports: ["other.example/run"])
    let relation = try #require(facts.result.facts.number(of: "listens"))
    #expect(facts.result.facts.grade(of: relation, for: "app") == .open)
  }

  // MARK: Stopping

  private static let drains = """
    func main() {
    \tserver := &http.Server{Addr: ":8080"}
    \tgo server.ListenAndServe()
    \tstop := make(chan os.Signal, 1)
    \tsignal.Notify(stop, SIGNALS)
    \t<-stop
    \tctx, cancel := context.WithTimeout(context.Background(), LIMIT)
    \tdefer cancel()
    \tserver.Shutdown(ctx)
    }
    """

  private func stopping(_ signals: String, _ limit: String) -> Facts {
    program(
      Self.drains.replacing("SIGNALS", with: signals).replacing("LIMIT", with: limit),
      imports: ["context", "net/http", "os", "os/signal", "syscall", "time"])
  }

  @Test(arguments: [
    ("syscall.SIGTERM", "8*time.Second", ["SIGTERM", "drains", "yes", "8"]),
    ("os.Interrupt, syscall.SIGTERM", "1500*time.Millisecond", ["SIGTERM", "drains", "yes", "1.5"]),
  ])
  func aServerThatDrains(signals: String, limit: String, expected: [String]) {
    #expect(stopping(signals, limit).rows("handles", "signal", "how", "deadline", "seconds") == [expected])
  }

  @Test func controlCAloneIsNotTheStopSignal() {
    let facts = stopping("os.Interrupt", "8*time.Second")
    #expect(facts.rows("handles", "signal").contains(["SIGTERM"]) == false)
    #expect(facts.rows("stop", "signal", "wanted") == [["SIGTERM", "SIGINT"]])
  }

  @Test(arguments: [
    "100000000000000000000000*time.Second", "-9223372036854775808*time.Hour", "time.Duration(1<<62)",
    "1e300*time.Second", "(((((time.Second)))))",
    "time.Duration(math.NaN())",
  ])
  func strangeDeadlinesEnd(limit: String) {
    #expect(stopping("syscall.SIGTERM", limit).result.facts.misfits == [])
  }

  @Test func nobodyListensForSignals() throws {
    let facts = program("func main() { http.ListenAndServe(\":8080\", nil) }")
    #expect(facts.rows("handles", "signal").isEmpty)
    let relation = try #require(facts.result.facts.number(of: "handles"))
    #expect(facts.result.facts.grade(of: relation, for: "app") == .complete)
  }

  // MARK: Needs

  @Test(arguments: [
    ("os.ReadFile(\"conf.yaml\")", "WORKDIR /srv", ["conf.yaml", "/srv/conf.yaml", "missing", "conf.yaml"]),
    ("os.ReadFile(\"/etc/conf.yaml\")", "COPY conf.yaml /etc/", ["/etc/conf.yaml", "/etc/conf.yaml", "there", ""]),
    ("os.ReadFile(\"conf.yaml\")", "COPY conf.yaml /", ["conf.yaml", "/conf.yaml", "there", "conf.yaml"]),
  ])
  func filesThatItReads(call: String, steps: String, expected: [String]) {
    let facts = program(
      "func main() {\n\t_, err := \(call)\n\tif err != nil {\n\t\tpanic(err)\n\t}\n}", imports: ["os"],
      environment: steps,
      ["conf.yaml": "a: 1\n"])
    #expect(facts.rows("reads", "path", "resolved", "state", "source") == [expected])
    #expect(facts.texts("reads", "path").first.map { expected[0].contains($0) || $0.contains(expected[0]) } == true)
  }

  private static let timeZonesCases: [(String, [String], [[String]])] = [
    ("time.LoadLocation(\"Asia/Tokyo\")", ["time"], [["zones", "Asia/Tokyo"]]),
    ("time.LoadLocation(\"UTC\")", ["time"], []),
  ]

  @Test(arguments: timeZonesCases)
  func timeZones(call: String, imports: [String], expected: [[String]]) {
    let facts = program("func main() {\n\t_, _ = \(call)\n}", imports: imports)
    #expect(facts.rows("needs", "kind", "name") == expected)
  }

  @Test func anEmbeddedZoneTableIsEnough() {
    let facts = program(
      "func main() {\n\t_, _ = time.LoadLocation(\"Asia/Tokyo\")\n}", imports: ["time", "time/tzdata"])
    #expect(facts.rows("needs", "kind").isEmpty)
  }

  @Test func whoCallsOutOverTLSNeedsCertificates() {
    let facts = program("func main() { http.Get(\"https://api.example/x\") }", final: "scratch")
    #expect(facts.rows("needs", "kind", "name") == [["certificates", "api.example"]])
    #expect(facts.rows("misses", "what").contains(["certificates"]))
    #expect(facts.rows("reaches", "host", "port", "when") == [["api.example", "443", "start"]])
    #expect(program("func main() { http.Get(\"http://api.example/x\") }").rows("needs", "kind").isEmpty)
  }

  @Test(arguments: [
    ("_, ok := os.LookupEnv(\"TOKEN\")\n\tif !ok {\n\t\tlog.Fatal(\"no\")\n\t}", "", ["TOKEN", "no", "no"]),
    ("_ = os.Getenv(\"TOKEN\")", "ENV TOKEN=abc", ["TOKEN", "no", "yes"]),
  ])
  func variablesThatItAsksFor(lines: String, environment: String, expected: [String]) {
    let facts = program("func main() {\n\t\(lines)\n}", imports: ["log", "os"], environment: environment)
    #expect(facts.rows("asks", "name", "default", "given") == [expected])
  }

  @Test func aProgramThatDoesOneThingEnds() {
    let facts = program("func main() { println(\"done\") }", imports: [])
    #expect(facts.rows("behaves", "how") == [["finishes"]])
    #expect(program("func main() { http.ListenAndServe(\":1\", nil) }").rows("behaves", "how") == [["serves"]])
  }

  // MARK: The toolchain

  @Test(arguments: [
    ("golang:1.22", "RUN go build -o /a .", "local"),
    ("golang:1.22", "ENV GOTOOLCHAIN=auto\nRUN go build -o /a .", "any"),
    ("golang:1.22", "ENV GOTOOLCHAIN=go1.24.1\nRUN go build -o /a .", "any"),
    ("golang:1.22", "ENV GOTOOLCHAIN=path\nRUN go build -o /a .", "any"),
    ("golang:1.22", "RUN GOTOOLCHAIN=auto go build -o /a .", "any"),
    ("golang:1.22", "RUN export GOTOOLCHAIN=auto && go build -o /a .", "any"),
    ("golang:1.22", "ENV GOTOOLCHAIN=auto\nRUN GOTOOLCHAIN=local go build -o /a .", "local"),
    ("alpine:3.20", "RUN apk add go\nRUN go build -o /a .", "any"),
    ("registry.example/go:1", "RUN go build -o /a .", "?"),
    ("golang:1.22", "RUN go build -o /a .\nENV GOTOOLCHAIN=auto", "local"),
  ])
  func whichToolchainCompiles(base: String, steps: String, expected: String) {
    let facts = Facts([
      "Dockerfile": "FROM \(base)\nWORKDIR /src\nCOPY . .\n\(steps)\n", "go.mod": "module a.example/a\n\ngo 1.24\n",
      "main.go": "package main\n\nfunc main() {}\n",
    ])
    #expect(facts.rows("runs", "tool", "toolchain").filter { $0[0] == "go" } == [["go", expected]])
  }

  // MARK: Hostile

  private static let strangeSources: [String] = [
    "func main() { http.ListenAndServe(" + String(repeating: "(", count: 100_000),
    "func main() { x := " + String(repeating: "-", count: 200_000) + "1 }",
    "const a = a + a\n\nfunc main() { http.ListenAndServe(a, nil) }",
    "const a = b\nconst b = a\n\nfunc main() { http.ListenAndServe(a, nil) }",
    "func f() string { return f() }\n\nfunc main() { http.ListenAndServe(f(), nil) }",
    (0..<60).map { "const a\($0 + 1) = a\($0) + a\($0)" }.joined(separator: "\n")
      + "\nconst a0 = \"x\"\n\nfunc main() { http.ListenAndServe(a60, nil) }",
    "func main() { http.ListenAndServe(\":" + String(repeating: "9", count: 100_000) + "\", nil) }", "func main() { `",
    "/* ", "\u{0}\u{1}\u{2}",
    String(repeating: "func main() {", count: 20_000), "func main() {" + String(repeating: "if true {", count: 20_000),
  ]

  @Test(arguments: strangeSources)
  func strangeSourcesEnd(body: String) {
    #expect(program(body).result.facts.misfits == [])
  }
}

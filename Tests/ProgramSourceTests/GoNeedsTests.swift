import SourceText
import Testing

@testable import ProgramSource

@Suite struct GoNeedsTests {
  static let imports = [
    "os", "log", "net", "net/http", "html/template", "database/sql", "time", "fmt", "os/exec", "path/filepath",
    "crypto/tls",
    "github.com/joho/godotenv", "github.com/gin-gonic/gin", "github.com/redis/go-redis/v9", "cmp", "strconv",
    "io/ioutil",
    "github.com/Shopify/sarama", "github.com/spf13/viper", "gorm.io/gorm", "gorm.io/driver/postgres", "context",
    "net/url",
    "github.com/rabbitmq/amqp091-go", "google.golang.org/grpc", "errors",
  ]

  func program(_ code: String) -> GoProgram? { GoPrograms.program(Self.imports, code) }
  func main(_ body: String) -> GoProgram? { GoPrograms.main(Self.imports, body) }

  @Test(arguments: [
    (
      #"f, err := os.Open("data/words.txt"); if err != nil { log.Fatal(err) }"#, "data/words.txt", FileUse.Access.read,
      Answer.yes
    ),
    (#"text, _ := os.ReadFile("/etc/app.conf")"#, "/etc/app.conf", .read, .no),
    (#"if err := os.MkdirAll("/var/lib/app", 0o755); err != nil { panic(err) }"#, "/var/lib/app", .write, .yes),
    (#"os.WriteFile("out.json", nil, 0o644)"#, "out.json", .write, .no),
    (#"f, err := os.OpenFile("app.log", os.O_CREATE|os.O_APPEND, 0o644); _ = err"#, "app.log", .write, .no),
    (#"f, err := os.OpenFile("app.log", os.O_RDONLY, 0); if err != nil { os.Exit(1) }"#, "app.log", .read, .yes),
    (#"t := template.Must(template.ParseFiles("templates/index.html"))"#, "templates/index.html", .read, .yes),
    (#"http.Handle("/", http.FileServer(http.Dir("./static")))"#, "./static", .folder, .no),
    (#"r := gin.Default(); r.LoadHTMLGlob("templates/*")"#, "templates/*", .read, .yes),
    (#"r := gin.Default(); r.Static("/assets", "public")"#, "public", .folder, .no),
    ("godotenv.Load()", ".env", .read, .no),
    (#"if err := godotenv.Load("prod.env"); err != nil { log.Fatal("no settings") }"#, "prod.env", .read, .yes),
    (
      #"db, err := sql.Open("sqlite3", "file:app.db?cache=shared"); if err != nil { log.Fatal(err) }"#, "app.db",
      .write, .yes
    ),
    (#"cert, err := tls.LoadX509KeyPair("a.pem", "a.pem"); if err != nil { return }"#, "a.pem", .read, .yes),
    (#"p := filepath.Join("conf", "app.yaml"); ioutil.ReadFile(p)"#, "conf/app.yaml", .read, .no),
    (#"_, err := os.Stat("/ready"); _ = err"#, "/ready", .exists, .no),
  ])
  func files(body: String, path: String, access: FileUse.Access, isFatal: Answer) throws {
    let files = try #require(main(body)?.files)
    #expect(Set(files.map(\.path.value.value)) == [path])
    #expect(files.allSatisfy { $0.access == access })
    #expect(files.allSatisfy { $0.isFatal == isFatal })
    #expect(files.allSatisfy { $0.isAtStart == .yes })
    #expect(files.first?.isRelative == (path.hasPrefix("/") ? .no : .yes))
  }

  @Test func errorHandedUpToMain() {
    let program = program(
      """
      func load(name string) ([]byte, error) {
        text, err := os.ReadFile(name)
        if err != nil { return nil, fmt.Errorf("cannot read: %w", err) }
        return text, nil
      }
      func run() error {
        if _, err := load("app.yaml"); err != nil { return err }
        return nil
      }
      func main() { if err := run(); err != nil { log.Fatal(err) } }
      """)
    #expect(program?.files.map(\.path.value.value) == ["app.yaml"])
    #expect(program?.files.first?.isFatal == .yes)
    #expect(program?.files.first?.exit != nil)
  }

  @Test func fileOfARequest() {
    let file = main(
      #"http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { os.ReadFile("page.html") })"#)?.files.first
    #expect(file?.isAtStart == .no)
    #expect(file?.isFatal == .no)
  }

  @Test(
    arguments: [
      (#"x := os.Getenv("KEY")"#, nil, Answer.no),
      (#"x := os.Getenv("KEY"); if x == "" { log.Fatal("KEY is not set") }"#, nil, .yes),
      (#"x, ok := os.LookupEnv("KEY"); if !ok { panic("KEY") }"#, nil, .yes),
      (#"x := os.Getenv("KEY"); if x == "" { x = "value" }"#, "value", .no),
      (#"x := cmp.Or(os.Getenv("KEY"), "value")"#, "value", .no),
      (#"if os.Getenv("KEY") == "" { os.Exit(2) }"#, nil, .yes),
      (#"n, err := strconv.Atoi(os.Getenv("KEY")); if err != nil { log.Fatal(err) }"#, nil, .yes),
      (#"db, err := sql.Open("postgres", os.Getenv("KEY")); if err != nil { log.Fatal(err) }"#, nil, .unknown),
      (#"x := os.Getenv("KEY"); if x == "debug" { log.Fatal("no") }"#, nil, .no),
    ] as [(String, String?, Answer)])
  func variables(body: String, fallback: String?, isFatal: Answer) {
    let variables = main(body)?.variables
    #expect(variables?.map(\.name.value) == ["KEY"])
    #expect(variables?.first?.fallback?.value == fallback)
    #expect(variables?.first?.isFatal == isFatal)
  }

  @Test func variablesThroughHelpers() {
    let program = program(
      """
      func must(name string) string {
        value := os.Getenv(name)
        if value == "" { log.Fatalf("%s is not set", name) }
        return value
      }
      func or(name, fallback string) string { if v := os.Getenv(name); v != "" { return v }; return fallback }
      func main() { a, b := must("TOKEN"), or("LEVEL", "info"); _, _ = a, b
        for _, name := range []string{"ONE", "TWO"} { must(name) } }
      """)
    #expect(program?.variables.compactMap(\.name.value) == ["TOKEN", "LEVEL", "ONE", "TWO"])
    #expect(program?.variables.map(\.isFatal) == [.yes, .no, .yes, .yes])
    #expect(program?.variables.map(\.fallback?.value) == [nil, "info", nil, nil])
  }

  @Test func variablesOfStructTags() {
    let program = program(
      "type settings struct { A string `env:\"A,required\"`; B string `env:\"B\" envDefault:\"b\"`; C string `json:\"c\"` }\nfunc main() {}"
    )
    #expect(program?.variables.map(\.name.value) == ["A", "B"])
    #expect(program?.variables.map(\.isFatal) == [.yes, .no])
    #expect(program?.variables.map(\.fallback?.value) == [nil, "b"])
  }

  @Test(arguments: [
    (#"http.Get("http://api:8000/items")"#, "http api 8000"),
    (#"http.Get("https://example.org")"#, "https example.org 443"),
    (#"net.Dial("tcp", "cache:11211")"#, "- cache 11211"),
    (#"sql.Open("postgres", "postgres://user:secret@db:5433/shop?sslmode=disable")"#, "postgres db 5433"),
    (#"sql.Open("postgres", "host=db user=x password=y dbname=z")"#, "postgres db 5432"),
    (#"sql.Open("mysql", "user:pw@tcp(mysql:3306)/shop")"#, "mysql mysql 3306"),
    (#"sql.Open("mysql", fmt.Sprintf("%s:%s@tcp(%s:%d)/shop", "u", "p", "localhost", 3307))"#, "mysql localhost 3307"),
    (#"sql.Open("postgres", os.Getenv("DATABASE_URL"))"#, "postgres $DATABASE_URL $DATABASE_URL"),
    (#"sql.Open("postgres", fmt.Sprintf("host=%s port=%s", os.Getenv("H"), os.Getenv("P")))"#, "postgres $H $P"),
    (#"redis.NewClient(&redis.Options{Addr: "redis:6379"})"#, "redis redis 6379"),
    (#"redis.NewClient(&redis.Options{})"#, "redis localhost 6379"),
    (#"sarama.NewClient([]string{"kafka:9092"}, nil)"#, "kafka kafka 9092"),
    (#"gorm.Open(postgres.Open("host=db port=5432"), &gorm.Config{})"#, "postgres db 5432"),
    (#"amqp091.Dial("amqp://guest:guest@rabbit/")"#, "amqp rabbit 5672"),
    (#"grpc.NewClient("users:50051")"#, "grpc users 50051"),
    (#"req, _ := http.NewRequestWithContext(context.Background(), "GET", "http://a.b/c", nil)"#, "http a.b 80"),
    (#"client := &http.Client{}; client.Get("http://auth:81")"#, "http auth 81"),
    (#"u, _ := url.Parse("http://up:1"); http.Get(u.String())"#, "http up 1"),
  ])
  func hosts(body: String, expected: String) throws {
    let hosts = try #require(main(body)?.hosts)
    #expect(
      hosts.map { use in
        let host = use.host.value.value ?? use.host.setters.first.map { "$\($0.name)" } ?? "?"
        let port = use.port.value.value.map { String($0) } ?? use.port.setters.first.map { "$\($0.name)" } ?? "?"
        return "\(use.scheme ?? "-") \(host) \(port)"
      } == [expected])
  }

  @Test func replacingTheBytesOfAHost() throws {
    let text = GoPrograms.file(
      Self.imports, #"func main() { sql.Open("postgres", "postgres://u:p@localhost:5432/x") }"#)
    let host = try #require(GoPrograms.program(["main.go": text])?.hosts.first?.host)
    #expect(host.isSpelled)
    let range = try #require(host.value.place?.range)
    let edited = try EditSet([TextEdit(range, "db")]).apply(to: Array(text.utf8))
    #expect(String(decoding: edited, as: UTF8.self).contains("postgres://u:p@db:5432/x"))
  }

  @Test(arguments: [
    (
      "db, err := sql.Open(\"postgres\", \"host=db\")\nif err := db.Ping(); err != nil { log.Fatal(err) }", Answer.no,
      Answer.yes
    ),
    (
      "db, _ := sql.Open(\"postgres\", \"host=db\")\nfor i := 0; i < 5; i++ { if db.Ping() == nil { break }; time.Sleep(time.Second) }",
      .yes, .no
    ),
    ("for { c, err := net.Dial(\"tcp\", \"db:1\"); if err == nil { break } }", .yes, .no),
    ("c, err := net.Dial(\"tcp\", \"db:1\")\nif err != nil { panic(err) }", .no, .yes),
    ("for _, h := range hosts { net.Dial(\"tcp\", \"db:1\") }", .no, .no),
    ("err := retry(func() error { _, err := net.Dial(\"tcp\", \"db:1\"); return err })", .yes, .unknown),
  ])
  func retriesAndFailures(body: String, retries: Answer, isFatal: Answer) {
    let host = main(body)?.hosts.first
    #expect(host?.retries == retries)
    #expect(host?.isFatal == isFatal)
  }

  @Test func zonesAndCommands() {
    let program = main(
      "loc, err := time.LoadLocation(\"Europe/Berlin\")\nif err != nil { panic(err) }\nexec.Command(\"git\", \"clone\", url).Run()"
    )
    #expect(program?.zones.map(\.zone.value.value) == ["Europe/Berlin"])
    #expect(program?.zones.first?.isFatal == .yes)
    #expect(program?.commands.map(\.program.value.value) == ["git"])
    #expect(program?.commands.first?.arguments.map(\.value) == ["clone", nil])
  }

  @Test func settingsFileOfViper() {
    let program = main(
      "viper.SetConfigName(\"app\")\nviper.AddConfigPath(\"/etc/app\")\nif err := viper.ReadInConfig(); err != nil { panic(err) }"
    )
    #expect(program?.files.map(\.path.value.value) == ["/etc/app", "app"])
    #expect(program?.files.last?.isFatal == .yes)
    #expect(program?.files.last?.isPattern == true)
  }

  @Test func rolesOfListeners() {
    let program = program(
      """
      func main() {
        admin := http.NewServeMux()
        admin.HandleFunc("GET /metrics", nil)
        go http.ListenAndServe("127.0.0.1:9090", admin)
        probes := http.NewServeMux()
        probes.HandleFunc("/healthz", nil)
        go func() { http.ListenAndServe(":8081", probes) }()
        mux := http.NewServeMux()
        mux.HandleFunc("/", nil)
        mux.HandleFunc("/healthz", nil)
        http.ListenAndServe(":8080", mux)
      }
      """)
    #expect(program?.listeners.map(\.role) == [.admin, .health, .main])
    #expect(program?.listeners.map(\.roleSign) == ["GET /metrics", "/healthz", nil])
  }

  @Test func aSingleListenerIsTheMainOne() {
    #expect(
      main(#"http.HandleFunc("/metrics", nil); http.ListenAndServe(":9100", nil)"#)?.listeners.map(\.role) == [.main])
  }
}

@Suite struct GoProjectTests {
  func project(_ files: [String: String], modules: [String: String] = [:]) -> GoProject {
    GoProject(
      files: files.map { GoFile(SourceFile(path: $0, text: $1)) },
      modules: modules.map { GoModFile(SourceFile(path: $0, text: $1)) })
  }

  @Test func mainOrNot() {
    let project = project([
      "cmd/a/main.go": "package main\nfunc main() {}", "cmd/a/more.go": "package main", "lib/lib.go": "package lib",
      "half/x.go": "package main", "tool/gen.go": "//go:build ignore\n\npackage main\nfunc main() {}",
    ])
    let context = GoBuildContext()
    #expect(project.programs(in: context).map(\.directory) == ["cmd/a"])
    #expect(project.package(at: "lib")?.isMain(in: context) == false)
    #expect(project.package(at: "half")?.isMain(in: context) == false)
    #expect(project.package(at: "cmd/a")?.files(in: context).map(\.path) == ["cmd/a/main.go", "cmd/a/more.go"])
  }

  @Test(
    arguments: [
      ("example.com/app/internal/x", "", "internal/x"), ("example.com/app", "internal/x", ""),
      ("example.com/other", "", nil),
      ("net/http", "", nil), ("example.com/local/y", "", "third/y"), ("github.com/v/w", "", "vendor/github.com/v/w"),
      ("example.com/sub/z", "", "sub/z"),
    ] as [(String, String, String?)])
  func importMeans(path: String, from: String, expected: String?) {
    let files = ["internal/x/a.go", "main.go", "third/y/b.go", "vendor/github.com/v/w/c.go", "sub/z/d.go", "http/e.go"]
    let project = project(
      Dictionary(uniqueKeysWithValues: files.map { ($0, "package p") }),
      modules: [
        "go.mod": "module example.com/app\nreplace example.com/local => ./third\n",
        "sub/go.mod": "module example.com/sub\n",
      ])
    #expect(project.package(importing: path, from: from)?.directory == expected)
  }

  @Test func withoutAModuleTheFolderDecides() {
    let project = project([
      "greet/a.go": "package greet", "src/example.org/x/b.go": "package x", "fmt/c.go": "package fmt",
    ])
    #expect(project.package(importing: "app/greet", from: "")?.directory == "greet")
    #expect(project.package(importing: "example.org/x", from: "src/example.org/y")?.directory == "src/example.org/x")
    #expect(project.package(importing: "fmt", from: "") == nil)
  }
}

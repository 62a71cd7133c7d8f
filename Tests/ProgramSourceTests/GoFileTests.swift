import SourceText
import Testing

@testable import ProgramSource

@Suite struct GoFileTests {
  func file(_ text: String, _ path: String = "main.go") -> GoFile { GoFile(SourceFile(path: path, text: text)) }

  @Test func declarations() {
    let file = file(
      """
      // Package main serves.
      package main

      import (
        "fmt"
        alias "net/http"
        _ "time/tzdata"
      )

      const (
        port, host = 80, "a" + "b"
        other
      )

      type server struct {
        addr, name string `env:"ADDR"`
        sync.Mutex
        list []string
      }

      func (s *server) Start(ctx context.Context, n, m int, rest ...string) (int, error) {
        if s.addr == "" { return 0, nil }
        return 1, nil
      }

      func Map[K comparable, V any](m map[K]V, keys [4]K) {}

      func main() { fmt.Println("}") }
      """)
    #expect(file.problems == [])
    #expect(file.package.text == "main")
    #expect(file.imports.map(\.path) == ["fmt", "net/http", "time/tzdata"])
    #expect(file.imports.map(\.localName) == ["fmt", "alias", "_"])
    #expect(file.functions.map(\.fullName) == ["server.Start", "Map", "main"])
    #expect(file.functions[0].signature.parameters.map(\.name?.text) == ["ctx", "n", "m", "rest"])
    #expect(file.functions[0].signature.parameters.last?.isVariadic == true)
    #expect(file.functions[1].signature.parameters.map(\.name?.text) == ["m", "keys"])
    #expect(file.variables.flatMap(\.names).map(\.text) == ["port", "host", "other"])
    guard case .structure(let fields) = file.types[0].type.kind else { return #expect(Bool(false), "no struct") }
    #expect(fields.map { $0.names.map(\.text) } == [["addr", "name"], [], ["list"]])
    #expect(fields[0].tag?.text == "env:\"ADDR\"")
    #expect(file.body(of: file.functions[0]).statements.count == 2)
  }

  @Test func statements() {
    let file = file(
      """
      package p
      func f() {
      loop:
        for i := 0; i < 3; i++ {
          select {
          case <-done:
            break loop
          case v, ok := <-ch:
            _ = v
          default:
          }
        }
        for _, x := range []T{{1}, {2}} { go func() { x.Do() }() }
        for range 10 {}
        for cond {}
        switch x := y.(type) {
        case *T, []string: return
        }
        switch { case a == b: c() }
        if err := f(T{1}); err != nil { panic(err) } else if x == (T{2}) {} else { defer g() }
        ch <- struct{}{}
        x.y[1:2], z = map[string]func(int) error{"a": nil}, *p
        var a, b = interface{}(nil), G[int](3)
      }
      """)
    let body = file.body(of: file.functions[0])
    #expect(body.statements.count == 10)
    #expect(file.problems == [])
  }

  @Test(arguments: [
    ("package p\nimport \"github.com/go-chi/chi/v5\"", "chi"),
    ("package p\nimport \"gopkg.in/yaml.v3\"", "yaml"),
    ("package p\nimport \"github.com/x/go-redis\"", "redis"),
    ("package p\nimport \"v2\"", "v2"),
  ])
  func localName(text: String, name: String) {
    #expect(file(text).imports.first?.localName == name)
  }

  @Test func cgoPreambleAndEmbed() {
    let text = """
      package p

      // #cgo LDFLAGS: -lm
      // #include <math.h>
      import "C"
      import _ "embed"

      //go:embed a/*.html "b c.txt"
      var files embed.FS
      """
    let file = file(text)
    #expect(file.usesCgo)
    #expect(file.source.text(file.cgoPreamble ?? ByteRange(at: 0)) == "// #include <math.h>")
    #expect(file.embeds.first?.patterns.map(\.text) == ["a/*.html", "b c.txt"])
  }

  @Test func afterAnErrorTheRestIsRead() {
    let file = file("package p\nfunc broken( {\n}\nvar = 3\nfunc next() {}\n")
    #expect(file.functions.last?.name.text == "next")
    #expect(!file.problems.isEmpty)
  }

  @Test func aDockerfileIsNoGoFile() {
    #expect(file("FROM golang:1.24\nRUN go build\n").problems.first?.kind == .missingPackageClause)
  }

  @Test(arguments: [
    ("main.go", "package p", true),
    ("main_windows.go", "package p", false),
    ("main_linux.go", "package p", true),
    ("main_linux_arm64.go", "package p", false),
    ("linux.go", "package p", true),
    ("main_test.go", "package p", false),
    ("_main.go", "package p", false),
    ("a.go", "//go:build linux && (amd64 || arm64) && !race\n\npackage p", true),
    ("a.go", "//go:build windows\n\npackage p", false),
    ("a.go", "// +build windows darwin\n// +build cgo\n\npackage p", false),
    ("a.go", "// +build linux,!arm64\n\npackage p", true),
    ("a.go", "//go:build ignore\n\npackage p", false),
    ("a.go", "//go:build go1.18\n\npackage p", true),
    ("a.go", "package p\nimport \"C\"", true),
    ("a.go", "//go:build netgo\n\npackage p", false),
    ("a.go", "package p\n//go:build windows\n", true),
  ])
  func takesPartInABuild(path: String, text: String, expected: Bool) {
    #expect(GoBuildContext().includes(file(text, path)) == expected)
  }

  @Test func cgoAndTagsDecide() {
    #expect(!GoBuildContext(cgo: false).includes(file("package p\nimport \"C\"")))
    #expect(GoBuildContext(tags: ["netgo"]).includes(file("//go:build netgo\n\npackage p")))
  }
}

@Suite struct GoModuleFilesTests {
  @Test func goMod() {
    let file = GoModFile(
      SourceFile(
        path: "go.mod",
        text: """
          module example.com/shop // the shop

          go 1.22.1
          toolchain go1.22.3

          require (
          \tgithub.com/a/b v1.2.3
          \tgithub.com/c/d/v2 v2.0.0 // indirect
          )
          require "github.com/e/f" v0.1.0

          replace github.com/a/b => ../b
          replace github.com/e/f v0.1.0 => github.com/x/f v0.2.0
          exclude github.com/c/d/v2 v2.0.1
          retract [v1.0.0, v1.1.0]
          """))
    #expect(file.problems == [])
    #expect(file.module?.text == "example.com/shop")
    #expect(file.go?.text == "1.22.1")
    #expect(file.go.map { file.source.text($0.range) } == "1.22.1")
    #expect(file.toolchain?.text == "go1.22.3")
    #expect(file.requirements.map(\.path.text) == ["github.com/a/b", "github.com/c/d/v2", "github.com/e/f"])
    #expect(file.requirements.map(\.isIndirect) == [false, true, false])
    #expect(file.replacements.map(\.isLocal) == [true, false])
    #expect(file.replacements[1].newVersion?.text == "v0.2.0")
    #expect(file.exclusions.count == 1)
    #expect(file.retractions.first?.map(\.text) == ["v1.0.0", "v1.1.0"])
  }

  @Test(arguments: [
    ("module a\nmodule b\n", SourceProblem.Kind.duplicateKey), ("go 1\n", .malformedVersion),
    ("require a\n", .malformedLine),
    ("requires a v1.0.0\n", .unknownDirective), ("<<<<<<< HEAD\n", .conflictMarker),
    ("require (\na v1.0.0\n", .malformedLine),
    ("replace a b\n", .malformedLine), ("require a 1.0.0", .malformedVersion),
  ])
  func wrongGoMod(text: String, kind: SourceProblem.Kind) {
    #expect(GoModFile(SourceFile(path: "go.mod", text: text)).problems.map(\.kind) == [kind])
  }

  @Test func goWorkSumAndVendor() {
    let work = GoWorkFile(SourceFile(path: "go.work", text: "go 1.22\nuse (\n\t./a\n\t./b\n)\nreplace x => ./x\n"))
    #expect(work.uses.map(\.text) == ["./a", "./b"])
    #expect(work.replacements.count == 1)

    let sum = GoSumFile(
      SourceFile(
        path: "go.sum", text: "a.b/c v1.0.0 h1:x=\na.b/c v1.0.0/go.mod h1:y=\na.b/d v1.0.0/go.mod h1:z=\nbroken\n"))
    #expect(sum.holds("a.b/c", "v1.0.0"))
    #expect(!sum.holds("a.b/d", "v1.0.0"))
    #expect(sum.problems.map(\.kind) == [.malformedLine])

    let list = GoVendorList(
      SourceFile(
        path: "vendor/modules.txt",
        text: "# a.b/c v1.0.0\n## explicit; go 1.17\na.b/c\na.b/c/d\n# e.f/g => ./g\ne.f/g\n"))
    #expect(list.modules.map(\.path) == ["a.b/c", "e.f/g"])
    #expect(list.modules.map(\.isExplicit) == [true, false])
    #expect(list.modules[0].packages == ["a.b/c", "a.b/c/d"])
    #expect(list.modules[1].version == "")
  }
}

@Suite struct RealGoTests {
  @Test(arguments: SharedCases.names) func parsesWithoutProblems(project: String) {
    for source in SharedCases.files(project, { $0.hasSuffix(".go") && !$0.hasSuffix("Dockerfile.go") }) {
      let file = GoFile(source)
      #expect(file.problems == [], "\(source.path)")
      for function in file.functions {
        var parser = GoParser(source.bytes, GoScanner.scan(source.bytes, in: function.body ?? ByteRange(at: 0)))
        if function.body != nil { _ = parser.block() }
        #expect(parser.problems == [], "\(source.path) \(function.fullName)")
      }
    }
    for source in SharedCases.files(project, { $0.hasSuffix("go.mod") }) {
      #expect(GoModFile(source).problems == [], "\(source.path)")
    }
  }
}

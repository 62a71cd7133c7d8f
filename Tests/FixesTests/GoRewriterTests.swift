import SourceText
import Testing

@testable import Fixes

/// What a rewriter makes of a source, when the place it is about is the first occurrence of a text.
func rewritten(_ source: String, _ rewriter: String, _ argument: String, at text: String) -> String? {
  let file = SourceFile(path: "file", bytes: Array(source.utf8))
  let wanted = Array(text.utf8)
  guard let start = file.bytes.indices.first(where: { file.bytes[$0...].starts(with: wanted) }) else { return nil }
  let target = Rewriters.Target(file: file, range: ByteRange(start, start + wanted.count), value: nil)
  guard let edits = Rewriters.edits(rewriter, [argument: target])?.edits, let set = try? EditSet(edits) else {
    return nil
  }
  return String(decoding: set.apply(to: file.bytes), as: UTF8.self)
}

@Suite struct GoRewriterTests {
  @Test func aServerLearnsToStop() {
    let source = """
      package main

      import (
      	"log"
      	"net/http"
      )

      func main() {
      	log.Print("hello") // stays
      	log.Fatal(http.ListenAndServe(":8080", nil))
      }

      """
    let expected = """
      package main

      import (
      	"context"
      	"errors"
      	"log"
      	"net/http"
      	"os/signal"
      	"syscall"
      	"time"
      )

      func main() {
      	log.Print("hello") // stays
      	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
      	defer stop()
      	server := &http.Server{Addr: ":8080"}
      	stopped := make(chan struct{})
      	go func() {
      		defer close(stopped)
      		<-ctx.Done()
      		limit, cancel := context.WithTimeout(context.Background(), 8*time.Second)
      		defer cancel()
      		if err := server.Shutdown(limit); err != nil {
      			log.Print(err)
      		}
      	}()
      	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
      		log.Fatal(err)
      	}
      	<-stopped
      }

      """
    #expect(
      rewritten(source, "go-handle-signals", "call", at: "http.ListenAndServe(\":8080\", nil)") == expected)
  }

  @Test func shutdownIsAwaitedWithADeadline() {
    let source = """
      package main

      import (
      	"context"
      	"log"
      	"net/http"
      	"os/signal"
      	"syscall"
      )

      func main() {
      	server := &http.Server{Addr: ":8080"}
      	ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
      	go func() {
      		<-ctx.Done()
      		server.Shutdown(context.Background())
      	}()
      	if err := server.ListenAndServe(); err != http.ErrServerClosed {
      		log.Fatal(err)
      	}
      }

      """
    let expected = """
      package main

      import (
      	"context"
      	"log"
      	"net/http"
      	"os/signal"
      	"syscall"
      	"time"
      )

      func main() {
      	server := &http.Server{Addr: ":8080"}
      	ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
      	stopped := make(chan struct{})
      	go func() {
      		defer close(stopped)
      		<-ctx.Done()
      		limit, cancel := context.WithTimeout(context.Background(), 8*time.Second)
      		defer cancel()
      		server.Shutdown(limit)
      	}()
      	if err := server.ListenAndServe(); err != http.ErrServerClosed {
      		log.Fatal(err)
      	}
      	<-stopped
      }

      """
    #expect(
      rewritten(source, "go-await-shutdown", "call", at: "server.Shutdown(context.Background())") == expected)
  }

  /// Names that mean something else, other line endings, broken sources: no edit is better than a wrong one.
  @Test(arguments: [
    "package main\nimport \"net/http\"\nvar syscall int\nfunc main() {\n\thttp.ListenAndServe(\":1\", nil)\n}\n",
    "package main\r\nimport \"net/http\"\r\nfunc main() {\r\n\thttp.ListenAndServe(\":1\", nil)\r\n}\r\n",
    "package main\nvar x = http.ListenAndServe(\":1\", nil)\n",
    "func main() { f(1, http.ListenAndServe(\":1\", nil))",
  ])
  func leavesAloneWhatItDoesNotUnderstand(_ source: String) {
    #expect(rewritten(source, "go-handle-signals", "call", at: "http.ListenAndServe(\":1\", nil)") == nil)
  }
}

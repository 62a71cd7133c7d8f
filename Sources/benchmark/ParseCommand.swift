import ArgumentParser
import CHeap
import DockerfileSyntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `benchmark parse`: how fast the Dockerfile front end is, and how it grows with the file.
struct ParseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse", abstract: "Measures the Dockerfile front end.",
    discussion: """
      MB are millions of bytes; times are the best of several runs, on one core. "held" is the memory that the result keeps, \
      in sizes of the file, "allocs" how many blocks were allocated while reading. "content" adds what every instruction \
      says, "build" adds stages, variables and the final image.
      """)

  @Option(help: "How many runs the best is taken of.")
  var runs = 5

  @Option(help: "Only files whose description contains this text.")
  var only: String?

  @Flag(help: "Measure only the reading.")
  var reading = false

  func run() throws {
    print(row(["file", "size", "reading", "MB/s", "held", "allocs", "content MB/s", "build MB/s"]))
    for shape in Shape.allCases where only.map({ shape.rawValue.contains($0) }) ?? true {
      // Twice the size must take twice the time.
      for size in [1_250_000, 2_500_000, 5_000_000] { measure(shape, size) }
    }
  }

  private func measure(_ shape: Shape, _ size: Int) {
    let bytes = shape.file(of: size)
    let before = Heap.now
    let file = Dockerfile(bytes)
    let after = Heap.now
    let readingTime = best { Dockerfile(bytes) }
    let content = reading ? 0 : best { for instruction in file.instructions { _ = instruction.content } }
    let building =
      reading
      ? 0
      : best { () -> Build in
        let build = Build(file)
        if let target = build.target { _ = build.image(of: target) }
        return build
      }
    func speed(_ seconds: Double) -> String { number(Double(bytes.count) / 1e6 / seconds) }
    print(
      row([
        shape.rawValue, "\(number(Double(bytes.count) / 1e6)) MB", "\(number(readingTime * 1e3)) ms",
        speed(readingTime),
        number(Double(after.live - before.live) / Double(bytes.count)) + "x",
        "\(after.allocations - before.allocations)",
        speed(readingTime + content), speed(readingTime + content + building),
      ]))
  }

  /// The shortest time that `body` takes; what it gives is put away after the clock has stopped.
  private func best<Result>(_ body: () -> Result) -> Double {
    var best = Double.infinity
    for _ in 0..<runs {
      let start = Clock.seconds
      let result = body()
      let end = Clock.seconds
      withExtendedLifetime(result) { best = min(best, end - start) }
    }
    return best
  }

  private func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private func row(_ cells: [String]) -> String {
    let widths = [24, 8, 10, 8, 8, 9, 13, 11]
    return zip(cells, widths).map { cell, width in
      let padding = String(repeating: " ", count: max(0, width - cell.count))
      return width == widths[0] ? cell + padding : padding + cell
    }.joined(separator: " ")
  }
}

/// Files that grow in different directions.
private enum Shape: String, CaseIterable {
  case ordinary = "an ordinary file, again"
  case instructions = "100,000 instructions"
  case continuations = "one continued RUN"
  case oneLine = "one line"
  case heredoc = "one heredoc"
  case words = "one COPY of many words"
  case json = "one JSON array"

  func file(of size: Int) -> [UInt8] {
    switch self {
    case .ordinary: return repeated(Self.sample, size)
    case .instructions:
      // 50 bytes each, so that 5 MB are a hundred thousand of them.
      return Array("FROM alpine\n".utf8) + repeated("RUN echo one two three four five six seven eight\n", size)
    case .continuations:
      return Array("FROM alpine\nRUN true \\\n".utf8) + repeated("  && echo one two three four five six \\\n", size)
        + Array("  && true\n".utf8)
    case .oneLine: return Array("FROM alpine\nRUN ".utf8) + repeated("echo one; ", size) + [0x0A]
    case .heredoc:
      return Array("FROM alpine\nRUN <<EOF\n".utf8) + repeated("echo one two three four five\n", size)
        + Array("EOF\n".utf8)
    case .words: return Array("FROM alpine\nCOPY ".utf8) + repeated("source/file ", size) + Array("/to/\n".utf8)
    case .json: return Array("FROM alpine\nCMD [\"x\"".utf8) + repeated(", \"argument\"", size) + Array("]\n".utf8)
    }
  }

  private func repeated(_ text: String, _ size: Int) -> [UInt8] {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(size + bytes.count)
    while result.count < size { result += bytes }
    return result
  }

  private static let sample = """
    # syntax=docker/dockerfile:1
    ARG GO_VERSION=1.24
    FROM golang:${GO_VERSION}-alpine AS build
    WORKDIR /src
    COPY --link go.mod go.sum ./
    RUN --mount=type=cache,target=/go/pkg/mod \\
        go mod download
    # Everything else changes more often.
    COPY . .
    RUN --mount=type=cache,target=/root/.cache/go-build \\
        CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/server ./cmd/server

    FROM alpine:3.20
    ENV PORT=8080 \\
        LOG_LEVEL="info"
    RUN apk add --no-cache ca-certificates tzdata && adduser -D -u 10001 app
    COPY --from=build --chown=app:app /out/server /usr/local/bin/server
    USER app
    EXPOSE 8080/tcp
    HEALTHCHECK --interval=10s --timeout=2s CMD wget -qO- http://127.0.0.1:8080/healthz || exit 1
    ENTRYPOINT ["/usr/local/bin/server"]
    CMD ["--listen", ":8080"]

    """
}

/// The time that this thread has computed, which other programs do not lengthen.
enum Clock {
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What this process has on the heap, as far as it is counted.
private struct Heap {
  let allocations: Int
  let live: Int

  static var now: Heap { Heap(allocations: heap_allocations(), live: heap_live_bytes()) }
}

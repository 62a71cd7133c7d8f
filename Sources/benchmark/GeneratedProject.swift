/// A project of Go services that share one module: a Dockerfile for each ten files, one compose file, and sources.
struct GeneratedProject {
  let files: [(String, String)]

  /// - Parameter isBroken: whether each service has faults, so that there is something to say.
  init(files count: Int, isBroken: Bool = false) {
    let services = max(1, count / 40)
    var files: [(String, String)] = [("go.mod", "module example.com/shop\n\ngo 1.24\n"), ("go.sum", "")]
    var compose = "services:\n"
    for number in 0..<services {
      compose += "  s\(number):\n    build: {context: ., dockerfile: s\(number)/Dockerfile}\n"
      compose += "    ports: [\"\(8000 + number):8080\"]\n    environment: {DB: \"db:5432\"}\n"
      files.append(("s\(number)/Dockerfile", Self.dockerfile(number, isBroken)))
      files.append(("s\(number)/main.go", Self.main(number, isBroken)))
    }
    files.append(("compose.yaml", compose + "  db:\n    image: postgres:17\n"))
    for number in files.count..<max(files.count, count) {
      files.append(("internal/p\(number / 10)/f\(number).go", Self.source(number)))
    }
    self.files = files
  }

  private static func dockerfile(_ number: Int, _ isBroken: Bool) -> String {
    """
    FROM golang:1.24 AS build
    WORKDIR /src
    COPY go.mod go.sum ./
    RUN go mod download
    COPY . .
    RUN \(isBroken ? "" : "CGO_ENABLED=0 ")go build -o /out/app ./s\(number)
    FROM alpine:3.21
    COPY --from=build /out/app /usr/local/bin/app
    EXPOSE 8080
    CMD \(isBroken ? "/usr/local/bin/app" : "[\"/usr/local/bin/app\"]")

    """
  }

  private static func main(_ number: Int, _ isBroken: Bool) -> String {
    """
    package main

    import (
    	"log"
    	"net/http"
    	"os"

    	"example.com/shop/internal/p\(number)"
    )

    func main() {
    	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { p\(number).Serve(w, os.Getenv("DB")) })
    	log.Fatal(http.ListenAndServe("\(isBroken ? "127.0.0.1" : ""):8080", nil))
    }

    """
  }

  /// About 2 kB, as sources are.
  private static func source(_ number: Int) -> String {
    "package p\(number / 10)\n\nimport (\n\t\"fmt\"\n\t\"net/http\"\n)\n"
      + (0..<20).map { item in
        """

        // Work\(number)x\(item) does a part of the work.
        func Work\(number)x\(item)(w http.ResponseWriter, name string) error {
        	if name == "" {
        		return fmt.Errorf("no name")
        	}
        	_, err := fmt.Fprintf(w, "%s\\n", name)
        	return err
        }

        """
      }.joined()
  }
}

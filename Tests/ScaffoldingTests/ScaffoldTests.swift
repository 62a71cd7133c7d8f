import Inspection
import Knowledge
import KnowledgeData
import Testing

@testable import Scaffolding

/// What is proposed for a project in memory.
private func scaffold(
  _ language: ScaffoldLanguage, _ files: [String: String], package: String? = nil, classic: Bool = false
) throws -> (files: [String: String], remaining: [String]) {
  var options = Scaffold.Options()
  options.package = package
  options.isClassic = classic
  let scaffold = try Scaffold(language, MemoryTree(files), knowledge: .builtIn, options: options)
  return (
    Dictionary(scaffold.files.map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first }),
    scaffold.remaining.map(\.cause.id)
  )
}

private let goServer = """
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
  	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
  	defer stop()
  	server := &http.Server{Addr: ":9090"}
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

private let jarProject = """
  <project xmlns="http://maven.apache.org/POM/4.0.0">
    <modelVersion>4.0.0</modelVersion>
    <parent>
      <groupId>org.springframework.boot</groupId>
      <artifactId>spring-boot-starter-parent</artifactId>
      <version>3.4.1</version>
    </parent>
    <groupId>shop.example</groupId>
    <artifactId>orders</artifactId>
    <version>1.2.0</version>
    <properties><java.version>21</java.version></properties>
    <dependencies>
      <dependency>
        <groupId>org.springframework.boot</groupId>
        <artifactId>spring-boot-starter-web</artifactId>
      </dependency>
    </dependencies>
    <build>
      <plugins>
        <plugin>
          <groupId>org.springframework.boot</groupId>
          <artifactId>spring-boot-maven-plugin</artifactId>
        </plugin>
      </plugins>
    </build>
  </project>

  """

@Suite struct ScaffoldTests {
  @Test func goGetsAStaticProgramInASmallImage() throws {
    let (files, remaining) = try scaffold(
      .go, ["go.mod": "module shop.example/till\n\ngo 1.24.2\n", "cmd/till/main.go": goServer])
    #expect(
      files["Dockerfile"] == """
        FROM golang:1.24.2 AS build
        WORKDIR /src
        COPY go.mod ./
        RUN --mount=type=cache,target=/go/pkg/mod go mod download
        COPY . .
        RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/till ./cmd/till

        FROM gcr.io/distroless/static-debian12:nonroot
        WORKDIR /app
        COPY --from=build /out/till /usr/local/bin/till
        USER 65532
        EXPOSE 9090
        ENTRYPOINT ["till"]

        """)
    #expect(
      files["compose.yaml"] == """
        services:
          till:
            build: .
            ports:
              - "9090:9090"
            restart: unless-stopped

        """)
    #expect(files[".dockerignore"]?.contains(".git\n") == true)
    #expect(remaining == [])
  }

  @Test func goWithCgoGetsACLibrary() throws {
    let source = goServer.replacing("import (", with: "// #include <stdlib.h>\nimport \"C\"\n\nimport (")
    let (files, _) = try scaffold(.go, ["go.mod": "module shop.example/till\n\ngo 1.24\n", "main.go": source])
    let dockerfile = files["Dockerfile"] ?? ""
    #expect(dockerfile.contains("FROM golang:1.24-bookworm AS build"))
    #expect(dockerfile.contains("CGO_ENABLED=1 go build"))
    #expect(dockerfile.contains("FROM gcr.io/distroless/base-debian12:nonroot"))
  }

  @Test func goAsksWhichOfSeveralPrograms() throws {
    let files = [
      "go.mod": "module shop.example/shop\n\ngo 1.24\n", "cmd/a/main.go": goServer, "cmd/b/main.go": goServer,
    ]
    #expect(throws: ScaffoldProblem.self) { try scaffold(.go, files) }
    #expect(try scaffold(.go, files, package: "./cmd/b").files["Dockerfile"]?.contains("./cmd/b") == true)
    #expect(throws: ScaffoldProblem.self) { try scaffold(.go, files, package: "./cmd/c") }
  }

  @Test func goTakesAlongWhatItReads() throws {
    let source = goServer.replacing(
      "\tserver := ", with: "\thttp.Handle(\"/\", http.FileServer(http.Dir(\"static\")))\n\tserver := ")
    let (files, remaining) = try scaffold(
      .go, ["go.mod": "module shop.example/till\n\ngo 1.24\n", "main.go": source, "static/index.html": "<p>till</p>\n"])
    #expect(files["Dockerfile"]?.contains("WORKDIR /app\nCOPY --from=build /src/static ./static\n") == true)
    #expect(remaining == [])
  }

  @Test func nodeStartsTheProgramItself() throws {
    let (files, remaining) = try scaffold(
      .node,
      [
        "package.json": """
        {"name": "@shop/cart", "version": "1.0.0", "engines": {"node": "18.x"},
         "scripts": {"start": "NODE_ENV=production node server.js"}}
        """,
        "package-lock.json": #"{"name": "@shop/cart", "version": "1.0.0", "lockfileVersion": 3, "packages": {}}"#,
        "server.js": "require('http').createServer((q, s) => s.end('cart')).listen(4000)\n",
      ])
    #expect(
      files["Dockerfile"] == """
        FROM node:18-slim
        ENV NODE_ENV=production
        WORKDIR /app
        COPY package.json package-lock.json ./
        RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
        COPY . .
        USER node
        EXPOSE 4000
        CMD ["node", "server.js"]

        """)
    #expect(files["compose.yaml"]?.contains("    init: true\n    ports:\n      - \"4000:4000\"\n") == true)
    #expect(files[".dockerignore"]?.contains("node_modules\n") == true)
    #expect(remaining == [])
  }

  @Test func nodeBuildsInAStageOfItsOwn() throws {
    let (files, _) = try scaffold(
      .node,
      [
        "package.json": #"{"name": "site", "scripts": {"build": "tsc", "start": "node dist/server.js"}}"#,
        "yarn.lock": "", "src/server.ts": "import http from 'http'\nhttp.createServer().listen(3000)\n",
      ])
    let dockerfile = files["Dockerfile"] ?? ""
    #expect(dockerfile.contains("FROM node:22 AS build\n"))
    #expect(dockerfile.contains("COPY package.json yarn.lock ./\n"))
    #expect(dockerfile.contains("RUN yarn build && yarn install --frozen-lockfile --production --ignore-scripts\n"))
    #expect(dockerfile.contains("COPY --from=build /app ./\n"))
  }

  @Test(
    arguments: [
      (
        [
          "main.py": "from fastapi import FastAPI\napi = FastAPI()\n",
          "requirements.txt": "fastapi==0.115.6\nuvicorn==0.34.0\n",
        ],
        #"CMD ["uvicorn", "main:api", "--host", "0.0.0.0", "--port", "8000"]"#
      ),
      (
        [
          "app.py": "from flask import Flask\napp = Flask(__name__)\n",
          "requirements.txt": "flask==3.1.0\ngunicorn==23.0.0\n",
        ],
        #"CMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]"#
      ),
      (
        [
          "manage.py": "", "shop/wsgi.py": "application = 1\n", "requirements.txt": "django==5.1.4\ngunicorn==23.0.0\n",
        ],
        #"CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.wsgi"]"#
      ),
    ] as [([String: String], String)])
  func pythonStartsBehindAServer(_ project: [String: String], _ command: String) throws {
    let (files, remaining) = try scaffold(.python, project)
    #expect(files["Dockerfile"]?.contains(command) == true)
    #expect(files["Dockerfile"]?.contains("EXPOSE 8000\n") == true)
    #expect(remaining == [])
  }

  @Test func pythonScriptsRunAsTheyAre() throws {
    let source = """
      from http.server import HTTPServer, SimpleHTTPRequestHandler
      HTTPServer(("", 8123), SimpleHTTPRequestHandler).serve_forever()

      """
    let (files, remaining) = try scaffold(.python, ["serve.py": source, ".python-version": "3.11.4\n"])
    #expect(
      files["Dockerfile"] == """
        FROM python:3.11-slim
        ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
        WORKDIR /app
        COPY . .
        USER 65532
        EXPOSE 8123
        CMD ["python", "serve.py"]

        """)
    #expect(remaining == [])
  }

  @Test func javaRunsTheJarOnARuntime() throws {
    let main = """
      package shop.example;
      @org.springframework.boot.autoconfigure.SpringBootApplication
      public class Orders {
        public static void main(String[] args) { org.springframework.boot.SpringApplication.run(Orders.class, args); }
      }

      """
    let (files, remaining) = try scaffold(
      .java, ["pom.xml": jarProject, "src/main/java/shop/example/Orders.java": main])
    let dockerfile = files["Dockerfile"] ?? ""
    #expect(dockerfile.contains("FROM maven:3-eclipse-temurin-21 AS build"))
    #expect(dockerfile.contains("COPY --from=build /src/target/orders-1.2.0.jar app.jar"))
    #expect(dockerfile.contains("FROM eclipse-temurin:21-jre"))
    #expect(remaining == [])
  }

  @Test func olderBuildersGetNoMounts() throws {
    let project = ["go.mod": "module shop.example/till\n\ngo 1.24\n", "main.go": goServer]
    #expect(try scaffold(.go, project, classic: true).files["Dockerfile"]?.contains("--mount") == false)
  }

  @Test(arguments: ScaffoldLanguage.allCases) func saysWhatIsMissing(_ language: ScaffoldLanguage) {
    #expect(throws: ScaffoldProblem.self) { try scaffold(language, ["README.md": "nothing\n"]) }
  }

  /// Broken manifests are a reason to say so, or to propose something plain; never to stop.
  @Test(arguments: ["go.mod", "package.json", "requirements.txt", "pom.xml", "pyproject.toml"])
  func survivesBrokenManifests(_ name: String) {
    for text in ["", "\0\u{1}", "{", "<project>", String(repeating: "[", count: 10_000)] {
      for language in ScaffoldLanguage.allCases { _ = try? scaffold(language, [name: text, "main.py": text]) }
    }
  }

  /// What is there already is no reason to propose the same again.
  @Test func doesNotLookAtContainerFilesThatAreThere() throws {
    let project = [
      "go.mod": "module shop.example/till\n\ngo 1.24\n", "main.go": goServer, "Dockerfile": "FROM scratch\n",
      "docker-compose.yml": "services: {x: {image: x}}\n", ".dockerignore": "*\n",
    ]
    #expect(try scaffold(.go, project).remaining == [])
  }
}

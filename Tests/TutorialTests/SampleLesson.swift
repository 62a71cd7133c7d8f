import Knowledge
import KnowledgeData
import KnowledgeFormat

/// A lesson that only tests know.
enum SampleLesson {
  static let goProgram = """
    package main

    import (
    	"log"
    	"net/http"
    )

    func main() {
    	log.Fatal(http.ListenAndServe("127.0.0.1:8080", nil))
    }

    """

  static let project = [
    "Dockerfile": """
    FROM golang:1.24 AS build
    WORKDIR /src
    COPY . .
    RUN CGO_ENABLED=0 go build -o /web .

    FROM scratch
    COPY --from=build /web /web
    ENTRYPOINT ["/web"]

    """,
    "compose.yaml": """
    services:
      web:
        build: .
        ports:
          - "8080:8080"

    """,
    "go.mod": "module shop.example/web\n\ngo 1.24\n",
    "main.go": goProgram,
  ]

  static let text = """
    title: {en: Loopback, zh: 回环地址}
    cause: listens-on-loopback
    given: {symptom: port-unreachable, log: "curl: (52) Empty reply from server\\n"}
    goal: {en: Reach the port., zh: 让端口可以访问。}
    clue:
      en: |
        $ curl localhost:8080
        curl: (52) Empty reply from server
      zh: |
        $ curl localhost:8080
        curl: (52) Empty reply from server
    tasks:
      - find: listens-on-loopback
        text: {en: Find out why., zh: 找出原因。}
      - look: images
        text: {en: Compare the images., zh: 比较镜像。}
      - cure: listens-on-loopback
        text: {en: Mend `main.go`., zh: 修好 `main.go`。}
    hints:
      - {en: Look at the address., zh: 看看地址。}
      - {en: "It is `127.0.0.1`.", zh: "它是 `127.0.0.1`。"}
    wrong:
      when:
        - publishes: {service: web, host: "9090"}
      answer: {en: Another published port does not help., zh: 换一个发布端口没有用。}
    summary: {en: Listen on all addresses., zh: 监听所有地址。}
    explain: [listens-on-loopback, alpine, 127, port-unreachable]
    chapters: ["3.1"]
    """

  static func changed(_ path: String, _ old: String, _ new: String) -> [String: String] {
    var files = project
    files[path] = files[path]?.replacing(old, with: new)
    return files
  }

  static let solved = changed("main.go", "127.0.0.1:8080", "0.0.0.0:8080")
  static let wrong = changed("compose.yaml", "8080:8080", "9090:8080")

  static func files(_ text: String = text, in folder: String = "01-loopback") -> [KnowledgeReader.File] {
    func part(_ name: String, _ files: [String: String]) -> [KnowledgeReader.File] {
      files.map { KnowledgeReader.File(path: "lessons/\(folder)/\(name)/\($0.key)", text: $0.value) }
    }
    return [KnowledgeReader.File(path: "lessons/\(folder)/lesson.yaml", text: text)] + part("start", project)
      + part("solved", solved) + part("wrong", wrong)
  }

  static func read(_ files: [KnowledgeReader.File] = files()) -> KnowledgeReader.Result {
    KnowledgeReader.read(files, addingTo: .builtIn)
  }

  static func lesson() throws -> Lesson {
    let result = read()
    guard let lesson = result.lessons.first, result.problems.isEmpty else {
      throw Unreadable(problems: result.problems)
    }
    return lesson
  }

  struct Unreadable: Error { let problems: [Problem] }
}

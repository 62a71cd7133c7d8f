import Inspection
import Knowledge
import KnowledgeData
import Testing

/// What a program finds around it in its container, and what a log says of it.
@Suite struct SurroundingTests {
  // MARK: Virtual environments

  static let moved: [(make: String, copy: String, command: String, expected: [[String]])] = [
    ("RUN python -m venv /build/env", "/build/env /srv/env", "uvicorn", [["/build/env", "/srv/env"]]),
    ("RUN uv sync --frozen", "/build/.venv /srv/env", "uvicorn", [["/build/.venv", "/srv/env"]]),
    ("RUN uv venv .v && uv pip install .", "/build/.v /srv/env", "uvicorn", [["/build/.v", "/srv/env"]]),
    (
      "ENV POETRY_VIRTUALENVS_IN_PROJECT=1\nRUN poetry install", "/build/.venv /srv/env", "uvicorn",
      [["/build/.venv", "/srv/env"]]
    ),
    (
      "RUN poetry config virtualenvs.in-project true && poetry install", "/build/.venv /srv/env", "uvicorn",
      [["/build/.venv", "/srv/env"]]
    ),
    // At the same place its scripts find their interpreter, and python itself needs none.
    ("RUN python -m venv /srv/env", "/srv/env /srv/env", "uvicorn", []),
    ("RUN python -m venv /build/env", "/build/env /srv/env", "python", []),
    ("RUN uv venv --relocatable env", "/build/env /srv/env", "uvicorn", []),
    ("RUN poetry install", "/build/.venv /srv/env", "uvicorn", []),
    ("RUN python -m venv /build/env", "/build/wheels /srv/env", "uvicorn", []),
  ]

  @Test(arguments: moved)
  func movedEnvironment(make: String, copy: String, command: String, expected: [[String]]) {
    let facts = Facts([
      "Dockerfile":
        "FROM python:3.13-slim AS build\nWORKDIR /build\n\(make)\nFROM python:3.13-slim\nCOPY --from=build \(copy)\n"
        + "ENV PATH=/srv/env/bin:$PATH\nCMD [\"\(command)\", \"app:app\"]\n"
    ])
    #expect(facts.rows("moved", "made", "path") == expected)
  }

  // MARK: Users

  @Test(arguments: ["shop.", "shop.shop", "shop:shop", "shop:"])
  func dotOfChown(owner: String) {
    let facts = Facts([
      "Dockerfile":
        "FROM alpine:3.20\nRUN addgroup -S shop && adduser -S shop -G shop\nRUN mkdir /data && chown -R \(owner) /data\nUSER shop\nRUN mkdir /data/x\nCMD [\"sleep\", \"9\"]\n"
    ])
    #expect(!facts.rows("account", "name", "known").contains { $0[1] == "no" })
    #expect(facts.rows("writes", "path", "allowed") == [["/data/x", "yes"]])
  }

  @Test(arguments: [("VOLUME /store\n", [["/store", "no"]]), ("", [])])
  func variableThatNamesAVolume(volume: String, expected: [[String]]) {
    let facts = Facts([
      "Dockerfile":
        "FROM alpine:3.20\nRUN adduser -D shop\nENV SHOP_FOLDER=/store\n\(volume)USER shop\nCMD [\"/shop\"]\n"
    ])
    #expect(facts.rows("writes", "path", "allowed") == expected)
  }

  // MARK: Files and addresses

  @Test func absolutePathOfTheContext() {
    let facts = Facts([
      "Dockerfile":
        "FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /shop .\nFROM scratch\nCOPY --from=build /shop /shop\nENTRYPOINT [\"/shop\"]\n",
      "go.mod": "module example.com/shop\n\ngo 1.24\n", "conf/shop.toml": "port = 1\n",
      "main.go":
        "package main\n\nimport (\n\t\"log\"\n\t\"os\"\n)\n\nfunc main() {\n\tif _, err := os.ReadFile(\"/conf/shop.toml\"); err != nil {\n\t\tlog.Fatal(err)\n\t}\n}\n",
    ])
    #expect(facts.rows("reads", "path", "state", "source") == [["/conf/shop.toml", "missing", "conf/shop.toml"]])
  }

  @Test func sharedFileOfSettings() {
    let facts = Facts([
      "compose.yaml":
        "services:\n  web:\n    image: nginx\n    env_file: all.env\n  api:\n    image: shop/api\n    env_file: all.env\n",
      "all.env": "DB_HOST=db\nDB_PORT=5432\n",
    ])
    #expect(facts.rows("reaches", "service", "host") == [["api", "db"]])
  }

  // MARK: Logs

  static let logs: [(log: String, symptom: String)] = [
    // A variable that is empty in the step that prints it.
    ("Step 3/4 : RUN echo \"version: $VERSION\"\n ---> Running in 0a1b2c3d\nversion: \n", "misconfigured-environment"),
    ("#7 [3/3] RUN echo \"version: ${VERSION}\"\n#7 0.211 version: \n", "misconfigured-environment"),
    // A crash says less than what it follows from.
    (
      "api-1  | dial tcp 172.20.0.2:5432: connect: connection refused\napi-1  | panic: runtime error: invalid memory address\n",
      "dependency-not-ready"
    ),
    // What a health check lacks is no end of the container.
    (
      "web   shop   Up 3 minutes (unhealthy)\n/bin/sh: curl: not found\n",
      "dependency-not-ready"
    ),
    ("Server listening on 127.0.0.1:9700\n", "port-unreachable"),
  ]

  @Test(arguments: logs)
  func symptom(log: String, symptom: String) {
    let facts = Facts(["Dockerfile": "FROM alpine\n"]) { request in
      var reader = LogReader(KnowledgeBase.builtIn.observations)
      reader.read(Array(log.utf8))
      request.log = reader
    }
    #expect(facts.result.log.symptom == symptom)
  }

  @Test func variableWithAValue() {
    let facts = Facts(["Dockerfile": "FROM alpine\n"]) { request in
      var reader = LogReader(KnowledgeBase.builtIn.observations)
      reader.read(Array("Step 3/4 : RUN echo \"version: $VERSION\"\n ---> Running in 0a1b\nversion: 1.2\n".utf8))
      request.log = reader
    }
    #expect(!facts.rows("observed", "kind").contains(["variable-empty"]))
  }
}

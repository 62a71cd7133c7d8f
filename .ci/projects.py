"""Projects for measurements: the same number gives the same files on every machine."""
import os

DOCKERFILES = [
    """FROM golang:1.{minor} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG VERSION=0.{number}.0
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.version=${{VERSION}}" -o /out/app .

FROM alpine:3.2{digit}
RUN apk add --no-cache ca-certificates tzdata && adduser -D -u 10001 app
COPY --from=build --chown=app:app /out/app /usr/local/bin/app
ENV PORT=8080 \\
    LOG_LEVEL=info
USER app
EXPOSE 8080/tcp
HEALTHCHECK --interval=10s CMD wget -qO- http://127.0.0.1:8080/healthz || exit 1
ENTRYPOINT ["/usr/local/bin/app"]
""",
    """FROM golang:1.{minor}
WORKDIR /app
COPY . .
RUN go build -o server{number} . && rm -rf /root/.cache
EXPOSE 8080
CMD ["./server{number}"]
""",
    """# syntax=docker/dockerfile:1
ARG BASE=debian:1{digit}-slim
FROM golang:1.{minor}-bookworm AS build
ENV GOFLAGS=-mod=mod
WORKDIR /go/src/app{number}
COPY . .
RUN go build -o /app .
FROM ${{BASE}}
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
CMD /app
""",
]

COMPOSE = """services:
  web:
    build: .
    ports: ["{port}:8080"]
    environment: {{DB: "db:5432", LOG_LEVEL: debug}}
    depends_on: [db]
  db:
    image: postgres:17
    environment: {{POSTGRES_PASSWORD: example}}
    volumes: [data:/var/lib/postgresql/data]
volumes: {{data: {{}}}}
"""

MAIN = """package main

import (
\t"log"
\t"net/http"
\t"os"
{imports})

func main() {{
\thttp.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {{ {call} }})
\tlog.Fatal(http.ListenAndServe(":8080", nil))
}}
"""

FUNCTION = """
// Work{item} does a part of the work.
func Work{item}(w http.ResponseWriter, name string) error {{
\tif name == "" {{
\t\treturn fmt.Errorf("no name")
\t}}
\t_, err := fmt.Fprintf(w, "%s\\n", name)
\treturn err
}}
"""


def files(number, sources):
    """The files of one project: Dockerfile, compose file, ignore file, module, and `sources` Go files."""
    values = {"number": number, "minor": 21 + number % 4, "digit": number % 3, "port": 8000 + number % 1000}
    if sources > 1:
        values |= {"imports": f'\n\t"example.com/shop{number}/internal/p0"\n', "call": 'p0.Work0(w, os.Getenv("DB"))'}
    else:
        values |= {"imports": "", "call": 'w.Write([]byte(os.Getenv("DB")))'}
    found = {
        "Dockerfile": DOCKERFILES[number % len(DOCKERFILES)].format(**values),
        "compose.yaml": COMPOSE.format(**values),
        "go.mod": f"module example.com/shop{number}\n\ngo 1.{values['minor']}\n",
        "go.sum": "",
        ".dockerignore": ".git\n*.md\n",
        "main.go": MAIN.format(**values),
    }
    for source in range(sources - 1):
        functions = "".join(FUNCTION.format(item=item) for item in range(8))
        found[f"internal/p{source}/work.go"] = (
            f'package p{source}\n\nimport (\n\t"fmt"\n\t"net/http"\n)\n' + functions)
    return found


def write(folder, number, sources):
    for path, text in files(number, sources).items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

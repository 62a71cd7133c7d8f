# syntax=docker/dockerfile:1

ARG GO_VERSION=1.24
ARG ALPINE=3.20

# build compiles the server.
FROM --platform=$BUILDPLATFORM golang:${GO_VERSION}-alpine AS build
WORKDIR /src
RUN --mount=type=cache,target=/var/cache/apk \
    apk add git make
COPY --link go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG TARGETOS TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    # The binary has to run without a C library.
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \

    go build -trimpath -ldflags "-s -w -X 'main.version=${VERSION:-dev}'" -o /out/server ./cmd/server

FROM alpine:${ALPINE}
LABEL org.opencontainers.image.title="a server" \
      org.opencontainers.image.source=https://example.org/server
ENV PORT=8080 \
    GREETING="hello \"world\"" \
    PATH=/app/bin:$PATH
RUN set -eux; \
    addgroup -S app && adduser -S -G app app; \
    if [ "$PORT" -lt 1024 ]; then echo "no" >&2; exit 1; fi
COPY --from=build --chown=app:app --chmod=0755 /out/server /app/bin/
USER app
EXPOSE $PORT 9090/udp
VOLUME ["/data", "/var/log/server"]
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s --retries=3 \
  CMD wget -qO- "http://127.0.0.1:${PORT}/healthz" || exit 1
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/bin/server"]
CMD ["--listen", ":8080"]

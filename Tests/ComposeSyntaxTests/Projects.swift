@testable import ComposeSyntax

/// Small projects in memory, which together use nearly every form that compose has.
enum Projects {
  static let all: [String: [String: String]] = [
    "short ports": [
      "compose.yaml": """
      services:
        web:
          image: "nginx:1.27"
          ports: ["8080:80", 127.0.0.1:9000:90/udp, 443, "[::1]:53:53", "3000-3002:4000-4002", "5000-5002:6000"]
      """
    ],
    "long ports": [
      "compose.yaml": """
      services:
        web:
          image: nginx
          ports:
            - target: 80
              published: "8080"
              host_ip: 0.0.0.0
              protocol: udp
              mode: host
            - {target: 443, name: tls, app_protocol: https}
          expose: ["9000", 9100]
      """
    ],
    "variables": [
      ".env": "TAG=1.2 # newest\nUSER_ID='1000'\nHOST=\"db.$TAG\"\n",
      "compose.yaml": """
      services:
        web:
          image: shop:${TAG:-latest}
          user: "${USER_ID}:${GROUP_ID:-${USER_ID}}"
          hostname: web-$TAG-${STAGE-dev}
          ports: ["${PORT:-8080}:80", "${ADMIN:-127.0.0.1:9000}:90"]
          environment:
            HOST:
            URL: "http://${HOST}/$${literal}"
            LEVEL: ${LEVEL:+loud}
          mem_limit: ${MEMORY:-512m}
          read_only: ${READ_ONLY:-true}
      """,
    ],
    "environment as a list": [
      ".env": "FROM_ENV=given\n",
      "compose.yaml": """
      services:
        web:
          image: nginx
          environment:
            - A=1
            - "B=two words"
            - FROM_ENV
            - NOWHERE
            - EMPTY=
      """,
    ],
    "environment as a map": [
      "compose.yaml": """
      services:
        web:
          image: nginx
          environment:
            NUMBER: 1
            FLOAT: 1.50
            FLAG: true
            NOTHING:
            DATE: 2024-01-02
            QUOTED: 'it''s'
            ESCAPED: "a\\tb"
            FOLDED: >-
              one
              two
            LITERAL: |
              first
              second
      """
    ],
    "environment files": [
      "common.env": "A=1\nB=2\nexport C='three'\n",
      "own.env": "B=20\nD=$A\n",
      "compose.yaml": """
      services:
        web:
          image: nginx
          env_file: [common.env, {path: own.env, required: false}, {path: missing.env, required: false}]
          environment: {C: "30"}
          label_file: labels
      """,
      "labels": "team=shop\n",
    ],
    "volumes": [
      "compose.yaml": """
      services:
        db:
          image: postgres
          volumes:
            - data:/var/lib/postgresql/data
            - ./init:/docker-entrypoint-initdb.d:ro,z
            - ../shared/:/shared
            - /etc/localtime:/etc/localtime:ro
            - /anonymous
            - type: bind
              source: ./conf
              target: /conf
              bind: {create_host_path: false}
            - {type: tmpfs, target: /tmp, tmpfs: {size: 64m, mode: 1777}}
            - type: volume
              source: data
              target: /more/
              read_only: true
              volume: {nocopy: true}
          tmpfs: /run
      volumes:
        data:
          driver: local
        outside: {external: true, name: kept}
      """
    ],
    "builds": [
      "compose.yaml": """
      services:
        short:
          build: ./app
        long:
          build:
            context: .
            dockerfile: docker/Dockerfile
            target: final
            args: [VERSION=1, EMPTY]
            cache_from: [app:cache]
            secrets: [token]
            shm_size: 128mb
            ssh: [default]
            extra_hosts: ["a:10.0.0.1"]
          image: long
        inline:
          build:
            dockerfile_inline: |
              FROM scratch
      secrets:
        token: {environment: TOKEN}
      """
    ],
    "commands": [
      "compose.yaml": """
      services:
        shell: {image: a, command: sh -c 'echo "hello world"' --flag=a\\ b}
        list: {image: a, command: [sh, -c, "echo $$HOME"], entrypoint: []}
        lines:
          image: a
          entrypoint: >
            run --first
            --second
      """
    ],
    "health": [
      "compose.yaml": """
      services:
        text: {image: a, healthcheck: {test: curl localhost, interval: 1m30s, timeout: 10s, retries: 3}}
        list:
          image: a
          healthcheck:
            test: [CMD, pg_isready]
            start_period: "500ms"
            start_interval: 1s
          stop_grace_period: 1m
          stop_signal: SIGINT
        off: {image: a, healthcheck: {disable: true}}
      """
    ],
    "dependencies": [
      "compose.yaml": """
      services:
        web: {image: a, depends_on: [db, cache], links: ["cache:redis"]}
        worker:
          image: a
          depends_on:
            db: {condition: service_healthy, restart: true}
          network_mode: service:web
          volumes_from: [web]
        db: {image: b}
        cache: {image: c}
      """
    ],
    "networks": [
      "compose.yaml": """
      services:
        web:
          image: a
          networks:
            front: {aliases: [www], ipv4_address: 10.5.0.2, priority: 10}
            back:
        db: {image: a, networks: [back]}
        plain: {image: a, dns: 1.1.1.1, extra_hosts: {host: host-gateway, two: [10.0.0.1, "::1"]}}
      networks:
        front:
          ipam: {config: [{subnet: 10.5.0.0/16}]}
        back: {internal: true, driver_opts: {mtu: 1400}}
      """
    ],
    "secrets and configs": [
      "compose.yaml": """
      services:
        web:
          image: a
          secrets: [token, {source: key, target: /k, mode: 0440}]
          configs:
            - settings
            - {source: inline, target: /i, uid: "1", mode: "0400"}
      secrets:
        token: {file: ./token.txt}
        key: {external: true}
      configs:
        settings: {file: settings.json}
        inline: {content: "port=${PORT:-80}"}
      """
    ],
    "deployment": [
      "compose.yaml": """
      services:
        web:
          image: a
          deploy:
            replicas: 2
            resources:
              limits: {cpus: "0.5", memory: 512M, pids: 100}
              reservations: {devices: [{capabilities: [gpu], count: all}]}
            update_config: {parallelism: 1, delay: 10s, order: start-first}
            restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3}
            placement: {constraints: [node.role == worker]}
          ulimits: {nofile: {soft: 1000, hard: 2000}, nproc: 65535}
          cpus: 0.5
          mem_limit: 512M
          pids_limit: 100
          logging: {driver: json-file, options: {max-size: 10m}}
          devices: ["/dev/a:/dev/b:r", /dev/c]
          sysctls: [net.core.somaxconn=1024]
          cap_add: [NET_ADMIN]
          init: true
      """
    ],
    "anchors": [
      "compose.yaml": """
      x-common: &common
        restart: always
        environment: &variables
          A: "1"
          B: "2"
      services:
        one:
          <<: *common
          image: a
        two:
          <<: [*common, {image: b, restart: "no"}]
          environment:
            <<: *variables
            B: "20"
        three: {image: c, environment: *variables}
      """
    ],
    "override file": [
      "compose.yaml": """
      services:
        web:
          image: a
          command: serve
          ports: ["80:80"]
          environment: {LEVEL: info, KEEP: "1"}
          volumes: ["./a:/data"]
          labels: [one=1]
      """,
      "compose.override.yaml": """
      services:
        web:
          image: b
          command: [debug]
          ports: !override ["81:80"]
          environment: [LEVEL=debug]
          volumes: ["./b:/data"]
          labels: {one: "2"}
      """,
    ],
    "reset": [
      "compose.yaml": "services:\n  web:\n    image: a\n    ports: [\"80:80\"]\n    user: root\n",
      "compose.override.yaml": "services:\n  web:\n    ports: !reset []\n    user: !reset null\n    image: b\n",
    ],
    "extends": [
      "base/common.yaml": """
      services:
        base:
          image: a
          env_file: base.env
          build: .
          environment: {A: "1", B: "1"}
      """,
      "base/base.env": "FROM_FILE=1\n",
      "compose.yaml": """
      services:
        middle:
          extends: {file: base/common.yaml, service: base}
          environment: {B: "2"}
        web:
          extends: middle
          environment: [B=3]
          image: b
      """,
    ],
    "include": [
      "other/compose.yaml": """
      services:
        db:
          image: postgres:${VERSION}
          volumes: ["./data:/data"]
      """,
      "other/.env": "VERSION=17\n",
      "compose.yaml": """
      include:
        - other/compose.yaml
      services:
        web: {image: a, depends_on: [db]}
      """,
    ],
    "profiles and models": [
      "compose.yaml": """
      name: shop
      services:
        web: {image: a, models: [llm], profiles: [web]}
        tool:
          image: b
          develop: {watch: [{path: ./src, action: sync, target: /src, ignore: node_modules/}]}
          post_start: [{command: ./hook.sh, user: root}]
        cloud: {provider: {type: awesome, options: {size: small, zones: [a, b]}}}
      models:
        llm: {model: ai/small, context_size: 1024}
      """
    ],
    "several documents": [
      "compose.yaml": """
      services: {web: {image: a, environment: {A: "1"}}}
      ---
      services: {web: {image: b, environment: {B: "2"}}}
      """
    ],
  ]

  static func load(_ name: String) -> ComposeProject { load(all[name] ?? [:]) }

  static func load(_ files: [String: String], environment: [String: String] = [:]) -> ComposeProject {
    ComposeProject(
      ComposeOptions(root: "/home/me/shop", environment: environment), from: ComposeFilesInMemory(files))
  }
}

import Inspection
import Testing

/// Where well-known servers listen: configuration files of the project, arguments, defaults.
@Suite struct ServerSettingsTests {
  private func compose(_ image: String, _ lines: String, _ files: [String: String]) -> Facts {
    Facts(files.merging(["compose.yaml": "services:\n  db:\n    image: \(image)\n\(lines)"]) { own, _ in own })
  }

  // MARK: nginx

  @Test(arguments: [
    ("listen 80;", ["all", "80"]), ("listen 127.0.0.1:8080;", ["loopback", "8080"]),
    ("listen [::]:81;", ["all", "81"]),
    ("listen localhost;", ["loopback", "80"]), ("listen *:82 default_server;", ["all", "82"]),
    ("listen 10.0.0.1:83;", ["name", "83"]),
  ])
  func listensOfNginx(line: String, expected: [String]) {
    let facts = compose(
      "nginx:1.27", "    volumes: [\"./site.conf:/etc/nginx/conf.d/site.conf\"]\n",
      ["site.conf": "server {\n  \(line)\n}\n"])
    #expect(facts.rows("listens", "address", "port") == [expected])
  }

  @Test(arguments: ["# listen 81;", "error_log \"listen 81;\";", "listen unix:/run/x.sock;"])
  func whatIsNoListenOfNginx(line: String) {
    let text = "server {\n  \(line)\n  listen 8080;\n}\n"
    let facts = compose(
      "nginx:1.27", "    volumes: [\"./site.conf:/etc/nginx/conf.d/site.conf\"]\n", ["site.conf": text])
    #expect(facts.rows("listens", "port") == [["8080"]])
    #expect(facts.texts("listens", "port") == ["8080"])
  }

  @Test func aMountThatIsReadNowhereSaysNothing() {
    let facts = compose(
      "nginx:1.27", "    volumes: [\"./site.conf:/srv/site.conf\"]\n", ["site.conf": "server { listen 81; }\n"])
    #expect(facts.rows("listens", "address", "port", "by") == [["all", "80", "image"]])
  }

  private static let whereNginxPassesRequestsOnCases: [(String, [[String]])] = [
    ("proxy_pass http://api:3000;", [["api", "3000"]]),
    ("proxy_pass http://localhost:3000/x;", [["localhost", "3000"]]),
    ("proxy_pass http://$backend;", []), ("# proxy_pass http://api;", []),
    ("fastcgi_pass php:9000;", [["php", "9000"]]),
  ]

  @Test(arguments: whereNginxPassesRequestsOnCases)
  func whereNginxPassesRequestsOn(line: String, expected: [[String]]) {
    let text = "server {\n  listen 80;\n  location / { \(line) }\n}\n"
    let facts = compose(
      "nginx:1.27", "    volumes: [\"./site.conf:/etc/nginx/conf.d/site.conf\"]\n", ["site.conf": text])
    #expect(facts.rows("reaches", "host", "port") == expected)
  }

  private static let whenNginxResolvesNamesCases: [(String, [[String]])] = [
    ("server { location / { proxy_pass http://api:3000; } }", [["start", "no", "yes"]]),
    ("upstream pool { server api:3000; }", [["start", "no", "yes"]]),
    // https://nginx.org/en/docs/http/ngx_http_upstream_module.html#resolve
    ("upstream pool { zone pool 64k; server api:3000 resolve; }", [["request", "?", "no"]]),
    ("server { set $api http://api:3000; location / { proxy_pass $api; } }", []),
  ]

  @Test(arguments: whenNginxResolvesNamesCases)
  func whenNginxResolvesNames(text: String, expected: [[String]]) {
    let facts = compose(
      "nginx:1.27", "    volumes: [\"./site.conf:/etc/nginx/conf.d/site.conf\"]\n", ["site.conf": text])
    #expect(facts.rows("reaches", "when", "retries", "fatal") == expected)
  }

  // MARK: redis

  @Test(arguments: [
    ("bind 127.0.0.1 -::1\nport 6380\n", ["loopback", "6380"]), ("bind 0.0.0.0\n", ["all", "6379"]),
    ("bind * -::*\n", ["all", "6379"]),
    ("bind 127.0.0.1 10.0.0.1\n", ["name", "6379"]), ("# bind 0.0.0.0\nbind 127.0.0.1\n", ["loopback", "6379"]),
    ("bind 0.0.0.0\nbind 127.0.0.1\n", ["loopback", "6379"]),
  ])
  func redisReadsItsFile(text: String, expected: [String]) {
    let facts = compose(
      "redis:7", "    command: redis-server /etc/redis.conf\n    volumes: [\"./redis.conf:/etc/redis.conf\"]\n",
      ["redis.conf": text])
    #expect(facts.rows("listens", "address", "port") == [expected])
    #expect(facts.rows("listens", "by") == [["file"]])
  }

  @Test func theAddressOfRedisIsUnderlined() {
    let facts = Facts([
      "Dockerfile": "FROM redis:7\nCOPY redis.conf /etc/redis.conf\nCMD [\"redis-server\", \"/etc/redis.conf\"]\n",
      "redis.conf": "# settings\nbind 127.0.0.1 -::1 # here\nport 6380\n",
    ])
    #expect(facts.texts("listens", "address") == ["127.0.0.1 -::1"])
    #expect(facts.texts("listens", "port") == ["6380"])
  }

  @Test(arguments: [
    ("", ["all", "6379", "image"]), ("    command: redis-server --bind 127.0.0.1\n", ["loopback", "6379", "argument"]),
    ("    command: [\"redis-server\", \"--port\", \"7000\", \"--bind\", \"0.0.0.0\"]\n", ["all", "7000", "argument"]),
    ("    command: [\"--bind\", \"127.0.0.1\"]\n", ["loopback", "6379", "argument"]),
  ])
  func argumentsOfRedis(lines: String, expected: [String]) {
    let facts = compose("redis:7", lines, [:])
    #expect(facts.rows("listens", "address", "port", "by") == [expected])
  }

  @Test func aFileThatRedisIsNotToldOfIsNotRead() {
    let facts = compose(
      "redis:7", "    volumes: [\"./redis.conf:/etc/redis.conf\"]\n", ["redis.conf": "bind 127.0.0.1\n"])
    #expect(facts.rows("listens", "address", "by") == [["all", "image"]])
  }

  // MARK: PostgreSQL and MySQL

  @Test(arguments: [
    ("listen_addresses = '*'\nport = 5433\n", ["all", "5433"]),
    ("listen_addresses = 'localhost'\n", ["loopback", "5432"]),
    // A file of one's own replaces the one that the image makes: the server's own default is localhost.
    ("max_connections = 10\n", ["loopback", "5432"]), ("#listen_addresses = '*'\n", ["loopback", "5432"]),
  ])
  func postgresReadsItsFile(text: String, expected: [String]) {
    let lines = "    command: postgres -c config_file=/etc/pg.conf\n    volumes: [\"./pg.conf:/etc/pg.conf\"]\n"
    let facts = compose("postgres:17", lines, ["pg.conf": text])
    #expect(facts.rows("listens", "address", "port", "by") == [expected + ["file"]])
  }

  @Test(arguments: [
    ("postgres -c listen_addresses=localhost", ["loopback", "5432", "argument"]),
    ("postgres -c max_connections=10", ["all", "5432", "image"]),
    ("-c listen_addresses=127.0.0.1 -p 5433", ["loopback", "5433", "argument"]),
  ])
  func argumentsOfPostgres(command: String, expected: [String]) {
    #expect(
      compose("postgres:17", "    command: \(command)\n", [:]).rows("listens", "address", "port", "by") == [expected])
  }

  @Test(arguments: [
    ("[mysqld]\nbind-address = 127.0.0.1\nport=3307\n", ["loopback", "3307"]),
    ("[mysqld]\nbind_address=0.0.0.0\n", ["all", "3306"]),
    ("[client]\nbind-address = 127.0.0.1\nport=3307\n", ["all", "3306"]),
  ])
  func mysqlReadsItsFiles(text: String, expected: [String]) {
    let facts = compose("mysql:8.4", "    volumes: [\"./my.cnf:/etc/mysql/conf.d/my.cnf:ro\"]\n", ["my.cnf": text])
    #expect(facts.rows("listens", "address", "port") == [expected])
  }

  // MARK: Servers of scripting languages

  @Test(arguments: [
    ("[\"uvicorn\", \"app:app\"]", ["loopback", "8000"]),
    ("[\"uvicorn\", \"app:app\", \"--host\", \"0.0.0.0\", \"--port\", \"81\"]", ["all", "81"]),
    ("[\"gunicorn\", \"app:app\"]", ["loopback", "8000"]), ("gunicorn --bind=0.0.0.0:82 app:app", ["all", "82"]),
    ("[\"python\", \"manage.py\", \"runserver\"]", ["loopback", "8000"]),
    ("[\"python\", \"manage.py\", \"runserver\", \"0:8001\"]", ["all", "8001"]),
    ("[\"flask\", \"run\"]", ["loopback", "5000"]), ("[\"python\", \"-m\", \"http.server\"]", ["all", "8000"]),
    ("[\"php\", \"-S\", \"localhost:83\"]", ["loopback", "83"]),
    ("exec uvicorn app:app --host=127.0.0.1", ["loopback", "8000"]),
  ])
  func commandsThatListen(command: String, expected: [String]) {
    let facts = Facts([
      "Dockerfile": "FROM python:3.13\nWORKDIR /srv\nCOPY . .\nCMD \(command)\n", "app.py": "", "manage.py": "",
    ])
    #expect(facts.rows("listens", "address", "port") == [expected])
  }

  @Test(arguments: [
    ("const app = require('express')()\napp.listen(3000)", ["all", "3000"]),
    ("const app = require('express')()\napp.listen(3000, 'localhost')", ["loopback", "3000"]),
    ("const f = require('fastify')()\nf.listen({ port: 3000 })", ["loopback", "3000"]),
    ("const f = require('fastify')()\nf.listen({ port: 3000, host: '0.0.0.0' })", ["all", "3000"]),
    ("import http from 'node:http'\nhttp.createServer(() => {}).listen(process.env.PORT || 8080)", ["all", "8080"]),
  ])
  func nodeSourcesThatListen(text: String, expected: [String]) {
    let facts = Facts([
      "Dockerfile": "FROM node:22\nWORKDIR /srv\nCOPY . .\nCMD [\"node\", \"server.js\"]\n", "server.js": text,
      "package.json": "{}",
    ])
    #expect(facts.rows("listens", "address", "port") == [expected])
  }

  @Test func npmIsFollowedToTheProgram() {
    let facts = Facts([
      "Dockerfile": "FROM node:22\nWORKDIR /srv\nCOPY . .\nCMD [\"npm\", \"start\"]\n",
      "package.json": "{\"scripts\": {\"start\": \"node server.js\"}}\n",
      "server.js": "require('http').createServer().listen(3000)\n",
    ])
    #expect(facts.rows("listens", "port") == [["3000"]])
    #expect(
      facts.rows("launches", "tool", "script", "instead") == [["npm", "node server.js", "[\"node\", \"server.js\"]"]])
  }

  // MARK: Hostile

  private static let strangeFiles: [String] = [
    String(repeating: "server {", count: 20_000), "server { listen " + String(repeating: "[", count: 50_000) + "; }",
    "bind", "bind ", "bind \"\"",
    "bind=" + String(repeating: "9", count: 100_000), String(repeating: "bind 127.0.0.1\n", count: 20_000),
    "[mysqld\nbind-address", "=\n=\n'\n\"",
    "listen_addresses = '", "\u{0}bind\u{0}127.0.0.1", String(repeating: "x", count: 1_000_000),
    "server { listen :; listen ; listen 99999999999999999999; }",
  ]

  @Test(arguments: strangeFiles)
  func strangeFilesEnd(text: String) {
    for (image, path) in [
      ("nginx:1.27", "/etc/nginx/conf.d/x.conf"), ("redis:7", "/x"), ("mysql:8.4", "/etc/my.cnf"),
      ("postgres:17", "/var/lib/postgresql/data/postgresql.conf"),
    ] {
      let command = image.hasPrefix("redis") ? "    command: redis-server /x\n" : ""
      let facts = compose(image, "\(command)    volumes: [\"./f:\(path)\"]\n", ["f": text])
      #expect(facts.result.facts.misfits == [])
    }
  }
}

import SourceText
import Testing

@testable import ProgramSource

@Suite struct NodeTests {
  func program(_ text: String, _ others: [String: String] = [:]) -> NodeProgram? {
    NodeProgram(
      [SourceFile(path: "server.js", text: text)] + others.map { SourceFile(path: $0, text: $1) }, entry: "server")
  }

  /// A long file of one statement again and again is read in one walk.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "server.close(() => process.exit(0))\n", "process.on('SIGTERM', () => server.close())\n",
      "setTimeout(() => process.exit(1), 1000)\n", "server.listen(8080)\n",
    ])
  func manyStatementsEnd(statement: String) throws {
    let found = program(String(repeating: statement, count: 1500))
    let program = try #require(found)
    #expect(program.shutdowns.count <= 64)
    #expect(program.signals.count <= 64)
  }

  @Test(arguments: [
    (
      "const http = require('http')\nhttp.createServer((q, s) => s.end()).listen(8080)",
      #""" framework : 8080 constant"#
    ),
    (
      "import http from 'node:http'\nconst server = http.createServer()\nserver.listen(3000, '127.0.0.1')",
      #""127.0.0.1" constant : 3000 constant"#
    ),
    (
      "import { createServer } from 'node:http'\ncreateServer().listen({ port: 81, host: 'localhost' })",
      #""localhost" constant : 81 constant"#
    ),
    (
      "const express = require('express')\nconst app = express()\napp.listen(process.env.PORT || 3000)",
      #""" framework : 3000 default [$PORT]"#
    ),
    (
      "const app = require('express')()\nconst port = process.env.PORT ?? '8000'\napp.listen(port, () => {})",
      #""" framework : 8000 default [$PORT]"#
    ),
    (
      "const app = require('express')()\nconst { PORT = 3001, HOST } = process.env\napp.listen(PORT, HOST)",
      #"? variable [$HOST] : 3001 default [$PORT]"#
    ),
    (
      "const app = require('express')()\napp.set('port', process.env.PORT || 5000)\napp.listen(app.get('port'))",
      #""" framework : 5000 default [$PORT]"#
    ),
    (
      "const app = require('express')()\nlet port = process.env.PORT\nif (!port) { port = 80 }\napp.listen(parseInt(port, 10))",
      #""" framework : 80 default [$PORT]"#
    ),
    (
      "const Fastify = require('fastify')\nconst app = Fastify({ logger: true })\napp.listen({ port: 3000 })",
      #""localhost" framework : 3000 constant"#
    ),
    (
      "import fastify from 'fastify'\nconst app = fastify()\nawait app.listen({ port: Number(process.env.PORT), host: '0.0.0.0' })",
      #""0.0.0.0" constant : ? variable [$PORT]"#
    ),
    ("const Koa = require('koa')\nconst app = new Koa()\napp.listen(3000)", #""" framework : 3000 constant"#),
    (
      "import { NestFactory } from '@nestjs/core'\nasync function bootstrap() {\n const app = await NestFactory.create(AppModule)\n await app.listen(3000)\n}",
      #""" framework : 3000 constant"#
    ),
    (
      "const Hapi = require('@hapi/hapi')\nconst server = Hapi.server({ port: 3000, host: 'localhost' })",
      #""localhost" constant : 3000 constant"#
    ),
    (
      "const app = require('express')()\nconst host = 'localhost', port = 8080\napp.listen(port, host)",
      #""localhost" constant : 8080 constant"#
    ),
    (
      "const { WebSocketServer } = require('ws')\nnew WebSocketServer({ port: 8090 })", #""" framework : 8090 constant"#
    ),
    ("Bun.serve({ fetch() {} })", #""" framework : 3000 framework"#),
    (
      "import express, { Request } from 'express'\nconst app: express.Application = express()\nconst port: number = +(process.env.PORT as string) || 4000\napp.listen(port)",
      #""" framework : 4000 default [$PORT]"#
    ),
    (
      "function start(port) { require('http').createServer().listen(port) }\nstart(9000)",
      #""" framework : 9000 constant"#
    ),
  ])
  func listeners(text: String, expected: String) {
    #expect(program(text)?.listeners.map(GoPrograms.summary) == [expected])
  }

  @Test(arguments: [
    "// app.listen(3000)", "const s = 'app.listen(3000)'", "history.listen((location) => {})",
    "const re = /app.listen(3000)/", "store.listen(onChange)",
    "const t = `app.listen(3000)`",
  ])
  func noListener(text: String) { #expect(program(text)?.listeners == []) }

  @Test func settingsOfAnotherFile() {
    let main =
      "const config = require('./config')\nconst { port } = require('./lib/port')\nconst app = require('express')()\napp.listen(port, config.server.host)"
    let program = program(
      main,
      [
        "config.js": "module.exports = { server: { host: process.env.HOST || '127.0.0.1' } }",
        "lib/port/index.js": "exports.port = 4444", "unused.js": "require('express')().listen(1)",
      ])
    #expect(program?.listeners.map(GoPrograms.summary) == [#""127.0.0.1" default [$HOST] : 4444 constant"#])
    #expect(program?.files == ["server.js", "config.js", "lib/port/index.js"])
    #expect(program?.imports.keys.sorted() == ["express"])
  }

  @Test func modulesOfTypeScriptAndJSON() {
    let program = program(
      "import settings from './settings.json'\nimport { HOST } from './host.js'\nimport express from 'express'\nexpress().listen(settings.port, HOST)\nimport './gone.js'",
      ["settings.json": "{\"port\": 7777}", "host.ts": "export const HOST = '0.0.0.0' as const"])
    #expect(program?.listeners.map(GoPrograms.summary) == [#""0.0.0.0" constant : 7777 constant"#])
    #expect(program?.missing.count == 1)
  }

  @Test func replacingTheBytes() throws {
    let text = "require('http').createServer().listen(8080, 'localhost')"
    let listener = try #require(program(text)?.listeners.first)
    let edits = try EditSet([
      TextEdit(#require(listener.host.value.place).range, "0.0.0.0"),
      TextEdit(#require(listener.port.value.place).range, "9"),
    ])
    #expect(
      String(decoding: edits.apply(to: Array(text.utf8)), as: UTF8.self)
        == "require('http').createServer().listen(9, '0.0.0.0')")
  }

  @Test(arguments: [
    ("process.on('SIGTERM', () => process.exit(0))", ["SIGTERM"], SignalHandler.Outcome.exits),
    (
      "const server = require('http').createServer().listen(1)\nprocess.once('SIGINT', () => { server.close() })",
      ["SIGINT"], .drains
    ),
    ("function stop() { process.exit() }\nprocess.on('SIGTERM', stop)", ["SIGTERM"], .exits),
    ("['SIGINT', 'SIGTERM'].forEach((s) => process.on(s, () => log(s)))", ["SIGINT", "SIGTERM"], .ends),
  ])
  func signals(text: String, names: [String], outcome: SignalHandler.Outcome) {
    let handlers = program(text)?.signals
    #expect(handlers?.map(\.signals) == [names])
    #expect(handlers?.first?.outcome == outcome)
  }

  @Test func exitHandlersAreNoSignals() {
    #expect(program("process.on('exit', () => {})\nprocess.on('uncaughtException', () => {})")?.signals == [])
  }

  @Test(arguments: [
    ("server.close(() => process.exit(0))", Answer.yes), ("server.close()\n process.exit(0)", .no),
    ("await server.close()\n process.exit(0)", .yes),
    ("server.close()", .yes),
  ])
  func closingIsAwaited(body: String, awaited: Answer) {
    let program = program(
      "const server = require('http').createServer()\nprocess.on('SIGTERM', async () => {\n \(body)\n})")
    #expect(program?.shutdowns.map(\.awaited) == [awaited])
  }

  @Test(
    arguments: [
      ("const x = process.env.KEY", nil, Answer.no), ("const x = process.env.KEY || 'value'", "value", .no),
      ("const x = process.env['KEY'] ?? 'value'", "value", .no),
      ("const { KEY = 'value' } = process.env", "value", .no),
      ("if (!process.env.KEY) { throw new Error('KEY') }", nil, .yes),
      ("const key = process.env.KEY\nif (!key) process.exit(1)", nil, .yes),
      ("const url = import.meta.env.KEY", nil, .no),
    ] as [(String, String?, Answer)])
  func variables(text: String, fallback: String?, isFatal: Answer) {
    let variables = program(text)?.variables
    #expect(variables?.first?.name.value == "KEY")
    #expect(variables?.first?.fallback?.value == fallback)
    #expect(variables?.first?.isFatal == isFatal)
  }

  @Test(arguments: [
    ("fetch('http://api:8000/items')", "http api 8000"),
    ("const axios = require('axios')\naxios.get('https://example.org')", "https example.org 443"),
    (
      "const mongoose = require('mongoose')\nmongoose.connect('mongodb://root:x@localhost/app')",
      "mongodb localhost 27017"
    ),
    ("const mongoose = require('mongoose')\nmongoose.connect(process.env.MONGO_URL)", "mongodb $MONGO_URL $MONGO_URL"),
    ("const { Pool } = require('pg')\nnew Pool({ host: process.env.DB || 'db', port: 5433 })", "postgres db 5433"),
    ("const { Pool } = require('pg')\nnew Pool()", "postgres localhost 5432"),
    ("import Redis from 'ioredis'\nnew Redis(6380, 'cache')", "redis cache 6380"),
    ("import Redis from 'ioredis'\nnew Redis()", "redis localhost 6379"),
    ("const redis = require('redis')\nredis.createClient({ url: 'redis://cache:6379' })", "redis cache 6379"),
    ("const redis = require('redis')\nredis.createClient({ socket: { host: 'cache', port: 1 } })", "redis cache 1"),
    ("const { Kafka } = require('kafkajs')\nnew Kafka({ brokers: ['kafka:9092'] })", "kafka kafka 9092"),
    (
      "const mysql = require('mysql2/promise')\nmysql.createPool({ host: 'localhost', user: 'x' })",
      "mysql localhost 3306"
    ),
    ("const url = `http://${process.env.API}:3000/x`\nfetch(url)", "http $API 3000"),
  ])
  func hosts(text: String, expected: String) {
    let found = program(text)?.hosts.map { use in
      let host = use.host.value.value ?? use.host.setters.first.map { "$\($0.name)" } ?? "?"
      let port = use.port.value.value.map { String($0) } ?? use.port.setters.first.map { "$\($0.name)" } ?? "?"
      return "\(use.scheme ?? "-") \(host) \(port)"
    }
    #expect(found == [expected])
  }

  @Test func aPathOfTheOwnServerIsNoHost() { #expect(program("fetch('/api/items')")?.hosts == []) }

  @Test func files() {
    let program = program(
      """
      const fs = require('fs'), path = require('path')
      const a = fs.readFileSync('config.json')
      const b = fs.readFileSync(path.join(__dirname, 'views', 'a.html'), 'utf8')
      try { fs.writeFileSync('/data/x', '') } catch {}
      require('dotenv').config()
      app.use(require('express').static('public'))
      app.get('/', (req, res) => res.sendFile(path.resolve('index.html')))
      """)
    #expect(
      program?.fileUses.map(\.path.value.value) == [
        "config.json", "views/a.html", "/data/x", ".env", "public", "index.html",
      ])
    #expect(program?.fileUses.map(\.isBesideSource) == [false, true, false, false, false, false])
    #expect(program?.fileUses.map(\.isFatal) == [.yes, .yes, .no, .no, .no, .no])
    #expect(program?.fileUses.map(\.access) == [.read, .read, .write, .read, .folder, .read])
    #expect(program?.fileUses.last?.isAtStart == .no)
  }

  @Test func commands() {
    let program = program(
      "const { execSync, spawn } = require('child_process')\nexecSync('git clone x')\nspawn('ffmpeg', ['-i', name])")
    #expect(program?.commands.map(\.program.value.value) == ["git", "ffmpeg"])
    #expect(program?.commands.last?.arguments.map(\.value) == ["-i", nil])
  }

  @Test(arguments: [
    (
      "vite.config.ts", "import { defineConfig } from 'vite'\nexport default defineConfig({ server: { port: 3000 } })",
      #""localhost" framework : 3000 constant"#
    ),
    ("vite.config.js", "export default { server: { host: true } }", #""" constant : 5173 framework"#),
    (
      "vite.config.js", "export default defineConfig(({ mode }) => { return { server: { host: '0.0.0.0' } } })",
      #""0.0.0.0" constant : 5173 framework"#
    ),
    (
      "webpack.config.js", "module.exports = { devServer: { host: '127.0.0.1', port: process.env.PORT || 9 } }",
      #""127.0.0.1" constant : 9 default [$PORT]"#
    ),
    ("webpack.config.js", "module.exports = { entry: './x.js' }", #""localhost" framework : 8080 framework"#),
    (
      "angular.json", #"{"projects": {"app": {"architect": {"serve": {"options": {"host": "0.0.0.0", "port": 81}}}}}}"#,
      #""0.0.0.0" constant : 81 constant"#
    ),
    ("angular.json", #"{"projects": {}}"#, #""localhost" framework : 4200 framework"#),
  ])
  func developmentServers(path: String, text: String, expected: String) throws {
    let server = try #require(DevelopmentServer(SourceFile(path: "web/\(path)", text: text)))
    #expect(
      "\(GoPrograms.part(server.host) { "\"\($0)\"" }) : \(GoPrograms.part(server.port) { String($0) })" == expected)
  }
}

@Suite struct JSONTests {
  @Test func packageFile() {
    let text = """
      { "name": "shop", "type": "module", "main": "src/index.js", "packageManager": "pnpm@9.1.0",
        "scripts": { "start": "node src/index.js", "build": "vite build" },
        "engines": { "node": ">=20" }, "workspaces": ["packages/*"],
        "dependencies": { "express": "^4.0.0" }, "devDependencies": { "vite": "5" } }
      """
    let file = NodePackage(SourceFile(path: "package.json", text: text))
    #expect(file.problems == [])
    #expect(file.name?.text == "shop")
    #expect(file.script("start").map { file.source.text($0.range) } == "node src/index.js")
    #expect(file.engine("node")?.text == ">=20")
    #expect(file.packageManager?.text == "pnpm@9.1.0")
    #expect(file.workspaces.map(\.text) == ["packages/*"])
    #expect(file.dependencies.map(\.name.text) == ["express", "vite"])
    #expect(file.dependencies.map(\.kind) == [.dependencies, .devDependencies])
    #expect(NodeLockFile(path: "a/pnpm-lock.yaml")?.tool == "pnpm")
    #expect(NodeLockFile(path: "a/package.json") == nil)
  }

  @Test(arguments: [
    ("{\"a\": 1, \"a\": 2}", SourceProblem.Kind.duplicateKey, 10..<11),
    ("{\"a\": 1 \"b\": 2}", .unexpectedToken, 8..<9),
    ("{\"a\": }", .unexpectedToken, 6..<7), ("{\"a\": 'x'}", .unexpectedToken, 6..<7),
    ("[1, 2", .unexpectedToken, 0..<1),
    ("{\"a\": \"x\n}", .unterminatedString, 6..<8), ("{} x", .unexpectedToken, 3..<4),
    ("/* a", .unterminatedComment, 0..<4),
  ])
  func problems(text: String, kind: SourceProblem.Kind, range: Range<Int>) {
    let problem = JSONDocument(SourceFile(path: "a.json", text: text)).problems.first
    #expect(problem == SourceProblem(kind, ByteRange(range.lowerBound, range.upperBound)))
  }

  @Test func commentsAndLastCommasAreTaken() {
    let document = JSONDocument(
      SourceFile(path: "tsconfig.json", text: "// x\n{ \"a\": [1, 2,], /* y */ \"b\": {\"c\": null,}, }"))
    #expect(document.problems == [])
    #expect(document.root["a"]?.elements.map(\.integer) == [1, 2])
    #expect(document.root["b"]?["c"] != nil)
  }

  static let hostile: [HostileInput] = [
    HostileInput("arrays", "", repeated: "["), HostileInput("objects", "", repeated: "{\"a\":"),
    HostileInput("keys", "{", repeated: "\"a\":1,"),
    HostileInput("commas", "[", repeated: ","), HostileInput("words", "[", repeated: "a "),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: HostileInput.plain + hostile) func endsWithoutACrash(input: HostileInput) {
    #expect(JSONDocument(SourceFile(path: "a.json", bytes: input.bytes)).problems.count <= 100)
  }
}

@Suite struct HostileJavaScriptTests {
  static let nested: [HostileInput] = [
    HostileInput("calls", "x = ", repeated: "f("), HostileInput("members", "x = a", repeated: ".b()"),
    HostileInput("arrays", "x = ", repeated: "["),
    HostileInput("objects", "x = ", repeated: "{a:"), HostileInput("functions", "", repeated: "function f() {"),
    HostileInput("arrows", "x = ", repeated: "() => "),
    HostileInput("arrow bodies", "x = ", repeated: "() => {"), HostileInput("templates", "x = ", repeated: "`${"),
    HostileInput("conditions", "", repeated: "if (!a) {"),
    HostileInput("conditionals", "x = ", repeated: "a ? "), HostileInput("sums", "x = a", repeated: " + a"),
    HostileInput("not", "x = ", repeated: "!"),
    HostileInput("new", "x = ", repeated: "new "), HostileInput("declarations", "", repeated: "let a = a;"),
    HostileInput("assignments", "", repeated: "a = a;"),
    HostileInput("types", "x = a", repeated: "<a"), HostileInput("casts", "x = a", repeated: " as a"),
    HostileInput("imports", "", repeated: "import a from 'b';"),
    HostileInput("environment", "", repeated: "process.env.A || "),
    HostileInput("destructuring", "const ", repeated: "{a = "), HostileInput("methods", "x = {", repeated: "a() {"),
    HostileInput("patterns", "x = ", repeated: "/["),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: HostileInput.plain + nested) func endsWithoutACrash(input: HostileInput) {
    let program = NodeProgram(
      [SourceFile(path: "a.js", bytes: input.bytes + Array("\nrequire('http').listen(a)".utf8))], entry: "a.js")
    #expect(program != nil)
  }
}

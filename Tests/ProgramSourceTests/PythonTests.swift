import SourceText
import Testing

@testable import ProgramSource

@Suite struct PythonTests {
  func program(_ text: String, _ others: [String: String] = [:]) -> PythonProgram? {
    PythonProgram(
      [SourceFile(path: "main.py", text: text)] + others.map { SourceFile(path: $0, text: $1) }, entry: "main.py")
  }

  @Test(arguments: [
    (
      "from flask import Flask\napp = Flask(__name__)\nif __name__ == '__main__':\n    app.run()",
      #""127.0.0.1" framework : 5000 framework"#
    ),
    (
      "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0', port=80, debug=True)",
      #""0.0.0.0" constant : 80 constant"#
    ),
    (
      "import os\nfrom flask import Flask\napp = Flask(__name__)\napp.run('0.0.0.0', int(os.environ.get('PORT', 8080)))",
      #""0.0.0.0" constant : 8080 default [$PORT]"#
    ),
    (
      "import uvicorn\nuvicorn.run('app:app', port=int(os.getenv('PORT')))\nimport os",
      #""127.0.0.1" framework : ? variable [$PORT]"#
    ),
    (
      "import uvicorn, os\nHOST = os.getenv('HOST') or '127.0.0.1'\nuvicorn.run(app, host=HOST, port=8001)",
      #""127.0.0.1" default [$HOST] : 8001 constant"#
    ),
    ("from aiohttp import web\nweb.run_app(app)", #""" framework : 8080 framework"#),
    (
      "from http.server import HTTPServer\nHTTPServer(('', 8000), Handler).serve_forever()",
      #""" constant : 8000 constant"#
    ),
    (
      "import http.server\nhttp.server.ThreadingHTTPServer(('localhost', 8000), H)",
      #""localhost" constant : 8000 constant"#
    ),
    (
      "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\ns.bind(('127.0.0.1', 9999))",
      #""127.0.0.1" constant : 9999 constant"#
    ),
    (
      "import grpc\nserver = grpc.server(pool)\nserver.add_insecure_port('[::]:50051')",
      #""::" constant : 50051 constant"#
    ),
    ("import tornado.web\napp = tornado.web.Application([])\napp.listen(8888)", #""" framework : 8888 constant"#),
    (
      "from prometheus_client import start_http_server\nstart_http_server(9100)",
      #""0.0.0.0" framework : 9100 constant"#
    ),
    (
      "import argparse, uvicorn\nparser = argparse.ArgumentParser()\nparser.add_argument('--port', type=int, default=8000)\nargs = parser.parse_args()\nuvicorn.run(app, port=args.port)",
      #""127.0.0.1" framework : 8000 default [--port]"#
    ),
    (
      "import click, uvicorn\n@click.command()\n@click.option('--host', default='localhost')\ndef main(host):\n    uvicorn.run(app, host=host)",
      #""localhost" default [--host] : 8000 framework"#
    ),
    (
      "import uvicorn\nport = 8000\nhost = '0.0.0.0'\nuvicorn.run(app, host=f'{host}', port=port)",
      #""0.0.0.0" constant : 8000 constant"#
    ),
    (
      "def serve(port=7000):\n    import uvicorn\n    uvicorn.run(app, port=port)\nserve(7001)",
      #""127.0.0.1" framework : 7001 constant"#
    ),
  ])
  func listeners(text: String, expected: String) {
    #expect(program(text)?.listeners.map(GoPrograms.summary) == [expected])
  }

  @Test(arguments: ["# app.run()", "'''\nuvicorn.run(app)\n'''", "s = 'uvicorn.run(app)'", "thread.run()"])
  func noListener(text: String) { #expect(program("import uvicorn\n" + text)?.listeners == []) }

  @Test func modulesOfTheProject() {
    let program = program(
      "from app.settings import PORT\nfrom app import core\nimport uvicorn\nuvicorn.run(core.app, host=core.HOST, port=PORT)",
      [
        "app/__init__.py": "", "app/settings.py": "import os\nPORT = int(os.environ.get('PORT', '8010'))",
        "app/core.py": "from .net import HOST",
        "app/net.py": "HOST = '0.0.0.0'", "other.py": "import uvicorn\nuvicorn.run(a, port=1)",
      ])
    #expect(program?.listeners.map(GoPrograms.summary) == [#""0.0.0.0" constant : 8010 default [$PORT]"#])
    #expect(program?.files.sorted() == ["app/__init__.py", "app/core.py", "app/net.py", "app/settings.py", "main.py"])
    #expect(program?.imports.keys.sorted() == ["os", "uvicorn"])
  }

  @Test func whatAnImportedFileRunsOnlyByItself() {
    let program = program(
      "import web", ["web.py": "import uvicorn\nif __name__ == '__main__':\n    uvicorn.run(app)\n"])
    #expect(program?.listeners.map(\.isReached) == [false])
  }

  @Test func replacingTheBytes() throws {
    let text = "from flask import Flask\nFlask(__name__).run(host=\"127.0.0.1\", port=5000)"
    let listener = try #require(program(text)?.listeners.first)
    let edits = try EditSet([
      TextEdit(#require(listener.host.value.place).range, "0.0.0.0"),
      TextEdit(#require(listener.port.value.place).range, "9"),
    ])
    #expect(
      String(decoding: edits.apply(to: Array(text.utf8)), as: UTF8.self).hasSuffix(".run(host=\"0.0.0.0\", port=9)"))
  }

  @Test(arguments: [
    (
      "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(0))", "SIGTERM", SignalHandler.How.handled,
      SignalHandler.Outcome.exits
    ),
    ("import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)", "SIGTERM", .ignored, .unknown),
    (
      "from signal import signal, SIGINT\ndef stop(n, f):\n    server.shutdown()\nsignal(SIGINT, stop)", "SIGINT",
      .handled, .drains
    ),
    ("import asyncio, signal\nloop.add_signal_handler(signal.SIGTERM, stop)", "SIGTERM", .handled, .ends),
  ])
  func signals(text: String, name: String, how: SignalHandler.How, outcome: SignalHandler.Outcome) {
    let handlers = program(text)?.signals
    #expect(handlers?.map(\.signals) == [[name]])
    #expect(handlers?.first?.how == how)
    #expect(handlers?.first?.outcome == outcome)
  }

  @Test(
    arguments: [
      ("import os\nx = os.environ['KEY']", nil, Answer.yes), ("import os\nx = os.environ.get('KEY')", nil, .no),
      ("from os import environ\nx = environ.get('KEY', 'value')", "value", .no),
      ("import os\nx = os.getenv('KEY', default='value')", "value", .no),
      ("import os\nx = os.getenv('KEY')\nif not x:\n    raise SystemExit('KEY')", nil, .yes),
      ("import os\ntry:\n    x = os.environ['KEY']\nexcept KeyError:\n    x = 1", nil, .no),
      ("import os\ndef f():\n    return os.environ['KEY']", nil, .unknown),
      ("from decouple import config\nx = config('KEY')", nil, .yes),
      ("from decouple import config\nx = config('KEY', default='value')", "value", .no),
      ("import os\nif 'KEY' not in os.environ:\n    sys.exit(1)\nx = os.environ.get('KEY')", nil, .no),
    ] as [(String, String?, Answer)])
  func variables(text: String, fallback: String?, isFatal: Answer) {
    let variables = program(text)?.variables
    #expect(variables?.map(\.name.value) == ["KEY"])
    #expect(variables?.first?.fallback?.value == fallback)
    #expect(variables?.first?.isFatal == isFatal)
  }

  @Test func settingsOfPydantic() {
    let program = program(
      "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    token: str\n    port: int = 8000\n    model_config = {}\n    def f(self):\n        x: int = 1\n"
    )
    #expect(program?.variables.map(\.name.value) == ["TOKEN", "PORT"])
    #expect(program?.variables.map(\.isFatal) == [.yes, .no])
  }

  @Test(arguments: [
    ("import requests\nrequests.get('http://api:8000/x')", "http api 8000"),
    ("import redis\nredis.Redis(host='cache')", "redis cache 6379"),
    ("import redis\nr = redis.from_url('redis://cache:6380/0')", "redis cache 6380"),
    ("import redis\nredis.Redis()", "redis localhost 6379"),
    ("import psycopg2\npsycopg2.connect(host='db', port=5433, user='x')", "postgres db 5433"),
    ("import psycopg2\npsycopg2.connect('dbname=x host=db')", "postgres db 5432"),
    ("from sqlalchemy import create_engine\ncreate_engine('postgresql+psycopg2://u:p@db/shop')", "postgresql db 5432"),
    (
      "import os\nfrom sqlalchemy import create_engine\ncreate_engine(f\"postgresql://u:{os.environ['P']}@{os.environ['H']}:5432/x\")",
      "postgresql $H 5432"
    ),
    ("from pymongo import MongoClient\nMongoClient('mongodb://mongo:27017')", "mongodb mongo 27017"),
    ("from pymongo import MongoClient\nMongoClient('mongo', 27018)", "mongodb mongo 27018"),
    ("import socket\nsocket.create_connection(('db', 5432))", "- db 5432"),
    ("from celery import Celery\nCelery('a', broker='amqp://rabbit')", "amqp rabbit 5672"),
    ("from kafka import KafkaProducer\nKafkaProducer(bootstrap_servers=['kafka:9092'])", "kafka kafka 9092"),
    (
      "import os\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'HOST': os.environ.get('DB_HOST', 'localhost'), 'PORT': '5432'}}",
      "postgres localhost 5432"
    ),
    ("CELERY_BROKER_URL = 'redis://redis:6379/0'", "redis redis 6379"),
  ])
  func hosts(text: String, expected: String) {
    let found = program(text)?.hosts.map { use in
      let host = use.host.value.value ?? use.host.setters.first.map { "$\($0.name)" } ?? "?"
      let port = use.port.value.value.map { String($0) } ?? use.port.setters.first.map { "$\($0.name)" } ?? "?"
      return "\(use.scheme ?? "-") \(host) \(port)"
    }
    #expect(found == [expected])
  }

  @Test func files() {
    let program = program(
      """
      import os, sqlite3
      from pathlib import Path
      from dotenv import load_dotenv
      BASE = Path(__file__).resolve().parent.parent
      HERE = os.path.dirname(os.path.abspath(__file__))
      a = open("words.txt").read()
      with open(os.path.join(HERE, "out.log"), "a") as f:
          pass
      b = (BASE / "conf" / "app.toml").read_text()
      load_dotenv()
      db = sqlite3.connect("/data/app.db")
      try:
          os.makedirs("/cache")
      except OSError:
          pass
      def view(request):
          return open("page.html")
      """)
    #expect(
      program?.fileUses.map(\.path.value.value) == [
        "words.txt", "out.log", "../conf/app.toml", ".env", "/data/app.db", "/cache", "page.html",
      ])
    #expect(program?.fileUses.map(\.isBesideSource) == [false, true, true, false, false, false, false])
    #expect(program?.fileUses.map(\.access) == [.read, .write, .read, .read, .write, .write, .read])
    #expect(program?.fileUses.map(\.isFatal) == [.yes, .yes, .yes, .no, .yes, .no, .unknown])
    #expect(program?.fileUses.last?.isAtStart == .no)
  }

  @Test func zonesAndCommands() {
    let program = program(
      "from zoneinfo import ZoneInfo\nimport subprocess\nz = ZoneInfo('Europe/Berlin')\nsubprocess.run(['git', 'clone', url], check=True)"
    )
    #expect(program?.zones.map(\.zone.value.value) == ["Europe/Berlin"])
    #expect(program?.commands.map(\.program.value.value) == ["git"])
    #expect(program?.commands.first?.arguments.map(\.value) == ["clone", nil])
  }

  @Test(arguments: [
    ("bind = '0.0.0.0:8000'\nworkers = 2", #""0.0.0.0" constant : 8000 constant"#),
    ("workers = 2", #""127.0.0.1" framework : 8000 framework [$PORT]"#),
    ("import os\nbind = f\"0.0.0.0:{os.getenv('PORT', '8080')}\"", #""0.0.0.0" constant : 8080 default [$PORT]"#),
    ("bind = ['127.0.0.1:81']", #""127.0.0.1" constant : 81 constant"#),
  ])
  func gunicorn(text: String, expected: String) {
    let file = GunicornConfiguration(SourceFile(path: "gunicorn.conf.py", text: text))
    #expect("\(GoPrograms.part(file.host) { "\"\($0)\"" }) : \(GoPrograms.part(file.port) { String($0) })" == expected)
  }

  static let nested: [HostileInput] = [
    HostileInput("calls", "x = ", repeated: "f("), HostileInput("members", "x = a", repeated: ".b()"),
    HostileInput("lists", "x = ", repeated: "["),
    HostileInput("dictionaries", "x = ", repeated: "{'a':"), HostileInput("functions", "", repeated: "def f():\n"),
    HostileInput("lambdas", "x = ", repeated: "lambda: "),
    HostileInput("conditions", "", repeated: "if not a:\n"), HostileInput("conditionals", "x = ", repeated: "a if "),
    HostileInput("sums", "x = a", repeated: " + a"),
    HostileInput("not", "x = ", repeated: "not "), HostileInput("assignments", "", repeated: "a = a\n"),
    HostileInput("targets", "", repeated: "a = "),
    HostileInput("formatted strings", "x = ", repeated: "f'{"), HostileInput("blanks", "", repeated: " "),
    HostileInput("indents", "", repeated: "\n a"),
    HostileInput("imports", "", repeated: "from . import a\n"),
    HostileInput("environment", "", repeated: "os.environ['A'] or "), HostileInput("tuples", "", repeated: "a, "),
  ]

  @Test(.timeLimit(.minutes(5)), arguments: HostileInput.plain + nested) func endsWithoutACrash(input: HostileInput) {
    #expect(
      PythonProgram([SourceFile(path: "a.py", bytes: input.bytes + Array("\nuvicorn.run(port=a)".utf8))], entry: "a.py")
        != nil)
  }
}

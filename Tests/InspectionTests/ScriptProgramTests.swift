import Testing

/// What the source of a program in a scripting language says about its service.
@Suite struct ScriptProgramTests {
  static func project(_ command: String, _ files: [String: String]) -> Facts {
    var all = files
    all["Dockerfile"] = "FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD \(command)\n"
    all["compose.yaml"] = "services:\n  web:\n    build: .\n    environment: {PORT: \"9000\"}\n"
    return Facts(all)
  }

  struct Case: Sendable {
    var command: String
    var file: String
    var text: String
    var listens: [String]
  }

  static let cases = [
    Case(
      command: "[\"python\", \"app.py\"]", file: "app.py",
      text: "from flask import Flask\napp = Flask(__name__)\napp.run(host='127.0.0.1', port=5000)\n",
      listens: ["loopback", "5000", "constant"]),
    Case(
      command: "python -u app.py", file: "app.py", text: "from flask import Flask\nFlask(__name__).run()\n",
      listens: ["loopback", "5000", "default"]),
    Case(
      command: "[\"python3\", \"app.py\"]", file: "app.py",
      text: "import os, uvicorn\nuvicorn.run(app, host='0.0.0.0', port=int(os.environ.get('PORT', 8000)))\n",
      listens: ["all", "9000", "default"]),
    Case(
      command: "[\"python\", \"-m\", \"shop\"]", file: "shop/__main__.py",
      text: "from aiohttp import web\nweb.run_app(app, port=8081)\n", listens: ["all", "8081", "default"]),
    Case(
      command: "[\"node\", \"server.js\"]", file: "server.js",
      text: "const http = require('http')\nhttp.createServer(f).listen(3000, '127.0.0.1')\n",
      listens: ["loopback", "3000", "constant"]),
  ]

  @Test(arguments: cases) func listens(_ input: Case) {
    let facts = Self.project(input.command, [input.file: input.text])
    #expect(facts.rows("listens", "address", "port", "by") == [input.listens])
  }

  @Test func theAddressIsWhatAFixReplaces() {
    let facts = Self.project(
      "[\"python\", \"app.py\"]", ["app.py": "import uvicorn\nuvicorn.run(app, host=\"localhost\", port=80)\n"])
    #expect(facts.texts("listens", "address") == ["localhost"])
    let byDefault = Self.project("[\"python\", \"app.py\"]", ["app.py": "import uvicorn\nuvicorn.run(app, port=80)\n"])
    #expect(byDefault.texts("listens", "address") == ["-"])
  }

  @Test(arguments: ["[\"python\", \"app.py\"]", "[\"uvicorn\", \"app:app\"]", "gunicorn -b 0.0.0.0:80 app:app"])
  func reaches(command: String) {
    let facts = Self.project(command, ["app.py": "import redis\nr = redis.Redis(host='localhost', port=6379)\n"])
    #expect(facts.rows("reaches", "host", "port", "address").contains(["localhost", "6379", "loopback"]))
  }

  @Test func handles() {
    let text = "import signal, sys\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n"
    let facts = Self.project("[\"python\", \"app.py\"]", ["app.py": text])
    #expect(facts.rows("handles", "signal", "how", "runtime") == [["SIGTERM", "exits", "python"]])
  }
}

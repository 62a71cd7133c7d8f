/// How Python libraries listen, and which hosts and files their calls name.
enum PythonRules {
  struct Listen: Sendable {
    /// The positions and labels of host and port among the arguments.
    var host: (position: Int?, labels: [String]) = (nil, ["host"])
    var port: (position: Int?, labels: [String]) = (nil, ["port"])
    var defaultHost: String
    var defaultPort: Int?
    /// Whether the first argument at this position is a pair `(host, port)` or a text `host:port`.
    var pair: Int?
    var role = Listener.Role.main
  }

  /// Functions by their full names.
  ///
  /// Sources: https://www.uvicorn.org/settings, https://docs.aiohttp.org/en/stable/web_reference.html#aiohttp.web.run_app,
  /// https://docs.pylonsproject.org/projects/waitress, https://docs.python.org/3/library/socketserver.html,
  /// https://prometheus.github.io/client_python/exporting/http
  static let functions: [String: Listen] = [
    "uvicorn.run": Listen(defaultHost: "127.0.0.1", defaultPort: 8000),
    "uvicorn.Config": Listen(defaultHost: "127.0.0.1", defaultPort: 8000),
    "waitress.serve": Listen(defaultHost: "0.0.0.0", defaultPort: 8080),
    "aiohttp.web.run_app": Listen(defaultHost: "", defaultPort: 8080),
    "aiohttp.web.TCPSite": Listen(host: (1, ["host"]), port: (2, ["port"]), defaultHost: "", defaultPort: 8080),
    "http.server.HTTPServer": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "http.server.ThreadingHTTPServer": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "socketserver.TCPServer": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "socketserver.ThreadingTCPServer": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "socketserver.UDPServer": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "xmlrpc.server.SimpleXMLRPCServer": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "wsgiref.simple_server.make_server": Listen(
      host: (0, ["host"]), port: (1, ["port"]), defaultHost: "", defaultPort: nil),
    "gevent.pywsgi.WSGIServer": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "gevent.wsgi.WSGIServer": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "eventlet.listen": Listen(defaultHost: "", defaultPort: nil, pair: 0),
    "asyncio.start_server": Listen(host: (1, ["host"]), port: (2, ["port"]), defaultHost: "", defaultPort: nil),
    "websockets.serve": Listen(host: (1, ["host"]), port: (2, ["port"]), defaultHost: "", defaultPort: nil),
    "bottle.run": Listen(defaultHost: "127.0.0.1", defaultPort: 8080),
    "prometheus_client.start_http_server": Listen(
      host: (1, ["addr"]), port: (0, ["port"]), defaultHost: "0.0.0.0", defaultPort: nil, role: .admin),
    "werkzeug.serving.run_simple": Listen(
      host: (0, ["hostname"]), port: (1, ["port"]), defaultHost: "", defaultPort: nil),
    "nicegui.ui.run": Listen(defaultHost: "0.0.0.0", defaultPort: 8080),
  ]

  /// Methods of what a library made: `Flask(__name__).run()`.
  ///
  /// Sources: https://flask.palletsprojects.com/api/#flask.Flask.run, https://sanic.dev, https://quart.palletsprojects.com,
  /// https://www.tornadoweb.org/en/stable/httpserver.html, https://dash.plotly.com, https://flask-socketio.readthedocs.io,
  /// https://www.gradio.app/docs/gradio/blocks#launch, https://gofastmcp.com
  static let methods: [String: (method: Set<String>, rule: Listen)] = [
    "flask.Flask": (
      ["run"], Listen(host: (0, ["host"]), port: (1, ["port"]), defaultHost: "127.0.0.1", defaultPort: 5000)
    ),
    "quart.Quart": (
      ["run", "run_task"], Listen(host: (0, ["host"]), port: (1, ["port"]), defaultHost: "127.0.0.1", defaultPort: 5000)
    ),
    "sanic.Sanic": (
      ["run"], Listen(host: (0, ["host"]), port: (1, ["port"]), defaultHost: "127.0.0.1", defaultPort: 8000)
    ),
    "bottle.Bottle": (["run"], Listen(defaultHost: "127.0.0.1", defaultPort: 8080)),
    "dash.Dash": (
      ["run", "run_server"],
      Listen(host: (0, ["host"]), port: (1, ["port"]), defaultHost: "127.0.0.1", defaultPort: 8050)
    ),
    "flask_socketio.SocketIO": (
      ["run"], Listen(host: (1, ["host"]), port: (2, ["port"]), defaultHost: "127.0.0.1", defaultPort: 5000)
    ),
    "tornado.web.Application": (
      ["listen"], Listen(host: (1, ["address"]), port: (0, ["port"]), defaultHost: "", defaultPort: nil)
    ),
    "tornado.httpserver.HTTPServer": (
      ["listen", "bind"], Listen(host: (1, ["address"]), port: (0, ["port"]), defaultHost: "", defaultPort: nil)
    ),
    "gradio.Interface": (
      ["launch"],
      Listen(host: (nil, ["server_name"]), port: (nil, ["server_port"]), defaultHost: "127.0.0.1", defaultPort: 7860)
    ),
    "gradio.Blocks": (
      ["launch"],
      Listen(host: (nil, ["server_name"]), port: (nil, ["server_port"]), defaultHost: "127.0.0.1", defaultPort: 7860)
    ),
    "socket.socket": (["bind"], Listen(defaultHost: "", defaultPort: nil, pair: 0)),
    "grpc.server": (["add_insecure_port", "add_secure_port"], Listen(defaultHost: "", defaultPort: nil, pair: 0)),
    "grpc.aio.server": (["add_insecure_port", "add_secure_port"], Listen(defaultHost: "", defaultPort: nil, pair: 0)),
    "aiohttp.web.Application": ([], Listen(defaultHost: "", defaultPort: 8080)),
    "robyn.Robyn": (
      ["start"], Listen(host: (1, ["host", "url"]), port: (0, ["port"]), defaultHost: "127.0.0.1", defaultPort: 8080)
    ),
  ]

  /// Calls whose argument is a URL, a database's address, or keyword arguments for host and port.
  struct Dial: Sendable {
    var url: (position: Int?, labels: [String]) = (0, ["url"])
    var host: (position: Int?, labels: [String]) = (nil, ["host"])
    var port: (position: Int?, labels: [String]) = (nil, ["port"])
    var scheme: String?
    var defaultHost: String?
    var isPair = false
    var isLazy = false
  }

  static let dials: [String: Dial] = {
    var dials: [String: Dial] = [
      "urllib.request.urlopen": Dial(), "urllib.request.Request": Dial(), "urllib.request.urlretrieve": Dial(),
      "psycopg2.connect": Dial(url: (0, ["dsn"]), scheme: "postgres", defaultHost: nil),
      "psycopg.connect": Dial(url: (0, ["conninfo"]), scheme: "postgres"),
      "asyncpg.connect": Dial(url: (0, ["dsn"]), scheme: "postgres"),
      "asyncpg.create_pool": Dial(url: (0, ["dsn"]), scheme: "postgres"),
      "pymysql.connect": Dial(url: (nil, []), host: (0, ["host"]), scheme: "mysql", defaultHost: "localhost"),
      "MySQLdb.connect": Dial(url: (nil, []), host: (0, ["host"]), scheme: "mysql", defaultHost: "localhost"),
      "mysql.connector.connect": Dial(url: (nil, []), scheme: "mysql", defaultHost: "127.0.0.1"),
      "sqlalchemy.create_engine": Dial(isLazy: true), "sqlalchemy.ext.asyncio.create_async_engine": Dial(isLazy: true),
      "sqlmodel.create_engine": Dial(isLazy: true), "databases.Database": Dial(isLazy: true),
      "redis.Redis": Dial(
        url: (nil, []), host: (0, ["host"]), port: (1, ["port"]), scheme: "redis", defaultHost: "localhost",
        isLazy: true),
      "redis.StrictRedis": Dial(
        url: (nil, []), host: (0, ["host"]), port: (1, ["port"]), scheme: "redis", defaultHost: "localhost",
        isLazy: true),
      "redis.from_url": Dial(scheme: "redis", isLazy: true),
      "redis.Redis.from_url": Dial(scheme: "redis", isLazy: true),
      "redis.asyncio.from_url": Dial(scheme: "redis", isLazy: true),
      "aioredis.from_url": Dial(scheme: "redis", isLazy: true),
      "pymongo.MongoClient": Dial(
        url: (0, ["host"]), port: (1, ["port"]), scheme: "mongodb", defaultHost: "localhost", isLazy: true),
      "motor.motor_asyncio.AsyncIOMotorClient": Dial(
        url: (0, ["host"]), scheme: "mongodb", defaultHost: "localhost", isLazy: true),
      "pika.ConnectionParameters": Dial(
        url: (nil, []), host: (0, ["host"]), port: (1, ["port"]), scheme: "amqp", defaultHost: "localhost"),
      "pika.URLParameters": Dial(scheme: "amqp"), "aio_pika.connect": Dial(scheme: "amqp"),
      "aio_pika.connect_robust": Dial(scheme: "amqp"),
      "celery.Celery": Dial(url: (nil, ["broker"]), scheme: "amqp", isLazy: true),
      "kafka.KafkaProducer": Dial(url: (nil, ["bootstrap_servers"]), scheme: "kafka", defaultHost: "localhost"),
      "kafka.KafkaConsumer": Dial(url: (nil, ["bootstrap_servers"]), scheme: "kafka", defaultHost: "localhost"),
      "elasticsearch.Elasticsearch": Dial(url: (0, ["hosts"]), scheme: "http", isLazy: true),
      "socket.create_connection": Dial(url: (0, ["address"]), isPair: true),
      "smtplib.SMTP": Dial(url: (nil, []), host: (0, ["host"]), port: (1, ["port"]), scheme: "smtp"),
      "pymemcache.client.base.Client": Dial(url: (0, ["server"]), scheme: "memcached", isPair: true, isLazy: true),
      "nats.connect": Dial(url: (0, ["servers"]), scheme: "nats"), "websockets.connect": Dial(),
      "grpc.insecure_channel": Dial(scheme: "grpc", isLazy: true),
      "grpc.aio.insecure_channel": Dial(scheme: "grpc", isLazy: true),
      "tortoise.Tortoise.init": Dial(url: (nil, ["db_url"])),
    ]
    for library in ["requests", "httpx"] {
      for method in ["get", "post", "put", "patch", "delete", "head"] { dials["\(library).\(method)"] = Dial() }
      dials["\(library).request"] = Dial(url: (1, ["url"]))
    }
    return dials
  }()

  /// Functions with a path as their first argument.
  static let files: [String: FileUse.Access] = [
    "os.makedirs": .write, "os.mkdir": .write, "os.remove": .write, "os.unlink": .write, "os.rename": .write,
    "os.listdir": .folder,
    "os.scandir": .folder, "os.walk": .folder, "os.chdir": .enter, "os.path.exists": .exists, "os.path.isfile": .exists,
    "os.path.isdir": .exists, "os.stat": .exists, "glob.glob": .folder, "shutil.rmtree": .write, "shutil.copy": .read,
    "shutil.copyfile": .read, "sqlite3.connect": .write, "logging.FileHandler": .write,
    "logging.handlers.RotatingFileHandler": .write,
    "logging.config.fileConfig": .read, "ssl.SSLContext.load_cert_chain": .read,
    "fastapi.staticfiles.StaticFiles": .folder,
    "starlette.staticfiles.StaticFiles": .folder, "fastapi.templating.Jinja2Templates": .folder,
    "jinja2.FileSystemLoader": .folder,
    "dotenv.load_dotenv": .read, "dotenv.dotenv_values": .read, "pandas.read_csv": .read, "io.open": .read,
    "codecs.open": .read, "open": .read,
  ]

  /// Methods of a path or reader with what they do: `Path("x").read_text()`.
  static let pathMethods: [String: FileUse.Access] = [
    "read_text": .read, "read_bytes": .read, "open": .read, "write_text": .write, "write_bytes": .write,
    "mkdir": .write, "touch": .write,
    "unlink": .write, "exists": .exists, "is_file": .exists, "is_dir": .exists, "iterdir": .folder, "glob": .folder,
    "rglob": .folder,
  ]
}

/// How Node.js libraries listen, and which hosts and files their calls name.
enum NodeRules {
  /// Modules that make a server whose `listen` takes `(port, host)` or `{port, host}`.
  static let servers: Set<String> = [
    "http", "https", "http2", "net", "express", "koa", "fastify", "restify", "polka", "connect", "@nestjs/core",
    "socket.io",
    "apollo-server", "apollo-server-express", "json-server", "hyper-express", "@feathersjs/express", "@feathersjs/koa",
    "next",
    "@adonisjs/core", "egg", "tinyhttp", "@tinyhttp/app", "h3", "loopback",
  ]

  /// What a server of a module takes without a host and without a port.
  ///
  /// Sources: https://nodejs.org/api/net.html#serverlistenport-host-backlog-callback,
  /// https://fastify.dev/docs/latest/Reference/Server/#listen, https://www.apollographql.com/docs/apollo-server/v3/api/apollo-server
  static func host(_ module: String) -> String { module == "fastify" ? "localhost" : "" }
  static func port(_ module: String) -> Int? { module == "apollo-server" ? 4000 : nil }

  /// Calls with one object that holds the address.
  ///
  /// Sources: https://hapi.dev/api/#-server-options, https://bun.sh/docs/api/http, https://docs.deno.com/api/deno/~/Deno.serve,
  /// https://github.com/honojs/node-server, https://github.com/websockets/ws/blob/master/doc/ws.md
  static let objects: [(name: String, argument: Int, host: String, port: Int?)] = [
    ("@hapi/hapi.server", 0, "", 0), ("@hapi/hapi.Server", 0, "", 0), ("hapi.server", 0, "", 0),
    ("hapi.Server", 0, "", 0),
    ("Bun.serve", 0, "", 3000), ("Deno.serve", 0, "", 8000), ("@hono/node-server.serve", 0, "", 3000),
    ("ws.WebSocketServer", 0, "", nil), ("ws.Server", 0, "", nil),
    ("@apollo/server/standalone.startStandaloneServer", 1, "", 4000),
  ]

  /// Calls whose argument is a URL.
  static let urls: [String: (argument: Int, scheme: String?)] = [
    "fetch": (0, nil), "node-fetch": (0, nil), "undici.fetch": (0, nil), "undici.request": (0, nil), "axios": (0, nil),
    "axios.get": (0, nil), "axios.post": (0, nil), "axios.put": (0, nil), "axios.delete": (0, nil),
    "axios.patch": (0, nil),
    "got": (0, nil), "got.get": (0, nil), "got.post": (0, nil), "request": (0, nil), "superagent.get": (0, nil),
    "superagent.post": (0, nil), "http.get": (0, "http"), "http.request": (0, "http"), "https.get": (0, "https"),
    "https.request": (0, "https"), "ws": (0, nil), "WebSocket": (0, nil), "EventSource": (0, nil),
    "eventsource": (0, nil),
    "socket.io-client": (0, nil), "socket.io-client.io": (0, nil), "mongoose.connect": (0, "mongodb"),
    "mongoose.createConnection": (0, "mongodb"), "mongodb.MongoClient": (0, "mongodb"),
    "mongodb.MongoClient.connect": (0, "mongodb"),
    "amqplib.connect": (0, "amqp"), "amqp-connection-manager.connect": (0, "amqp"), "mqtt.connect": (0, "mqtt"),
    "redis.createClient": (0, "redis"), "ioredis": (0, "redis"), "ioredis.Redis": (0, "redis"),
    "mysql.createConnection": (0, "mysql"),
    "mysql.createPool": (0, "mysql"), "mysql2.createConnection": (0, "mysql"), "mysql2.createPool": (0, "mysql"),
    "mysql2/promise.createConnection": (0, "mysql"), "mysql2/promise.createPool": (0, "mysql"), "sequelize": (0, nil),
    "sequelize.Sequelize": (0, nil), "postgres": (0, "postgres"), "nats.connect": (0, "nats"),
  ]

  /// Calls whose argument is an object with host and port, or with a URL under one of these keys.
  static let options: [String: (argument: Int, scheme: String?, host: String?, port: Int?)] = [
    "pg.Pool": (0, "postgres", "localhost", 5432), "pg.Client": (0, "postgres", "localhost", 5432),
    "mysql.createConnection": (0, "mysql", "localhost", 3306), "mysql.createPool": (0, "mysql", "localhost", 3306),
    "mysql2.createConnection": (0, "mysql", "localhost", 3306), "mysql2.createPool": (0, "mysql", "localhost", 3306),
    "mysql2/promise.createConnection": (0, "mysql", "localhost", 3306),
    "mysql2/promise.createPool": (0, "mysql", "localhost", 3306), "redis.createClient": (0, "redis", "localhost", 6379),
    "ioredis": (0, "redis", "localhost", 6379), "ioredis.Redis": (0, "redis", "localhost", 6379),
    "sequelize": (3, nil, nil, nil), "sequelize.Sequelize": (3, nil, nil, nil),
    "typeorm.DataSource": (0, nil, nil, nil),
    "typeorm.createConnection": (0, nil, nil, nil), "knex": (0, nil, nil, nil),
    "kafkajs.Kafka": (0, "kafka", nil, 9092),
    "@elastic/elasticsearch.Client": (0, "http", nil, 9200), "nodemailer.createTransport": (0, "smtp", nil, nil),
    "http-proxy-middleware.createProxyMiddleware": (0, nil, nil, nil),
    "http-proxy.createProxyServer": (0, nil, nil, nil),
    "axios.create": (0, nil, nil, nil), "http.request": (0, "http", nil, 80), "https.request": (0, "https", nil, 443),
    "http.get": (0, "http", nil, 80), "https.get": (0, "https", nil, 443), "net.connect": (0, nil, nil, nil),
    "net.createConnection": (0, nil, nil, nil), "bull": (1, "redis", nil, 6379),
    "bullmq.Queue": (1, "redis", nil, 6379),
    "bullmq.Worker": (2, "redis", nil, 6379), "nats.connect": (0, "nats", nil, 4222),
  ]

  static let urlKeys = [
    "connectionString", "url", "uri", "node", "target", "baseURL", "baseUrl", "brokers", "servers", "nodes",
  ]
  static let innerKeys = ["socket", "connection", "redis"]

  /// Functions of `fs`, without `Sync`, and what they do with their first path.
  static let files: [String: FileUse.Access] = [
    "readFile": .read, "createReadStream": .read, "open": .read, "writeFile": .write, "appendFile": .write,
    "createWriteStream": .write, "mkdir": .write, "mkdtemp": .write, "rm": .write, "unlink": .write, "rmdir": .write,
    "cp": .read, "copyFile": .read, "readdir": .folder, "opendir": .folder, "exists": .exists, "access": .exists,
    "stat": .exists,
    "chmod": .write, "chown": .write, "watch": .read, "watchFile": .read,
  ]

  /// Libraries that end a server in order when a signal arrives, without a handler in the program.
  static let signalLibraries: Set<String> = [
    "@godaddy/terminus", "http-graceful-shutdown", "lightship", "http-terminator", "close-with-grace",
    "fastify-graceful-shutdown",
    "express-graceful-shutdown", "graceful-shutdown", "stoppable", "node-graceful-shutdown", "tini", "async-exit-hook",
    "death",
  ]
}

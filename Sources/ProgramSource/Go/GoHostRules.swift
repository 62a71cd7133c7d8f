/// Library calls that speak to another host, and where they take its address from.
struct GoHostRule: Sendable {
  enum Address: Sendable {
    /// `host:port`
    case address(Int)
    case url(Int)
    /// The text that opens a database; the name of the driver stands before it where the rule has none.
    case source(Int)
    /// A list of addresses or URLs.
    case list(Int)
    /// Fields of the options at this position, in the order of preference.
    case fields(Int, [String])
  }

  var library: String
  var names: Set<String>
  var address: Address
  var scheme: String?
  /// The address that the library takes without one.
  var host: String?
  var port: Int?
  var isTLS = false
  /// Whether the call only prepares; the first question to the host comes later.
  var isLazy = false

  /// Sources: https://pkg.go.dev/net, /net/http, /database/sql, and the pages of the libraries there.
  static let all: [GoHostRule] = [
    GoHostRule(library: "net", names: ["Dial", "DialTimeout"], address: .address(1)),
    GoHostRule(library: "crypto/tls", names: ["Dial"], address: .address(1), isTLS: true),
    GoHostRule(library: "net/http", names: ["Get", "Post", "Head", "PostForm"], address: .url(0)),
    GoHostRule(library: "net/http", names: ["NewRequest"], address: .url(1)),
    GoHostRule(library: "net/http", names: ["NewRequestWithContext"], address: .url(2)),
    GoHostRule(library: "net/rpc", names: ["Dial", "DialHTTP"], address: .address(1)),
    GoHostRule(library: "net/smtp", names: ["Dial", "SendMail"], address: .address(0), scheme: "smtp", port: 25),
    GoHostRule(library: "database/sql", names: ["Open"], address: .source(1), isLazy: true),
    GoHostRule(library: "github.com/jmoiron/sqlx", names: ["Open"], address: .source(1), isLazy: true),
    GoHostRule(library: "github.com/jmoiron/sqlx", names: ["Connect", "MustConnect"], address: .source(1)),
    GoHostRule(library: "github.com/jmoiron/sqlx", names: ["ConnectContext"], address: .source(2)),
    GoHostRule(
      library: "gorm.io/driver/postgres", names: ["Open"], address: .source(0), scheme: "postgres", port: 5432),
    GoHostRule(library: "gorm.io/driver/mysql", names: ["Open"], address: .source(0), scheme: "mysql", port: 3306),
    GoHostRule(
      library: "gorm.io/driver/sqlserver", names: ["Open"], address: .source(0), scheme: "sqlserver", port: 1433),
    GoHostRule(library: "github.com/jinzhu/gorm", names: ["Open"], address: .source(1)),
    GoHostRule(
      library: "github.com/jackc/pgx", names: ["Connect", "ParseConfig"], address: .source(1), scheme: "postgres",
      port: 5432),
    GoHostRule(
      library: "github.com/jackc/pgx/v5/pgxpool", names: ["New", "Connect"], address: .source(1), scheme: "postgres",
      port: 5432,
      isLazy: true),
    GoHostRule(
      library: "github.com/jackc/pgx/v4/pgxpool", names: ["Connect"], address: .source(1), scheme: "postgres",
      port: 5432),
    GoHostRule(
      library: "github.com/go-pg/pg", names: ["Connect"], address: .fields(0, ["Addr"]), scheme: "postgres",
      host: "localhost",
      port: 5432, isLazy: true),
    GoHostRule(library: "github.com/go-pg/pg", names: ["ParseURL"], address: .url(0), scheme: "postgres", port: 5432),
    GoHostRule(
      library: "github.com/go-redis/redis", names: ["NewClient"], address: .fields(0, ["Addr"]), scheme: "redis",
      host: "localhost", port: 6379, isLazy: true),
    GoHostRule(
      library: "github.com/redis/go-redis", names: ["NewClient"], address: .fields(0, ["Addr"]), scheme: "redis",
      host: "localhost", port: 6379, isLazy: true),
    GoHostRule(library: "github.com/go-redis/redis", names: ["ParseURL"], address: .url(0), port: 6379, isLazy: true),
    GoHostRule(library: "github.com/redis/go-redis", names: ["ParseURL"], address: .url(0), port: 6379, isLazy: true),
    GoHostRule(
      library: "github.com/gomodule/redigo/redis", names: ["Dial"], address: .address(1), scheme: "redis", port: 6379),
    GoHostRule(library: "github.com/gomodule/redigo/redis", names: ["DialURL"], address: .url(0), port: 6379),
    GoHostRule(
      library: "github.com/hibiken/asynq", names: ["NewServer", "NewClient"], address: .fields(0, ["Addr"]),
      scheme: "redis",
      port: 6379, isLazy: true),
    GoHostRule(
      library: "go.mongodb.org/mongo-driver/mongo/options", names: ["ApplyURI"], address: .url(0), scheme: "mongodb",
      port: 27017, isLazy: true),
    GoHostRule(library: "gopkg.in/mgo.v2", names: ["Dial"], address: .url(0), scheme: "mongodb", port: 27017),
    GoHostRule(library: "github.com/streadway/amqp", names: ["Dial"], address: .url(0), scheme: "amqp", port: 5672),
    GoHostRule(
      library: "github.com/rabbitmq/amqp091-go", names: ["Dial"], address: .url(0), scheme: "amqp", port: 5672),
    GoHostRule(library: "github.com/nats-io/nats.go", names: ["Connect"], address: .url(0), scheme: "nats", port: 4222),
    GoHostRule(
      library: "github.com/Shopify/sarama",
      names: [
        "NewSyncProducer", "NewAsyncProducer", "NewConsumer", "NewConsumerGroup", "NewClient", "NewClusterAdmin",
      ],
      address: .list(0), scheme: "kafka", port: 9092),
    GoHostRule(
      library: "github.com/IBM/sarama",
      names: [
        "NewSyncProducer", "NewAsyncProducer", "NewConsumer", "NewConsumerGroup", "NewClient", "NewClusterAdmin",
      ],
      address: .list(0), scheme: "kafka", port: 9092),
    GoHostRule(
      library: "github.com/segmentio/kafka-go", names: ["NewReader", "NewWriter"], address: .fields(0, ["Brokers"]),
      scheme: "kafka", port: 9092, isLazy: true),
    GoHostRule(
      library: "github.com/segmentio/kafka-go", names: ["Dial", "DialLeader"], address: .address(1), scheme: "kafka"),
    GoHostRule(
      library: "github.com/segmentio/kafka-go", names: ["TCP"], address: .address(0), scheme: "kafka", isLazy: true),
    GoHostRule(
      library: "google.golang.org/grpc", names: ["Dial", "NewClient"], address: .address(0), scheme: "grpc",
      isLazy: true),
    GoHostRule(
      library: "google.golang.org/grpc", names: ["DialContext"], address: .address(1), scheme: "grpc", isLazy: true),
    GoHostRule(
      library: "github.com/elastic/go-elasticsearch", names: ["NewClient"], address: .fields(0, ["Addresses"]),
      scheme: "http", host: "localhost", port: 9200, isLazy: true),
    GoHostRule(
      library: "github.com/bradfitz/gomemcache/memcache", names: ["New"], address: .list(0), port: 11211, isLazy: true),
    GoHostRule(library: "github.com/go-ldap/ldap", names: ["DialURL"], address: .url(0), scheme: "ldap", port: 389),
    GoHostRule(library: "golang.org/x/crypto/ssh", names: ["Dial"], address: .address(1), scheme: "ssh", port: 22),
    GoHostRule(library: "github.com/gorilla/websocket", names: ["Dial", "DialContext"], address: .url(0)),
    GoHostRule(
      library: "github.com/minio/minio-go", names: ["New"], address: .address(0), scheme: "http", isLazy: true),
    GoHostRule(
      library: "github.com/hashicorp/consul/api", names: ["NewClient"], address: .fields(0, ["Address"]),
      scheme: "http", host: "127.0.0.1", port: 8500, isLazy: true),
    GoHostRule(library: "go.etcd.io/etcd/client/v3", names: ["New"], address: .fields(0, ["Endpoints"]), port: 2379),
    GoHostRule(
      library: "github.com/RichardKnop/machinery", names: ["NewServer"], address: .fields(0, ["Broker"]), isLazy: true),
    GoHostRule(library: "github.com/golang-migrate/migrate", names: ["New"], address: .url(1)),
    GoHostRule(library: "github.com/miekg/dns", names: ["Exchange"], address: .address(1), scheme: "dns", port: 53),
    GoHostRule(library: "net/http/httputil", names: ["NewSingleHostReverseProxy"], address: .url(0), isLazy: true),
  ]

  static let byLibrary = Dictionary(grouping: all, by: \.library)

  /// Ports that a scheme or a driver stands for.
  static let ports: [String: Int] = [
    "http": 80, "https": 443, "ws": 80, "wss": 443, "postgres": 5432, "postgresql": 5432, "pgx": 5432, "mysql": 3306,
    "mariadb": 3306, "sqlserver": 1433, "mssql": 1433, "redis": 6379, "rediss": 6379, "mongodb": 27017, "amqp": 5672,
    "amqps": 5671, "nats": 4222, "kafka": 9092, "clickhouse": 9000, "ldap": 389, "ldaps": 636, "smtp": 25, "smtps": 465,
    "ftp": 21, "ssh": 22, "elasticsearch": 9200, "etcd": 2379, "memcached": 11211, "cockroachdb": 26257, "mqtt": 1883,
  ]

  /// Schemes under which TLS is spoken from the first byte.
  static let secure: Set<String> = ["https", "wss", "rediss", "amqps", "ldaps", "smtps"]
}

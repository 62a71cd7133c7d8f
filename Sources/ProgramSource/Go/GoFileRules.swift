/// Library calls that take paths.
struct GoFileRule: Sendable {
  var library: String
  var names: Set<String>
  /// The positions of paths among the arguments; an open end means all further ones.
  var paths: ClosedRange<Int> = 0...0
  var access: FileUse.Access
  var isPattern = false
  /// The path without an argument.
  var byDefault: String?
  /// Whether the library itself ends the program when it fails.
  var panics = false

  /// Sources: https://pkg.go.dev/os, /io/ioutil, /html/template, /net/http, and the pages of the libraries there.
  static let all: [GoFileRule] = [
    GoFileRule(library: "os", names: ["Open", "ReadFile", "OpenFile", "OpenRoot"], access: .read),
    GoFileRule(
      library: "os", names: ["WriteFile", "Create", "Mkdir", "MkdirAll", "Remove", "RemoveAll", "Truncate"],
      access: .write),
    GoFileRule(library: "os", names: ["Chmod", "Chown", "Chtimes"], access: .write),
    GoFileRule(library: "os", names: ["Rename", "Link"], paths: 0...1, access: .write),
    GoFileRule(library: "os", names: ["Symlink"], paths: 1...1, access: .write),
    GoFileRule(library: "os", names: ["MkdirTemp", "CreateTemp"], access: .write),
    GoFileRule(library: "os", names: ["Stat", "Lstat"], access: .exists),
    GoFileRule(library: "os", names: ["ReadDir", "DirFS"], access: .folder),
    GoFileRule(library: "os", names: ["Chdir"], access: .enter),
    GoFileRule(library: "io/ioutil", names: ["ReadFile"], access: .read),
    GoFileRule(library: "io/ioutil", names: ["WriteFile", "TempDir", "TempFile"], access: .write),
    GoFileRule(library: "io/ioutil", names: ["ReadDir"], access: .folder),
    GoFileRule(library: "path/filepath", names: ["Walk", "WalkDir"], access: .folder),
    GoFileRule(library: "path/filepath", names: ["Glob"], access: .folder, isPattern: true),
    GoFileRule(library: "html/template", names: ["ParseFiles"], paths: 0...99, access: .read),
    GoFileRule(library: "html/template", names: ["ParseGlob"], access: .read, isPattern: true),
    GoFileRule(library: "text/template", names: ["ParseFiles"], paths: 0...99, access: .read),
    GoFileRule(library: "text/template", names: ["ParseGlob"], access: .read, isPattern: true),
    GoFileRule(library: "net/http", names: ["Dir"], access: .folder),
    GoFileRule(library: "net/http", names: ["ServeFile"], paths: 2...2, access: .read),
    GoFileRule(library: "net/http", names: ["ListenAndServeTLS"], paths: 1...2, access: .read),
    GoFileRule(library: "crypto/tls", names: ["LoadX509KeyPair"], paths: 0...1, access: .read),
    GoFileRule(
      library: "google.golang.org/grpc/credentials", names: ["NewServerTLSFromFile"], paths: 0...1, access: .read),
    GoFileRule(library: "google.golang.org/grpc/credentials", names: ["NewClientTLSFromFile"], access: .read),
    GoFileRule(library: "plugin", names: ["Open"], access: .read),
    GoFileRule(
      library: "github.com/gin-gonic/gin", names: ["LoadHTMLGlob"], access: .read, isPattern: true, panics: true),
    GoFileRule(
      library: "github.com/gin-gonic/gin", names: ["LoadHTMLFiles"], paths: 0...99, access: .read, panics: true),
    GoFileRule(library: "github.com/gin-gonic/gin", names: ["Static"], paths: 1...1, access: .folder),
    GoFileRule(library: "github.com/gin-gonic/gin", names: ["StaticFile"], paths: 1...1, access: .read),
    GoFileRule(library: "github.com/labstack/echo", names: ["Static"], paths: 1...1, access: .folder),
    GoFileRule(library: "github.com/labstack/echo", names: ["File"], paths: 1...1, access: .read),
    GoFileRule(library: "github.com/labstack/echo", names: ["StartTLS"], paths: 1...2, access: .read),
    GoFileRule(library: "github.com/gofiber/fiber", names: ["Static"], paths: 1...1, access: .folder),
    GoFileRule(library: "github.com/gofiber/fiber", names: ["SendFile"], access: .read),
    GoFileRule(
      library: "github.com/joho/godotenv", names: ["Load", "Overload", "Read"], paths: 0...99, access: .read,
      byDefault: ".env"),
    GoFileRule(library: "github.com/joho/godotenv/autoload", names: [], access: .read, byDefault: ".env"),
    GoFileRule(library: "github.com/spf13/viper", names: ["SetConfigFile"], access: .read),
    GoFileRule(library: "github.com/spf13/viper", names: ["AddConfigPath"], access: .folder),
    GoFileRule(library: "github.com/BurntSushi/toml", names: ["DecodeFile"], access: .read),
    GoFileRule(library: "github.com/pelletier/go-toml", names: ["LoadFile"], access: .read),
    GoFileRule(library: "gopkg.in/ini.v1", names: ["Load", "ShadowLoad"], access: .read),
    GoFileRule(library: "github.com/ilyakaznacheev/cleanenv", names: ["ReadConfig"], access: .read),
    GoFileRule(
      library: "github.com/golang-migrate/migrate", names: ["New", "NewWithDatabaseInstance"], access: .folder),
    GoFileRule(library: "github.com/pressly/goose", names: ["Up", "UpContext"], paths: 1...1, access: .folder),
    GoFileRule(library: "gorm.io/driver/sqlite", names: ["Open"], access: .write),
    GoFileRule(library: "github.com/glebarez/sqlite", names: ["Open"], access: .write),
    GoFileRule(library: "go.etcd.io/bbolt", names: ["Open"], access: .write),
    GoFileRule(library: "github.com/boltdb/bolt", names: ["Open"], access: .write),
    GoFileRule(library: "github.com/dgraph-io/badger", names: ["DefaultOptions"], access: .write),
    GoFileRule(library: "github.com/syndtr/goleveldb/leveldb", names: ["OpenFile"], access: .write),
    GoFileRule(library: "github.com/oschwald/geoip2-golang", names: ["Open"], access: .read),
  ]

  static let byLibrary = Dictionary(grouping: all, by: \.library)

  /// Libraries of `database/sql` that keep a database in one file.
  static let fileDrivers: Set<String> = ["sqlite", "sqlite3", "duckdb", "libsql"]
}

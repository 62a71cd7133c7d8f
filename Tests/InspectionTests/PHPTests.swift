import Inspection
import Testing

/// What a service that runs PHP speaks to, where it listens, and what of its environment arrives.
@Suite struct PHPTests {
  private func shop(
    _ source: String, base: String = "php:8.3-apache", compose: String = "", files: [String: String] = [:],
    steps: String = ""
  ) -> Facts {
    var all = files
    all["Dockerfile"] = "FROM \(base)\nWORKDIR /var/www/html\nCOPY . .\n\(steps)"
    all["index.php"] = source
    all["compose.yaml"] =
      "services:\n  shop:\n    build: .\n\(compose)  db:\n    image: mysql:8.4\n  cache:\n    image: redis:7\n"
    return Facts(all)
  }

  // MARK: Hosts of the source

  private static let hostsOfTheSourceCases: [(String, [[String]])] = [
    ("new PDO('mysql:host=localhost;dbname=shop', 'u', 'p');", [["localhost", "3306"]]),
    ("new PDO(\"mysql:host=db;port=3307;dbname=shop\");", [["db", "3307"]]),
    ("$host = '127.0.0.1'; $pdo = new \\PDO(\"mysql:host=$host;dbname=shop\");", [["127.0.0.1", "3306"]]),
    ("$host = 'db'; new PDO('pgsql:host=' . $host . ';dbname=shop');", [["db", "5432"]]),
    ("const HOST = 'localhost'; new PDO('mysql:dbname=shop;host=' . HOST);", [["localhost", "3306"]]),
    ("define('DB', 'localhost'); new mysqli(DB, 'u', 'p');", [["localhost", "3306"]]),
    ("mysqli_connect('localhost:3307', 'u', 'p');", [["localhost", "3307"]]),
    ("new PDO('mysql:host=' . getenv('DB_HOST'));", []),
    ("new PDO('mysql:host=' . (getenv('DB_HOST') ?: 'localhost'));", [["localhost", "3306"]]),
    ("$host = getenv('DB_HOST') ?: 'localhost'; new mysqli($host);", [["localhost", "3306"]]),
    ("$host = $_ENV['DB_HOST'] ?? 'localhost'; new mysqli($host);", [["localhost", "3306"]]),
    ("new mysqli(env('DB_HOST', 'localhost'));", [["localhost", "3306"]]),
    ("$redis = new Redis(); $redis->connect('127.0.0.1', 6379);", [["127.0.0.1", "6379"]]),
    ("new Predis\\Client('tcp://127.0.0.1:6380?x=1');", [["127.0.0.1", "6380"]]),
    ("new MongoDB\\Client('mongodb://u:p@localhost/shop');", [["localhost", "27017"]]),
    ("pg_connect('host=localhost port=5433 dbname=shop');", [["localhost", "5433"]]),
    ("new AMQPStreamConnection('localhost', 5672, 'u', 'p');", [["localhost", "5672"]]),
    // What is no connection.
    ("// new PDO('mysql:host=localhost');", []), ("# mysqli_connect('localhost');", []),
    ("/* mysqli_connect('localhost'); */", []), ("$text = \"mysqli_connect('localhost')\";", []),
    ("$this->connect('localhost');", []), ("$signal->connect('localhost', $handler);", []),
    ("new PDO('sqlite:/srv/shop.db');", []), ("$a = 'x'; $a = 'y'; new mysqli($a);", []),
    ("?>mysqli_connect('localhost')<?php", []), ("$x = <<<EOT\nmysqli_connect('localhost');\nEOT;\n", []),
  ]

  @Test(arguments: hostsOfTheSourceCases)
  func hostsOfTheSource(source: String, expected: [[String]]) {
    let rows = shop("<html><?php\n\(source)\n").rows("reaches", "service", "host", "port").filter { $0[0] == "shop" }
    #expect(rows.map { Array($0.dropFirst()) } == expected)
  }

  @Test func theEnvironmentComesFirst() {
    let source = "<?php $host = getenv('DB_HOST') ?: 'localhost'; new mysqli($host);"
    let facts = shop(source, compose: "    environment: {DB_HOST: db}\n")
    #expect(Set(facts.rows("reaches", "host")) == [["db"]])
  }

  @Test(arguments: [
    ("<?php new PDO('mysql:host=localhost;dbname=shop');", "localhost"),
    ("<?php $h = '127.0.0.1';\nnew PDO(\"mysql:host={$h}\");", "127.0.0.1"),
  ])
  func theHostIsUnderlined(source: String, text: String) {
    #expect(shop(source).texts("reaches", "host") == [text])
  }

  @Test(arguments: ["vendor/a.php", "tests/a.php"])
  func librariesAndTestsAreNotTheProgram(path: String) {
    let facts = shop("<?php", files: [path: "<?php mysqli_connect('localhost');"])
    #expect(facts.rows("reaches", "host").isEmpty)
  }

  @Test func otherProgramsDoNotRunIt() {
    let facts = shop("<?php mysqli_connect('localhost');", base: "nginx:1.27")
    #expect(facts.rows("reaches", "host").isEmpty)
  }

  // MARK: A file of settings in the image

  @Test(arguments: [
    ("DB_HOST=127.0.0.1\nDB_PORT=3306\n", "", [["127.0.0.1", "3306"]]),
    ("DB_HOST=\"db\"\nDB_PORT=3306\n", "", [["db", "3306"]]),
    ("REDIS_URL=redis://localhost:6379\n", "", [["localhost", "6379"]]),
    ("APP_URL=http://localhost:8080\n", "", []), ("#DB_HOST=127.0.0.1\n", "", []),
    ("DB_HOST=10.0.0.5\nDB_PORT=3306\n", "", []), ("SESSION=localhost\n", "", []),
  ])
  func settingsThatTheProgramReads(text: String, compose: String, expected: [[String]]) {
    let facts = shop("<?php", compose: compose, files: [".env": text])
    #expect(facts.rows("reaches", "host", "port") == expected)
  }

  @Test func theContainersVariablesComeBeforeTheFile() {
    let facts = shop(
      "<?php", compose: "    environment: {DB_HOST: db, DB_PORT: \"3306\"}\n",
      files: [".env": "DB_HOST=127.0.0.1\nDB_PORT=3306\n"])
    #expect(facts.rows("reaches", "host", "by") == [["db", "environment"]])
    let ignored = shop("<?php", files: [".env": "DB_HOST=127.0.0.1\nDB_PORT=3306\n", ".dockerignore": ".env\n"])
    #expect(ignored.rows("reaches", "host").isEmpty)
  }

  // MARK: php-fpm

  private func pool(_ file: String, _ text: String, base: String = "php:8.3-fpm", steps: String = "") -> Facts {
    shop(
      "<?php echo getenv('DB_HOST');", base: base, compose: "    environment: {DB_HOST: db}\n",
      files: ["pool.conf": text],
      steps: "COPY pool.conf \(file)\n\(steps)")
  }

  @Test(arguments: [
    ("zzz.conf", "[www]\nlisten = 127.0.0.1:9001\n", [["loopback", "9001", "file"]]),
    ("zzz.conf", "[www]\n; listen = 127.0.0.1:9001\nlisten = 9002\n", [["all", "9002", "file"]]),
    ("zz-docker.conf", "[global]\n[www]\nlisten = localhost:9000\n", [["loopback", "9000", "file"]]),
    // The official image has a later file that says otherwise.
    ("www.conf", "[www]\nlisten = 127.0.0.1:9001\n", [["all", "9000", "image"]]),
    ("zzz.conf", "[www]\nlisten = /run/fpm.sock\n", []),
  ])
  func whereAPoolListens(name: String, text: String, expected: [[String]]) {
    let rows = pool("/usr/local/etc/php-fpm.d/" + name, text).rows("listens", "service", "address", "port", "by")
    #expect(rows.filter { $0[0] == "shop" }.map { Array($0.dropFirst()) } == expected)
  }

  private static let environmentsOfPoolsCases: [(String, String, String, String, [[String]])] = [
    ("php:8.3-fpm", "/usr/local/etc/php-fpm.d/zzz.conf", "[www]\npm = static\n", "", []),
    (
      "php:8.3-fpm", "/usr/local/etc/php-fpm.d/zzz.conf", "[www]\nclear_env = yes\n", "",
      [["php-fpm", "DB_HOST", "yes"]]
    ),
    ("php:8.3-fpm", "/usr/local/etc/php-fpm.d/a.conf", "[www]\nclear_env = yes\n", "", []),
    (
      "alpine:3.20", "/etc/php83/php-fpm.d/www.conf", "[www]\nlisten = 9000\n", "CMD [\"php-fpm83\", \"-F\"]\n",
      [["php-fpm", "DB_HOST", "yes"]]
    ),
    (
      "debian:12", "/etc/php/8.2/fpm/pool.d/www.conf", "[www]\nclear_env = no\n", "CMD [\"php-fpm8.2\", \"-F\"]\n", []
    ),
    (
      "debian:12", "/etc/php/8.2/fpm/pool.d/www.conf", "[www]\nenv[DB_HOST] = $DB_HOST\n",
      "CMD [\"php-fpm8.2\", \"-F\"]\n", []
    ),
    // Nobody has seen the file.
    ("debian:12", "/etc/other/www.conf", "[www]\n", "CMD [\"php-fpm8.2\", \"-F\"]\n", []),
    (
      "debian:12", "/etc/php/8.2/fpm/pool.d/www.conf", "[www]\n",
      "RUN sed -i s/x/clear_env/ /etc/php/8.2/fpm/pool.d/www.conf\nCMD [\"php-fpm8.2\", \"-F\"]\n", []
    ),
  ]

  @Test(arguments: environmentsOfPoolsCases)
  func environmentsOfPools(base: String, file: String, text: String, steps: String, expected: [[String]]) {
    let facts = pool(file, text, base: base, steps: steps)
    #expect(facts.rows("drops-environment", "via", "name", "uses") == expected)
  }

  // MARK: composer

  @Test(arguments: [
    ("{\"require\": {\"php\": \"^8.2\"}}", "8.2"), ("{\"require\": {\"php\": \">=8.1.3\"}}", "8.1.3"),
    ("{\"require\": {\"php\": \"~8.1\"}}", "8.1"), ("{\"require\": {\"php\": \"8.1.*\"}}", "8.1"),
    ("{\"require\": {\"php\": \"^7.4 || ^8.0\"}}", ""), ("{\"require\": {\"php\": \"*\"}}", ""),
    ("{\"require\": {\"php\": \"<9\"}}", ""), ("{\"require\": {\"php\": \">8\"}}", ""),
    ("{\"require\": {\"php\": \"^8.2\"}, \"config\": {\"platform\": {\"php\": \"8.1\"}}}", ""),
    ("{\"require\": []}", ""), ("{", ""),
  ])
  func theVersionThatComposerAsksFor(text: String, version: String) {
    let facts = Facts(["composer.json": text])
    #expect(facts.rows("manifest", "tool", "minimum-version") == [["composer", version]])
    if !version.isEmpty { #expect(facts.texts("manifest", "minimum-version") == [version]) }
  }

  // MARK: Hostile

  private static let strangeSources: [String] = [
    "<?php " + String(repeating: "$a = $a . ", count: 20_000), "<?php " + String(repeating: "(", count: 100_000),
    "<?php new PDO(" + String(repeating: "'a' . ", count: 50_000) + "'b');", "<?php '", "<?php \"\\", "<?php <<<",
    "<?php <<<A\n",
    "<?php " + String(repeating: "<<<A\n", count: 5_000), String(repeating: "<?php ?>", count: 20_000),
    "<?php " + (0..<500).map { "$a\($0) = $a\($0 + 1) . $a\($0 + 1);" }.joined() + "new mysqli($a0);",
    "<?php new PDO(\"" + String(repeating: "$a{$b}", count: 20_000) + "\");", "<?php $a = \"$a$a\"; new mysqli($a);",
    "<?php " + String(repeating: "getenv(", count: 50_000), "<?php /*", "<?", "",
    "<?php mysqli_connect('localhost:99999999999999999999');",
  ]

  @Test(arguments: strangeSources)
  func strangeSourcesEnd(source: String) {
    #expect(shop(source).result.facts.misfits == [])
  }

  private static let strangePools: [String] = [
    String(repeating: "[", count: 100_000), String(repeating: "[a]\n", count: 20_000), "[www]\nlisten",
    "[www]\nlisten =",
    "[www]\nlisten = '\n", "[www]\nlisten = :\n", "[www]\nenv[=\n", "[www]\nlisten = [::]:x\n", "[]\n=\n", "\u{0}",
  ]

  @Test(arguments: strangePools)
  func strangePoolsEnd(text: String) {
    #expect(pool("/usr/local/etc/php-fpm.d/zzz.conf", text).result.facts.misfits == [])
  }
}

import Inspection
import Testing

/// What a configuration file makes of a well-known program.
struct ConfiguredProgramTests {
  private func facts(_ configuration: String, command: String = "redis-server /etc/kv.conf") -> Facts {
    Facts([
      "compose.yaml":
        "services:\n  kv:\n    image: redis:7\n    command: \(command)\n    volumes: [\"./kv.conf:/etc/kv.conf\"]\n",
      "kv.conf": configuration,
    ])
  }

  @Test(arguments: [
    "daemonize yes", "port 6379\n\tdaemonize   yes\r\nsave 60 1\n", "daemonize no\ndaemonize yes\n",
    "daemonize \"yes\"\n",
  ])
  func redisGoesToTheBackground(_ configuration: String) {
    let facts = facts(configuration)
    #expect(facts.rows("behaves", "how", "program") == [["daemonizes", "redis-server"]])
    #expect(facts.texts("behaves", "because") == ["yes"])
  }

  @Test(arguments: ["", "# daemonize yes\n", "daemonize no\n", "daemonize yes\ndaemonize no\n", "daemonizer yes\n"])
  func redisStays(_ configuration: String) {
    #expect(facts(configuration).rows("behaves", "how") == [["serves"]])
  }

  @Test func aFileThatNobodyNamesIsNotRead() {
    #expect(facts("daemonize yes", command: "redis-server").rows("behaves", "how") == [["serves"]])
  }
}

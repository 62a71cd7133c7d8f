import Inspection
import Testing

@testable import Engine

/// What the surroundings mean, and how they are asked.
@Suite struct DoctorTests {
  /// A machine where all is well.
  private var healthy: Surroundings {
    var here = Surroundings()
    here.client = .init(version: "28.2.2", context: "default")
    here.server = .init(version: "28.2.2", system: "linux", architecture: "amd64", name: "Docker Engine - Community")
    here.info = .init()
    here.endpoint = "unix:///var/run/docker.sock"
    here.context = "default"
    here.socket = .init(path: "/var/run/docker.sock", exists: true, isOpen: true, group: "docker")
    here.compose = .plugin("2.36.0")
    here.buildx = "v0.24.0"
    here.disks = [.init(path: "/var/lib/docker", free: 50 << 30, freeFiles: 90)]
    here.machine = "amd64"
    here.emulated = ["arm64"]
    here.nameServers = ["192.0.2.1"]
    return here
  }

  @Test func allIsWell() {
    let checks = Checkup(healthy).checks
    #expect(checks.allSatisfy { $0.level == .good }, "\(checks.filter { $0.level != .good })")
    #expect(checks.allSatisfy { $0.next.isEmpty })
    #expect(Set(checks.map(\.id)).count == checks.count)
    #expect(Checkup.verdict(on: checks).en == "All is well.")
  }

  /// The last line says what to do.
  @Test func theVerdict() {
    var here = healthy
    here.compose = .none
    #expect(Checkup.verdict(on: Checkup(here).checks).en == "Containers can run here; 1 thing could be better.")
    here.emulated = []
    #expect(Checkup.verdict(on: Checkup(here).checks).zh == "容器可以在这里运行，有 2 处可以改进。")
    here.server = nil
    here.serverProblem = .noEngine("Cannot connect")
    let verdict = Checkup.verdict(on: Checkup(here).checks)
    #expect(verdict.en == "Containers cannot run here yet: type what stands below ✗, then drydock doctor again.")
    #expect(verdict.zh.contains("✗"))
  }

  /// A tick beside what nobody has seen would be a lie.
  @Test func whatCannotBeSeenIsNoTick() throws {
    var here = healthy
    here.emulated = nil
    let check = try #require(Checkup(here).checks.first { $0.id == "emulation" })
    #expect(check.level == .unknown)
    #expect(check.next == ["docker run --rm --platform linux/arm64 alpine uname -m"])
    here.server = nil
    #expect(!Checkup(here).checks.contains { $0.id == "emulation" })
  }

  @Test(arguments: [
    (Surroundings.Installer.apt, "sudo apt-get install docker.io"), (.pacman, "sudo pacman -S docker"),
    (.apk, "sudo apk add docker"), (nil, "see https://docs.docker.com/engine/install/"),
  ])
  func whatInstallsDocker(_ installer: Surroundings.Installer?, _ command: String) {
    var here = healthy
    here.client = nil
    here.clientProblem = .noClient("x")
    here.installer = installer
    #expect(Checkup(here).checks.first?.next.first == command)
  }

  struct Ill: CustomTestStringConvertible, Sendable {
    let name: String
    let id: String
    let level: Check.Level
    let says: String
    let change: @Sendable (inout Surroundings) -> Void

    var testDescription: String { name }
  }

  @Test(arguments: [
    Ill(name: "no docker", id: "client", level: .bad, says: "no docker command") {
      $0.client = nil
      $0.clientProblem = .noClient("x")
    },
    Ill(name: "no engine", id: "engine", level: .bad, says: "no engine answers") {
      $0.server = nil
      $0.serverProblem = .noEngine("Cannot connect")
    },
    Ill(name: "denied", id: "engine", level: .bad, says: "not for this user") {
      $0.server = nil
      $0.serverProblem = .denied("permission denied")
    },
    Ill(name: "slow", id: "engine", level: .bad, says: "within 5 s") {
      $0.server = nil
      $0.serverProblem = .tooSlow(command: "docker version", seconds: 5)
    },
    Ill(name: "old engine", id: "engine", level: .warning, says: "no longer maintained") {
      $0.server?.version = "19.03.1"
    },
    Ill(name: "no socket", id: "socket", level: .bad, says: "there is no") { $0.socket?.exists = false },
    Ill(name: "closed socket", id: "socket", level: .bad, says: "group docker only") { $0.socket?.isOpen = false },
    Ill(name: "compose v1", id: "compose", level: .warning, says: "version 1") { $0.compose = .standalone("1.29.2") },
    Ill(name: "no compose", id: "compose", level: .warning, says: "no docker compose") { $0.compose = .none },
    Ill(name: "no buildx", id: "builder", level: .warning, says: "classic builder") { $0.buildx = nil },
    Ill(name: "BuildKit off", id: "builder", level: .warning, says: "DOCKER_BUILDKIT=0") { $0.isBuildKitOff = true },
    Ill(name: "disk full", id: "disk", level: .bad, says: "0.5 GiB") {
      $0.disks = [.init(path: "/", free: 1 << 29, freeFiles: 50)]
    },
    Ill(name: "disk nearly full", id: "disk", level: .warning, says: "2.0 GiB") {
      $0.disks = [.init(path: "/", free: 2 << 30, freeFiles: nil)]
    },
    Ill(name: "no file numbers", id: "disk", level: .bad, says: "file numbers") {
      $0.disks = [.init(path: "/", free: 90 << 30, freeFiles: 0)]
    },
    Ill(name: "no emulation", id: "emulation", level: .warning, says: "nothing emulates") { $0.emulated = [] },
    Ill(name: "proxy of the shell only", id: "proxy", level: .warning, says: "the daemon has none") {
      $0.shellProxy = "http://proxy:3128"
    },
    Ill(name: "name server on loopback", id: "dns", level: .warning, says: "out of reach") {
      $0.nameServers = ["127.0.0.1"]
    },
    Ill(name: "warning of the daemon", id: "daemon", level: .warning, says: "No swap limit support") {
      $0.info?.warnings = ["WARNING: No swap limit support"]
    },
  ])
  func somethingIsWrong(_ ill: Ill) throws {
    var here = healthy
    ill.change(&here)
    let check = try #require(Checkup(here).checks.first { $0.id == ill.id })
    #expect(check.level == ill.level)
    #expect(check.text.en.contains(ill.says), "\(check.text.en)")
    #expect(check.text.zh != check.text.en)
    #expect(!check.next.isEmpty)
  }

  @Test func resolvedIsNoTrouble() {
    var here = healthy
    here.nameServers = ["127.0.0.53"]
    here.hasResolvedList = true
    #expect(Checkup(here).checks.first { $0.id == "dns" }?.level == .good)
  }

  @Test func passwordsOfProxiesAreNotShown() {
    var here = healthy
    here.info?.httpsProxy = "http://me:secret@proxy:3128"
    let text = Checkup(here).checks.map(\.text.en).joined()
    #expect(text.contains("http://proxy:3128"))
    #expect(!text.contains("secret"))
  }

  @Test func anEngineThatAnswers() throws {
    let fake = try FakeDocker(
      """
      case "$1" in
        version) echo '{"Client": {"Version": "28.2.2", "Context": "remote"}, "Server": {"Version": "27.0.1", "Os": "linux", "Arch": "arm64", "Platform": {"Name": "Docker Engine - Community"}}}' ;;
        context) echo '{"Current": true, "Name": "remote", "DockerEndpoint": "ssh://build@host"}' ;;
        buildx) echo 'github.com/docker/buildx v0.24.0 d0e5e86' ;;
        compose) echo '2.36.0' ;;
        info) echo '{"DockerRootDir": "/var/lib/docker", "Driver": "overlay2", "Warnings": ["w"], "SecurityOptions": ["name=rootless"]}' ;;
      esac
      """)
    let here = Doctor(fake.docker(), environment: [:], folder: "/").look()
    #expect(here.client?.version == "28.2.2")
    #expect(here.server?.architecture == "arm64")
    #expect(here.endpoint == "ssh://build@host")
    #expect(!here.isLocal)
    #expect(here.socket == nil)
    #expect(here.compose == .plugin("2.36.0"))
    #expect(here.buildx == "v0.24.0")
    #expect(Checkup(here).checks.contains { $0.id == "rootless" })
    #expect(fake.announced.count == 5)
  }

  @Test(arguments: [
    "sleep 600", "exit 1", "head -c 3000000 /dev/urandom", "kill -9 $$", "echo '{\"Client\": 1}'",
    "head -c 1000000000 /dev/zero", "echo '{\"Client\": {\"Version\": \"1\"}}'; sleep 600",
  ])
  func anEngineThatMisbehaves(_ script: String) throws {
    let fake = try FakeDocker(script)
    let start = Clock.seconds
    let here = Doctor(fake.docker(timeout: 1), environment: [:], folder: "/").look()
    #expect(Clock.seconds - start < 40)
    #expect(here.server == nil)
    #expect(Checkup(here).checks.contains { $0.level == .bad })
  }

  @Test func aClientWithoutAnEngine() throws {
    let fake = try FakeDocker(
      """
      case "$1" in
        version) echo '{"Client": {"Version": "28.2.2", "Context": "default"}, "Server": null}'
          echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' >&2; exit 1 ;;
        *) exit 1 ;;
      esac
      """)
    let here = Doctor(fake.docker(), environment: ["DOCKER_HOST": "unix:///nowhere.sock"], folder: "/").look()
    #expect(here.client?.version == "28.2.2")
    #expect(here.isHostSet)
    #expect(here.socket?.exists == false)
    let checks = Checkup(here).checks
    // One trouble, one line.
    #expect(checks.filter { $0.level == .bad }.map(\.id) == ["socket"])
    #expect(checks.first { $0.id == "socket" }?.next == ["unset DOCKER_HOST"])
  }

  @Test func nobodyIsToldToJoinTheGroupOfRoot() throws {
    var here = healthy
    here.server = nil
    here.serverProblem = .denied("permission denied while trying to connect")
    here.socket = .init(path: "/var/run/docker.sock", exists: true, isOpen: false, group: "root")
    let check = try #require(Checkup(here).checks.first { $0.id == "socket" })
    #expect(!check.next.contains { $0.contains("-aG root") })
    #expect(check.next.last == "sudo usermod -aG docker \"$USER\" && newgrp docker")
  }

  @Test(arguments: [
    (
      Surroundings.Installer.apt,
      "sudo apt-get install docker-compose-plugin || sudo apt-get install docker-compose-v2"
    ),
    (.pacman, "sudo pacman -S docker-compose"), (.apk, "sudo apk add docker-cli-compose"),
    (nil, "see https://docs.docker.com/compose/install/"),
  ])
  func whatInstallsCompose(_ installer: Surroundings.Installer?, _ command: String) {
    var here = healthy
    here.compose = .none
    here.installer = installer
    #expect(Checkup(here).checks.first { $0.id == "compose" }?.next == [command])
  }

  @Test func foldersAreShownAsPeopleWriteThem() {
    var here = healthy
    here.disks = [.init(path: "/home/jane/shop", free: 50 << 30, freeFiles: nil)]
    let text = Checkup(here, home: "/home/jane").checks.first { $0.id == "disk" }?.text.en
    #expect(text == "50 GiB free for ~/shop")
  }
}

/// What others may read.
@Suite struct RedactionTests {
  @Test(arguments: [
    ("DB_PASSWORD=hunter22", "hunter22"), ("  POSTGRES_PASSWORD: \"hunter 22\"", "hunter 22"),
    ("--from-literal --password hunter22 x", "hunter22"), ("postgres://me:hunter22@db/x", "hunter22"),
    ("Authorization: Bearer hunter22 abc", "hunter22"), ("\"apiKey\": \"hunter22\",", "hunter22"),
    ("//registry/:_authToken=hunter22", "hunter22"), ("token ghp_abcdefghijklmnop1234", "ghp_abc"),
    ("ENV SECRET_KEY hunter22\nARG GITHUB_TOKEN=hunter22", "hunter22"), ("client_secret='hunter22'", "hunter22"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIhunter22\n-----END RSA PRIVATE KEY-----\nrest", "hunter22"),
    ("CERT=-----BEGIN PRIVATE KEY-----\\nMIIhunter22\\n-----END PRIVATE KEY-----\\n", "hunter22"),
    (String(repeating: "a;", count: 5000) + "x=hunter22", "hunter22"),
    ("command: [\"serve\", \"--password\", \"hunter22\"]", "hunter22"),
    ("[serve, --token, hunter22, --fast]", "hunter22"),
    ("JWT: eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyMiJ9.c2lnbmF0dXJlc2lnbmF0dXJl", "eyJzdWIi"),
  ])
  func secretsAreTakenOut(_ text: String, _ secret: String) {
    let safe = Redaction().text(text)
    #expect(!safe.contains(secret), "\(safe)")
    #expect(safe.contains(Redaction.mark))
  }

  @Test(arguments: [
    "FROM golang:1.24 AS build", "  - \"8080:80\"", "EXPOSE 8080", "password: ${DB_PASSWORD}", "USER root",
    "listening on http://127.0.0.1:8080", "COPY --from=build /app /app",
    "docker build --secret id=token,env=TOKEN .",
  ])
  func theRestStays(_ text: String) { #expect(Redaction().text(text) == text) }

  @Test func aKeyOfManyLinesIsOneMark() {
    let key = "a\n-----BEGIN PRIVATE KEY-----\nMIIx\nMIIy\n-----END PRIVATE KEY-----\nb"
    #expect(Redaction().text(key) == "a\n[redacted]\nb")
  }

  @Test func homesAndHostsAreRenamed() {
    let redaction = Redaction([("/home/jane", "~"), ("jane-laptop", "HOST"), ("", "x")])
    #expect(redaction.text("/home/jane/shop on jane-laptop") == "~/shop on HOST")
  }

  @Test func theLogThatWasGivenIsPasted() throws {
    let fake = try FakeDocker(
      "", files: ["log": "starting\npassword=hunter22\n" + String(repeating: "x\n", count: 90_000)])
    var bundle = HelpBundle(home: "", host: "")
    bundle.add("log", file: fake.folder + "/log")
    #expect(bundle.text.hasPrefix("### log\n\n```text\nstarting\npassword=[redacted]\nx\n"))
    #expect(bundle.text.contains("bytes left out"))
    #expect(bundle.text.utf8.count < 30_000)
  }

  @Test func aBundleClosesItsFences() {
    var bundle = HelpBundle(home: "/home/jane", host: "localhost")
    bundle.add("compose.yaml", "a: ```\n````\nb")
    bundle.add("empty", " \n")
    #expect(bundle.text == "### compose.yaml\n\n`````text\na: ```\n````\nb\n`````\n")
  }

  @Test func hostileText() {
    for text in [
      String(repeating: "password=", count: 100_000), String(repeating: "ghp_", count: 100_000), "\u{0}=\u{1}",
    ] {
      #expect(Redaction().text(text).utf8.count <= text.utf8.count * 3)
    }
  }
}

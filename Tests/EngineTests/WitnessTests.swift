import Inspection
import Knowledge
import KnowledgeData
import Testing

@testable import Diagnosis
@testable import Engine

/// What becomes of an engine's answers.
@Suite struct WitnessTests {
  private let compose = """
    services:
      web:
        image: shop/web:1
        ports:
          - "8080:80"

    """

  private func inspect(_ hearing: Witness.Hearing, _ files: [String: String] = [:]) -> InspectionResult {
    var request = InspectionRequest(tree: MemoryTree(files))
    request.testimony = hearing.testimony
    if !hearing.log.isEmpty {
      var reader = LogReader(KnowledgeBase.builtIn.observations)
      reader.read(hearing.log)
      request.log = reader
    }
    return Inspector(knowledge: .builtIn).inspect(request)
  }

  private func rows(_ result: InspectionResult, _ relation: String, _ columns: String...) -> [[String]] {
    result.facts.rows(relation).map { row in columns.map { result.facts.cell(row, $0).value ?? "?" } }
  }

  private func proven(_ result: InspectionResult, _ symptom: String? = nil) -> [String] {
    Diagnoser(knowledge: .builtIn, inspection: result).findings(symptom: symptom).diagnoses
      .filter { $0.confidence == .proven }.map(\.cause.id)
  }

  @Test func aLoopbackServerIsProvenWithoutAnyFile() throws {
    var container = Inspected()
    container.ports = #"{"8080/tcp": [{"HostIp": "", "HostPort": "8080"}]}"#
    let fake = try container.docker(sockets: table("0100007F:1F90"))
    let result = inspect(fake.witness().hear(["web-1"]))
    #expect(rows(result, "listens", "service", "address", "port") == [["web-1", "loopback", "8080"]])
    #expect(proven(result).contains("listens-on-loopback"))
    #expect(result.facts.misfits.isEmpty)
    let place = result.facts.rows("listens").first.flatMap { result.facts.cell($0, "address").place }
    guard case .engine(let command) = place?.source else {
      Issue.record("not marked as the engine's word: \(String(describing: place))")
      return
    }
    #expect(command == "docker exec web-1 cat /proc/net/tcp /proc/net/tcp6")
  }

  @Test func aServerOnAllAddressesIsNot() throws {
    var container = Inspected()
    container.ports = #"{"8080/tcp": [{"HostIp": "", "HostPort": "8080"}]}"#
    let fake = try container.docker(sockets: table("00000000:1F90"))
    #expect(!proven(inspect(fake.witness().hear(["web-1"]))).contains("listens-on-loopback"))
  }

  @Test func whatTheFilesSayKeepsItsPlaceThere() throws {
    var container = Inspected()
    container.ports = #"{"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}, {"HostIp": "::", "HostPort": "8080"}]}"#
    container.labels = #"{"com.docker.compose.service": "web", "com.docker.compose.project": "shop"}"#
    let fake = try container.docker(sockets: table("00000000:0BB8"))
    let result = inspect(fake.witness().hear(["web-1"]), ["compose.yaml": compose])
    #expect(result.services == ["web"])
    let published = result.facts.rows("publishes")
    #expect(published.count == 1)
    #expect(published.first.flatMap { result.facts.cell($0, "container").place?.file } == "compose.yaml")
    // The file names 80, and the only socket is 3000.
    #expect(proven(result).contains("port-mapping-mismatch"))
  }

  @Test func otherPortsThanTheFileHas() throws {
    var container = Inspected()
    container.ports = #"{"80/tcp": [{"HostIp": "", "HostPort": "9999"}]}"#
    container.labels = #"{"com.docker.compose.service": "web"}"#
    let fake = try container.docker()
    let result = inspect(fake.witness().hear(["web-1"]), ["compose.yaml": compose])
    #expect(rows(result, "publishes", "host", "container") == [["9999", "80"]])
  }

  @Test func theNameServerOfDockerIsNoServerOfTheProgram() throws {
    let sockets = ListeningSocket.all(in: table("0B00007F:9C40", "00000000000000000000000000000000:1F90"))
    #expect(sockets == [ListeningSocket(address: .all, port: 8080)])
  }

  @Test(arguments: [
    ("0100007F:0050", "127.0.0.1:80"), ("00000000:0050", "*:80"), ("0200A8C0:0050", "192.168.0.2:80"),
    ("00000000000000000000000001000000:0050", "127.0.0.1:80"),
    ("0000000000000000FFFF00000100007F:0050", "127.0.0.1:80"),
    ("0000000000000000FFFF000000000000:0050", "*:80"),
  ])
  func addresses(_ hexadecimal: String, _ text: String) {
    #expect(ListeningSocket(hexadecimal: hexadecimal[...])?.text == text)
  }

  @Test(arguments: ["", "x", "0100007F", "0100007F:", "0100007G:0050", "01:50", ":", "0100007F:ZZZZ"])
  func addressesThatAreNone(_ text: String) { #expect(ListeningSocket(hexadecimal: text[...]) == nil) }

  // MARK: How it ended

  @Test func theEndOfAContainer() throws {
    var container = Inspected(status: "exited", exitCode: 3)
    container.labels = #"{"com.docker.compose.service": "web"}"#
    let result = inspect(try container.docker().witness().hear(["web-1"]), ["compose.yaml": compose])
    #expect(rows(result, "observed", "kind", "service", "code").contains(["exited", "web", "3"]))
    #expect(result.log.symptom == "exits-immediately")
  }

  /// `OOMKilled` is false where only a child of PID 1 was killed: the events say it.
  @Test func theEngineDeniesThatMemoryRanOut() throws {
    let container = Inspected(status: "exited", exitCode: 137, memory: 64 << 20)
    let fake = try container.docker(
      events: #"{"Action": "oom", "time": 1}"# + "\n" + #"{"Action": "die", "time": 1}"# + "\n")
    let result = inspect(fake.witness().hear(["web-1"]))
    #expect(rows(result, "observed", "kind").contains(["oom-killed"]))
    #expect(proven(result).contains("memory-limit-exceeded"))
  }

  @Test func nobodySaysThatMemoryRanOut() throws {
    let container = Inspected(status: "exited", exitCode: 137, memory: 64 << 20)
    let result = inspect(try container.docker().witness().hear(["web-1"]))
    let all = Diagnoser(knowledge: .builtIn, inspection: result).findings(symptom: nil).diagnoses
    #expect(all.first { $0.cause.id == "memory-limit-exceeded" }?.confidence == .likely)
  }

  @Test func somebodyStoppedIt() throws {
    let container = Inspected(status: "exited", exitCode: 137)
    let events = [("kill", 100), ("kill", 110), ("die", 110), ("stop", 110)].map {
      #"{"Action": "\#($0.0)", "timeNano": \#($0.1)000000000}"#
    }
    let fake = try container.docker(events: events.joined(separator: "\n"))
    let result = inspect(fake.witness().hear(["web-1"]))
    let kinds = rows(result, "observed", "kind", "code")
    #expect(kinds.contains(["stopped", "137"]))
    #expect(kinds.contains(["slow-stop", "?"]))
    #expect(!kinds.contains(["exited", "137"]))
    #expect(result.log.symptom == "signal-handling")
  }

  @Test func anUnhealthyContainerAndWhatItsCheckSays() throws {
    var container = Inspected(health: "unhealthy")
    container.labels = #"{"com.docker.compose.service": "web"}"#
    let result = inspect(try container.docker().witness().hear(["web-1"]), ["compose.yaml": compose])
    let kinds = rows(result, "observed", "kind", "service")
    #expect(kinds.contains(["unhealthy", "web"]))
    #expect(kinds.contains(["probe-without-tool", "web"]))
  }

  @Test func theLastLinesGoThroughTheLogReader() throws {
    let container = Inspected(status: "exited", exitCode: 1, path: "/app")
    let fake = try container.docker(logs: "exec /app: no such file or directory\n")
    let result = inspect(fake.witness().hear(["web-1"]))
    #expect(rows(result, "observed", "kind", "path").contains(["exec-not-found", "/app"]))
  }

  // MARK: Processes and files

  @Test func aShellIsFirst() throws {
    let top = """
      UID    PID    PPID   C   STIME   TTY   TIME       CMD
      root   4242   4200   0   10:00   ?     00:00:00   /bin/sh -c node server.js && true
      root   4300   4242   0   10:00   ?     00:00:00   node server.js
      root   4301   4300   0   10:00   ?     00:00:00   [worker] <defunct>

      """
    let container = Inspected(process: 4242)
    let hearing = try container.docker(top: top).witness().hear(["web-1"])
    let kinds = rows(inspect(hearing), "observed", "kind", "program")
    #expect(kinds.contains(["pid1-shell", "node"]))
    #expect(kinds.contains(["zombie", "worker"]))
    #expect(hearing.notes.contains { $0.en.contains("PID 1 /bin/sh -c node server.js") })
  }

  private static let firstProcesses: [(top: [String], kind: String?, program: String)] = [
    (["1 0 /app/server --port 80"], "pid1-program", "server"),
    (["1 0 nginx: master process nginx -g daemon off;", "7 1 nginx: worker process"], "pid1-program", "nginx"),
    (["1 0 /bin/sh -c serve; true", "7 1 serve"], "pid1-shell", "serve"),
    (["1 0 /bin/bash -ec serve; true", "7 1 serve"], "pid1-shell", "serve"),
    (["1 0 /bin/sh /docker-entrypoint.sh serve", "7 1 serve"], "pid1-script", "docker-entrypoint.sh"),
    (["1 0 npm start", "7 1 sh -c node server.js", "8 7 node server.js"], "pid1-manager", "npm"),
    (["1 0 node /opt/yarn-v1.22.22/bin/yarn.js start", "7 1 node server.js"], "pid1-manager", "yarn"),
    (["1 0 /usr/bin/python3 /usr/local/bin/poetry run serve", "7 1 serve"], "pid1-manager", "poetry"),
    (["1 0 node server.js npm"], "pid1-program", "node"),
    // A shell that has nobody to wait for is the program, or has yet to start it.
    (["1 0 /bin/sh /loop.sh"], nil, ""), (["1 0 bash"], nil, ""),
    // An init is none of the answers.
    (["1 0 /sbin/docker-init -- serve", "7 1 serve"], nil, ""), (["1 0 tini -- serve", "7 1 serve"], nil, ""),
  ]

  @Test(arguments: firstProcesses)
  func whatIsFirst(_ top: [String], _ kind: String?, _ program: String) throws {
    let text = (["PID PPID COMMAND"] + top).joined(separator: "\n")
    let found = rows(
      inspect(try Inspected().docker(top: text).witness().hear(["web-1"])), "observed", "kind", "program"
    )
    .filter { $0[0].hasPrefix("pid1-") }
    #expect(found == (kind.map { [[$0, program]] } ?? []))
  }

  /// What runs counts more than what the files say would.
  @Test(arguments: [
    ("1 0 serve", "program"), ("1 0 /bin/sh /run.sh\n7 1 serve", "script"), ("1 0 npm start\n7 1 serve", "manager"),
  ])
  func thePersonIsNotAskedForPid1(_ processes: String, _ answer: String) throws {
    let hearing = try Inspected().docker(top: "PID PPID COMMAND\n" + processes).witness().hear(["web-1"])
    let files = ["Dockerfile": "FROM debian:12\nCMD serve; true\n"]
    let findings = { Diagnoser(knowledge: .builtIn, inspection: $0).findings(symptom: "signal-handling") }
    #expect(
      findings(inspect(Witness.Hearing(), files)).path.map(\.answer).isEmpty, "the question before it is open")
    let path = findings(inspect(hearing, files)).path
    #expect(path.map(\.question.id).prefix(2) == ["processes-pile-up", "what-is-pid1"])
    #expect(path.map(\.answer).prefix(2) == ["no", answer])
  }

  @Test(
    arguments: [
      ("/lib64/ld-linux-x86-64.so.2", "glibc"), ("/lib/ld-musl-x86_64.so.1", "musl"), ("", "none"),
      ("/odd/loader", nil),
    ] as [(String, String?)])
  func theLibraryOfAProgram(_ loader: String, _ libc: String?) {
    #expect(ProgramFile(Self.program(loader)[...]).libc == libc)
  }

  @Test func filesThatAreNoProgram() {
    #expect(ProgramFile([]) == .other)
    #expect(ProgramFile([0x7F, 0x45]) == .other)
    #expect(
      ProgramFile(Array("#!/bin/bash -e\r\necho".utf8)[...])
        == .script(interpreter: "/bin/bash", hasCarriageReturn: true))
    // Cut off everywhere, and with every byte changed: an answer, and no crash.
    let whole = Self.program("/lib64/ld-linux-x86-64.so.2")
    for count in whole.indices { _ = ProgramFile(whole[..<count]) }
    for index in 0..<120 {
      var broken = whole
      broken[index] = 0xFF
      _ = ProgramFile(broken[...])
    }
  }

  @Test func theFirstEntryOfAnArchive() throws {
    let tar = CommandRunner().run(
      Invocation("tar", ["--format=ustar", "-h", "-C", "/usr/bin", "-cf", "-", "env"], timeout: 20))
    let entry = try #require(ArchiveEntry(tar.output.bytes))
    #expect(entry.kind == UInt8(ascii: "0"))
    #expect(entry.user == 0)
    #expect(entry.content.starts(with: [0x7F, 0x45, 0x4C, 0x46]))
    #expect(ArchiveEntry(Array("no archive".utf8)) == nil)
    for count in stride(from: 0, to: 1024, by: 13) { _ = ArchiveEntry(Array(tar.output.bytes.prefix(count))) }
  }

  /// A 64-bit program with one header, that of its loader.
  private static func program(_ loader: String) -> [UInt8] {
    var file = [UInt8](repeating: 0, count: 120)
    file.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
    file[18] = 62
    file[32] = 64  // the table follows the header
    file[54] = 56
    file[56] = 1
    file[64] = loader.isEmpty ? 1 : 3
    file[72] = 120
    file[96] = UInt8(loader.utf8.count + 1)
    return file + Array(loader.utf8) + [0]
  }

  // MARK: What it leaves alone

  @Test func valuesOfVariablesAreNeverSeen() throws {
    var container = Inspected()
    container.environment = ["PATH=/usr/bin:/bin", "DB_PASSWORD=hunter2-very-secret"]
    let fake = try container.docker()
    let hearing = fake.witness().hear(["web-1"])
    let all = "\(hearing.testimony) \(hearing.notes) \(String(decoding: hearing.log, as: UTF8.self)) \(fake.announced)"
    #expect(all.contains("DB_PASSWORD"))
    #expect(!all.contains("hunter2"))
    #expect(rows(inspect(hearing), "sets", "name", "value").contains(["DB_PASSWORD", "?"]))
  }

  @Test func passwordsInCommandLinesAreNotShown() throws {
    let top = "UID PID PPID C STIME TTY TIME CMD\nroot 1 0 0 10:00 ? 00:00:00 serve --db postgres://me:hunter22@db/x\n"
    let notes = try Inspected().docker(top: top).witness().hear(["web-1"]).notes.map(\.en)
    #expect(notes.contains { $0.contains("PID 1 serve --db postgres://me:********@db/x") }, "\(notes)")
  }

  @Test func onlyReadingCommandsAndAllAreShown() throws {
    var container = Inspected(user: "app")
    container.mounts = #"[{"Type": "bind", "Source": "/src", "Destination": "/data", "RW": true}]"#
    let fake = try container.docker(sockets: table("00000000:0050"))
    _ = fake.witness().hear(["web-1"])
    let verbs = Set(fake.calls.compactMap { $0.split(separator: " ").first.map(String.init) })
    #expect(verbs.isSubset(of: ["inspect", "image", "logs", "events", "top", "exec", "cp"]), "\(verbs)")
    #expect(fake.calls.filter { $0.hasPrefix("exec ") } == ["exec web-1 cat /proc/net/tcp /proc/net/tcp6"])
    #expect(fake.calls.filter { $0.hasPrefix("image ") }.allSatisfy { $0.hasPrefix("image inspect ") })
    #expect(fake.calls.filter { $0.hasPrefix("cp ") }.allSatisfy { $0.hasSuffix(" -") })
    #expect(fake.announced.count == fake.calls.count)
  }

  @Test func aContainerWithoutFilesIsReadFromItsOwnCommandLine() throws {
    var container = Inspected(user: "app", command: #"["serve", "a b; rm -rf /"]"#)
    container.ports = #"{"53/udp": [{"HostIp": "127.0.0.1", "HostPort": "5353"}]}"#
    let line = try #require(container.docker().witness().hear(["web-1"]).testimony.containers.first?.command)
    #expect(
      line
        == "docker run --detach --name web-1 --publish 127.0.0.1:5353:53/udp --user app shop/web:1 serve 'a b; rm -rf /'"
    )
  }

  /// podman's service hangs up on the options of ps that the client adds.
  @Test func processesInTheWordsOfPodman() throws {
    let fake = try FakeDocker(
      """
      case "$*" in
        inspect*) cat "$here/inspect" ;;
        'top web-1') echo EOF >&2; exit 1 ;;
        'top web-1 pid,ppid,args') printf 'PID PPID COMMAND\\n1 0 /bin/sh -c serve; true\\n2 1 serve\\n' ;;
        *) exit 1 ;;
      esac
      """, files: ["inspect": Inspected().json])
    let hearing = fake.witness().hear(["web-1"])
    #expect(hearing.notes.map(\.en).contains("processes: PID 1 /bin/sh -c serve; true, serve"))
    #expect(rows(inspect(hearing), "observed", "kind", "program").contains(["pid1-shell", "serve"]))
  }

  // MARK: Which containers

  @Test func namedOnesAndThoseOfTheProject() throws {
    let row = #"{"Names": "web-1", "Image": "shop/web:1", "State": "running", "Labels": ""}"#
    let fake = try FakeDocker(
      """
      case "$1" in
        ps) cat "$here/ps" ;;
        inspect) cat "$here/inspect" ;;
        *) exit 1 ;;
      esac
      """, files: ["ps": row, "inspect": Inspected().json])
    let project = Witness.Wanted(folder: "/x", images: ["shop/web:1"])
    #expect(fake.witness().hear(["web-1"], of: project).testimony.containers.map(\.name) == ["web-1"])
    let nothing = fake.witness().hear(of: .init(folder: "/y"))
    #expect(nothing.testimony.problems == [Witness.noContainer.en])
    #expect(nothing.silence == nil)
  }

  @Test func anEngineThatIsAwayIsAskedOnce() throws {
    let fake = try FakeDocker("echo 'Cannot connect to the Docker daemon at unix:///x.' >&2; exit 1")
    let hearing = fake.witness().hear(["web-1"], of: .init(folder: "/x"))
    #expect(hearing.silence?.isFinal == true)
    #expect(hearing.testimony.problems.count == 1)
    #expect(fake.calls.count == 1)
  }

  @Test func theContainersOfAProject() throws {
    let rows = [
      ("shop-web-2", "shop/web", "com.docker.compose.project.working_dir=/home/me/shop,com.docker.compose.service=web"),
      ("shop-web-1", "shop/web", "com.docker.compose.project.working_dir=/home/me/shop,com.docker.compose.service=web"),
      ("shop-db-1", "postgres", "com.docker.compose.project.working_dir=/home/me/shop,com.docker.compose.service=db"),
      ("other", "busybox", ""),
    ].map { #"{"Names": "\#($0.0)", "Image": "\#($0.1)", "State": "running", "Labels": "\#($0.2)"}"# }
    let fake = try FakeDocker("cat \"$here/ps\"", files: ["ps": rows.joined(separator: "\n")])
    let witness = fake.witness()
    #expect(try witness.containers(of: .init(folder: "/home/me/shop")) == ["shop-web-2", "shop-db-1"])
    #expect(try witness.containers(of: .init(folder: "/home/me/none", images: ["busybox"])) == ["other"])
    #expect(try witness.containers(of: .init(folder: "/home/me/none")) == [])
  }
}

import Inspection
import KnowledgeData
import Testing

@testable import Proving

/// What would be run, from the files of a project alone.
struct RunPlanTests {
  private func plan(environment: [String: String] = [:], _ files: [String: String], run: String? = nil) -> RunPlan {
    var request = InspectionRequest(tree: MemoryTree(files))
    request.environment = environment
    request.commands = run.map { [$0] } ?? []
    return RunPlan(
      Inspector(knowledge: .builtIn).runnable(request), RunIdentity(id: "00c0ffee"), attempt: "before", folder: "/copy",
      scratch: "/scratch", limits: RunLimits())
  }

  private func lines(_ plan: RunPlan) -> [String] { plan.commands.map(\.line) }

  @Test func everythingHasALabelAndPortsAreForThisMachineOnly() {
    let plan = plan([
      "compose.yaml": """
      services:
        web:
          build: .
          ports: ["8080:80", "0.0.0.0:9090:90", "53:53/udp"]
          volumes: [data:/data]
      volumes:
        data:
      """,
      "Dockerfile": "FROM scratch\n",
    ])
    for line in lines(plan) where !line.hasPrefix("docker start") {
      #expect(line.contains("--label dev.drydock.prove=00c0ffee"), "\(line)")
    }
    let create = lines(plan).first { $0.hasPrefix("docker create") } ?? ""
    #expect(create.contains("--publish 127.0.0.1::80/tcp --publish 127.0.0.1::90/tcp --publish 127.0.0.1::53/udp"))
    #expect(create.contains("--volume drydock-prove-00c0ffee-before-vol1-data:/data"))
    #expect(create.contains("--memory 1073741824"))
    #expect(!create.contains("8080"))
  }

  @Test func servicesStartBehindWhatTheyDependOn() {
    let plan = plan([
      "compose.yaml": """
      services:
        web: {image: web, depends_on: {api: {condition: service_healthy}}}
        api: {image: api, depends_on: [db], healthcheck: {test: ["CMD", "check", "me"], interval: 2s, retries: 4}}
        db: {image: db}
      """
    ])
    #expect(plan.containers.map(\.service.name) == ["db", "api", "web"])
    let waits = plan.steps.compactMap { step in
      if case .wait(let dependency, let service) = step {
        "\(service)<\(dependency.service) \(dependency.condition)"
      } else {
        nil
      }
    }
    #expect(waits == ["api<db started", "web<api healthy"])
    let health = plan.containers[1].service.health
    #expect(health?.words == ["check", "me"])
    #expect(health?.patience == 8)
  }

  @Test func aServiceBringsWhatItDependsOnAndNothingElse() {
    let files = [
      "compose.yaml": """
      services:
        web: {image: web, depends_on: [api], networks: [front]}
        api: {image: api, network_mode: "service:vpn"}
        vpn: {image: vpn, volumes: [keys:/keys]}
        other: {image: other, networks: [back]}
      networks: {front: {}, back: {}}
      volumes: {keys: {}, rest: {}}
      """
    ]
    let project = Inspector(knowledge: .builtIn).runnable(InspectionRequest(tree: MemoryTree(files))).only(["web"])
    #expect(project.services.map(\.name) == ["vpn", "api", "web"])
    // The one that `vpn` is in, for it names none.
    #expect(project.networks.map(\.key) == ["front", "default"])
    #expect(project.volumes == ["keys"])
  }

  @Test func aCircleOfDependenciesStillGivesAPlan() {
    let plan = plan([
      "compose.yaml": "services:\n  a: {image: a, depends_on: [b]}\n  b: {image: b, depends_on: [a]}\n"
    ])
    #expect(plan.containers.count == 2)
  }

  @Test func whatTheServiceSaysIsCarriedOver() {
    let plan = plan([
      "compose.yaml": """
      services:
        web:
          build: {context: app, dockerfile: web.Dockerfile, target: run, args: {VERSION: "1", API_TOKEN: hush}}
          entrypoint: [/entry, first]
          command: [second]
          user: "1000:1000"
          init: true
          stop_signal: SIGQUIT
          stop_grace_period: 1m30s
          mem_limit: 64m
          environment: {LEVEL: debug, DB_PASSWORD: secret}
          networks: {front: {aliases: [www]}, back: {}}
      networks:
        front:
        back: {internal: true}
      """,
      "app/web.Dockerfile": "FROM scratch AS run\n",
    ])
    let all = lines(plan).joined(separator: "\n")
    #expect(all.contains("--file /copy/app/web.Dockerfile --target run --build-arg VERSION=1 --build-arg"))
    #expect(all.contains("docker network create --label dev.drydock.prove=00c0ffee --internal"))
    #expect(all.contains("--network-alias web --network-alias www"))
    #expect(all.contains("docker network connect --alias web drydock-prove-00c0ffee-before-net2-back"))
    for option in ["--user 1000:1000", "--init", "--stop-signal SIGQUIT", "--stop-timeout 90", "--memory 67108864"] {
      #expect(all.contains(option))
    }
    #expect(all.contains("--entrypoint /entry drydock-prove-00c0ffee:before-1-web first second"))
    #expect(all.contains("--env LEVEL=debug"))
    // Secrets reach the container, and nobody's screen.
    #expect(!all.contains("hush") && !all.contains("secret"))
    #expect(plan.commands.contains { $0.arguments.contains("DB_PASSWORD=secret") })
    #expect(plan.commands.contains { $0.arguments.contains("API_TOKEN=hush") })
  }

  @Test func mountsAreOfTheCopyAndNothingOfTheHostIsMounted() {
    let plan = plan(
      environment: ["HOME": "/home/me"],
      [
        "compose.yaml": """
        services:
          web:
            image: web
            volumes: ["./src:/src:ro", "/var/run/docker.sock:/var/run/docker.sock", "~/.aws:/root/.aws", "../up:/up"]
            privileged: true
            devices: ["/dev/sda:/dev/sda"]
            pid: host
        """
      ])
    let create = lines(plan).first { $0.hasPrefix("docker create") } ?? ""
    #expect(create.contains("--volume /copy/src:/src:ro"))
    #expect(!create.contains("docker.sock") && !create.contains(".aws") && !create.contains("/up"))
    #expect(!create.contains("privileged") && !create.contains("sda"))
    let left = plan.containers[0].service.leftOut
    #expect(left.contains { $0.contains("docker.sock") })
    #expect(left.contains("privileged") && left.contains("devices") && left.contains("pid"))
  }

  @Test func secretsAndConfigsBecomeFiles() {
    let plan = plan([
      "compose.yaml": """
      services:
        web: {image: web, secrets: [key], configs: [{source: conf, target: /etc/web.conf}]}
      secrets:
        key: {file: ./key.txt}
      configs:
        conf: {content: "a=1"}
      """,
      "key.txt": "k",
    ])
    let create = lines(plan).first { $0.hasPrefix("docker create") } ?? ""
    #expect(create.contains("--volume /copy/key.txt:/run/secrets/key:ro"))
    #expect(create.contains(":/etc/web.conf:ro"))
    #expect(plan.files.map(\.text) == ["a=1"])
  }

  @Test func theNetworkOfTheHostIsRefused() {
    let plan = plan(["compose.yaml": "services:\n  web: {image: web, network_mode: host}\n"])
    #expect(plan.obstacle == .hostNetwork(service: "web"))
    #expect(plan.commands.isEmpty)
  }

  @Test func aDockerfileAloneIsRunWithItsPorts() {
    let plan = plan(["Dockerfile": "FROM scratch\nEXPOSE 8080 9090/udp\nCMD [\"/x\"]\n", "main.go": "package main\n"])
    let create = lines(plan).first { $0.hasPrefix("docker create") } ?? ""
    #expect(create.contains("--publish 127.0.0.1::8080/tcp --publish 127.0.0.1::9090/udp"))
  }

  @Test func aCommandLineSaysHowItIsRun() {
    let plan = plan(
      ["Dockerfile": "FROM scratch\nEXPOSE 1\n"],
      run: "docker run -d --name shop -p 80:8080 -e LEVEL=debug -v cache:/c -v /etc:/e -m 32m --init shop serve --fast")
    let create = lines(plan).first { $0.hasPrefix("docker create") } ?? ""
    #expect(create.contains("--publish 127.0.0.1::8080/tcp"))
    #expect(create.contains("--env LEVEL=debug"))
    #expect(create.contains(":/c"))
    #expect(!create.contains("/etc"))
    #expect(create.contains("--init --memory 33554432"))
    #expect(create.hasSuffix("serve --fast"))
  }

  @Test(arguments: ["$(reboot)", "a;b", "-rm", "日本", "a b", String(repeating: "x", count: 500), "`id`", "A_B.c"])
  func namesAreWhatTheEngineTakes(_ name: String) {
    let identity = RunIdentity(id: "00c0ffee")
    for made in [identity.name("before", "1", name), identity.image("before", "1", name)] {
      #expect(made.utf8.count < 100)
      #expect(
        made.utf8.allSatisfy {
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
            || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
        }, "\(made)")
    }
  }

  @Test func imagesOfBuildStepsAreFoundInTheOutput() {
    let classic =
      "Step 1/2 : FROM a\n ---> 0123456789ab\nStep 2/2 : RUN b\n ---> Running in cafebabe0000\n ---> 9876543210fe\n"
    #expect(BuildOutput.images(in: Array(classic.utf8)) == ["0123456789ab", "9876543210fe"])
    let podman = "STEP 1/2: FROM a\n--> 0123456789a\nx --> 11112222333\n--> Using cache 44445555666\n"
    #expect(BuildOutput.images(in: Array(podman.utf8)) == ["0123456789a"])
  }

  @Test func imagesThatABuildHasFetchedAreFoundInTheOutput() {
    let classic = """
      Step 1/9 : FROM golang:1.24 AS build
       ---> 0123456789ab
      Step 4/9 : FROM --platform=linux/amd64 alpine
      latest: Pulling from library/alpine
      Status: Downloaded newer image for alpine:latest
       ---> 0123456789ac
      Step 5/9 : RUN fetch
      Status: Downloaded newer image for busybox:latest
      """
    #expect(BuildOutput.pulled(in: Array(classic.utf8)) == ["alpine:latest"])
    let podman = """
      [1/2] STEP 1/5: FROM golang:1.24 AS build
      Trying to pull docker.io/library/golang:1.24...
      [1/2] STEP 2/5: RUN echo
      Trying to pull docker.io/library/busybox:latest...
      [2/2] STEP 1/2: FROM debian:bookworm
      """
    #expect(BuildOutput.pulled(in: Array(podman.utf8)) == ["golang:1.24"])
  }
}

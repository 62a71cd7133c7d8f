import Inspection
import Testing

/// What each step of a Dockerfile leaves in the stage: files, programs, accounts, volumes.
@Suite struct StageTests {
  private static let files = [
    "app.sh": "#!/bin/sh\n", "conf/a.conf": "", "conf/sub/b.conf": "", "site/index.html": "", "data.tar.gz": "",
    "main.go": "package main\n\nfunc main() {}\n", "go.mod": "module shop.example/app\n\ngo 1.24\n",
  ]

  private func stage(_ steps: String, base: String = "alpine:3.20", _ more: [String: String] = [:]) -> Facts {
    Facts(
      Self.files.merging(more) { _, new in new }.merging(["Dockerfile": "FROM \(base)\n\(steps)\n"]) { _, new in new })
  }

  private func held(_ facts: Facts, kind: String = "file") -> [String] {
    facts.rows("holds", "path", "kind").filter { $0[1] == kind }.map { $0[0] }.sorted()
  }

  private static let filesAfterTheStepsCases: [(String, [String])] = [
    ("COPY app.sh /", ["/app.sh"]), ("COPY app.sh /bin/start", ["/bin/start"]),
    ("COPY app.sh /bin/start/", ["/bin/start/app.sh"]),
    ("WORKDIR /srv\nCOPY app.sh .", ["/srv/app.sh"]), ("WORKDIR /srv\nWORKDIR sub\nCOPY app.sh x", ["/srv/sub/x"]),
    ("COPY conf /etc/app", ["/etc/app/a.conf", "/etc/app/sub/b.conf"]),
    ("COPY conf/ /etc/app/", ["/etc/app/a.conf", "/etc/app/sub/b.conf"]),
    ("COPY conf/*.conf /etc/app/", ["/etc/app/a.conf"]),
    ("COPY app.sh main.go /src/", ["/src/app.sh", "/src/main.go"]),
    ("COPY [\"app.sh\", \"/with blank/\"]", ["/with blank/app.sh"]), ("ARG TO=/opt\nCOPY app.sh $TO/", ["/opt/app.sh"]),
    ("COPY <<EOF /etc/motd\nhello\nEOF", ["/etc/motd"]), ("COPY app.sh /\nRUN rm /app.sh", []),
    ("COPY app.sh /\nRUN mv /app.sh /start.sh", ["/start.sh"]),
    ("COPY app.sh /\nRUN cp /app.sh /start.sh", ["/app.sh", "/start.sh"]), ("COPY conf /c\nRUN rm -rf /c", []),
    ("COPY conf /c\nRUN rm /c/*.conf", ["/c/sub/b.conf"]),
    ("WORKDIR /srv\nRUN touch here && cd /tmp && touch there", ["/srv/here", "/tmp/there"]),
    ("RUN --mount=type=bind,source=app.sh,target=/tmp/app.sh sh /tmp/app.sh", []),
    ("COPY site /one\nCOPY site/index.html /two.html", ["/one/index.html", "/two.html"]),
  ]

  @Test(arguments: filesAfterTheStepsCases)
  func filesAfterTheSteps(steps: String, files: [String]) {
    #expect(held(stage(steps)) == files)
  }

  @Test(arguments: [
    ("COPY app.sh /", "644"), ("COPY --chmod=755 app.sh /", "755"), ("COPY app.sh /\nRUN chmod +x /app.sh", "755"),
    ("COPY app.sh /\nRUN chmod 500 /app.sh", "500"), ("COPY app.sh /\nRUN chmod u+x /app.sh", "744"),
  ])
  func modes(steps: String, mode: String) {
    #expect(stage(steps).rows("holds", "path", "mode").first { $0[0] == "/app.sh" }?[1] == mode)
  }

  @Test func theSourceOfACopyIsItsPlace() throws {
    let facts = stage("COPY app.sh main.go /src/")
    let places = facts.result.facts.rows("holds").compactMap { row -> String? in
      guard facts.result.facts.cell(row, "kind").value == "file", let place = row.place else { return nil }
      return facts.result.files["Dockerfile"]?.text(place.range)
    }
    #expect(Set(places) == ["app.sh", "main.go"])
  }

  @Test func filesAreFollowedThroughStages() {
    let facts = Facts(
      Self.files.merging([
        "Dockerfile": """
        FROM golang:1.24 AS build
        WORKDIR /src
        COPY . .
        RUN CGO_ENABLED=0 go build -o /out/app .
        FROM build AS check
        RUN go vet ./...
        FROM scratch
        COPY --from=check /out/ /bin/
        COPY --from=build /src/conf /etc/conf
        ENTRYPOINT ["/bin/app"]
        """
      ]) { _, new in new })
    let final = facts.rows("holds", "stage", "path", "kind").filter { $0[0] == "2" && $0[2] == "file" }.map { $0[1] }
    #expect(final.sorted() == ["/bin/app", "/etc/conf/a.conf", "/etc/conf/sub/b.conf"])
    #expect(facts.rows("process", "program", "tool", "package") == [["app", "go", "."]])
    #expect(facts.rows("starts", "path", "is", "source") == [["/bin/app", "file", "/out/app"]])
  }

  @Test func stagesThatNobodyNeedsAreNotBuilt() {
    let facts = Facts(["Dockerfile": "FROM golang:1.24 AS unused\nRUN go version\nFROM alpine:3.20 AS small\n"])
    #expect(facts.rows("stage", "stage", "name", "base", "final") == [["1", "small", "alpine:3.20", "yes"]])
    #expect(facts.rows("runs", "tool").isEmpty)
  }

  private static let packagesOfTheDistributionCases: [(String, [String])] = [
    ("RUN apk add --no-cache curl tzdata", ["curl", "tzdata"]),
    ("RUN apk add --virtual .deps gcc=13 && apk del .deps", ["gcc"]),
    ("RUN apk add -t .deps curl", ["curl"]), ("RUN echo apk add curl", []),
  ]

  @Test(arguments: packagesOfTheDistributionCases)
  func packagesOfTheDistribution(step: String, names: [String]) {
    let rows = stage(step).rows("provides", "kind", "name").filter { $0[0] == "package" }.map { $0[1] }
    #expect(rows == names)
  }

  @Test(arguments: [
    ("VOLUME /data\nRUN touch /data/x", 1), ("RUN touch /data/x\nVOLUME /data", 0),
    ("VOLUME /data\nRUN touch /database", 0),
    ("VOLUME [\"/data\", \"/log\"]\nRUN echo x > /log/a", 1),
  ])
  func changesBelowAVolumeAreLost(steps: String, count: Int) {
    #expect(stage(steps).rows("discards", "path").count == count)
  }

  @Test(arguments: [
    ("CMD [\"./app\"]", "exec", "exec"), ("CMD ./app", "shell", "shell"), ("CMD ['./app']", "shell", "exec"),
    ("CMD [\"./app\",]", "shell", "exec"), ("CMD [ -f x ] && ./app", "shell", "shell"),
    ("CMD [[ -f x ]] && ./app", "shell", "shell"),
  ])
  func formsOfACommand(line: String, form: String, meant: String) {
    #expect(stage(line).rows("written", "form", "meant") == [[form, meant]])
  }

  @Test func whatAStepMadeIsUnknownWhereNobodyCanTell() throws {
    let facts = stage("COPY *.sh /\nRUN $INSTALLER", base: "registry.example/base:1")
    let relation = try #require(facts.result.facts.number(of: "holds"))
    #expect(facts.result.facts.grade(of: relation, for: "app") == .open)
  }

  // MARK: Secrets

  private static let secret = [".env": "API_TOKEN=f8a7c2e94b1d\n", "id_rsa": "-----BEGIN OPENSSH PRIVATE KEY-----\n"]

  private static let filesWithSecretsInTheImageCases: [(String, [String])] = [
    ("COPY . /app", [".env", "id_rsa"]), ("COPY .env /app/", [".env"]), ("COPY app.sh /app/", []),
    // A later step hides the file, its layer keeps it.
    ("COPY .env /app/\nRUN rm -rf /app", [".env"]),
    ("WORKDIR /app\nCOPY . .\nRUN rm -f .env && rm id_*", [".env", "id_rsa"]),
    ("COPY .env /app/.env\nCOPY app.sh /app/.env", [".env"]),
    ("COPY .env /app/.env\nRUN mv /app/.env /app/.env.prod", [".env"]),
    ("RUN --mount=type=bind,source=.env,target=/tmp/.env cat /tmp/.env", []),
    ("RUN --mount=type=bind,source=.env,target=/tmp/.env cp /tmp/.env /x && rm /x", []),
  ]

  @Test(arguments: filesWithSecretsInTheImageCases)
  func filesWithSecretsInTheImage(steps: String, names: [String]) {
    let facts = stage(steps, Self.secret)
    let rows = facts.rows("secret", "where", "name", "final").filter { $0[0] == "file" }
    #expect(rows == names.map { ["file", $0, "yes"] })
  }

  @Test func theSecretAndItsStepAreUnderlined() throws {
    let facts = stage("COPY .env /app/\nRUN rm /app/.env", Self.secret)
    let row = try #require(facts.result.facts.rows("secret").first)
    #expect(facts.result.files["Dockerfile"]?.text(try #require(row.place).range) == "COPY .env /app/")
    #expect(facts.texts("secret", "value").first?.contains("API_TOKEN") == true)
  }

  @Test func aBuildStageIsNotShipped() {
    let facts = Facts(
      Self.secret.merging([
        "Dockerfile": "FROM alpine:3.20 AS build\nCOPY . /src\nFROM scratch\nCOPY --from=build /src/x /\n"
      ]) {
        _, new in new
      })
    #expect(facts.rows("secret", "final").filter { $0 == ["yes"] }.isEmpty)
    // A stage that the final one goes on with is.
    let below = Facts(
      Self.secret.merging(["Dockerfile": "FROM alpine:3.20 AS base\nCOPY .env /src/\nFROM base\nRUN rm -r /src\n"]) {
        _, new in
        new
      })
    #expect(below.rows("secret", "name", "final") == [[".env", "yes"]])
  }

  @Test(arguments: [
    ("ARG NPM_TOKEN\nRUN npm ci", ["arg", "NPM_TOKEN"]), ("ENV DB_PASSWORD=Vk3x9pQ1", ["env", "DB_PASSWORD"]),
    ("RUN curl -H 'Authorization: ghp_abcdefghijklmnopqrst0123'", ["run", "RUN"]),
    ("RUN git clone https://bot:s3cr3tW0rd@git.example/x.git", ["run", "RUN"]),
  ])
  func secretsInInstructions(step: String, expected: [String]) {
    #expect(stage(step).rows("secret", "where", "name") == [expected])
  }

  @Test(arguments: [
    "ENV DB_PASSWORD=changeme", "ENV DB_PASSWORD_FILE=/run/secrets/db", "ARG TOKEN_URL", "ENV PUBLIC_KEY=abcdef123456",
    "RUN git clone https://git.example/x.git", "RUN --mount=type=secret,id=token cat /run/secrets/token",
    "ENV PASSWORD=",
  ])
  func whatIsNoSecret(step: String) {
    #expect(stage(step).rows("secret", "name").isEmpty)
  }

  // MARK: Hostile

  private static let strangeSteps: [String] = [
    "COPY . /\n" + String(repeating: "RUN rm -rf /app /conf /site\n", count: 500),
    String(repeating: "COPY . /a\nCOPY . /b\n", count: 200),
    "RUN " + String(repeating: "cp -r / /x && ", count: 2000) + "true",
    "COPY --chmod=99999999999999999999 app.sh /", "RUN chmod 99999999999999999999 /x",
    "WORKDIR " + String(repeating: "../", count: 20_000),
    String(repeating: "WORKDIR a\n", count: 3000), "COPY --from=9999999999999999999999 / /",
    "RUN ln -s / / && ln -s a a && cp a b",
    "RUN mv / /x && rm -rf / && mv /x /", "VOLUME " + String(repeating: "/a ", count: 5000) + "\nRUN touch /a/b",
    "RUN --mount=type=bind,target=/ rm -rf /", "RUN useradd -u 99999999999999999999 a",
    "USER " + String(repeating: ":", count: 50_000),
  ]

  @Test(arguments: strangeSteps)
  func strangeStepsEnd(steps: String) {
    #expect(stage(steps, Self.secret).result.facts.misfits == [])
  }
}

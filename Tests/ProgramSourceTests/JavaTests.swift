import SourceText
import Testing

@testable import ProgramSource

@Suite struct JavaTests {
  static let boot = """
    <project>
      <parent><artifactId>spring-boot-starter-parent</artifactId><version>3.3.0</version></parent>
      <artifactId>shop</artifactId> <!-- <artifactId>old</artifactId> -->
      <version>1.0</version>
      <properties><java.version>21</java.version></properties>
      <dependencies><dependency><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>
      <build><plugins>
        <plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin>
      </plugins></build>
    </project>
    """

  static func maven(_ text: String) -> MavenProject { MavenProject(SourceFile(path: "pom.xml", text: text)) }

  @Test func aSpringProject() throws {
    let project = Self.maven(Self.boot)
    #expect(project.problems.isEmpty)
    #expect(project.artifact?.text == "shop")
    #expect(project.packaging == "jar")
    #expect(project.jarName == "shop-1.0")
    #expect(project.javaVersion?.text == "21")
    #expect(project.depends(on: "spring-boot-starter-web"))
    #expect(project.runnableJar?.plugin.text == "spring-boot-maven-plugin")
    #expect(project.runnableJar?.holdsDependencies == true)
  }

  @Test(
    arguments: [
      ("", nil),
      ("<plugin><artifactId>spring-boot-maven-plugin</artifactId></plugin>", nil),
      (
        "<plugin><artifactId>spring-boot-maven-plugin</artifactId><executions><execution><goals><goal>repackage</goal></goals></execution></executions></plugin>",
        "spring-boot-maven-plugin"
      ),
      ("<plugin><artifactId>maven-jar-plugin</artifactId></plugin>", nil),
      (
        "<plugin><artifactId>maven-jar-plugin</artifactId><configuration><archive><manifest><mainClass>a.B</mainClass></manifest></archive></configuration></plugin>",
        "maven-jar-plugin"
      ),
      (
        "<plugin><artifactId>maven-shade-plugin</artifactId><configuration><transformers><transformer implementation='x>y'><mainClass>a.B</mainClass></transformer></transformers></configuration></plugin>",
        "maven-shade-plugin"
      ),
    ] as [(String, String?)])
  func whatMakesAJarRun(plugins: String, expected: String?) {
    let project = Self.maven(
      "<project><artifactId>a</artifactId><build><plugins>\(plugins)</plugins></build></project>")
    #expect(project.runnableJar?.plugin.text == expected)
  }

  @Test func repositoriesAndMirrors() throws {
    let text = """
      <project><repositories><repository><id>own</id><url>https://repo.example/a?x=1&amp;y=2</url></repository></repositories>
      <profiles><profile><pluginRepositories><pluginRepository><url>https://p.example</url></pluginRepository></pluginRepositories></profile></profiles></project>
      """
    #expect(
      Self.maven(text).repositories.map { "\($0.kind) \($0.url.text)" } == [
        "repository https://repo.example/a?x=1&y=2", "pluginRepository https://p.example",
      ])
    let settings = MavenProject(
      SourceFile(
        path: "settings.xml",
        text:
          "<settings><mirrors><mirror><id>m</id><mirrorOf>*</mirrorOf><url>https://m.example</url></mirror></mirrors></settings>"
      ))
    #expect(settings.repositories.first?.mirrorOf == "*")
    #expect(settings.repositories.first?.url.text == "https://m.example")
  }

  @Test(
    arguments: [
      ("plugins {\n  id 'java'\n  id 'org.springframework.boot' version '3.3.0'\n}", "org.springframework.boot"),
      ("plugins { id(\"com.gradleup.shadow\") version \"8.3.0\" }", "com.gradleup.shadow"),
      ("plugins { java }\n// id 'org.springframework.boot'\n", nil),
      ("plugins { java }\njar { manifest { attributes 'Main-Class': 'a.B' } }", "a.B"),
      ("plugins { java }\ntasks.jar { manifest { attributes(\"Main-Class\" to \"a.B\") } }", "a.B"),
      ("plugins { application }\napplication { mainClass = 'a.B' }", nil),
    ] as [(String, String?)])
  func gradle(text: String, expected: String?) {
    #expect(GradleFile(SourceFile(path: "build.gradle", text: text)).runnableJar?.text == expected)
  }

  @Test func gradleRepositories() {
    let file = GradleFile(
      SourceFile(
        path: "build.gradle",
        text:
          "repositories {\n  mavenCentral()\n  maven { url 'https://a.example' }\n  maven { url = uri(\"https://b.example\") }\n  maven(\"https://c.example\")\n}\ndependencies { implementation 'g:a:1' }"
      ))
    #expect(file.repositories.map(\.text) == ["https://a.example", "https://b.example", "https://c.example"])
    #expect(file.dependencies.map(\.text) == ["g:a:1"])
  }

  @Test func properties() {
    let file = JavaProperties(
      SourceFile(path: "a.properties", text: "# c=1\na=1\r\n b : two words\nc\\ d=x\\\n   y\n!e=2\nf\na=3"))
    #expect(file.entries.map(\.key.text) == ["a", "b", "c d", "f", "a"])
    #expect(file.entries.map(\.value.text) == ["1", "two words", "xy", "", "3"])
    #expect(file.entries.map(\.isSpelled) == [true, true, false, true, true])
    #expect(file["a"]?.value.text == "3")
  }

  @Test(arguments: [
    ("", "\"\" 8080", ""),
    ("server.port=9090\nserver.address=127.0.0.1", "\"127.0.0.1\" 9090", "9090"),
    ("server.port=${PORT:8081}", "\"\" 8081", "8081"),
    ("server.port=${PORT}", "\"\" ?", ""),
  ])
  func spring(text: String, expected: String, place: String) {
    let source = SourceFile(path: "application.properties", text: text)
    let server = SpringServer(JavaProperties(source), path: source.path)
    let address = server.address.value.value.map { "\"\($0)\"" } ?? "?"
    #expect("\(address) \(server.port.value.value.map { String($0) } ?? "?")" == expected)
    #expect((server.port.isSpelled ? server.port.value.place.map { source.text($0.range) } : nil) ?? "" == place)
    #expect(server.port.setters.contains { $0.kind == .variable && $0.name == "SERVER_PORT" })
  }

  static let hostile: [[UInt8]] = [
    Array(String(repeating: "<a>", count: 100_000).utf8), Array(String(repeating: "<a/>", count: 100_000).utf8),
    Array(String(repeating: "<!--", count: 100_000).utf8), Array(String(repeating: "</a>", count: 100_000).utf8),
    Array(String(repeating: "{", count: 100_000).utf8), Array(String(repeating: "\\", count: 100_000).utf8),
    Array(String(repeating: "\"", count: 100_000).utf8), [UInt8](repeating: 0xFF, count: 100_000),
    Array("<a '".utf8), Array("a\\".utf8), [],
  ]

  @Test(.timeLimit(.minutes(2)), arguments: hostile) func endsWithoutACrash(bytes: [UInt8]) {
    let source = SourceFile(path: "x", bytes: bytes)
    _ = MavenProject(source).runnableJar
    _ = GradleFile(source).runnableJar
    #expect(JavaProperties(source).entries.count <= bytes.count)
  }
}

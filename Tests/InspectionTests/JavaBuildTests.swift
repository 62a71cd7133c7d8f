import Inspection
import Testing

/// What builds with Maven and Gradle ask for: wrappers, and a version of Java.
@Suite struct JavaBuildTests {
  private static let gradle = [
    "gradlew": "#!/bin/sh\nexec java -jar gradle/wrapper/gradle-wrapper.jar \"$@\"\n", "build.gradle": "",
    "gradle/wrapper/gradle-wrapper.jar": "PK", "gradle/wrapper/gradle-wrapper.properties": "distributionUrl=x\n",
  ]
  private static let maven = [
    "mvnw": "#!/bin/sh\n", "pom.xml": "<project></project>", ".mvn/wrapper/maven-wrapper.properties": "a=b\n",
  ]

  private func lacks(_ steps: String, _ files: [String: String]) -> [[String]] {
    let dockerfile = "FROM eclipse-temurin:21\nWORKDIR /src\n\(steps)\n"
    return Facts(files.merging(["Dockerfile": dockerfile]) { _, own in own }).rows("lacks", "path", "kind", "why")
  }

  @Test(arguments: [
    (
      "COPY gradlew build.gradle ./\nRUN ./gradlew build",
      [
        ["gradle/wrapper/gradle-wrapper.properties", "manifest", "not-copied"],
        ["gradle/wrapper/gradle-wrapper.jar", "manifest", "not-copied"],
      ]
    ),
    ("COPY gradlew build.gradle ./\nCOPY gradle gradle\nRUN ./gradlew build", []),
    ("COPY . .\nRUN ./gradlew build", []), ("COPY . .\nRUN gradle build", []),
    ("COPY build.gradle ./\nRUN gradle build", []),
  ])
  func theWrapperOfGradle(steps: String, expected: [[String]]) {
    #expect(lacks(steps, Self.gradle) == expected)
  }

  @Test func anIgnoreFileMayHideIt() {
    let files = Self.gradle.merging([".dockerignore": "*.jar\n**/*.jar\n"]) { own, _ in own }
    #expect(
      lacks("COPY . .\nRUN ./gradlew build", files) == [
        ["gradle/wrapper/gradle-wrapper.jar", "manifest", "ignored"]
      ])
  }

  @Test func binariesThatNobodyShowsAreNotMissed() {
    let files = Self.gradle.filter { !$0.key.hasSuffix(".jar") }
    #expect(lacks("COPY . .\nRUN ./gradlew build", files).isEmpty)
  }

  @Test(arguments: [
    (
      "COPY mvnw pom.xml ./\nRUN ./mvnw package",
      [[".mvn/wrapper/maven-wrapper.properties", "manifest", "not-copied"]]
    ),
    ("COPY mvnw pom.xml ./\nCOPY .mvn .mvn\nRUN ./mvnw package", []), ("COPY . .\nRUN ./mvnw package", []),
    ("COPY . app/\nRUN cd app && ./mvnw package", []),
  ])
  func theWrapperOfMaven(steps: String, expected: [[String]]) {
    #expect(lacks(steps, Self.maven) == expected)
  }

  // MARK: The version of Java

  @Test(arguments: [
    ("sourceCompatibility = '17'\n", "17"), ("sourceCompatibility = 17\n", "17"), ("sourceCompatibility '1.8'\n", "8"),
    ("sourceCompatibility = 1.8\n", "8"), ("java {\n  sourceCompatibility = JavaVersion.VERSION_21\n}\n", "21"),
    ("targetCompatibility = JavaVersion.VERSION_1_8\n", "8"),
    ("sourceCompatibility = JavaVersion.toVersion(\"17\")\n", "17"),
    ("java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\n", "21"),
    ("java.toolchain.languageVersion.set(JavaLanguageVersion.of(21))\n", "21"), ("kotlin { jvmToolchain(17) }\n", "17"),
    ("// sourceCompatibility = 17\n", ""), ("version = '17'\n", ""), ("List.of(17)\n", ""),
    ("sourceCompatibility = rootProject.javaVersion\n", ""), ("implementation 'a:b:17'\n", ""),
  ])
  func theVersionThatGradleAsksFor(text: String, version: String) {
    let facts = Facts(["build.gradle": text])
    #expect(facts.rows("manifest", "tool", "minimum-version") == [["gradle", version]])
  }

  @Test func aToolchainThatIsFetchedNeedsNothing() {
    let text = "java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\n"
    let settings = "plugins { id 'org.gradle.toolchains.foojay-resolver-convention' version '0.8.0' }\n"
    let facts = Facts(["build.gradle": text, "settings.gradle": settings])
    #expect(facts.rows("manifest", "minimum-version") == [[""]])
  }

  @Test(arguments: [
    ("sourceCompatibility = '17'\n", "17"), ("sourceCompatibility = JavaVersion.VERSION_21\n", "21"),
    ("sourceCompatibility = '1.8'\n", "8"),
  ])
  func theVersionIsUnderlined(text: String, version: String) {
    #expect(Facts(["build.gradle": text]).texts("manifest", "minimum-version") == [version])
  }
}

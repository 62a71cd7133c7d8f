extension ImageReference {
  /// The version of the Java compiler that the name tells of: 17 of `maven:3.8-eclipse-temurin-17`, `gradle:8-jdk17`,
  /// `eclipse-temurin:17-jdk`, `amazoncorretto:17`. Nil where it tells of none.
  public var javaVersion: String? {
    let name = repository.split(separator: "/").last.map(String.init) ?? repository
    let tag = effectiveTag.lowercased()
    guard !tag.contains("jre") else { return nil }
    for mark in ["openjdk-", "temurin-", "corretto-", "adoptopenjdk-", "ibmjava-", "zulu-", "jdk-", "jdk"] {
      var rest = tag[...]
      while let found = rest.firstRange(of: mark) {
        rest = rest[found.upperBound...]
        let number = rest.prefix { $0.isASCII && $0.isNumber }
        if let value = Int(number), (6...99).contains(value) { return String(value) }
      }
    }
    guard
      ["eclipse-temurin", "openjdk", "amazoncorretto", "adoptopenjdk", "ibm-semeru-runtimes", "zulu-openjdk", "java"]
        .contains(name)
    else { return nil }
    let number = tag.prefix { $0.isASCII && $0.isNumber }
    return number.isEmpty ? nil : String(number)
  }
}

/// What rules of other tools are called, and which of our causes they speak of.
///
/// https://github.com/hadolint/hadolint#rules, https://docs.docker.com/reference/build-checks/
public enum ForeignRules {
  public static let table: [(rules: [String], causes: [String])] = [
    (["DL3025", "JSONArgsRecommended"], ["shell-form-pid1"]),
    (["DL3006", "DL3007"], ["unpinned-base-image"]),
    (["DL3009", "DL3019", "DL3042", "DL3060", "DL3032", "DL3040", "DL3036"], ["package-cache-in-layer"]),
    (["DL3011"], ["protocol-not-published"]),
    (["DL3021"], ["copy-destination-not-a-directory"]),
    (["DL3022"], ["unknown-build-stage"]),
    (["SecretsUsedInArgOrEnv"], ["secret-in-image"]),
    (["CopyIgnoredFile"], ["excluded-by-dockerignore"]),
  ]

  /// The causes of a rule, whatever the case of its letters.
  public static func causes(of rule: some StringProtocol) -> [String] {
    let name = rule.lowercased()
    return table.first { $0.rules.contains { $0.lowercased() == name } }?.causes ?? []
  }
}

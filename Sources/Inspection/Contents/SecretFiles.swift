/// Which files hold keys and passwords, by their names.
enum SecretFiles {
  static func matches(_ path: String) -> Bool {
    let name = Path.name(path).lowercased()
    if name == ".env" || name.hasPrefix(".env.") { return !isSample(name) }
    if [
      "id_rsa", "id_ed25519", "id_ecdsa", "id_dsa", ".netrc", ".git-credentials", ".pypirc", ".htpasswd", "kubeconfig",
      ".dockercfg", ".pgpass",
    ].contains(name) {
      return true
    }
    if name.hasSuffix(".pem") || name.hasSuffix(".key") || name.hasSuffix(".p12") || name.hasSuffix(".pfx")
      || name.hasSuffix(".jks")
    {
      // Certificates alone are public.
      return !["cert", "ca.", "ca-", "chain", "public", "pub.", "sample", "example", "test"].contains {
        name.contains($0)
      }
    }
    if name.hasPrefix("service-account") && name.hasSuffix(".json") || name == "credentials.json"
      || name == "gcp-key.json"
    {
      return true
    }
    return path.hasSuffix(".aws/credentials") || path.hasSuffix(".docker/config.json") || path.hasSuffix(".kube/config")
  }

  private static func isSample(_ name: String) -> Bool {
    ["example", "sample", "template", "dist", "defaults", "schema", "test", "ci"].contains { name.contains($0) }
  }
}

/// The shape of a whole compose file and of its top-level sections.
extension Shape {
  static let composeFile = map([
    "version": string,
    "name": string,
    "include": list(one(of: string, include)),
    "services": named(service),
    "models": named(model, isOpen: true),
    "networks": named(network, isOpen: true),
    "volumes": named(volume),
    "secrets": named(secret),
    "configs": named(config),
  ])

  static let include = map(["path": stringOrList, "env_file": stringOrList, "project_directory": string])

  private static let external = Shape([.boolean, .string, .map], keys: ["name": string])

  static let network = map(
    [
      "name": string, "driver": string, "driver_opts": options, "internal": flag, "enable_ipv4": flag,
      "enable_ipv6": flag, "attachable": flag, "labels": settings, "external": external,
      "ipam": map([
        "driver": string,
        "config": list(
          map([
            "subnet": string, "ip_range": string, "gateway": string, "aux_addresses": named(string, .any),
          ])),
        "options": named(string, .any),
      ]),
    ], orNull: true)

  static let volume = map(
    ["name": string, "driver": string, "driver_opts": options, "external": external, "labels": settings],
    orNull: true)

  private static let openExternal = Shape([.boolean, .string, .map], keys: ["name": string], isOpen: true)

  static let secret = map([
    "name": string, "environment": string, "file": string, "external": openExternal, "labels": settings,
    "driver": string, "driver_opts": options, "template_driver": string,
  ])

  static let config = map([
    "name": string, "content": string, "environment": string, "file": string, "external": openExternal,
    "labels": settings, "template_driver": string,
  ])

  static let model = map(
    ["name": string, "model": string, "context_size": Shape(.integer), "runtime_flags": freeStrings],
    required: ["model"])
}

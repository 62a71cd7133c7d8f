/// The shape of a service.
extension Shape {
  static let service = map([
    "annotations": settings,
    "attach": flag,
    "blkio_config": blockIO,
    "build": one(of: string, build),
    "cap_add": strings,
    "cap_drop": strings,
    "cgroup": text("host", "private"),
    "cgroup_parent": string,
    "command": command,
    "configs": fileMounts,
    "container_name": Shape(
      .string, pattern: isContainerName, patternText: "at least two letters, digits, `_`, `.` or `-`"),
    "cpu_count": one(of: string, Shape(.integer, range: 0...Int.max)),
    "cpu_percent": one(of: string, Shape(.integer, range: 0...100)),
    "cpu_period": number,
    "cpu_quota": number,
    "cpu_rt_period": number,
    "cpu_rt_runtime": number,
    "cpu_shares": number,
    "cpus": number,
    "cpuset": string,
    "credential_spec": map(["config": string, "file": string, "registry": string]),
    "depends_on": one(of: strings, named(dependency)),
    "deploy": deployment,
    "develop": development,
    "device_cgroup_rules": strings,
    "devices": list(
      one(of: string, map(["source": string, "target": string, "permissions": string], required: ["source"]))),
    "dns": stringOrList,
    "dns_opt": strings,
    "dns_search": stringOrList,
    "domainname": string,
    "entrypoint": command,
    "env_file": one(
      of: string, list(one(of: string, map(["path": string, "format": string, "required": flag], required: ["path"])))),
    "environment": settings,
    "expose": list(Shape([.string, .number]), isUnique: true),
    "extends": one(of: string, map(["service": string, "file": string], required: ["service"])),
    "external_links": strings,
    "extra_hosts": hosts,
    "gpus": one(of: text("all"), list(deviceRequest)),
    "group_add": list(Shape([.string, .number]), isUnique: true),
    "healthcheck": healthcheck,
    "hostname": string,
    "image": string,
    "init": flag,
    "ipc": string,
    "isolation": string,
    "label_file": one(of: string, freeStrings),
    "labels": settings,
    "links": strings,
    "logging": map(["driver": string, "options": named(Shape([.string, .number, .null]), .any)]),
    "mac_address": string,
    "mem_limit": number,
    "mem_reservation": integer,
    "mem_swappiness": integer,
    "memswap_limit": number,
    "models": one(of: strings, named(map(["endpoint_var": string, "model_var": string], orNull: true), isOpen: true)),
    "network_mode": string,
    "networks": one(of: strings, named(networkConnection)),
    "oom_kill_disable": flag,
    "oom_score_adj": one(of: string, Shape(.integer, range: -1000...1000)),
    "pid": Shape([.string, .null]),
    "pids_limit": number,
    "platform": string,
    "ports": list(one(of: Shape(.number), string, port), isUnique: true),
    "post_start": list(hook),
    "pre_start": list(hook),
    "pre_stop": list(hook),
    "privileged": flag,
    "profiles": strings,
    "provider": map(
      [
        "type": string,
        "options": named(
          one(of: Shape([.string, .number, .boolean]), list(Shape([.string, .number, .boolean]))), .any),
      ], required: ["type"]),
    "pull_policy": Shape(
      .string, pattern: isPullPolicy,
      patternText: "always, never, build, missing, if_not_present, refresh, daily, weekly or every_<duration>"),
    "pull_refresh_after": string,
    "read_only": flag,
    "restart": string,
    "runtime": string,
    "scale": integer,
    "secrets": fileMounts,
    "security_opt": strings,
    "shm_size": number,
    "stdin_open": flag,
    "stop_grace_period": string,
    "stop_signal": string,
    "storage_opt": Shape(.map, isOpen: true),
    "sysctls": settings,
    "tmpfs": stringOrList,
    "tty": flag,
    "ulimits": ulimits,
    "use_api_socket": boolean,
    "user": string,
    "userns_mode": string,
    "uts": string,
    "volumes": list(one(of: string, mount), isUnique: true),
    "volumes_from": strings,
    "working_dir": string,
  ])

  private static let build = map([
    "additional_contexts": settings, "args": settings, "cache_from": freeStrings, "cache_to": freeStrings,
    "context": string, "dockerfile": string, "dockerfile_inline": string, "entitlements": freeStrings,
    "extra_hosts": hosts, "isolation": string, "labels": settings, "network": string, "no_cache": flag,
    "no_cache_filter": one(of: string, freeStrings),
    "platforms": freeStrings, "privileged": flag, "provenance": flag, "pull": flag, "sbom": flag,
    "secrets": fileMounts, "shm_size": integer, "ssh": settings, "tags": freeStrings, "target": string,
    "ulimits": ulimits,
  ])

  private static let dependency = map(
    [
      "restart": flag, "required": boolean,
      "condition": text("service_started", "service_healthy", "service_completed_successfully"),
    ], required: ["condition"])

  private static let port = map([
    "name": string, "mode": string, "host_ip": string, "target": integer, "published": integer, "protocol": string,
    "app_protocol": string,
  ])

  private static let mount = map(
    [
      "type": text("bind", "volume", "tmpfs", "cluster", "npipe", "image"),
      "source": string, "target": string, "read_only": flag, "consistency": string,
      "bind": map([
        "propagation": string, "create_host_path": flag,
        "recursive": text("enabled", "disabled", "writable", "readonly"), "selinux": text("z", "Z"),
      ]),
      "volume": map(["labels": settings, "nocopy": flag, "subpath": string]),
      "tmpfs": map(["size": one(of: Shape(.integer, range: 0...Int.max), string), "mode": number]),
      "image": map(["subpath": string]),
    ], required: ["type"])

  private static let networkConnection = one(
    of: map([
      "aliases": strings, "interface_name": string, "ipv4_address": string, "ipv6_address": string,
      "link_local_ips": strings, "mac_address": string, "driver_opts": options, "priority": Shape(.number),
      "gw_priority": Shape(.number),
    ]), Shape(.null))

  private static let healthcheck = map([
    "disable": flag, "interval": string, "retries": number, "test": one(of: string, freeStrings), "timeout": string,
    "start_period": string, "start_interval": string,
  ])

  private static let hook = map(
    [
      "command": command, "user": string, "privileged": flag, "working_dir": string, "environment": settings,
      "image": string, "per_replica": flag,
    ], required: ["command"])

  private static let development = map(
    [
      "watch": list(
        map(
          [
            "ignore": stringOrList, "include": stringOrList, "path": string,
            "action": text("rebuild", "sync", "restart", "sync+restart", "sync+exec"), "target": string,
            "exec": hook, "initial_sync": flag,
          ], required: ["path", "action"]))
    ], orNull: true)

  private static let updateConfig = map([
    "parallelism": integer, "delay": string, "failure_action": string, "monitor": string, "max_failure_ratio": number,
    "order": text("start-first", "stop-first"),
  ])

  private static let deployment = map(
    [
      "mode": string, "endpoint_mode": string, "replicas": integer, "labels": settings,
      "rollback_config": updateConfig, "update_config": updateConfig,
      "resources": map([
        "limits": map(["cpus": number, "memory": string, "pids": integer]),
        "reservations": map([
          "cpus": number, "memory": string,
          "generic_resources": list(map(["discrete_resource_spec": map(["kind": string, "value": number])])),
          "devices": list(deviceRequest),
        ]),
      ]),
      "restart_policy": map(["condition": string, "delay": string, "max_attempts": integer, "window": string]),
      "placement": map([
        "constraints": freeStrings, "preferences": list(map(["spread": string])), "max_replicas_per_node": integer,
      ]),
    ], orNull: true)

  private static let deviceRequest = map([
    "capabilities": strings, "count": integer, "device_ids": strings, "driver": string, "options": settings,
  ])

  private static let hosts = one(of: named(one(of: string, freeStrings), .any), strings)

  private static let fileMounts = list(
    one(of: string, map(["source": string, "target": string, "uid": string, "gid": string, "mode": number])))

  private static let ulimits = named(
    one(of: integer, map(["hard": integer, "soft": integer], required: ["soft", "hard"])), .lowercase, isOpen: true)

  private static let deviceRate = list(map(["path": string, "rate": integer]))

  private static let blockIO = map([
    "device_read_bps": deviceRate, "device_read_iops": deviceRate, "device_write_bps": deviceRate,
    "device_write_iops": deviceRate, "weight": integer,
    "weight_device": list(map(["path": string, "weight": integer])),
  ])

  @Sendable private static func isContainerName(_ text: String) -> Bool {
    // The pattern is not anchored: two such characters anywhere will do.
    let bytes = Array(text.utf8)
    func isLetter(_ byte: UInt8) -> Bool {
      Template.startsName(byte) && byte != UInt8(ascii: "_") || byte >= 48 && byte <= 57
    }
    return bytes.indices.dropLast().contains { index in
      let next = bytes[index + 1]
      return isLetter(bytes[index])
        && (isLetter(next) || next == UInt8(ascii: "_") || next == UInt8(ascii: ".") || next == UInt8(ascii: "-"))
    }
  }

  @Sendable private static func isPullPolicy(_ text: String) -> Bool {
    let known = ["always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"]
    if known.contains(where: { text.contains($0) }) { return true }
    guard let start = text.range(ofPrefix: "every_") else { return false }
    let rest = text[start...]
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    return !digits.isEmpty && (rest.dropFirst(digits.count).first.map { "wdhms".contains($0) } ?? false)
  }
}

extension String {
  /// The index behind the first occurrence of `text`.
  fileprivate func range(ofPrefix text: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(text) { return self.index(index, offsetBy: text.count) }
      index = self.index(after: index)
    }
    return nil
  }
}

/// The rewriters that fixes may call, with the names of their arguments. Module Fixes implements them.
public let rewriters: [String: [String]] = [
  "exec-form": ["command"],
  "exec-form-with-arguments": ["command"],
  "valid-json": ["command"],
  "depends-on-healthy": ["dependency"],
  "go-handle-signals": ["call"],
  "go-await-shutdown": ["call"],
  "secret-mount": ["declaration"],
  "late-argument": ["declaration"],
  "publish-port": ["command", "port"],
  "drop-mount": ["source"],
  "exec-in-script": ["program"],
  "check-port": ["beside", "port"],
  "pass-argument": ["command", "name"],
  "registry-cache": ["command"],
  "home-path": ["path"],
]

/// Programs that start the one that is named behind their options.
public enum Launcher {
  /// They stay as PID 1, pass signals on, and see to children that nobody waits for.
  public static let inits: Set<String> = [
    "tini", "tini-static", "dumb-init", "catatonit", "docker-init", "s6-svscan",
  ]
  /// They start it as another user, wait for it, and pass signals on.
  public static let waiting: Set<String> = ["su", "runuser", "sudo"]
  /// They run a text or a script.
  public static let shells: Set<String> = ["sh", "bash", "ash", "dash"]
  /// They become what they start.
  public static let replacing: Set<String> = [
    "gosu", "su-exec", "setpriv", "chroot", "env", "nice", "ionice", "nohup", "stdbuf",
  ]
}

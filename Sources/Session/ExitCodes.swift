import Knowledge

/// What an exit code of a container says by itself.
///
/// https://docs.docker.com/engine/containers/run/#exit-status, https://man7.org/linux/man-pages/man7/signal.7.html
public enum ExitCodes {
  /// Those that lists show.
  static let telling = [0, 1, 2, 125, 126, 127, 132, 134, 137, 139, 143]

  public static func text(_ code: Int) -> LocalizedText? {
    switch code {
    case 0:
      LocalizedText(
        en: "The main process has finished, or gone to the background: for a container that is the same.",
        zh: "主进程已经结束，或者转到了后台：对容器来说是一回事。")
    case 1: LocalizedText(en: "The program's own error: its log says more.", zh: "程序自己的错误：请看它的日志。")
    case 2:
      LocalizedText(
        en: "Wrong usage of a shell command; after a stop, a Go program without a signal handler.",
        zh: "shell 命令用法错误；如果是在停止之后，则是没有处理信号的 Go 程序。")
    case 125:
      LocalizedText(
        en: "docker itself has failed, before the container ran.", zh: "docker 自己出错，容器还没有运行。")
    case 126:
      LocalizedText(
        en: "The command was found and cannot be run: it is not executable, or a folder.",
        zh: "找到了命令，但无法运行：没有可执行权限，或者是一个目录。")
    case 127:
      LocalizedText(
        en: "The command, or the loader or interpreter that it asks for, was not found.",
        zh: "找不到命令，或者找不到它所需的加载器或解释器。")
    case 137:
      LocalizedText(
        en: "Killed by SIGKILL: out of memory, or a stop that took longer than the grace period.",
        zh: "被 SIGKILL 终止：内存不足，或者停止超过了宽限时间。")
    case 139:
      LocalizedText(
        en: "Ended by SIGSEGV: a fault in the program, or a binary for another C library.",
        zh: "因 SIGSEGV 结束：程序出错，或者二进制文件是为另一种 C 库构建的。")
    case 143: LocalizedText(en: "Ended by SIGTERM, as a stop does.", zh: "被 SIGTERM 结束，正常停止就是这样。")
    case 129...159:
      LocalizedText(en: "Ended by signal \(code - 128).", zh: "因信号 \(code - 128) 结束。")
    case 3...255:
      LocalizedText(
        en: "The program's own code: its documentation or log says more.", zh: "程序自己的退出码：请看它的文档或日志。")
    default: nil
    }
  }
}

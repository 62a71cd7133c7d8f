import Knowledge

/// The names of what the tables of images and programs tell, as people write them.
enum PropertyNames {
  static func name(_ property: String, _ language: Language) -> String {
    (language == .zh ? chinese[property] : nil) ?? String(property.map { $0 == "-" ? " " : $0 })
  }

  private static let chinese = [
    "address": "监听地址", "address-flags": "设置地址的选项", "address-switch": "切换地址的选项", "address-variables": "设置地址的变量",
    "address-with-port-variable": "同时设置地址和端口的变量", "because": "依据", "bind-flags": "设置地址和端口的选项",
    "bind-variables": "设置地址和端口的变量", "certificates": "CA 证书", "command": "默认命令", "configuration": "配置",
    "configuration-file": "配置文件", "configuration-flags": "指定配置的选项", "configuration-keys": "配置项",
    "daemonizes-with": "转入后台的写法", "distribution": "发行版", "entrypoint": "入口点", "environment": "环境变量",
    "extensions": "扩展", "first-start": "只在首次启动时生效的变量", "first-start-folder": "只在首次启动时执行的目录", "flag": "监听所有地址的选项",
    "graceful": "正常关闭的信号", "handles": "收到停止信号时", "how": "启动后的行为", "image": "镜像", "libc": "C 库",
    "libc-version": "C 库版本", "manager": "包管理器", "mirrors": "软件源", "open-folders": "人人可写的目录",
    "owned-folders": "目录的属主", "port": "端口", "port-flags": "设置端口的选项", "port-variables": "设置端口的变量", "ports": "声明的端口",
    "positional": "按位置给出的参数", "programs": "自带的程序", "published": "已发布", "readiness": "就绪检查", "required": "必须设置的变量",
    "shell": "shell", "starts": "启动快慢", "stop-signal": "停止信号", "sure": "可以确定", "toolchain": "工具链", "user": "默认用户",
    "users": "用户", "volumes": "卷", "working-directory": "工作目录", "zones": "时区数据",
  ]
}

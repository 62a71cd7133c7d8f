import Knowledge

/// The words around the table of layers.
enum LayerPhrase {
  case title(String, String), line, instruction, dependsOn, files(Int), image, noLayers
  case runsAgain, runsAgainAfterEarlier, taken, argument
  case change(Int, Int), changeNothing
  case fetch, compile, install, repeats([String])
  case context(String, Int, String), ignored(String, Int), noIgnoreFile, cutOff, largest, seldomNeeded, outside

  func text(_ language: Language) -> String { localized[language] }

  private var localized: LocalizedText {
    switch self {
    case .title(let build, let file): LocalizedText(en: "\(build)  \(file)", zh: "\(build)  \(file)")
    case .line: LocalizedText(en: "line", zh: "行")
    case .instruction: LocalizedText(en: "instruction", zh: "指令")
    case .dependsOn: LocalizedText(en: "depends on", zh: "依赖")
    case .files(let count): LocalizedText(en: count == 1 ? "1 file" : "\(count) files", zh: "\(count) 个文件")
    case .image: LocalizedText(en: "image", zh: "镜像")
    case .noLayers: LocalizedText(en: "There is no Dockerfile to read layers from.", zh: "没有可以分析的 Dockerfile。")
    case .runsAgain: LocalizedText(en: "runs again", zh: "重新执行")
    case .runsAgainAfterEarlier: LocalizedText(en: "runs again because of a layer before it", zh: "因前面的层而重新执行")
    case .taken: LocalizedText(en: "taken from the cache", zh: "取自缓存")
    case .argument: LocalizedText(en: "build argument", zh: "构建参数")
    case .change(let count, let line):
      LocalizedText(
        en: "\(count) \(count == 1 ? "instruction runs" : "instructions run") again, from line \(line) on",
        zh: "从第 \(line) 行起，\(count) 条指令重新执行")
    case .changeNothing: LocalizedText(en: "nothing runs again", zh: "没有指令重新执行")
    case .fetch: LocalizedText(en: "downloads dependencies", zh: "下载依赖")
    case .compile: LocalizedText(en: "compiles", zh: "编译")
    case .install: LocalizedText(en: "installs packages", zh: "安装软件包")
    case .repeats(let works):
      LocalizedText(en: "this \(works.joined(separator: ", ")) again", zh: "会再次\(works.joined(separator: "、"))")
    case .context(let folder, let files, let size):
      LocalizedText(
        en: "Build context \(folder): \(files == 1 ? "1 file" : "\(files) files"), \(size)",
        zh: "构建上下文 \(folder)：\(files) 个文件，\(size)")
    case .ignored(let file, let count):
      LocalizedText(
        en: "\(file) leaves out \(count == 1 ? "1 file" : "\(count) files") and the folders that it names",
        zh: "\(file) 排除了 \(count) 个文件以及它列出的目录")
    case .noIgnoreFile:
      LocalizedText(en: "There is no .dockerignore: everything is part of it.", zh: "没有 .dockerignore：所有内容都在上下文里。")
    case .cutOff: LocalizedText(en: "There is more; the rest was not counted.", zh: "文件还有更多，其余未统计。")
    case .largest: LocalizedText(en: "Largest entries:", zh: "最大的条目：")
    case .seldomNeeded: LocalizedText(en: "Seldom needed by a build:", zh: "构建一般用不到：")
    case .outside:
      LocalizedText(en: "The build context lies outside of the folder that is inspected.", zh: "构建上下文在所检查的目录之外。")
    }
  }
}

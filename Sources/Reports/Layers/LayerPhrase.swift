import Knowledge

/// The words around the table of layers.
enum LayerPhrase {
  case title(String, String), line, instruction, dependsOn, files(Int), image, noLayers
  case runsAgain, runsAgainAfterEarlier, taken, argument
  case change(Int, Int), changeNothing
  case fetch, compile, install, repeats([String])
  case context(String, Int, String), ignored(String, Int), noIgnoreFile, cutOff, largest, seldomNeeded, outside

  func text(_ language: Language) -> String { language == .zh ? chinese : english }

  private var english: String {
    switch self {
    case .title(let build, let file): "\(build)  \(file)"
    case .line: "line"
    case .instruction: "instruction"
    case .dependsOn: "depends on"
    case .files(let count): count == 1 ? "1 file" : "\(count) files"
    case .image: "image"
    case .noLayers: "There is no Dockerfile to read layers from."
    case .runsAgain: "runs again"
    case .runsAgainAfterEarlier: "runs again because of a layer before it"
    case .taken: "taken from the cache"
    case .argument: "build argument"
    case .change(let count, let line):
      "\(count) \(count == 1 ? "instruction runs" : "instructions run") again, from line \(line) on"
    case .changeNothing: "nothing runs again"
    case .fetch: "downloads dependencies"
    case .compile: "compiles"
    case .install: "installs packages"
    case .repeats(let works): "this \(works.joined(separator: ", ")) again"
    case .context(let folder, let files, let size):
      "Build context \(folder): \(files == 1 ? "1 file" : "\(files) files"), \(size)"
    case .ignored(let file, let count):
      "\(file) leaves out \(count == 1 ? "1 file" : "\(count) files") and the folders that it names"
    case .noIgnoreFile: "There is no .dockerignore: everything is part of it."
    case .cutOff: "There is more; the rest was not counted."
    case .largest: "Largest entries"
    case .seldomNeeded: "Seldom needed by a build"
    case .outside: "The build context lies outside of the folder that is inspected."
    }
  }

  private var chinese: String {
    switch self {
    case .title(let build, let file): "\(build)  \(file)"
    case .line: "行"
    case .instruction: "指令"
    case .dependsOn: "依赖"
    case .files(let count): "\(count) 个文件"
    case .image: "镜像"
    case .noLayers: "没有可以分析的 Dockerfile。"
    case .runsAgain: "重新执行"
    case .runsAgainAfterEarlier: "因前面的层而重新执行"
    case .taken: "取自缓存"
    case .argument: "构建参数"
    case .change(let count, let line): "从第 \(line) 行起，\(count) 条指令重新执行"
    case .changeNothing: "没有指令重新执行"
    case .fetch: "下载依赖"
    case .compile: "编译"
    case .install: "安装软件包"
    case .repeats(let works): "会再次\(works.joined(separator: "、"))"
    case .context(let folder, let files, let size): "构建上下文 \(folder)：\(files) 个文件，\(size)"
    case .ignored(let file, let count): "\(file) 排除了 \(count) 个文件以及它列出的目录"
    case .noIgnoreFile: "没有 .dockerignore：所有内容都在上下文里。"
    case .cutOff: "文件还有更多，其余未统计。"
    case .largest: "最大的条目"
    case .seldomNeeded: "构建一般用不到"
    case .outside: "构建上下文在所检查的目录之外。"
    }
  }
}

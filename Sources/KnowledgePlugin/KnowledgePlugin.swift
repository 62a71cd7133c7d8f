import Foundation
import PackagePlugin

/// Compiles the folder `knowledge/` into the target that uses this plugin.
@main
struct KnowledgePlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "knowledge")
    let outputs = ["KnowledgeBase+BuiltIn.swift", "Lesson+BuiltIn.swift"].map {
      context.pluginWorkDirectoryURL.appending(path: $0)
    }
    return [
      .buildCommand(
        displayName: "Compile knowledge",
        executable: try context.tool(named: "KnowledgeCompiler").url,
        arguments: [folder.path] + outputs.map(\.path),
        inputFiles: files(in: folder),
        outputFiles: outputs)
    ]
  }

  /// Every file and folder, so that a changed, added or removed one compiles the knowledge anew.
  private func files(in folder: URL) -> [URL] {
    let root = folder.resolvingSymlinksInPath()
    let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return paths.sorted().map { folder.appending(path: $0) }
  }
}

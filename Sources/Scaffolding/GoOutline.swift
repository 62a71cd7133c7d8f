import Inspection
import ProgramSource
import SourceText

/// A Go module: one main package, built without cgo where that is possible.
struct GoOutline {
  let project: ScaffoldProject
  /// The main package that somebody chose; nil to find it.
  let package: String?

  func outline() throws(ScaffoldProblem) -> Outline {
    guard let manifest = project.tree.file("go.mod") else {
      throw ScaffoldProblem("there is no go.mod here; name the folder of the module")
    }
    let module = GoModFile(manifest)
    let path = module.module?.text ?? "app"
    let directory = try mainPackage(module, moduleName: ScaffoldProject.name(path))
    let name = ScaffoldProject.name(directory == "." ? path : directory)
    // The first draft is built with cgo, which shows whether anything asks for it.
    let needsCgo = project.facts == nil || project.values("imports", "what").contains { $0.hasPrefix("cgo") }
    var values = [
      "version": version(module) + (needsCgo ? "-bookworm" : ""), "program": name, "cgo": needsCgo ? "1" : "0",
      "package": directory == "." ? "." : "./" + directory,
      "manifests": project.present(["go.mod", "go.sum"]).joined(separator: " "),
      "runtime": needsCgo ? "gcr.io/distroless/base-debian12:nonroot" : "gcr.io/distroless/static-debian12:nonroot",
      "module-cache": "--mount=type=cache,target=/go/pkg/mod ",
      "build-cache": "--mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build ",
    ]
    // What lies beside the module, and a vendor folder, come with the sources: nothing can be downloaded before them.
    let isAlone =
      !project.has("vendor/modules.txt") && !project.has("go.work") && !module.replacements.contains(where: \.isLocal)
    if isAlone { values["download"] = "go mod download" } else { values["manifests"] = nil }
    return Outline(
      name: name, template: DockerfileTexts.go, values: values, ignored: [], defaultPort: nil,
      sources: ("build", "/src"))
  }

  /// `1.24.2` of `go 1.24.2`, or of the toolchain line, which is newer. Before Go 1.21 that line had no third number.
  private func version(_ module: GoModFile) -> String {
    let toolchain = module.toolchain.map { $0.text.hasPrefix("go") ? String($0.text.dropFirst(2)) : $0.text }
    let written = toolchain ?? module.go?.text ?? ""
    let parts = written.split(separator: ".").prefix(3)
    guard parts.count >= 2, parts.allSatisfy({ Int($0) != nil }) else { return "1" }
    return parts.joined(separator: ".")
  }

  private func mainPackage(_ module: GoModFile, moduleName: String) throws(ScaffoldProblem) -> String {
    let files = project.files(ending: ".go").filter { !$0.path.hasSuffix("_test.go") }.map(GoFile.init)
    let sources = GoProject(files: files, modules: [module])
    let programs = sources.programs(in: GoBuildContext()).map { $0.directory.isEmpty ? "." : $0.directory }
    if let package {
      let wanted = Path.clean(package)
      guard programs.contains(wanted) else { throw ScaffoldProblem("\(package): it is no main package of this module") }
      return wanted
    }
    let tools = ["example", "examples", "tools", "hack", "scripts", "test", "testdata", "internal"]
    let candidates = programs.filter { program in !program.split(separator: "/").contains { tools.contains(String($0)) }
    }
    if candidates.count == 1, let only = candidates.first { return only }
    if candidates.contains(".") { return "." }
    let same = candidates.filter { ScaffoldProject.name($0) == moduleName }
    if same.count == 1, let only = same.first { return only }
    guard !programs.isEmpty else { throw ScaffoldProblem("this module has no main package") }
    throw ScaffoldProblem(
      "this module has several programs; choose one with --package: \(candidates.sorted().joined(separator: ", "))")
  }
}

import Inspection
import ProgramSource
import SourceText

/// A Python program: a web framework's application behind its server, or a script.
struct PythonOutline {
  let project: ScaffoldProject

  func outline() throws(ScaffoldProblem) -> Outline {
    let requirements = project.tree.file("requirements.txt").map(PythonRequirements.init)
    let settings = project.text("pyproject.toml")
    let start = try start(requirements, settings ?? "")
    var values = [
      "version": version(settings ?? ""), "command": JSONList.of(start.command), "no-cache": "",
      "cache": "--mount=type=cache,target=/root/.cache/pip ",
    ]
    if requirements != nil {
      values["manifests"] = "requirements.txt"
      values["install"] = "-r requirements.txt"
    } else if settings?.contains("[project]") == true || settings?.contains("[build-system]") == true {
      values["package"] = "."
    }
    return Outline(
      name: ScaffoldProject.name(Self.setting("name", settings ?? "") ?? start.name), template: DockerfileTexts.python,
      values: values,
      ignored: ["__pycache__", "*.pyc", ".venv", "venv", ".pytest_cache", ".mypy_cache", ".ruff_cache"],
      defaultPort: start.port, needsInit: true)
  }

  private func version(_ settings: String) -> String {
    let current = "3.13"
    if let file = project.text(".python-version"), let version = Self.minor(file[...]) { return version }
    guard let range = Self.setting("requires-python", settings) else { return current }
    if range.contains("=="), let version = Self.minor(range[...]) { return version }
    if let end = range.split(separator: ",").first(where: { $0.contains("<") && !$0.contains("=") }),
      let number = Self.minor(end)?.split(separator: ".").last.flatMap({ Int($0) }), number > 0, number <= 13
    {
      return "3.\(number - 1)"
    }
    return current
  }

  /// `3.11` of `3.11.4`.
  private static func minor(_ text: Substring) -> String? {
    let parts = text.drop { !$0.isNumber }.split { !$0.isNumber && $0 != "." }.first?.split(separator: ".") ?? []
    return parts.count > 1 && parts[0] == "3" ? "3.\(parts[1])" : nil
  }

  /// The text of a key in a TOML file that gives it on a line of its own.
  private static func setting(_ key: String, _ settings: String) -> String? {
    for line in settings.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, parts[0].filter({ $0 != " " }) == key else { continue }
      return String(parts[1].filter { $0 != "\"" && $0 != "'" && $0 != " " })
    }
    return nil
  }

  // MARK: What is started

  private struct Start {
    let command: [String]
    let port: String?
    let name: String
  }

  private func start(_ requirements: PythonRequirements?, _ settings: String) throws(ScaffoldProblem) -> Start {
    func requires(_ name: String) -> Bool { requirements?.requires(name) == true || settings.contains("\"\(name)") }
    if project.has("manage.py"), let folder = djangoFolder() {
      let server =
        requires("gunicorn")
        ? ["gunicorn", "--bind", "0.0.0.0:8000", "\(folder).wsgi"]
        : ["python", "manage.py", "runserver", "0.0.0.0:8000"]
      return Start(command: server, port: "8000", name: folder)
    }
    let names = ["main.py", "app.py", "server.py", "wsgi.py", "asgi.py", "run.py", "src/main.py", "app/main.py"]
    guard let file = names.first(where: project.has) ?? onlyScript() else {
      throw ScaffoldProblem("there is no main.py, app.py or the like to start here")
    }
    let text = project.text(file) ?? ""
    let module = String(file.dropLast(3)).split(separator: "/").joined(separator: ".")
    if let name = Self.application("FastAPI", text) ?? Self.application("Starlette", text), requires("uvicorn") {
      return Start(
        command: ["uvicorn", "\(module):\(name)", "--host", "0.0.0.0", "--port", "8000"], port: "8000", name: "app")
    }
    if let name = Self.application("Flask", text) {
      let command =
        requires("gunicorn")
        ? ["gunicorn", "--bind", "0.0.0.0:8000", "\(module):\(name)"]
        : ["flask", "--app", module, "run", "--host", "0.0.0.0", "--port", "8000"]
      return Start(command: command, port: "8000", name: "app")
    }
    return Start(command: ["python", file], port: nil, name: "app")
  }

  /// The folder with Django's settings and its wsgi.py.
  private func djangoFolder() -> String? {
    let folders = ((try? project.tree.entries(of: ".")) ?? []).filter { $0.kind == .directory }.map(\.name)
    return folders.first { project.has("\($0)/wsgi.py") }
  }

  private func onlyScript() -> String? {
    let files = ((try? project.tree.entries(of: ".")) ?? []).map(\.name).filter {
      $0.hasSuffix(".py") && !["setup.py", "conftest.py"].contains($0) && !$0.hasPrefix("test_")
    }
    return files.count == 1 ? files.first : nil
  }

  /// The variable that an application is assigned to: `app = Flask(__name__)`.
  private static func application(_ type: String, _ text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, !line.hasPrefix(" "), !line.hasPrefix("\t") else { continue }
      let value = parts[1].drop { $0 == " " }
      guard value.hasPrefix(type + "(") else { continue }
      let name = parts[0].prefix { $0 != " " && $0 != ":" }
      return name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? String(name) : nil
    }
    return nil
  }
}

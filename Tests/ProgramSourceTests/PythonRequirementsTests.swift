import SourceText
import Testing

@testable import ProgramSource

@Suite struct PythonRequirementsTests {
  static func lines(_ requirements: PythonRequirements) -> [String] {
    requirements.requirements.map { "\($0.name.text) \($0.version.text)" }
  }

  @Test func requirementsFile() {
    let text = """
      # the web
      Flask==3.0.0   # pinned
      celery[redis]>=5 ; python_version < "3.9"
      requests @ https://files.example/requests.whl#sha256=1
      gunicorn
      numpy==1.26.* --hash=sha256:00
      -r base.txt
      --extra-index-url https://index.example/simple
      -i=https://other.example/simple
      -e .
      ./local
      https://files.example/a.whl
      git+https://git.example/team/tools.git@v1#egg=tools
      -e git+https://git.example/team/web.git
      """
    let file = PythonRequirements(SourceFile(path: "requirements.txt", text: text + "\r\n"))
    #expect(
      Self.lines(file) == [
        "Flask ==3.0.0", "celery [redis]>=5", "requests @ https://files.example/requests.whl#sha256=1", "gunicorn ",
        "numpy ==1.26.*", "tools git+https://git.example/team/tools.git@v1#egg=tools",
        " git+https://git.example/team/web.git",
      ])
    #expect(file.requirements.map(\.isPinned) == [true, false, false, false, false, false, false])
    #expect(file.requirements.map(\.isCheckout) == [false, false, false, false, false, true, true])
    #expect(file.files.map(\.text) == ["base.txt"])
    #expect(file.indexes.map(\.text) == ["https://index.example/simple", "https://other.example/simple"])
    #expect(file.folders.map(\.text) == [".", "./local"])
    #expect(file.requires("flask") && !file.requires("django"))
  }

  @Test(arguments: [
    (
      "[project]\nname = \"a\"\ndependencies = [\"flask>=3\", 'uvicorn[standard]']\n",
      ["flask >=3", "uvicorn [standard]"]
    ),
    (
      "[project]\ndependencies = [\n  \"flask\", # web\n  \"redis==5\",\n]\nrequires-python = \">=3.11\"\n",
      ["flask ", "redis ==5"]
    ),
    (
      "[tool.poetry.dependencies]\npython = \"^3.11\"\ndjango = \"^5.0\"\ncelery = {version = \"5\", extras = [\"redis\"]}\n",
      ["django ^5.0", "celery 5"]
    ),
    ("[project.optional-dependencies]\nweb = [\"gunicorn\"]\n[tool.ruff]\nselect = [\"E\"]\n", ["gunicorn "]),
  ])
  func project(text: String, expected: [String]) {
    #expect(Self.lines(PythonRequirements(SourceFile(path: "pyproject.toml", text: text))) == expected)
  }

  @Test func versionOfPython() {
    let file = PythonRequirements(
      SourceFile(path: "pyproject.toml", text: "[project]\ndependencies = []\nrequires-python = \">=3.11\"\n"))
    #expect(file.pythonVersion?.text == ">=3.11")
  }

  @Test(
    .timeLimit(.minutes(2)), arguments: ["[", "\"", "-", "- ", "a\n", "#", "a[", ";", "\\", "=", "\r"], ["txt", "toml"])
  func endsWithoutACrash(piece: String, ending: String) {
    let text = "[project]\ndependencies = [" + String(repeating: piece, count: 50_000)
    let file = PythonRequirements(SourceFile(path: "a.\(ending)", text: text))
    #expect(file.requirements.count <= text.utf8.count)
  }
}

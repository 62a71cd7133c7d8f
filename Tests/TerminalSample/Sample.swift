import TerminalUI

/// A project to draw screens with: a shop of three services, whose web server nobody can reach.
public struct Sample {
  let language: Language

  public init(_ language: Language) { self.language = language }

  func pick(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

  /// What the session knows before a symptom is chosen.
  public var start: SessionModel {
    var model = SessionModel(
      project: ProjectView(
        path: "~/shop", summary: pick("3 services · 2 Dockerfiles", "3 个服务 · 2 个 Dockerfile"), engine: .up))
    model.symptoms = symptoms
    model.findings = [loopback, readiness, shellForm]
    return model
  }

  /// While it asks a question.
  public var asking: SessionModel {
    var model = start
    model.investigation = investigation
    model.investigation?.question = question
    return model
  }

  /// When nothing is left to ask.
  public var concluded: SessionModel {
    var model = start
    model.investigation = investigation
    model.investigation?.findings = [loopback, mapping]
    model.articles = articles
    model.undo = nil
    return model
  }

  /// When nothing that is known fits.
  public var puzzled: SessionModel {
    var model = asking
    model.investigation?.question = nil
    model.investigation?.findings = []
    model.investigation?.closing = pick(
      """
      The files, the running containers and your answers were compared with 18 causes. Two could not be ruled out, because the \
      sources of `web` are not in this folder.

      - Paste what `docker compose logs web` prints: press `p`.
      - Or start drydock in the folder that holds the sources.
      """,
      """
      已经用文件、正在运行的容器和你的回答对照了 18 种原因。有两种还不能排除，因为这个目录里没有 `web` 的源代码。

      - 把 `docker compose logs web` 的输出粘贴进来：按 `p`。
      - 或者在放源代码的目录里启动 drydock。
      """)
    return model
  }
}

/// What a person says beside the files of a project: of a fixture, or of a lesson.
public struct Given: Sendable {
  public var symptom: String?
  /// Output of the build, the container or a client.
  public var log: String?
  public var exitCode: Int?
  /// How the container was started: `docker run ...`.
  public var commands: [String] = []
  /// By question.
  public var answers: [String: String] = [:]
  /// The folder holds only what somebody pasted.
  public var isPartial = false

  public init() {}

  public init(
    symptom: String?, log: String?, exitCode: Int?, commands: [String], answers: [String: String], isPartial: Bool
  ) {
    self.symptom = symptom
    self.log = log
    self.exitCode = exitCode
    self.commands = commands
    self.answers = answers
    self.isPartial = isPartial
  }
}

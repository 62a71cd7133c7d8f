/// Everything that drydock knows, as values.
public struct KnowledgeBase: Sendable {
  /// Rises with every release that adds or changes a cause.
  public var version: Int
  public var relations: [Relation]
  public var causes: [Cause]
  public var symptoms: [Symptom]
  public var questions: [Question]
  /// Made anew each time they are asked for: they are a third of all that is known, and only a log needs them.
  public var observations: [Observation] {
    get { makeObservations() }
    set { makeObservations = { newValue } }
  }
  private var makeObservations: @Sendable () -> [Observation]
  public var images: [ImageFamily]
  public var programs: [Program]
  /// A small broken project to try drydock on: path and content.
  public var sample: [(path: String, content: String)]

  public init(
    version: Int, relations: [Relation], causes: [Cause], symptoms: [Symptom], questions: [Question],
    observations: @escaping @Sendable () -> [Observation], images: [ImageFamily], programs: [Program],
    sample: [(path: String, content: String)]
  ) {
    self.version = version
    self.relations = relations
    self.causes = causes
    self.symptoms = symptoms
    self.questions = questions
    makeObservations = observations
    self.images = images
    self.programs = programs
    self.sample = sample
  }

  public func cause(_ id: String) -> Cause? { causes.first { $0.id == id } }
  public func symptom(_ id: String) -> Symptom? { symptoms.first { $0.id == id } }
  public func question(_ id: String) -> Question? { questions.first { $0.id == id } }
}

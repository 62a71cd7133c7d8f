import Knowledge

/// Turns the files of a knowledge folder into a `KnowledgeBase`, and says what is wrong with them.
public struct KnowledgeReader {
  /// A file of the folder, with its path relative to it.
  public struct File: Sendable {
    public let path: String
    public let text: String
    public let isExecutable: Bool

    public init(path: String, text: String, isExecutable: Bool = false) {
      self.path = path
      self.text = text
      self.isExecutable = isExecutable
    }

    var parts: [String] { path.split(separator: "/").map(String.init) }
    /// The file's name without its ending.
    var stem: String { String((parts.last ?? "").dropLast(path.hasSuffix(".yaml") ? 5 : 0)) }
  }

  public struct Result {
    public let base: KnowledgeBase
    /// The lessons of the folder, in their order.
    public let lessons: [Lesson]
    /// Whether the folder is a whole knowledge base of its own.
    public let standsAlone: Bool
    /// In the order of files and lines; empty when all is well.
    public let problems: [Problem]
  }

  /// - Parameters:
  ///   - files: all files of the folder, in any order.
  ///   - known: the knowledge that the folder adds to; a folder with a `facts.yaml` stands for itself.
  public static func read(_ files: [File], addingTo known: KnowledgeBase? = nil) -> Result {
    let standsAlone = files.contains { $0.path == "facts.yaml" }
    let reader = KnowledgeReader(files: files.sorted { $0.path < $1.path }, known: standsAlone ? nil : known)
    var base = reader.base()
    base.causes.sort { $0.id < $1.id }
    let lessons = reader.lessons(base.relations)
    let checks = KnowledgeChecks(base: base, files: reader.files)
    let problems =
      reader.problems.all + checks.problems() + LessonChecks(base: base, lessons: lessons).problems()
    return Result(
      base: base, lessons: lessons, standsAlone: standsAlone,
      problems: problems.sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) })
  }

  private let files: [File]
  private let problems = Problems()
  private let known: KnowledgeBase?

  private init(files: [File], known: KnowledgeBase?) {
    self.files = files
    self.known = known
  }

  private func base() -> KnowledgeBase {
    let own = ownBase()
    guard let known else { return own }
    let observations = merged(known.observations, own.observations, by: \.id)
    return KnowledgeBase(
      version: known.version, relations: own.relations, causes: merged(known.causes, own.causes, by: \.id),
      symptoms: merged(known.symptoms, own.symptoms, by: \.id),
      questions: merged(known.questions, own.questions, by: \.id),
      observations: { observations },
      images: merged(known.images, own.images, by: \.family),
      programs: merged(known.programs, own.programs, by: \.name),
      sample: known.sample)
  }

  /// The known values with those of the folder in the place of others of the same name.
  private func merged<Value>(_ known: [Value], _ own: [Value], by name: (Value) -> String) -> [Value] {
    let names = Set(own.map(name))
    return known.filter { !names.contains(name($0)) } + own
  }

  private func ownBase() -> KnowledgeBase {
    let catalogue = documents { $0 == ["catalogue.yaml"] }.first?.document
    let listed = catalogue?.fields(required: ["version", "symptoms"])
    let version = listed?["version"]?.number ?? 0
    let order = listed?["symptoms"]?.items.map(\.text) ?? []
    let plain = known?.relations ?? documents { $0 == ["facts.yaml"] }.flatMap { RelationReader.read($0.document) }
    let columns = plain.first { $0.name == "observed" }?.columns.map(\.name) ?? []
    let observations = documents { $0.first == "observations" && $0.count == 2 }.flatMap {
      ObservationReader.read($0.document, tool: $0.file.stem, columns: columns)
    }
    let relations = plain.map { $0.name == "observed" ? $0.knowing(kinds: observations.map(\.kind)) : $0 }
    return KnowledgeBase(
      version: version,
      relations: relations,
      causes: documents { $0.first == "causes" && $0.count == 4 && $0[3] == "cause.yaml" }.map {
        CauseReader(relations: relations).read($0.document, folder: $0.file.parts[2])
      },
      symptoms: documents { $0.first == "symptoms" && $0.count == 2 }.map {
        SymptomReader.read($0.document, name: $0.file.stem)
      }.sorted {
        (order.firstIndex(of: $0.id) ?? order.count, $0.id) < (order.firstIndex(of: $1.id) ?? order.count, $1.id)
      },
      questions: documents { $0.first == "questions" && $0.count == 2 }.map {
        QuestionReader(relations: relations).read($0.document, name: $0.file.stem)
      },
      observations: { observations },
      images: documents { $0.first == "images" && $0.count == 2 }.map {
        ImageReader.read($0.document, family: $0.file.stem)
      },
      programs: documents { $0.first == "programs" && $0.count == 2 }.map {
        ProgramReader.read($0.document, name: $0.file.stem)
      },
      sample: files.filter { $0.parts.first == "sample" }.map {
        (path: $0.parts.dropFirst().joined(separator: "/"), content: $0.text)
      })
  }

  private func lessons(_ relations: [Relation]) -> [Lesson] {
    let reader = LessonReader(relations: relations)
    let byFolder = Dictionary(grouping: files.filter { $0.parts.first == "lessons" && $0.parts.count > 2 }) {
      $0.parts[1]
    }
    return documents { $0.first == "lessons" && $0.count == 3 && $0[2] == "lesson.yaml" }.map { file, document in
      let folder = file.parts[1]
      let files = (byFolder[folder] ?? []).map { (path: $0.parts.dropFirst(2).joined(separator: "/"), file: $0) }
      return reader.read(document, folder: folder, files: files)
    }.sorted { ($0.number, $0.id) < ($1.number, $1.id) }
  }

  private func documents(where wanted: ([String]) -> Bool) -> [(file: File, document: Document)] {
    files.filter { $0.path.hasSuffix(".yaml") && wanted($0.parts) }.compactMap { file in
      Document(file: file.path, text: file.text, problems: problems).map { (file, $0) }
    }
  }
}

extension Relation {
  /// The relation with more words for its column `kind`: those that log lines are read as.
  fileprivate func knowing(kinds: [String]) -> Relation {
    let columns = columns.map { column in
      guard column.name == "kind", case .choice(let known) = column.type else { return column }
      var all = known
      for kind in kinds where !all.contains(kind) { all.append(kind) }
      return Column("kind", .choice(all))
    }
    return Relation(name, scope: scope, columns: columns, meaning: meaning)
  }
}

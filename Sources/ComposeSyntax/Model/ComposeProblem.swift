import SourceText

/// Something that keeps a project from loading as it is meant, or that a reader should know.
public struct ComposeProblem: Sendable {
  public enum Severity: Sendable, Hashable, Comparable {
    /// Compose goes on.
    case warning
    /// Something that would have to be read was not, so that it is unknown what it says.
    case unknown
    /// Compose refuses the project.
    case error
  }

  public enum Kind: Sendable, Hashable {
    case yaml(YAMLProblem.Kind)
    case nonStringKey
    case noComposeFile
    case emptyProject
    case missingFile
    case outsideRoot
    case unreadableFile
    case invalidProjectName
    case invalidEnvFile

    case unknownKey
    case wrongType
    case missingKey
    case notAllowed
    case duplicateItem
    case invalidName

    case invalidInterpolation
    case requiredVariable
    case unsetVariable
    case invalidCast

    case cannotMerge
    case unknownBase
    case extendsCycle
    case includeCycle

    /// A value of the right type that means nothing: a port, a volume, a duration, a size and so on.
    case invalidValue
    case undefinedReference
    case dependencyCycle
    case conflict
    case nothingToRun
    case duplicateContainerName

    case obsoleteVersion
    case deprecated
    case severalFiles
  }

  public var severity: Severity
  public var kind: Kind
  /// One or two sentences that say what is wrong.
  public var message: String
  /// What would be right, where that can be said.
  public var expected: String?
  /// A name that was probably meant.
  public var suggestion: String?
  /// The attribute that is wrong, such as `["services", "web", "ports"]`; empty where it is none.
  public var path: [String] = []
  /// What the problem names: a service, a variable, a file, the wrong text.
  public var subject: String?
  /// Where it stands; nil where no file is to blame.
  public var place: ComposePlace?

  public var file: String? { place?.path }
  public var position: LineColumn? { place?.position }
}

extension ComposeProblem: CustomStringConvertible {
  public var description: String {
    var text = ""
    if let place {
      text += "\(place.path):\(place.position.line):\(place.position.column): "
    }
    text += message
    if let suggestion { text += " Did you mean `\(suggestion)`?" }
    return text
  }
}

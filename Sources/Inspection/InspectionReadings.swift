import DockerfileSyntax
import ProgramSource
import SourceText

/// What an inspection has read and taken apart, to be used again when a few files have changed: of each file only where its
/// bytes are the same.
public struct InspectionReadings: Sendable {
  /// The entries of folders, by clean path.
  public let folders: [String: [FileEntry]]
  let syntaxes: [String: Dockerfile]
  /// nil where there is no compose file.
  let compose: ComposeReadings?
  /// nil where nobody asked for the Go code.
  let go: GoReadings?
}

/// Go code that was taken apart.
struct GoReadings: Sendable {
  /// What a program is read from: builds that take the same files have the same program.
  struct Key: Hashable {
    let directory: String
    /// Of the files that are not in every build, whether each takes part.
    let included: [Bool]
  }

  let files: [GoFile]
  let project: GoProject
  /// By the folder of the main package; nil where it is none.
  let programs: [Key: GoProgram?]

  /// Whether these are all Go files and modules there are, byte for byte.
  func areOf(_ sources: [SourceFile], _ modules: [GoModFile]) -> Bool {
    sources.count == files.count && zip(sources, files).allSatisfy { $0 == $1.source }
      && modules.map(\.source) == project.modules.map(\.source)
  }
}

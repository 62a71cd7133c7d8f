import Fixes
import Inspection
import Knowledge

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files of a lesson that a learner works on, in a folder of their own.
public struct LessonCopy: Sendable {
  public let lesson: Lesson
  /// Absolute.
  public let folder: String

  /// - Parameter tutorial: the folder that the tutorial keeps its things in, absolute.
  public init(_ lesson: Lesson, in tutorial: String) {
    self.lesson = lesson
    folder = Path.join(tutorial, lesson.name)
  }

  /// Whether the learner has begun: the folder is there, with something in it.
  public var exists: Bool {
    guard let tree = try? DiskTree(root: folder) else { return false }
    return (try? tree.entries(of: "."))?.isEmpty == false
  }

  /// The copy as the learner left it; made when it is not there.
  public func open() throws(WriteProblem) -> DiskTree {
    guard exists else { return try reset() }
    return try tree()
  }

  /// Puts the start of the lesson in the place of whatever lies there.
  @discardableResult
  public func reset() throws(WriteProblem) -> DiskTree {
    // Whoever has put a link here wants the files where it leads to; those are not ours to remove.
    guard !isLink else { throw .refused(folder, reason: "it is a link, so nothing in it is removed") }
    Self.remove(contentsOf: folder, depth: 0)
    _ = try ProjectCopy.write(lesson.start.map { (path: $0.path, content: $0.content) }, to: folder)
    for file in lesson.start where file.isExecutable { chmod(Path.join(folder, file.path), 0o755) }
    return try tree()
  }

  private var isLink: Bool {
    var status = stat()
    return lstat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  private func tree() throws(WriteProblem) -> DiskTree {
    do throws(FileProblem) { return try DiskTree(root: folder) } catch {
      throw .refused(folder, reason: error.message)
    }
  }

  /// Links are removed, never followed.
  private static func remove(contentsOf folder: String, depth: Int) {
    guard depth < 64, let entries = try? DiskTree(root: folder).entries(of: ".") else { return }
    for entry in entries {
      let path = folder + "/" + entry.name
      if entry.kind == .directory {
        remove(contentsOf: path, depth: depth + 1)
        rmdir(path)
      } else {
        unlink(path)
      }
    }
  }
}

import Inspection

/// Writes the files of a small project, such as the sample or a lesson, into a folder of drydock's own.
public enum ProjectCopy {
  /// Writes all files as they are given; what a person has changed in them is lost. Other files there stay.
  ///
  /// - Parameter folder: absolute; made when it is not there.
  public static func write(_ files: [(path: String, content: String)], to folder: String) throws(WriteProblem)
    -> DiskTree
  {
    StateFolder.make(folder)
    for (path, content) in files {
      let place = Path.join(folder, path)
      StateFolder.make(Path.parent(place))
      let file = FileReplacement(path: place, name: path)
      let bytes = Array(content.utf8)
      do throws(WriteProblem) { try file.create(bytes) } catch {
        guard case .exists = error else { throw error }
        let old = try file.read()
        if old != bytes { try file.replace(expecting: old, with: bytes) }
      }
    }
    do throws(FileProblem) { return try DiskTree(folder: folder) } catch {
      throw .refused(folder, reason: error.message)
    }
  }
}

/// One item of `include`.
struct Inclusion {
  struct Reference {
    /// Absolute.
    var path: String
    var place: ComposePlace?
  }

  /// The file to include, and others that override it.
  var paths: [Reference]
  var projectDirectory: String
  var environmentFiles: [Reference]

  /// nil where no path is given.
  init?(_ value: ComposeValue, directory: String) {
    let map = value.map ?? ComposeMap([("path", value)])
    func references(_ value: ComposeValue?) -> [Reference] {
      (value?.list ?? value.map { [$0] } ?? []).compactMap { item in
        guard let text = item.string else { return nil }
        return Reference(
          path: ComposePath.isRemote(text) ? text : ComposePath.join(directory, text), place: item.place)
      }
    }
    paths = references(map["path"])
    guard let first = paths.first else { return nil }
    environmentFiles = references(map["env_file"])
    if let own = map["project_directory"]?.string, !own.isEmpty {
      projectDirectory = ComposePath.join(directory, own)
    } else {
      projectDirectory = ComposePath.directory(of: first.path)
    }
  }

  static func problems(of value: ComposeValue, _ index: Int) -> [ComposeProblem] {
    guard value.string == nil else { return [] }
    let whole = ComposeMap([("include", ComposeValue(.list([value]), at: value.place))])
    return SchemaValidator.problems(of: whole).map { problem in
      var problem = problem
      problem.path = ["include", String(index)] + problem.path.dropFirst(2)
      return problem
    }
  }
}

import SourceText

/// Looks for a file of the project in a stage, and says why it is not there.
struct StageNeed {
  let plan: BuildPlan
  let workspace: Workspace
  let ignore: ContextIgnore?
  let tool: Cell
  let order: Int
  let place: Place?
  var isPresumed = false

  /// Adds what is missing to the stage.
  ///
  /// - Parameters:
  ///   - path: where the step looks, in the stage.
  ///   - project: the file of the project that belongs there.
  ///   - because: where the step's tool reads that it needs the file.
  func look(for path: String, project: String, _ kind: StageLack.Kind, because: Cell, in model: inout StageModel) {
    guard model.files[path] == nil, !model.hasUnknownCopies else { return }
    var lack = StageLack(
      path: project, kind: kind, reason: .notCopied, because: because, tool: tool, order: order, place: place,
      isPresumed: isPresumed || model.makesUnknownFiles || workspace.request.isPartial)
    if let context = plan.context, Path.relative(project, to: context) == nil {
      lack.reason = .outside
    } else if let pattern = ignore?.pattern(hiding: project) {
      lack.reason = .ignored
      lack.pattern = pattern
    } else if !workspace.listing.contains(project) {
      if workspace.listing.isCutOff { return }
      lack.reason = .missing
    }
    if !model.lacks.contains(where: { isSame($0, lack) }) { model.lacks.append(lack) }
  }

  /// Of many sources that one pattern hides, or that lie in one folder, one row is enough to tell.
  private func isSame(_ one: StageLack, _ other: StageLack) -> Bool {
    guard one.kind == other.kind, one.reason == other.reason, one.order == other.order else { return false }
    if one.path == other.path { return true }
    guard one.kind == .source else { return false }
    return other.pattern.map { $0.place == one.pattern?.place } ?? (Path.parent(one.path) == Path.parent(other.path))
  }
}

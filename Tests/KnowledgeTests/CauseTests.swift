import Inspection
import KnowledgeData
import KnowledgeProof
import Testing

/// Every cause on its own fixtures.
@Suite struct CauseTests {
  static let folder = try? KnowledgeFolder(
    DiskTree(folder: Path.join(Path.parent(#filePath), "../../knowledge")))

  @Test(arguments: KnowledgeBase.builtIn.causes.map(\.id))
  func cause(id: String) throws {
    let folder = try #require(Self.folder)
    let cause = try #require(KnowledgeBase.builtIn.cause(id))
    let failures = CauseProof(cause, knowledge: .builtIn, files: try folder.fixtures(of: id)).failures()
    #expect(failures == [])
  }
}

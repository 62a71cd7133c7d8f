import StyledText
import TerminalSample
import Testing

@testable import TerminalUI

/// The line that says where one is.
@Suite struct ChromeTests {
  private let sample = Sample(.english)

  private func header(_ path: String, _ pages: [Page.Kind] = [], columns: Int = 80) -> String {
    var model = sample.concluded
    model.project.path = path
    var state = SessionState(model: model, look: Look(size: Size(columns, 24), language: .english))
    state.show(pages)
    return String(state.canvas.text.prefix { $0 != "\n" })
  }

  @Test func showsWholePartsOfTheSummary() {
    #expect(header("~/shop").hasPrefix(" drydock  ~/shop · 3 services · 2 Dockerfiles "))
    #expect(header("~/work/customers/shop").hasPrefix(" drydock  ~/work/customers/shop · 3 services  "))
    #expect(header("~/work/customers/2026/northern/shop").hasPrefix(" drydock  ~/work/customers/2026/northern/shop  "))
  }

  @Test func keepsThePageAndWhatItBelongsTo() {
    func tree(_ columns: Int) -> String { header("~/shop", [.investigation, .tree], columns: columns) }
    #expect(tree(80).hasPrefix(" drydock  ~/shop › Cannot reach the port › Decision tree  "))
    #expect(tree(76).hasPrefix(" drydock  … › Cannot reach the port › Decision tree  "))
    #expect(tree(69).hasPrefix(" drydock  … › Cannot reach th… › Decision tree  "))
    #expect(tree(56).hasPrefix(" drydock  … › Decision tree  "))
    #expect(header("~/work/customers/2026/northern/shop/api", [.findings]).contains("… › Findings  "))
  }

  @Test(arguments: [40, 56, 72, 80, 100]) func leavesRoomBeforeTheEngine(_ columns: Int) {
    for path in ["~", "~/shop", "~/work/customers/2026/northern/shop/api"] {
      let text = header(path, [.investigation, .tree], columns: columns)
      #expect(!text.contains("docker ") || text.contains("  docker "), "\(text)")
    }
  }
}

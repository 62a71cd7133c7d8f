import StyledText
@testable import TerminalUI
import Testing

/// No screen breaks, whatever the size of the terminal.
@Suite struct GeometryTests {
  @Test(arguments: Scene.allCases) func everySizeDraws(_ scene: Scene) {
    for language in Language.allCases {
      var state = scene.state(Look(size: Size(80, 24), language: language))
      for width in stride(from: 20, through: 130, by: 1) {
        for height in stride(from: 5, through: 45, by: height(step: width)) {
          state.look.size = Size(width, height)
          let canvas = state.canvas
          guard canvas.rows.count == height, canvas.rows.allSatisfy({ isWhole($0, width) }) else {
            Issue.record("\(scene) is broken at \(width)x\(height)")
            return
          }
        }
      }
    }
  }

  /// Every height at the widths where the layout changes, some at the others.
  private func height(step width: Int) -> Int { [20, 39, 40, 75, 76, 80, 109, 110, 130].contains(width) ? 1 : 4 }

  private func isWhole(_ row: [Cell], _ width: Int) -> Bool {
    guard row.count == width else { return false }
    for (x, cell) in row.enumerated() {
      if cell.width == 2, x + 1 >= width || row[x + 1].width != 0 { return false }
      if cell.width == 0, x == 0 || row[x - 1].width != 2 { return false }
    }
    return true
  }
}

import StyledText
import Testing

@testable import TerminalUI

/// No screen breaks, whatever the size of the terminal.
@Suite struct GeometryTests {
  @Test(arguments: Scene.allCases) func everySizeDraws(_ scene: Scene) {
    for language in Language.allCases {
      var state = scene.state(Look(size: Size(80, 24), language: language))
      for width in stride(from: 20, through: 130, by: language == .english ? 1 : 4) {
        // Every height where the layout changes, some elsewhere.
        let heights = [20, 39, 40, 76, 80, 110, 130].contains(width) ? Array(5...45) : [5, 12, 18, 24, 45]
        for height in heights {
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

  private func isWhole(_ row: [Cell], _ width: Int) -> Bool {
    guard row.count == width else { return false }
    for (x, cell) in row.enumerated() {
      if cell.width == 2, x + 1 >= width || row[x + 1].width != 0 { return false }
      if cell.width == 0, x == 0 || row[x - 1].width != 2 { return false }
    }
    return true
  }
}

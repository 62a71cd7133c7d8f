import StyledText
import Testing

@testable import TerminalUI

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct WidthTests {
  @Test(
    arguments: [
      ("a", 1), ("é", 1), ("中", 2), ("，", 2), ("。", 2), ("ｱ", 1), ("ア", 2), ("한", 2), ("─", 1), ("│", 1), ("●", 1),
      ("▌", 1),
      ("…", 1), ("✓", 1), ("😀", 2), ("\u{301}", 0), ("\u{200D}", 0),
    ] as [(Unicode.Scalar, Int)])
  func columns(_ scalar: Unicode.Scalar, _ expected: Int) {
    #expect(Width.columns(of: scalar) == expected)
  }

  #if canImport(Glibc)
    /// The table against the C library's, for each character that both know; the two may come from different versions of Unicode.
    @Test func agreesWithTheLibrary() throws {
      let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
      let before = uselocale(locale)
      defer {
        uselocale(before)
        freelocale(locale)
      }
      // The header hides it from Swift.
      let symbol = try #require(dlsym(dlopen(nil, RTLD_NOW), "wcwidth"))
      let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (Int32) -> Int32).self)
      var differences: [String] = []
      var compared = 0
      for value in Array(0x20...0xFFFF) + Array(0x1F000...0x1FFFF) as [UInt32] {
        guard let scalar = Unicode.Scalar(value), isStable(scalar) else { continue }
        let library = Int(wcwidth(Int32(bitPattern: value)))
        guard library >= 0 else { continue }
        compared += 1
        if library != Width.columns(of: scalar) { differences.append(String(value, radix: 16)) }
      }
      #expect(compared > 55_000)
      #expect(differences.isEmpty, "\(differences)")
    }

    /// Assigned, and nothing that terminals and libraries disagree about: the soft hyphen, and marks of scripts that changed.
    private func isStable(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .unassigned, .control, .privateUse, .lineSeparator, .paragraphSeparator, .format: false
      default: true
      }
    }
  #endif
}

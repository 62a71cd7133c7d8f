import StyledText

/// All keys, those of the page below first, with the reason where one does nothing now.
extension Painter {
  mutating func help() {
    var below = state
    below.pop()
    let width = look.size.width - 2
    let here = KeyMap.rows(for: below)
    let column = width >= 76 ? min(58, (width - 2) / 2) : width
    let special = [line(.keysHere, .title)] + keyRows(here.special, below, width: column)
    let general = [line(.keysEverywhere, .title)] + keyRows(here.general, below, width: column)
    var lines = column < width ? beside(special, general, column: column + 2) : special + [Line()] + general
    lines += [Line(), line(.signs, .title)]
    for claim in Claim.allCases {
      let meaning = line(.meaning(claim), .dim)
      lines += WordWrap.wrap(sign(claim) + "  " + word(claim).padded(to: 10) + meaning, width: width, indent: 13)
    }
    lines += WordWrap.wrap(label(.mouseHint), .dim, width: width)
    scroll(lines, in: inner(body))
  }

  private func beside(_ left: [Line], _ right: [Line], column: Int) -> [Line] {
    (0..<max(left.count, right.count)).map { row in
      let start = row < left.count ? left[row] : Line()
      return row < right.count ? start.padded(to: column) + right[row] : start
    }
  }

  private func keyRows(_ bindings: [Binding], _ state: SessionState, width: Int) -> [Line] {
    bindings.flatMap { binding -> [Line] in
      let reason = binding.actions.compactMap { state.reason(against: $0) }.first
      let key = Line(binding.shown(state), reason == nil ? .key : .disabled).padded(to: 12)
      var text = Line(label(binding.label), reason == nil ? .text : .disabled)
      if let reason { text += Line(" \(glyphs.dot) " + label(reason), .disabled) }
      return WordWrap.wrap(key + text, width: width, indent: 12)
    }
  }
}

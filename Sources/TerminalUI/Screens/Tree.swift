import StyledText

/// The decision tree: the path walked straight down, with what settled each step, and what is still open branching off.
extension Painter {
  mutating func tree() {
    let width = look.size.width - 2
    guard let investigation = model.investigation, let tree = investigation.tree else {
      put([Line(), line(.noTree, .dim)], in: inner(body))
      return
    }
    let name = Line(investigation.title, .title)
    let legend = line(.treeLegend(glyphs.yes, glyphs.no), .dim)
    let title = row(name, name.width + legend.width < width ? legend : Line(), width: width)
    let lines = [title, Line()] + TreePicture(painter: self, width: width).lines(tree.root)
    scroll(lines, in: inner(body))
  }
}

private struct TreePicture {
  let painter: Painter
  let width: Int
  private var glyphs: Glyphs { painter.glyphs }
  /// Deeper trees than this would be all indentation.
  private let deepest = 24

  init(painter: Painter, width: Int) {
    self.painter = painter
    self.width = width
  }

  func lines(_ root: TreeNode) -> [Line] {
    node(root, lead: Line(), indent: Line(), depth: 0)
  }

  /// A node and all below it. `lead` stands before its first line, `indent` before the others.
  private func node(_ node: TreeNode, lead: Line, indent: Line, depth: Int) -> [Line] {
    let hanging = indent + (node.children.isEmpty ? "  " : Line(glyphs.vertical + " ", .border))
    var lines = wrapped(text(node), lead: lead, indent: hanging)
    guard depth < deepest, !node.children.isEmpty else { return lines }
    guard case .question(.settled(_, let by)) = node.kind else {
      return lines + branches(node.children, indent: indent, depth: depth)
    }
    if !by.isEmpty { lines += wrapped(Line(by, .dim), lead: indent + trunk + "  ", indent: indent + trunk + "  ") }
    for (answer, nodes) in groups(node.children.filter(\.isClosed)) {
      let text = Line(answer + "  ", .dim) + ruledOut(nodes)
      lines += wrapped(text, lead: indent + branch(isLast: false), indent: indent + trunk + "  ")
    }
    let open = node.children.filter { !$0.isClosed }
    if open.count == 1, let next = open.first {
      lines.append(indent + Line(glyphs.vertical, .border))
      return lines + self.node(next, lead: indent, indent: indent, depth: depth + 1)
    }
    return lines + branches(open, indent: indent, depth: depth)
  }

  /// The answers of a question below it, each with what it leads to below itself. What facts rule out is only counted:
  /// the page that says why names it all.
  private func branches(_ nodes: [TreeNode], indent: Line, depth: Int) -> [Line] {
    var lines: [Line] = []
    let groups = groups(nodes)
    for (index, group) in groups.enumerated() {
      let isLast = index == groups.count - 1
      let start = indent + branch(isLast: isLast)
      let below = indent + (isLast ? Line.spaces(3) : trunk)
      let open = group.nodes.filter { !$0.isRuledOut }
      let closed = group.nodes.filter(\.isRuledOut)
      guard let first = open.first else {
        lines += wrapped(Prose.styled(group.answer + "  ", .dim) + ruledOut(closed), lead: start, indent: below + "  ")
        continue
      }
      let short = start + Prose.styled(group.answer) + Line(" \(glyphs.arrow) ", .border) + text(first)
      if group.nodes.count == 1, first.children.isEmpty, short.width <= width {
        lines.append(short)
        continue
      }
      lines += wrapped(Prose.styled(group.answer), lead: start, indent: below)
      for node in open {
        lines +=
          node.children.isEmpty
          ? wrapped(text(node), lead: below, indent: below + "  ")
          : self.node(node, lead: below, indent: below, depth: depth + 1)
      }
      if !closed.isEmpty { lines += wrapped(ruledOut(closed), lead: below, indent: below + "  ") }
    }
    return lines
  }

  /// One cause by its name, more by their number.
  private func ruledOut(_ nodes: [TreeNode]) -> Line {
    let leaves = nodes.flatMap(\.leaves)
    let text = leaves.count == 1 ? leaves[0].text : painter.label(.ruledOut(Set(leaves.map(\.text)).count))
    return Line(glyphs.no + " " + text, .dim)
  }

  private func text(_ node: TreeNode) -> Line {
    switch node.kind {
    case .question(.settled(let answer, _)):
      Line(glyphs.yes + " ", .good) + Prose.styled(node.text) + Line("  " + answer, .accent)
    case .question(.current):
      Line(glyphs.selection + " ", .selected) + Prose.styled(node.text, .selected)
        + Line("  \(glyphs.left) \(painter.label(.youAreHere))", .dim)
    case .question(.open): Line(glyphs.unknown + " ", .dim) + Prose.styled(node.text)
    case .question(.skipped):
      Line(glyphs.dot + " ", .dim) + Prose.styled(node.text, .dim) + painter.line(.skipped, .dim)
    case .cause(let claim): (claim.map(painter.sign) ?? Line(glyphs.dot, .dim)) + " " + Prose.styled(node.text)
    case .symptom: Line(node.text + " ", .accent) + painter.line(.anotherSymptom, .dim)
    }
  }

  private var trunk: Line { Line(glyphs.vertical, .border) + "  " }

  private func branch(isLast: Bool) -> Line {
    Line((isLast ? glyphs.corner : glyphs.teeRight) + glyphs.horizontal + " ", .border)
  }

  /// Neighbouring nodes with the same answer.
  private func groups(_ nodes: [TreeNode]) -> [(answer: String, nodes: [TreeNode])] {
    var groups: [(answer: String, nodes: [TreeNode])] = []
    for node in nodes {
      if let last = groups.last, last.answer == node.answer {
        groups[groups.count - 1].nodes.append(node)
      } else {
        groups.append((node.answer, [node]))
      }
    }
    return groups
  }

  private func wrapped(_ text: Line, lead: Line, indent: Line) -> [Line] {
    let room = max(8, width - max(lead.width, indent.width))
    return WordWrap.wrap(text, width: room).enumerated().map { $0 == 0 ? lead + $1 : indent + $1 }
  }
}

extension TreeNode {
  /// Whether nothing below it can hold.
  fileprivate var isRuledOut: Bool { isClosed || (!children.isEmpty && children.allSatisfy(\.isRuledOut)) }

  fileprivate var leaves: [TreeNode] { children.isEmpty ? [self] : children.flatMap(\.leaves) }
}

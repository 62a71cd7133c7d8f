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
      let first = nodes.first?.text ?? ""
      let text = Line(
        first + (nodes.count > 1 ? " \(glyphs.dot) \(painter.label(.andMore(nodes.count - 1)))" : ""), .dim)
      let start = indent + branch(isLast: false) + Line(answer + " ", .dim) + Line(glyphs.no + " ", .dim)
      lines += wrapped(text, lead: start, indent: indent + trunk + "    ")
    }
    let open = node.children.filter { !$0.isClosed }
    if open.count == 1, let next = open.first {
      lines.append(indent + Line(glyphs.vertical, .border))
      return lines + self.node(next, lead: indent, indent: indent, depth: depth + 1)
    }
    return lines + branches(open, indent: indent, depth: depth)
  }

  private func branches(_ nodes: [TreeNode], indent: Line, depth: Int) -> [Line] {
    var lines: [Line] = []
    let groups = groups(nodes)
    for (index, group) in groups.enumerated() {
      let isLast = index == groups.count - 1
      let answer = Line(group.answer + " ", group.nodes.allSatisfy(\.isClosed) ? .dim : .text)
      let start = branch(isLast: isLast) + answer + Line(glyphs.arrow + " ", .border)
      let below = isLast ? Line.spaces(3) : trunk
      // Under the answer, so that a deep tree stays within the screen.
      let inside = indent + below + .spaces(min(start.width - 3, indent.width + start.width > width / 2 ? 2 : 24))
      for (number, node) in group.nodes.enumerated() {
        let lead = number == 0 ? indent + start : indent + below + .spaces(start.width - 3)
        // A leaf goes on below itself, where it has room for that.
        let hanging = width - lead.width < 32 ? inside : indent + below + .spaces(start.width - 3)
        if node.isClosed {
          lines += wrapped(Line(glyphs.no + " " + node.text, .dim), lead: lead, indent: hanging + "  ")
        } else if node.children.isEmpty {
          lines += wrapped(text(node), lead: lead, indent: hanging + "  ")
        } else {
          lines += self.node(node, lead: lead, indent: inside, depth: depth + 1)
        }
      }
    }
    return lines
  }

  private func text(_ node: TreeNode) -> Line {
    switch node.kind {
    case .question(.settled(let answer, _)):
      Line(glyphs.yes + " ", .good) + Line(node.text) + Line("  " + answer, .accent)
    case .question(.current):
      Line(glyphs.selection + " ", .selected) + Line(node.text, .selected)
        + Line("  \(glyphs.left) \(painter.label(.youAreHere))", .dim)
    case .question(.open): Line(glyphs.unknown + " ", .dim) + Line(node.text)
    case .question(.skipped):
      Line(glyphs.dot + " ", .dim) + Line(node.text + " ", .dim) + painter.line(.skipped, .dim)
    case .cause(let claim): (claim.map(painter.sign) ?? Line(glyphs.dot, .dim)) + " " + Line(node.text)
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

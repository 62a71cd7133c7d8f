import StyledText

/// Tables to compare things in: base images, and the layers of a build.
extension Painter {
  /// One row for each image; the columns that do not fit are left out.
  mutating func images() {
    guard let head = model.images.first, model.images.count > 1 else {
      put([Line(), line(.loading, .dim)], in: inner(body))
      return
    }
    let width = look.size.width - 4
    let columns = head.indices.map { column in
      model.images.map { $0.indices.contains(column) ? Line($0[column]).width : 0 }.max() ?? 0
    }
    var shown = 0
    for room in columns.indices where columns[...room].reduce(0, { $0 + $1 + 2 }) - 2 <= width { shown = room + 1 }
    func cells(_ cells: [String], _ role: Role) -> Line {
      var line = Line()
      for (index, cell) in cells.prefix(max(1, shown)).enumerated() {
        line += Line(cell.isEmpty ? glyphs.dot : cell, cell.isEmpty ? .dim : role).padded(to: columns[index] + 2)
      }
      return line.cut(to: width, glyphs.ellipsis)
    }
    canvas.put(cells(head, .title), x: body.x + 3, y: body.y, width: width)
    let items = model.images.dropFirst().map { ListItem([cells($0, .text)]) }
    list(Array(items), selection: page.selection, in: body.inset(left: 1, top: 1, right: 1))
  }

  mutating func layers() {
    guard !model.layers.isEmpty else {
      put([Line(), line(.loading, .dim)], in: inner(body))
      return
    }
    let lines = model.layers.flatMap { WordWrap.wrap($0, width: look.size.width - 2, indent: 5) }
    scroll(lines, in: inner(body))
  }
}

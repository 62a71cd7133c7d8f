import StyledText

/// What stands around every page: where one is, what the keys do, and what just happened.
extension Painter {
  /// The rows between the two rules.
  var body: Rect { Rect(x: 0, y: 2, width: look.size.width, height: look.size.height - 4) }

  mutating func header() {
    let width = look.size.width
    let right = status
    let room = width - right.width - 1
    canvas.put(place(width: room > 24 ? room - 2 : width), x: 0, y: 0)
    if room > 24 {
      canvas.put(right, x: width - right.width - 1, y: 0)
      let language = Rect(x: width - 9, y: 0, width: 9, height: 1)
      canvas.targets.append(Canvas.Target(rect: language, meaning: .action(.language)))
    }
    rule(1, width: width)
  }

  /// What the rule below the body says, and the keys.
  mutating func footer() {
    let size = look.size
    let y = size.height - 2
    rule(y, width: size.width)
    for x in dividers { canvas.put(Line(glyphs.teeUp, .border), x: x, y: y) }
    if let message = state.message {
      put(message, y: y)
    } else if let activity = state.activity {
      rule(y, width: size.width, title: Line(activity, .dim))
    }
    scrollSigns(y)
    keys(y + 1)
  }

  private mutating func put(_ message: Message, y: Int) {
    let (sign, role): (String, Role) =
      switch message.tone {
      case .good: (glyphs.yes, .good)
      case .bad: (glyphs.no, .bad)
      case .note: (glyphs.warning, .accent)
      }
    rule(y, width: look.size.width, title: Line(sign + " ", role) + Line(message.text, .title))
  }

  private mutating func scrollSigns(_ y: Int) {
    guard state.message == nil, state.activity == nil else { return }
    var text = ""
    if canvas.hidden.above > 0 { text += " \(glyphs.up) \(canvas.hidden.above) " }
    if canvas.hidden.below > 0 { text += " \(glyphs.down) \(canvas.hidden.below) " }
    guard !text.isEmpty else { return }
    let signs = Line(text, .accent)
    canvas.put(signs, x: look.size.width - signs.width - 2, y: y)
  }

  private mutating func keys(_ y: Int) {
    let width = look.size.width
    if let confirmation = state.confirmation {
      let answers = Line("y ", .key) + line(.yes) + "  " + Line("n ", .key) + line(.no)
      canvas.put(row(Line(" " + confirmation.text, .title), answers + " ", width: width), x: 0, y: y)
      return
    }
    if page.isSearching {
      let text = Line(" / ", .key) + Line(page.search ?? "") + Line(glyphs.cursor, .accent)
      canvas.put(row(text, line(.searchKeys(glyphs.enter), .dim) + " ", width: width), x: 0, y: y)
      return
    }
    var x = 1
    for hint in KeyMap.bar(state, width: width - 1) {
      let text = Line(hint.key, .key) + (hint.text.isEmpty ? Line() : " " + Line(hint.text))
      canvas.put(text, x: x, y: y)
      if let action = hint.action {
        let area = Rect(x: x, y: y, width: text.width, height: 1)
        canvas.targets.append(Canvas.Target(rect: area, meaning: .action(action)))
      }
      x += text.width + 2
    }
  }

  /// The engine's state and the key of the other language.
  private var status: Line {
    let engine =
      switch model.project.engine {
      case .notAsked: Line(glyphs.possible + " ", .dim) + line(.engineNotAsked, .dim)
      case .up: Line(glyphs.proven + " ", .good) + line(.engineUp)
      case .absent: Line(glyphs.no + " ", .dim) + line(.engineAbsent, .dim)
      }
    if isTutorial { return progress + "   " + Line("L ", .key) + line(.otherLanguage, .dim) }
    return Line("docker ", .dim) + engine + "   " + Line("L ", .key) + line(.otherLanguage, .dim)
  }

  /// Where one is. Without room for all of the way, its end.
  private func place(width: Int) -> Line {
    let name = Line(" drydock", .title) + "  "
    if page.kind == .picker {
      // Of the summary as much as fits, in whole parts.
      var line = name + Line(model.project.path)
      for part in model.project.summary.split(separator: "·") {
        let longer = line + Line(" \(glyphs.dot) " + part.trimmingSpaces, .dim)
        if longer.width > width { break }
        line = longer
      }
      return line.cut(to: width, glyphs.ellipsis)
    }
    let separator = Line(" \(glyphs.crumb) ", .border)
    let parts = crumbParts
    func way(from first: Int) -> Line {
      var line = name + (first > 0 ? Line(glyphs.ellipsis, .dim) + separator : Line())
      for index in first..<parts.count {
        line += (index > first ? separator : Line()) + Line(parts[index], index == parts.count - 1 ? .text : .dim)
      }
      return line
    }
    if let fitting = parts.indices.dropLast().map(way).first(where: { $0.width <= width }) { return fitting }
    // The page stays whole; what it belongs to is cut, if enough of it stays to be read.
    let page = Line(parts.last ?? "")
    guard parts.count > 1 else { return (name + page).cut(to: width, glyphs.ellipsis) }
    let room = width - (name + Line(glyphs.ellipsis) + separator + separator + page).width
    guard room >= 12 else { return way(from: parts.count - 1).cut(to: width, glyphs.ellipsis) }
    let owner = Line(parts[parts.count - 2], .dim).cut(to: room, glyphs.ellipsis)
    return name + (parts.count > 2 ? Line(glyphs.ellipsis, .dim) + separator : Line()) + owner + separator + page
  }

  private var isTutorial: Bool { state.isInTutorial }

  private var crumbParts: [String] {
    var parts = [isTutorial ? label(.tutorial) : model.project.path]
    if isTutorial, let lesson = model.lesson, ![.lessons, .lesson, .solution].contains(page.kind) {
      parts.append(label(.lesson(lesson.number)))
    }
    var hasSymptom = false
    for page in state.pages {
      if let symptom = model.investigation, page.kind == .investigation, !hasSymptom {
        parts.append(symptom.title)
        hasSymptom = true
      }
    }
    switch page.kind {
    case .picker: break
    case .investigation: if model.investigation?.question == nil { parts.append(label(.diagnosis)) }
    case .paste: parts.append(label(.pasteTitle))
    case .tree: parts.append(label(.tree))
    case .diagnosis: parts.append(label(.diagnosis))
    case .fix(let id, let index):
      parts.append(label(.fix(index + 1, model.finding(id)?.fixes.count ?? 0)))
    case .findings: parts.append(label(.findings))
    case .why(let id): parts.append(label(id == nil && model.investigation?.question != nil ? .whyQuestion : .why))
    case .knowledge, .article: parts.append(label(.knowledge))
    case .images: parts.append(label(.images))
    case .layers: parts.append(label(.layers))
    case .help: parts.append(label(.help))
    case .lessons: parts.append(label(.lessons))
    case .lesson, .solution:
      if let lesson = model.lesson { parts.append(label(.lesson(lesson.number)) + " \(glyphs.dot) " + lesson.title) }
      if page.kind == .solution { parts.append(label(.solution)) }
    }
    return parts
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    let head = drop { $0 == " " }
    return head.last == " " ? head.dropLast() : head
  }
}

import StyledText

/// Everything that decides what is on the screen.
public struct SessionState: Hashable, Sendable {
  public var model: SessionModel
  public var look: Look
  /// Never empty; the last page is shown.
  public private(set) var pages: [Page]
  private let home: Page.Kind
  public var message: Message?
  /// A question whose answer `y` has this effect.
  public var confirmation: Confirmation?
  /// What is done behind the screen now, in a few words; nil when nothing takes long.
  public var activity: String?

  public struct Confirmation: Hashable, Sendable {
    public let text: String
    public let effect: Effect
  }

  /// - Parameter home: the page that Esc ends at.
  public init(model: SessionModel, look: Look, home: Page.Kind = .picker) {
    self.model = model
    self.look = look
    self.home = home
    pages = [Page(home)]
  }

  /// The page on the screen.
  public var page: Page {
    get { pages[pages.count - 1] }
    set { pages[pages.count - 1] = newValue }
  }

  mutating func push(_ page: Page) { pages.append(page) }

  /// Leaves the page on top, if it is not the only one.
  @discardableResult mutating func pop() -> Bool {
    guard pages.count > 1 else { return false }
    pages.removeLast()
    return true
  }

  /// Leaves out the pages that have nothing to show any more.
  mutating func dropPages(_ isGone: (Page) -> Bool) {
    pages = [pages[0]] + pages.dropFirst().filter { !isGone($0) }
  }

  /// Goes home and from there to other pages: for a session that starts somewhere in the middle.
  public mutating func show(_ kinds: [Page.Kind]) { pages = ([home] + kinds).map { Page($0) } }

  /// The finding that the page is about.
  var finding: FindingView? {
    switch page.kind {
    case .diagnosis(let id), .fix(let id, _): model.finding(id)
    case .why(let id): id.flatMap { model.finding($0) }
    case .findings: visibleFindings.indices.contains(page.selection) ? visibleFindings[page.selection] : nil
    case .investigation: model.investigation?.question == nil ? model.investigation?.findings.first : nil
    default: nil
    }
  }

  /// The fix that the page is about, and its place among the finding's.
  var fix: (index: Int, fix: FixView)? {
    guard let finding else { return nil }
    let index: Int
    switch page.kind {
    case .fix(_, let number): index = number
    case .diagnosis, .investigation: index = page.selection
    default: return nil
    }
    return finding.fixes.indices.contains(index) ? (index, finding.fixes[index]) : nil
  }

  /// Whether the page belongs to the lessons, or was opened from one.
  var isInTutorial: Bool { pages.contains { $0.kind == .lessons || $0.kind == .lesson } }

  /// What the page shows, as far as a lesson may ask for it.
  var sight: Sight? {
    switch page.kind {
    case .investigation, .diagnosis, .fix, .why: finding.map { .finding($0.cause) }
    case .images: .images
    case .layers: .layers
    case .article(let id): .article(id)
    default: nil
    }
  }

  /// Whether the person has not gone anywhere yet.
  public var isAtHome: Bool { pages.count == 1 && page.kind == home }

  /// The finding whose fixes stand on the screen as soon as they are worked out.
  var findingToMend: FindingView? {
    switch page.kind {
    case .investigation, .diagnosis, .fix: finding.flatMap { $0.fixesAreComing ? $0 : nil }
    default: nil
    }
  }

  /// Whether an event asks for a fix that is still worked out.
  public func waitsForFixes(_ event: Event) -> Bool {
    guard findingToMend != nil else { return false }
    switch event {
    case .key(let key):
      return KeyMap.action(for: key, in: self).map { [.choose, .apply, .savePatch].contains($0) } ?? false
    case .click: return true
    default: return false
    }
  }

  /// Whether an event ends the session, whatever is going on behind it.
  public func ends(_ event: Event) -> Bool {
    guard case .key(let key) = event, !page.isSearching || key == .control("c") else { return false }
    return KeyMap.action(for: key, in: self) == .quit
  }

  var isAsking: Bool { page.kind == .investigation && model.investigation?.question != nil }
}

/// How the session looks to this person.
public struct Look: Hashable, Sendable {
  public var size: Size
  public var language: Language
  public var glyphs: Glyphs

  public init(size: Size, language: Language, glyphs: Glyphs = .unicode) {
    self.size = size
    self.language = language
    self.glyphs = glyphs
  }

  /// From here on there is room for panes side by side.
  var isWide: Bool { size.width >= 110 }
}

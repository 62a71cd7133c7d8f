import StyledText

/// What drydock knows: the list of entries, and the text of one.
extension Painter {
  mutating func knowledge() {
    let articles = state.visibleArticles
    guard !articles.isEmpty else {
      let text = page.search.map { label(.nothingMatches($0)) } ?? label(.loading)
      put([Line(), Line(text, .dim)], in: inner(body))
      return
    }
    guard look.isWide else {
      articleList(articles, in: body)
      return
    }
    let (left, right) = body.split(border: min(60, look.size.width * 2 / 5))
    divide(body, at: left.right)
    articleList(articles, in: left)
    let article = articles[min(max(0, page.selection), articles.count - 1)]
    put(articleText(article, width: min(right.width - 2, 90)), in: inner(right))
  }

  private mutating func articleList(_ articles: [ArticleView], in pane: Rect) {
    let width = pane.width - 4
    let ids = min(34, articles.map { $0.id.count }.max() ?? 0)
    let titles = articles.map { Line($0.title).width }.max() ?? 0
    // A title tells more than an id, and stays whole.
    let showsIDs = titles + 2 + ids <= width
    var group: String?
    var items: [ListItem] = []
    for article in articles {
      var item = ListItem(
        showsIDs
          ? [row(Line(article.title), Line(article.id, .dim).padded(to: ids), width: width)]
          : WordWrap.wrap(Line(article.title), width: width, indent: 2))
      if article.group != group {
        item.heading = (items.isEmpty ? [] : [Line()]) + [Line(article.group, .dim)]
        group = article.group
      }
      items.append(item)
    }
    list(items, selection: page.selection, in: pane.inset(left: 1, right: 1))
  }

  mutating func article(_ id: String) {
    let width = min(look.size.width - 2, 100)
    guard let article = model.articles.first(where: { $0.id == id }) else {
      put([Line(), line(.loading, .dim)], in: inner(body))
      return
    }
    scroll((body.height >= 14 ? [Line()] : []) + articleText(article, width: width), in: inner(body))
  }

  private func articleText(_ article: ArticleView, width: Int) -> [Line] {
    var lines = WordWrap.wrap(article.title, .title, width: width)
    lines += WordWrap.wrap("\(article.group) \(glyphs.dot) \(article.id)", .dim, width: width)
    lines += [Line()] + Prose.lines(article.text, width: width)
    if !article.see.isEmpty {
      lines += [Line(), line(.seeAlso, .title)]
      for link in article.see { lines += WordWrap.wrap(Line(link, .dim), width: width) }
    }
    return lines
  }
}

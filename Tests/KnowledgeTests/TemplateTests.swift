import KnowledgeData
import Testing

@Suite struct TemplateTests {
  @Test(arguments: [
    ("plain", "plain"), ("a $x b", "a 1 b"), ("$x-y $x.", "<x-y> 1."), ("cost $$5", "cost $5"),
    ("a[[ in $x]] b", "a in 1 b"), ("a[[ in $none]] b", "a b"), ("$none", "<none>"), ("$", "$"),
    ("[[open $x", "open 1"),
  ])
  func rendering(text: String, expected: String) {
    #expect(Template(text).rendered { $0 == "x" ? "1" : nil } == expected)
  }

  @Test(arguments: [
    ("a[[ in $x]] b", "a b"), ("ask $host[[ at $port]], $$5", "ask <host>, $5"), ("$x[[, or $y]][[, or $z]].", "<x>."),
  ])
  func inGeneral(text: String, expected: String) {
    #expect(Template(text).general == expected)
  }

  @Test func builtInKnowledgeIsThere() {
    #expect(KnowledgeBase.builtIn.causes.contains { $0.id == "listens-on-loopback" })
  }
}

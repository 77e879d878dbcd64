import Reports
import Testing

/// A space of no width, which GitHub and others do not look through.
private let mark = "&#8203;"

@Test(arguments: [
  ("http://a.b", "http:\(mark)//a.b"), ("www.a.b", "www\(mark).a.b"), ("WWW.a", "WWW\(mark).a"),
  ("a@b.c", "a@\(mark)b.c"), ("see GH-12", "see GH-\(mark)12"), (":tada:", ":\(mark)tada:"),
  ("commit 1a2b3c4d", "commit 1\(mark)a2b3c4d"), ("issue #12", "issue \\#\(mark)12"),
])
func `an address, a name, an issue, a commit or a picture is no link`(
  _ text: String, _ written: String
) {
  #expect(MarkdownText(text).text == written)
}

@Test(arguments: [
  "at ten: a film", "8 of 10", "1234567", "deadbeef", "1a2b3c", "awww.a", "a-12", "the .end",
])
func `what is no link stays as it is`(_ text: String) {
  #expect(MarkdownText(text).text == text)
}

import Testing
import Tokenizers

private func words(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  return UnicodeWords.ranges(of: text).map { String(decoding: bytes[$0], as: UTF8.self) }
}

struct UnicodeWordsTests {
  @Test(
    arguments: [
      ("", []), (" \n\t", []), ("Not bad, at all.", ["Not", "bad", ",", "at", "all", "."]),
      ("I can't pay $1,000.50!", ["I", "can't", "pay", "$", "1,000.50", "!"]),
      ("U.S.A. a.", ["U.S.A", ".", "a", "."]), ("don’t 'quote'", ["don’t", "'", "quote", "'"]),
      ("snake_case x2", ["snake_case", "x2"]), ("1, 2,a ,", ["1", ",", "2", ",", "a", ","]),
      ("e\u{301}té", ["e\u{301}té"]), ("日本語とKana", ["日", "本", "語", "と", "Kana"]),
      ("👩‍👩‍👧👍🏽ok", ["👩‍👩‍👧", "👍🏽", "ok"]), ("''", ["'", "'"]), (".5", [".", "5"]),
      ("\u{0}\u{1B}[", ["\u{0}", "\u{1B}", "["]), ("Привет, мир", ["Привет", ",", "мир"]),
    ] as [(String, [String])])
  func `a text has Unicode's words`(text: String, expected: [String]) {
    #expect(words(text) == expected)
  }

  @Test func `words lie in order, apart, and leave nothing but white space`() {
    let text = "a\u{301}. ''x,1,2'b\r\n日本. —ok… 1.2.3 \u{200B}z 👍🏽."
    var end = 0
    let bytes = Array(text.utf8)
    for range in UnicodeWords.ranges(of: text) {
      #expect(!range.isEmpty && range.lowerBound >= end)
      let gap = String(decoding: bytes[end..<range.lowerBound], as: UTF8.self)
      #expect(!gap.contains { !$0.isWhitespace })
      end = range.upperBound
    }
    #expect(end == bytes.count)
  }
}

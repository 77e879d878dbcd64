import Datasets
import Testing

@Test func `a slice's lift is its share of errors over that of all`() {
  var tally = SliceTally([
    Slice("short") { $0.words.count < 3 }, Slice("never") { _ in false },
    Slice("not", query: "text~not") { $0.text.contains("not") },
  ])
  for (text, isError) in [
    ("good", false), ("not good", true), ("a very good film", false), ("is not a good film", true),
  ] {
    tally.add(SliceText(text), isError: isError)
  }
  let scores = tally.scores()
  #expect(scores.map(\.name) == ["not", "short"])
  #expect(scores.map(\.lift) == [2, 1])
  #expect(scores[0].count == 2 && scores[0].errors == 2 && scores[0].query == "text~not")
  #expect(tally.scores(atLeast: 3).isEmpty)
}

@Test(arguments: [
  ("has a negation", "It isn't good"), ("has a negation", "I never laughed"),
  ("has a negation", "does n't work"), ("has a contrast", "nice, BUT dull"),
  ("has a number", "7 times"), ("has a word in capitals", "so BAD it hurts"),
  ("asks something", "why?"), ("exclaims", "wow!"), ("quotes", "so “good”"),
  ("beyond ASCII", "café"), ("has a link", "see http://x.y"),
  ("repeats a letter three times", "soooo"), ("at most 5 words", "one two"),
  ("6 to 15 words", "one two three four five six"),
])
func `a slice holds its texts`(_ name: String, _ text: String) throws {
  let slice = try #require(SliceCatalog.slices.first { $0.name == name })
  #expect(slice.contains(SliceText(text)))
  let plain = Array(repeating: "word", count: 17).joined(separator: " ")
  #expect(!slice.contains(SliceText(plain)))
}

@Test func `the query of a slice finds the same texts`() throws {
  let texts = [
    "", "one", "a b c d e f", "Not 7 GOOD \"films\"?", "wow!!! café http://a.b sooo",
    String(repeating: "word ", count: 20), String(repeating: "word ", count: 50), "AAA", "aa a!",
  ].map { SliceText($0) }
  let slices = SliceCatalog.slices.compactMap { slice in slice.query.map { (slice, $0) } }
  #expect(slices.count > 5)
  for (slice, text) in slices {
    let query = try Query(text)
    for example in texts {
      #expect(query.matches(example) == slice.contains(example), "\(slice.name): \(example.text)")
    }
  }
}

@Test func `a query is a slice of the user's own`() throws {
  let slice = Slice(try Query("gold=a text~not"))
  #expect(slice.contains(SliceText("not so", others: [.gold: .text("A")])))
  #expect(!slice.contains(SliceText("not so", others: [.gold: .text("b")])))
}

@Test func `words behind errors come first, words of right answers last`() {
  var tally = ErrorWordTally()
  for index in 0..<40 {
    let isError = index.isMultiple(of: 4)
    tally.add(
      SliceText(isError ? "The twist twist" : "the plot \(index)"), isError: isError)
  }
  let words = tally.words(atLeast: 2)
  #expect(words.map(\.word) == ["twist", "the", "plot"])
  #expect(words[0].count == 10 && words[0].errors == 10 && words[0].lift == 4)
  // 2 * (10 ln 4 + 30 ln (4/3))
  #expect(abs(words[0].evidence - 44.9868) < 1e-3)
  #expect(words[1].evidence == 0 && words[2].evidence < 0)
  #expect(tally.words(limit: 1).count == 1)
}

@Test func `a label is suspect where another class passes its threshold`() {
  // thresholds: class 0 (0.9 + 0.8 + 0.1) / 3 = 0.6, class 1 (0.7 + 0.2) / 2 = 0.45
  let suspects = LabelSuspects.find(
    gold: [0, 0, 0, 1, 1, nil],
    probabilities: [[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.3, 0.7], [0.8, 0.2], [0, 1]], classes: 2)
  #expect(suspects.map(\.index) == [2, 4])
  #expect(suspects.map(\.suggested) == [1, 0])
  #expect(abs(suspects[0].margin - 0.8) < 1e-6)
}

@Test func `a text that passes no threshold is not suspect`() {
  let suspects = LabelSuspects.find(
    gold: [0, 1, 0, 2],
    probabilities: [[0.9, 0.1, 0], [0.1, 0.9, 0], [0.4, 0.5, 0.1], [0, 0, 1]],
    classes: 4)
  #expect(suspects.isEmpty)
}

@Test func `words are lower-case and keep their apostrophes`() {
  #expect(WordSplit.words(of: "It's \"GOOD\" -- n't, 3-D!") == ["it's", "good", "n't", "3-d"])
  #expect(WordSplit.count(of: " a  b\tc\n") == 3)
}

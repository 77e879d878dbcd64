import Attribution
import Explorer
import TerminalUI
import Testing
import Tokenizers

private func piece(
  _ text: String, _ range: Range<Int>, isSpecial: Bool = false, word: Int?
) -> Piece {
  Piece(text: text, id: 1, utf8Range: range, isSpecial: isSpecial, isFrame: word == nil, word: word)
}

private let pieces = [
  piece("xxbos", 0..<0, isSpecial: true, word: nil),
  piece("xxmaj", 0..<3, isSpecial: true, word: 0),
  piece("not", 0..<3, word: 0), piece("ba", 4..<6, word: 1), piece("##d", 6..<7, word: 1),
]

@Test func `a word counts the sum of its pieces and of its special tokens`() {
  let map = HeatMap(pieces: pieces, scores: [0.5, 0.25, -1, 0.75, -0.25])
  #expect(map.units.map(\.score) == [-0.75, 0.5])
  #expect(map.units.map(\.utf8Range) == [0..<3, 4..<7])
  #expect(map.units.map(\.isMixed) == [false, true])
  #expect(map.unallocated == 0.5)
  #expect(map.total == 0.25)
}

@Test func `special tokens can be marks of their own and then nothing is unallocated`() {
  let map = HeatMap(pieces: pieces, scores: [0.5, 0.25, -1, 0.75, -0.25], showsSpecials: true)
  #expect(map.units.map(\.mark) == ["xxbos", "xxmaj", nil, nil])
  #expect(map.units.map(\.score) == [0.5, 0.25, -1, 0.5])
  #expect(map.unallocated == 0)
}

@Test func `scores that are no numbers count nothing`() {
  let map = HeatMap(pieces: pieces, scores: [.nan, .infinity, -1, 0.5, .nan])
  #expect(map.units.map(\.score) == [-1, 0.5])
  #expect(map.largest == 1)
}

@Test func `what reads from the end is shown from the start`() {
  let map = HeatMap(pieces: pieces.reversed(), scores: [-0.25, 0.75, -1, 0.25, 0.5])
  #expect(map.units.map(\.utf8Range) == [0..<3, 4..<7])
}

@Test func `ranges survive an edit elsewhere and die with their word`() {
  let carried = CarriedRanges(from: "one two three", to: "one twos three")
  #expect(carried.range(0..<3) == 0..<3)
  #expect(carried.range(4..<7) == nil)
  #expect(carried.range(8..<13) == 9..<14)
}

@Test func `a word at the edge of an insertion survives behind white space`() {
  let appended = CarriedRanges(from: "a film", to: "a film but")
  #expect(appended.range(2..<6) == 2..<6)
  let glued = CarriedRanges(from: "a film", to: "a films")
  #expect(glued.range(2..<6) == nil)
  let before = CarriedRanges(from: "film", to: "a film")
  #expect(before.range(0..<4) == 2..<6)
}

@Test func `ranges outside of the text are nowhere`() {
  let carried = CarriedRanges(from: "ab", to: "ab")
  #expect(carried.range(0..<2) == 0..<2)
  #expect(carried.range(1..<9) == nil)
}

@Test(
  arguments: [
    (0.714, 2, "0.71"), (-0.004, 2, "0.00"), (-0.398, 3, "-0.398"), (2.5e9, 2, "2.5e9"),
    (12.0, 0, "12"), (Float.nan, 2, "nan"), (-Float.infinity, 2, "-inf"), (1e-30, 1, "0.0"),
  ] as [(Float, Int, String)])
func `numbers are written with so many digits`(value: Float, digits: Int, text: String) {
  #expect(Numerals.fixed(value, digits) == text)
}

@Test func `small scores keep their size and sign`() {
  #expect(Numerals.score(0.412, isSigned: true) == "+0.412")
  #expect(Numerals.score(-0.00004, isSigned: true) == "-4.0e-5")
  #expect(Numerals.score(0, isSigned: true) == "+0.000")
}

@Test func `what is not pooled is dim, and the legend says how much`() {
  var stage = Stage(
    "The story never works and the acting is dull but the score is brilliant",
    summary: Lexicon.summary(limitedTo: 6))
  stage.answer()
  #expect(stage.paint(of: "and the") == [.dim])
  #expect(stage.paint(of: "never") == [.heat(3)])
  #expect(stage.paint(of: " is brill") == [.text, .heat(-4)])
  #expect(stage.screen.contains("the last 6 are pooled"))
  #expect(stage.legend.contains("grey: only the last 6 of 16 tokens are pooled; those in grey"))
  stage.press(.escape)
  stage.type("S")
  #expect(stage.paint(of: "works") == [.dim])
  #expect(stage.paint(of: "score") == [.text])
}

@Test func `what a truncated text never showed to the model is dim`() {
  var stage = Stage("good but never seen", summary: Lexicon.summary(limitedTo: 3))
  stage.answerNext(truncatedTo: 3)
  stage.answer()
  #expect(stage.paint(of: "never seen") == [.dim])
  #expect(stage.screen.contains("5 tokens, the first 3 are read"))
  #expect(stage.legend.contains("grey text was not read: the model reads the first 3 of 5 tokens"))
}

@Test func `a map that knows no class is marked, and so is a saturated probability`() {
  var card = Lexicon.card("rollout", "rollout", "AR", isSigned: false)
  card.dependsOnClass = false
  var summary = Lexicon.summary
  summary.methods.append(.init(card: card))
  var stage = Stage(
    String(repeating: "brilliant ", count: 12), columns: 120, rows: 60, summary: summary)
  stage.answer()
  #expect(!stage.screen.contains("class-blind") && !stage.screen.contains("saturated"))
  for (name, isOfProbability) in [("rollout", false), ("intrinsic-attention", true)] {
    stage.control("p")
    stage.type("explainer \(name)")
    stage.press(.enter)
    stage.answer()
    #expect(stage.screen.contains("class-blind"), "\(name)")
    #expect(stage.screen.contains("saturated") == isOfProbability, "\(name)")
    stage.control("t")
    #expect(stage.screen.contains("gives the same map for all classes"), "\(name)")
  }
}

@Test func `a word is named without the space that its piece begins with`() {
  let text = "The film  is"
  #expect(HeatUnit(utf8Range: 3..<8, score: 0, pieces: [1]).word(in: text) == "film")
  #expect(HeatUnit(utf8Range: 8..<12, score: 0, pieces: [2]).word(in: text) == "is")
  #expect(HeatUnit(utf8Range: 8..<9, score: 0, pieces: [2]).word(in: text) == " ")
}

@Test func `a text of words that the model does not know is told so`() {
  for (text, words) in [
    ("zebra quagga okapi", "all 3 tokens are"), ("zebra quagga okapi good", "3 of 4 tokens are"),
    ("zebra", "the only token is"),
  ] {
    var stage = Stage(text, columns: 120, rows: 60)
    stage.answer()
    #expect(stage.screen.contains(words + " unknown"))
  }
  var known = Stage("zebra is good", columns: 120, rows: 60)
  known.answer()
  #expect(!known.screen.contains("reads them as one"))
}

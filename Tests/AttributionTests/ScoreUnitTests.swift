import Attribution
import TestSupport
import Testing
import Tokenizers

struct ScoreUnitTests {
  static let attribution = TokenAttribution(
    scores: [8, 1, 2, -4], standardErrors: [0, 3, 4, 1], targetValue: 0, evaluations: 1)

  @Test func `a word's score is the sum of its pieces'`() throws {
    let units = Self.attribution.scores(by: .word, of: "Été is".tiny)
    #expect(units.map(\.text) == ["bos", "Été", "is"])
    #expect(units.map(\.score) == [8, 3, -4])
    #expect(units.map(\.utf8Range) == [0..<0, 0..<5, 6..<8])
    #expect(units.map(\.pieces) == [[0], [1, 2], [3]])
    #expect(units.map(\.standardError) == [0, 5, 1])
    #expect(units.map(\.isFrame) == [true, false, false])
  }

  @Test func `tokens stand for themselves`() {
    let units = Self.attribution.scores(by: .token, of: "Été is".tiny)
    #expect(units.map(\.text) == ["bos", "cap", "Été", "is"])
    #expect(units.map(\.score) == Self.attribution.scores)
  }

  @Test func `a sentence has the pieces that start in it`() {
    let text = "Ab cd. Ef!"
    let encoding = text.tiny
    let scores: [Float] = [10, 1, 2, 3, 4, 5]
    let units = TokenAttribution(scores: scores, targetValue: 0, evaluations: 1)
      .scores(by: .sentence, of: encoding)
    #expect(units.map(\.text) == ["bos", "Ab cd.", "Ef!"])
    #expect(units.map(\.score) == [10, 6, 9])
  }

  @Test(arguments: ScoreUnit.allCases, ["", " ", "One", "A b.\nC d! e"])
  func `the sum over units is the sum over tokens`(unit: ScoreUnit, text: String) {
    let encoding = text.tiny
    let scores = encoding.pieces.indices.map { Float($0 + 1) }
    let units = TokenAttribution(scores: scores, targetValue: 0, evaluations: 1)
      .scores(by: unit, of: encoding)
    #expect(units.reduce(0) { $0 + $1.score } == scores.reduce(0, +))
    #expect(units.flatMap(\.pieces).sorted() == Array(encoding.pieces.indices))
  }

  @Test func `ranges that are not of this text do not stop the program`() {
    let pieces = [0, 1].map { Piece(text: "x", id: 0, utf8Range: 5..<90 + $0, word: 0) }
    let encoding = Encoding(text: "ab", pieces: pieces)
    for unit in ScoreUnit.allCases {
      let units = TokenAttribution(scores: [1], targetValue: 0, evaluations: 1)
        .scores(by: unit, of: encoding)
      #expect(units.reduce(0) { $0 + $1.score } == 1)
    }
  }
}

struct SentencesTests {
  static func sentences(_ text: String) -> [String] {
    Sentences.ranges(in: text).map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
  }

  @Test(arguments: [
    (["It was good. ", "I liked it!"]),
    (["Really?! ", "Yes… ", "No."]),
    (["He said \"stop.\" ", "Then he left."]),
    (["It cost 3.5 dollars, e.g. a lot. ", "Fine."]),
    (["Made in the U.S.A. in 1990."]),
    (["first line\n", "second line\r\n", "\n", "third"]),
    (["End.\n", "New."]),
    (["これは本です。", "いい本だ。"]),
    (["see example.com/a!b now."]),
    (["\"Why?\", he asked. ", "Nobody knew."]),
    (["..."]),
    ([" "]),
  ])
  func `sentences end where a reader would end them`(parts: [String]) {
    #expect(Self.sentences(parts.joined()) == parts)
  }

  @Test func `an empty text has no sentence`() {
    #expect(Sentences.ranges(in: "").isEmpty)
  }
}

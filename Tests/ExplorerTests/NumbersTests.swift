import Attribution
import Classifiers
import Explorer
import Reports
import TerminalUI
import Testing

/// A very confident model: differences that two digits would hide are shown.
private func sure() -> Stage {
  var stage = Stage("brilliant gorgeous good acting and brilliant gorgeous good score")
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  stage.answer()
  return stage
}

@Test func `changes near 1 are visible`() {
  let stage = sure()
  #expect(!stage.screen.contains(" 1.00"))
  #expect(!stage.screen.contains("(+0.00)") && !stage.screen.contains("(-0.00)"))
  #expect(stage.screen.contains("without it: p(positive) 0.99991 → 0.99932 (-0.00059)"))
}

@Test func `a number is never truncated, at any width`() throws {
  // Narrow windows show the prediction in the title, with the number whole or not at all.
  var stage = Stage("dull")
  stage.answer()
  let number = Numerals.probability(Lexicon.predict("dull").probabilities[0])
  for columns in 60...120 {
    stage.send(.terminal(.resize(Size(columns: columns, rows: 16))))
    let title = try #require(stage.rows.first)
    #expect(title.contains(number), "\(columns): \(title)")
  }
  #expect(stage.rows.first?.contains(number) == true)
}

@Test func `at 60 columns the name is shortened, not the number`() {
  var stage = Stage("dull", columns: 60, rows: 16)
  stage.answer()
  let number = Numerals.probability(Lexicon.predict("dull").probabilities[0])
  #expect(stage.rows[0].contains("… \(number)") || stage.rows[0].contains("negative \(number)"))
}

@Test func `a parameter and its value stay together`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  #expect(stage.rows.contains { $0.contains("from zero vectors  65 steps") })
}

@Test(arguments: [
  "a brilliant film but dull", "good plot but painfully dull acting", "never dull and gorgeous",
  "The acting is brilliant and the score is gorgeous, but the ending is predictable.",
])
func `every change on the screen is the difference of the numbers beside it`(text: String) throws {
  var stage = Stage(text)
  stage.answer()
  stage.press(.escape)
  stage.press(.home)
  var found = 0
  // Selection, flips, typos, a word off, two phrases, Compare
  for keys in ["l", "f", "n", "V", "lV", "llVV", "]", " ", "3", "j", "j"] {
    stage.type(keys)
    stage.answer()
    for match in stage.screen.matches(of: #/(\d\.\d+) → (\d\.\d+) \(([+-]\d\.\d+)\)/#) {
      let digits = match.1.count - 2
      let scale = try #require(Double("1e\(digits)"))
      func whole(_ text: Substring) throws -> Int {
        Int((try #require(Double(text)) * scale).rounded())
      }
      #expect(match.2.count == match.1.count && match.3.count == match.1.count + 1, "\(match.0)")
      #expect(try whole(match.2) - whole(match.1) == whole(match.3), "\(match.0)")
      found += 1
    }
  }
  #expect(found > 20)
}

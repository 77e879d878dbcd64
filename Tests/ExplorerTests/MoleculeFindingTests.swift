import Attribution
import Classifiers
import Datasets
import Explorer
import Reports
import TerminalUI
import TestSupport
import Testing
import Workbench

@Test func `f lists the fewest swaps that flip, Enter takes one and u undoes it`() {
  var stage = Stage(molecule: "Cc1ccccc1Cl")
  stage.press(.escape)
  stage.type("f")
  stage.answerMoleculeQuestions()
  #expect(stage.asked(FindFlips.self).isEmpty && stage.asked(FindSwaps.self).count == 1)
  #expect(stage.screen.contains("Cl 7 → OH"))
  #expect(stage.screen.contains("flips to outside"))
  #expect(stage.screen.contains("all 2 single swaps were tried: these flip the class"))
  stage.press(.enter)
  stage.answerMoleculeQuestions()
  #expect(stage.state.document.text == "Cc1ccccc1O")
  stage.type("u")
  #expect(stage.state.document.text == "Cc1ccccc1Cl")
}

@Test func `two simultaneous swaps count as two, and a later swap as one more`() {
  var stage = Stage(molecule: "Clc1ccccc1Cl")
  stage.press(.escape)
  stage.type("f")
  stage.answerMoleculeQuestions()
  #expect(stage.screen.contains("Cl 0 → OH, Cl 7 → OH"))
  stage.press(.enter)
  stage.answerMoleculeQuestions()
  #expect(stage.state.document.text == "Oc1ccccc1O")
  #expect(stage.screen.contains("2 swaps  0."))
  #expect(!stage.screen.contains("1 change") && !stage.screen.contains("changes"))
  stage.state.select(atom: 3)
  stage.type("W")
  stage.answerMoleculeQuestions()
  stage.press(.enter)
  stage.answerMoleculeQuestions()
  #expect(stage.state.document.text == "Oc1cc(F)ccc1O")
  // The comparison is with the original molecule, from which both chlorines differ.
  #expect(stage.screen.contains("3 swaps  0.25 → 0.75"))
}

@Test func `replacing a swapped group again does not count as another swap`() {
  var stage = Stage(molecule: "CCCCl")
  stage.press(.escape)
  // First fluorine, after hydrogen; then hydroxyl, after hydrogen, chlorine and methyl.
  for downs in [1, 3] {
    stage.state.select(atom: 3)
    stage.type("W")
    stage.answerMoleculeQuestions()
    for _ in 0..<downs { stage.press(.down) }
    stage.press(.enter)
    stage.answerMoleculeQuestions()
    #expect(stage.screen.contains("1 swap  0."))
  }
  #expect(stage.state.document.text == "CCCO")
}

@Test func `for a molecule shown as text, flips are found among words, not swaps`() {
  var stage = Stage(molecule: "CCCl")
  stage.press(.escape)
  stage.type("f")
  stage.answerMoleculeQuestions()
  stage.type("M")
  #expect(stage.asked(FindSwaps.self).count == 1)
  #expect(stage.asked(FindFlips.self).count == 1)
}

@Test func `the spread over spellings is a trust line, and is shown for the marked atom`() throws {
  var stage = Stage(molecule: "CCCl", columns: 140, rows: 44)
  let open = stage.log.compactMap { effect -> (ticket: Ticket, question: MeasureTrust)? in
    guard case .ask(let ticket, let question) = effect else { return nil }
    return (question.base as? MeasureTrust).map { (ticket, $0) }
  }
  let asked = try #require(open.last)
  #expect(asked.question.isMolecule)
  let spread = SpellingSpread(
    count: 20, distinct: 4, mean: [0.25, -0.5, 1], spread: [0.05, 0.1, 0.5], valueMean: 1,
    valueSpread: 0.2, agreeing: 18)
  stage.send(.progress(asked.ticket, MeasureTrust.Answer.spellings(spread)))
  stage.send(
    .answer(
      asked.ticket,
      MeasureTrust.Answer.readings(
        [
          TrustReading(
            name: TrustStrip.spellings, title: "spread over spellings", summary: "Does it?",
            best: .low, value: spread.share)
        ], control: [:])))
  #expect(stage.screen.contains("by spelling ↓     0.45 it depends"))
  #expect(stage.screen.contains("this Cl in 20 other"))
  stage.press(.left)
  stage.press(.left)
  stage.press(.left)
  #expect(stage.screen.contains("this C in 20 other"))
  // Another text has other spellings.
  stage.type("C")
  #expect(!stage.screen.contains("in 20 other"))
}

@Test func `text is not measured in other spellings`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  #expect(stage.asked(MeasureTrust.self).allSatisfy { !$0.isMolecule })
}

import Classifiers
import Datasets
import Explorer
import TerminalUI
import Testing
import Workbench

/// Three classes: `likely` has the highest probability, `next` the second highest.
private func threeClasses(_ session: Session? = nil) -> Stage {
  var stage = Stage("some text", isLoaded: false, session: session)
  var summary = Lexicon.summary
  summary.classes = ["rare", "likely", "next"]
  stage.load(summary)
  stage.predict([0.1, 0.6, 0.3])
  return stage
}

extension Stage {
  /// Answers the prediction with these probabilities, then all other open questions.
  fileprivate mutating func predict(_ probabilities: [Float]) {
    var prediction = Lexicon.predict(state.document.editor.text)
    (prediction.probabilities, prediction.logits) = (probabilities, probabilities)
    prediction.classIndex = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
    forget()
    predict(prediction)
    answer()
  }

  /// The last explanation that was requested.
  fileprivate var explained: ExplanationChoice? { asked(Explain.self).last?.choice }
}

@Test func `c explains this class against the next one, and again this one alone`() throws {
  var stage = threeClasses()
  #expect(stage.explained?.classIndex == 1 && stage.explained?.versus == nil)
  stage.press(.escape)
  stage.type("c")
  stage.answer()
  #expect(stage.explained?.classIndex == 1 && stage.explained?.versus == 2)
  #expect(stage.explained?.target == Target(classIndex: 1, versus: 2))
  #expect(stage.screen.contains("likely, not next"))
  #expect(stage.screen.contains(" - for next ") && stage.screen.contains(" + for likely "))
  // Another target is contrasted with the most probable of the other classes.
  stage.control("t")
  stage.answer()
  #expect(stage.explained?.classIndex == 2 && stage.explained?.versus == 1)
  stage.type("c")
  stage.answer()
  #expect(stage.screen.contains(" - against next ") && !stage.screen.contains("next, not"))
}

@Test func `the command of a contrast names both classes`() {
  var stage = threeClasses()
  stage.press(.escape)
  stage.type("c")
  stage.answer()
  stage.type("Y")
  #expect(stage.screen.contains("--target likely --versus next"))
}

@Test func `any class can be chosen for the contrast`() {
  var stage = threeClasses()
  stage.control("p")
  stage.type("versus rare")
  stage.press(.enter)
  stage.answer()
  #expect(stage.explained?.versus == 0 && stage.screen.contains("likely, not rare"))
  // The explained class can't be contrasted with itself.
  stage.control("p")
  stage.type("versus likely")
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("likely is the class being explained"))
  #expect(stage.screen.contains("likely, not rare"))
}

@Test func `a contrast is restored at the next start`() {
  var stage = threeClasses()
  stage.press(.escape)
  stage.type("c")
  stage.answer()
  #expect(stage.state.session.contrast == "")
  let next = threeClasses(stage.state.session)
  #expect(next.explained?.versus == 2)
  stage.control("p")
  stage.type("versus rare")
  stage.press(.enter)
  #expect(stage.state.session.contrast == "rare")
  #expect(threeClasses(stage.state.session).explained?.versus == 0)
  stage.press(.escape)
  stage.type("c")
  #expect(stage.state.session.contrast == nil)
}

@Test func `a model without two classes has no contrast`() {
  var stage = Stage("some text", isLoaded: false)
  var summary = Lexicon.summary
  (summary.classes, summary.link) = (["stars"], .identity)
  stage.load(summary)
  stage.predict([2.5])
  stage.press(.escape)
  stage.type("c")
  stage.answer()
  #expect(stage.screen.contains("no two classes") && stage.explained?.versus == nil)
  stage.type(":")
  stage.type("versus")
  #expect(!stage.screen.contains("versus stars"))
}

// MARK: - On Errors

private func contrasted(_ stage: Stage) -> [ContrastedRow] {
  stage.asked(ContrastRow.self).map(\.asked)
}

@Test(arguments: [(120, 36), (80, 24)])
func `on Errors c contrasts the prediction with the gold class`(columns: Int, rows: Int) throws {
  var stage = Stage.errors(columns: columns, rows: rows)
  stage.type("/gold=positive pred=negative")
  stage.press(.enter)
  stage.answer()
  #expect(contrasted(stage).isEmpty)
  stage.type("c")
  stage.answer()
  #expect(contrasted(stage).last?.versus == 1)
  #expect(stage.screen.contains("why negative and not positive?  c: negative alone"))
  // Each row is asked about only once.
  for key in ["j", "k"] {
    stage.type(key)
    stage.answer()
  }
  let asked = contrasted(stage)
  #expect(asked.count == 2 && Set(asked).count == 2)
  // The contrast continues in Explore, where the row is opened.
  stage.press(.enter)
  stage.answer()
  #expect(stage.screen.contains("negative, not positive") || stage.screen.contains("positive, not"))
  stage.press(.escape)
  stage.answer()
  stage.type("c")
  stage.answer()
  #expect(!stage.screen.contains("why negative and not"))
}

@Test func `a correct row is contrasted with the next class`() {
  var stage = Stage.errors()
  stage.type("/gold=pred pred=positive")
  stage.press(.enter)
  stage.answer()
  stage.type("c")
  #expect(stage.screen.contains("why positive and not negative…"))
  stage.answer()
  #expect(stage.screen.contains("why positive and not negative?"))
}

// MARK: - Calibration

@Test(arguments: [(120, 36), (80, 24)])
func `the calibration has a temperature, and C shows what it improves`(columns: Int, rows: Int)
  throws
{
  var stage = Stage.errors(columns: columns, rows: rows)
  let report = try #require(stage.state.examples).report()
  let temperature = try #require(report.temperature)
  #expect(temperature.loss <= temperature.lossWithout)
  stage.type("C")
  #expect(stage.screen.contains("Calibration"))
  #expect(stage.screen.contains("found on these rows"))
  let shown = { (value: Double, digits: Int) in
    "\((value * (digits == 2 ? 100 : 1000)).rounded() / (digits == 2 ? 100 : 1000))"
  }
  #expect(
    stage.screen.contains("ECE ") && stage.screen.contains(" at \(shown(temperature.value, 2))"))
  // Its bins are about other probabilities than a query's p.
  stage.press(.enter)
  #expect(stage.screen.contains("no filter can show these rows"))
  stage.type("C")
  #expect(stage.screen.contains("calibration of the model's own probabilities"))
  stage.press(.enter)
  stage.answer()
  #expect(!stage.screen.contains("200 of 200 rows"))
}

@Test func `the palette calibrates from every screen, and says what is missing`() {
  var stage = Stage("good")
  stage.answer()
  stage.control("p")
  stage.type("calibrate")
  stage.press(.enter)
  #expect(
    stage.screen.contains("no data yet: O opens a file, Enter on Errors a sample")
      && stage.state.screen == .explore)
  stage.load(Reviews.rows(100))
  stage.control("p")
  stage.type("calibrate")
  stage.press(.enter)
  #expect(stage.state.screen == .errors && stage.screen.contains("Calibration"))
}

// MARK: - Restoring the earlier map

// Behaviour 20.
@Test func `cancelling an explainer restores the earlier map`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  let (title, paint) = ("Why positive? · integrated gradients", stage.paint(of: "brilliant"))
  #expect(stage.screen.contains(title) && paint == [.heat(5)])
  stage.control("x")
  _ = stage.state.update(.tick(opened: nil), at: 0.25)
  #expect(stage.screen.contains("Why positive? · occlusion"))
  #expect(stage.paint(of: "brilliant") == [.text])
  stage.control("c")
  #expect(stage.screen.contains(title) && stage.paint(of: "brilliant") == paint)
  #expect(stage.screen.contains("cancelled after 0 passes; integrated gradients as before"))
  #expect(stage.state.explanations.job == nil)
  // It can be requested again at once.
  stage.forget()
  stage.control("x")
  stage.answer()
  #expect(stage.screen.contains("Why positive? · occlusion"))
}

@Test func `cancelling the second of two explainers still restores the complete map`() {
  var stage = Stage("a brilliant film", summary: Lexicon.comparable)
  stage.answer()
  stage.control("x")
  stage.control("x")
  stage.control("x")
  stage.control("c")
  #expect(stage.screen.contains("Why positive? · integrated gradients"))
  #expect(stage.paint(of: "brilliant") == [.heat(5)])
}

@Test func `cancelling a class, a contrast or a second run restores the earlier map`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.press(.escape)
  for key in ["t", "c", "r"] {
    stage.type(key)
    #expect(stage.state.explanations.job != nil)
    stage.press(.escape)
    #expect(
      stage.state.explanations.job == nil
        && stage.screen.contains("Why positive? · integrated gradients"))
    #expect(!stage.screen.contains("positive, not"))
    #expect(stage.paint(of: "brilliant") == [.heat(5)], "\(key)")
  }
}

@Test func `an older text's map is not restored`() {
  var stage = Stage("a brilliant film")
  stage.answer()
  stage.control("x")
  stage.answer()
  stage.type("s")
  stage.answerNext()
  stage.control("c")
  #expect(stage.screen.contains("r computes it again"))
}

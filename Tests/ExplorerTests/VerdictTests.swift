import Attribution
import Classifiers
import Explorer
import TerminalUI
import Testing
import Workbench

/// A measure's value and the value of random scores.
private typealias Measured = (name: String, best: TrustReading.Best, value: Float, control: Float)

private func summary(_ link: OutputLink = .softmax, classes: [String]? = nil) -> ModelSummary {
  var summary = Lexicon.summary
  summary.link = link
  if let classes { summary.classes = classes }
  return summary
}

/// The trust strip for a text, for the predicted class or, after a number of keys, for the next
/// one.
private func strip(
  _ text: String, _ measured: [Measured], nextClass: Int = 0, _ summary: ModelSummary = summary()
) -> Stage {
  var stage = Stage(text, summary: summary)
  stage.answer()
  for _ in 0..<nextClass { stage.control("t") }
  stage.answer()
  stage.forget()
  stage.control("x")
  while let next = stage.open.first {
    if case .ask(_, let question) = next, let question = question.base as? MeasureTrust {
      stage.deliver(
        .readings(
          measured.map {
            TrustReading(
              name: $0.name, title: $0.name, summary: "What \($0.name) asks.", best: $0.best,
              value: $0.value)
          },
          control: Dictionary(uniqueKeysWithValues: measured.map { ($0.name, $0.control) })),
        about: question, isFinal: true)
      return stage
    }
    stage.answerNext()
  }
  return stage
}

extension Stage {
  /// The line of the trust strip that begins with a label.
  fileprivate func line(_ label: String) -> String {
    rows.first { $0.contains("│ \(label)") } ?? ""
  }
}

// "a brilliant film" is positive with 0.86, so the other class has 0.14.
@Test(arguments: [
  (Float(0), Float(-0.2), "no effect"), (-0.03, -0.2, "no effect"), (0.54, 0.07, "good"),
  (0.3, 0.28, "as random"), (0.12, 0.01, "fair"),
])
func `a drop is judged by its share of the probability, not by random scores alone`(
  value: Float, control: Float, word: String
) {
  let stage = strip("a brilliant film", [("comprehensiveness", .high, value, control)])
  #expect(stage.line("p lost without").contains(" \(word) "), "\(stage.line("p lost without"))")
}

@Test(arguments: [
  (Float(0), Float(0.5), "good"), (-0.6, 0.1, "good"), (0.8, 1.5, "too weak"),
  (0.1, 0.1, "as random"),
])
func `the painted words alone must retain enough of the probability`(
  value: Float, control: Float, word: String
) {
  let stage = strip("a brilliant film", [("sufficiency", .low, value, control)])
  #expect(stage.line("p lost alone").contains(" \(word) "), "\(stage.line("p lost alone"))")
}

@Test(arguments: [
  (Float(0.02), Float(-0.3), "disagrees"), (-0.4, -0.9, "disagrees"), (0.6, 0.1, "good"),
  (0.3, 0.2, "fair"),
])
func `a rank correlation near zero is poor, whatever random scores reach`(
  value: Float, control: Float, word: String
) {
  let stage = strip("a brilliant film", [("leave-one-out-tau", .high, value, control)])
  #expect(stage.line("as removing").contains(" \(word) "), "\(stage.line("as removing"))")
}

@Test func `with too little probability nothing is judged, and the strip says so`() {
  let measured: [Measured] = [
    ("comprehensiveness", .high, 0.01, 0), ("sufficiency", .low, -0.4, 0.02),
  ]
  // The text is positive with 0.96, so negative has 0.04.
  let stage = strip("brilliant gorgeous", measured, nextClass: 1)
  #expect(stage.state.targetClass == 0)
  #expect(stage.screen.contains("too little probability to judge: 0.04"))
  for word in ["good", "fair", "as random", "no effect"] {
    #expect(!stage.line("p lost without").contains(word))
    #expect(!stage.line("p lost alone").contains(word))
  }
}

@Test func `a regression has no scale to be judged by`() {
  let stage = strip(
    "good but dull", [("comprehensiveness", .high, 3, 1)], summary(.identity, classes: ["stars"]))
  #expect(stage.line("p lost without").contains("3.00"))
  for word in ["good", "fair", "as random"] {
    #expect(!stage.line("p lost without").contains(word))
  }
}

@Test func `a deterministic method has no spread to report`() {
  let steady = strip("a brilliant film", [("seed-spread", .low, 0, 0)])
  #expect(!steady.screen.contains("seed spread"))
  let drawn = strip("a brilliant film", [("seed-spread", .low, 0.4, 0)])
  #expect(drawn.line("seed spread").contains("0.40 unsteady"))
}

@Test func `the card of the measures says which values are good and what random scores reach`() {
  var stage = strip("a brilliant film", [("comprehensiveness", .high, 0.5, 0.1)])
  stage.press(.tab, .shift)
  #expect(stage.screen.contains("Enter explains"))
  stage.press(.enter)
  #expect(stage.screen.contains("comprehensiveness 0.50, random scores have 0.10  high is good"))
  #expect(stage.screen.contains("as random: random scores do as well"))
}

// MARK: - Caveats

@Test func `a regression is not called saturated, class-blind or for a class`() {
  var stage = Stage.regression()
  stage.control("x")
  stage.control("x")
  stage.answer(number: 3.5)
  #expect(
    stage.state.settings.method == "intrinsic-attention" && stage.state.explanations.shown != nil)
  for word in ["saturated", "class-blind", "for or against", "for stars", "against stars"] {
    #expect(!stage.screen.contains(word), "\(word)")
  }
  stage.press(.character("x"), .alt)
  stage.answer()
  #expect(stage.screen.contains(" - lower stars ") && stage.screen.contains(" + higher stars "))
}

@Test func `saturation is judged for the class that is explained`() {
  var stage = Stage("brilliant gorgeous good brilliant gorgeous", rows: 50)
  stage.answer()
  stage.control("x")
  stage.control("x")
  stage.answer()
  #expect(stage.state.settings.method == "intrinsic-attention")
  #expect(stage.legend.contains("saturated: at p 0.9996"))
}

@Test func `the legend and the card show the caveats that apply to the model`() {
  for (traits, isThere) in [(ModelTraits.maxPooling, true), ([], false)] {
    var summary = summary()
    summary.traits = traits
    summary.methods[0].card.modelCaveats = [ModelCaveat("The pool is bumpy.", if: .maxPooling)]
    var stage = Stage("a brilliant film", rows: 50, summary: summary)
    stage.answer()
    #expect(stage.legend.contains("The pool is bumpy.") == isThere)
    stage.press(.escape)
    stage.type("m")
    #expect(stage.screen.contains("Beware of integrated gradients. The pool") == isThere)
  }
}

@Test func `a card with a formula says what its symbols mean`() {
  var summary = summary()
  for formula in ["", "score_t = x_t . df/dx_t"] {
    summary.methods[0].card.formula = formula
    var stage = Stage("a brilliant film", rows: 50, summary: summary)
    stage.answer()
    stage.press(.escape)
    stage.type("m")
    #expect(stage.screen.contains(MethodCard.notation) == !formula.isEmpty)
  }
}

import Classifiers
import Datasets
import Explorer
import TerminalUI
import Testing
import Workbench

/// A model that decides each of its labels by itself.
private func tagging(_ threshold: Float? = nil, argument: String = "tags") -> ModelSummary {
  var summary = Lexicon.summary
  (summary.link, summary.classes) = (.sigmoid, ["food", "late"])
  (summary.argument, summary.threshold) = (argument, threshold)
  if let threshold { summary.thresholds = [threshold] }
  return summary
}

private func stage() -> Stage {
  var stage = Stage("some text", summary: tagging())
  var prediction = Lexicon.predict("some text")
  prediction.probabilities = [0.35, 0.8]
  prediction.classIndex = 1
  stage.predict(prediction)
  stage.press(.escape)
  return stage
}

extension Stage {
  /// Types a line into the prompt of settings.
  fileprivate mutating func set(_ line: String) {
    type("N")
    type(line)
    press(.enter)
  }

  /// Answers the question for a threshold, as the program does.
  fileprivate mutating func answerThreshold() {
    guard let question = asked(SetThreshold.self).last else {
      Issue.record("no threshold was asked for")
      return
    }
    let line = question.threshold.map { "tags --threshold \($0)" } ?? "tags"
    deliver(
      OpenedModel(Lexicon.model, summary: tagging(question.threshold, argument: line)),
      about: question, isFinal: true)
  }
}

@Test func `a threshold decides anew what is predicted, without asking the model`() {
  var stage = stage()
  #expect(stage.screen.contains("given: late (p > 0.50)"))
  stage.forgetLog()
  stage.set("threshold 0.3")
  #expect(stage.asked(SetThreshold.self) == [SetThreshold(0.3)])
  stage.answerThreshold()
  #expect(stage.screen.contains("given: food, late (p > 0.30)"))
  #expect(stage.screen.contains("threshold: 0.3"))
  #expect(stage.asked(Predict.self).isEmpty)
  stage.press(.function(5))
  #expect(stage.screen.contains("given: food, late (p > 0.30)"))
  stage.press(.escape)
  // kept for the next start
  #expect(stage.state.session.model == "tags --threshold 0.3")
  stage.set("threshold default")
  #expect(stage.asked(SetThreshold.self).last == SetThreshold(nil))
  stage.answerThreshold()
  #expect(stage.screen.contains("given: late (p > 0.50)"))
  #expect(stage.state.session.model == "tags")
}

@Test func `the palette takes it as a command, and the prompt shows what holds`() {
  var stage = stage()
  stage.type("N")
  #expect(stage.screen.contains("threshold") && stage.screen.contains("above which p"))
  stage.press(.escape)
  stage.type(":")
  stage.type("threshold 0.9")
  stage.press(.enter)
  stage.answerThreshold()
  #expect(stage.screen.contains("given: none (p > 0.90)"))
}

@Test(arguments: ["threshold 0", "threshold 1", "threshold x", "threshold nan", "threshold -1"])
func `what can be no threshold is refused with what can`(line: String) {
  var stage = stage()
  stage.set(line)
  #expect(stage.screen.contains("it is a number between 0 and 1"))
  #expect(stage.asked(SetThreshold.self).isEmpty)
}

@Test func `a model that takes one class has no threshold to set`() {
  var stage = Stage("good")
  stage.answer()
  stage.press(.escape)
  stage.set("threshold 0.3")
  #expect(stage.screen.contains("expected a name and a value"))
  #expect(stage.asked(SetThreshold.self).isEmpty)
}

@Test func `the rows of Errors are judged by the new threshold`() {
  var stage = stage()
  stage.send(.dataOpened)
  stage.scoring(.began(name: "tags.csv"))
  stage.scoring(.ended(RowsProgress(rows: 0)))
  stage.press(.character("1"), .alt)
  stage.forgetLog()
  stage.set("threshold 0.3")
  stage.answerThreshold()
  #expect(stage.asked(ScoreRows.self).count == 1)
}

@Test func `a threshold for a model that was replaced meanwhile is dropped`() {
  var stage = stage()
  stage.set("threshold 0.3")
  stage.load(Lexicon.summary)
  stage.answerThreshold()
  #expect(stage.state.summary == Lexicon.summary)
}

@Test func `of a single label it is said whether it applies`() {
  var summary = tagging()
  summary.classes = ["toxic"]
  var stage = Stage("some text", summary: summary)
  var prediction = Lexicon.predict("some text")
  (prediction.probabilities, prediction.classIndex) = ([0.35], 0)
  stage.predict(prediction)
  #expect(stage.screen.contains("not given (p > 0.50)"))
}

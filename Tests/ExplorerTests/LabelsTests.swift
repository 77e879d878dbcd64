import Classifiers
import Datasets
import Explorer
import TerminalUI
import TestSupport
import Testing
import Workbench

@Suite struct LabelsTests {
  /// A natural language inference model that was opened from a folder.
  private static let inference: ModelSummary = {
    var summary = Lexicon.inference
    (summary.argument, summary.classes) = ("nli", ["contradiction", "entailment"])
    return summary
  }()

  /// The same model with the user's labels.
  private static func asked(for labels: ZeroShotLabels) -> ModelSummary {
    var summary = inference
    summary.pairs = nil
    summary.classes = labels.labels
    summary.argument =
      ModelArgument(
        model: "nli", tokenizer: nil, reading: ReadingOptions(labels: labels)
      ).line
    return summary
  }

  private func stage() -> Stage {
    var stage = Stage("My parcel is good", pair: "", summary: Self.inference)
    stage.answer()
    stage.press(.escape)
    return stage
  }

  /// Answers the prompt's question as the program does.
  private func answerLabels(_ stage: inout Stage) {
    guard let question = stage.asked(AskForLabels.self).last else {
      Issue.record("no labels were asked for")
      return
    }
    let summary = question.labels.map { Self.asked(for: $0) } ?? Self.inference
    stage.deliver(OpenedModel(Lexicon.model, summary: summary), about: question, isFinal: true)
  }

  @Test func `the model answers for labels as they are typed`() {
    var stage = stage()
    stage.type("Z")
    stage.type("refund, delivery")
    let asked = stage.asked(AskForLabels.self)
    #expect(asked.last?.labels?.labels == ["refund", "delivery"])
    #expect(asked.last?.labels?.hypothesis == ZeroShotLabels.usualHypothesis)
    answerLabels(&stage)
    #expect(stage.state.summary?.classes == ["refund", "delivery"])
    #expect(stage.texts == ["My parcel is good"])
    stage.press(.enter)
    #expect(stage.state.session.model == "nli --labels refund, delivery")
    #expect(stage.state.session.recentModels?.first == "nli --labels refund, delivery")
  }

  @Test func `each label by itself, and another hypothesis`() {
    var stage = stage()
    stage.type("Z")
    stage.type("a, b")
    stage.control("t")
    stage.press(.tab)
    stage.type("!")
    let labels = stage.asked(AskForLabels.self).last?.labels
    #expect(labels?.isMany == true && labels?.hypothesis == "This example is {}.!")
    #expect(snapshotProblem(stage.state.picture.frame, "labels-120x36") == nil)
  }

  @Test func `the prompt says why the model can't answer for labels`() throws {
    var stage = stage()
    stage.type("Z")
    stage.type("a")
    let question = try #require(stage.asked(AskForLabels.self).last)
    stage.fail(question, "one label of one is always right")
    #expect(stage.screen.contains("one label of one is always right"))
    stage.press(.enter)
    #expect(stage.state.overlay != nil)
    stage.type(", b")
    #expect(!stage.screen.contains("always right"))
  }

  @Test func `Escape brings the model's own classes and the second field back`() {
    var stage = stage()
    stage.type("Z")
    stage.type("a, b")
    answerLabels(&stage)
    #expect(stage.texts.count == 1)
    stage.press(.escape)
    answerLabels(&stage)
    #expect(stage.state.summary?.classes == Self.inference.classes)
    #expect(stage.texts == ["My parcel is good", ""])
  }

  @Test func `without labels the model has its own classes again`() {
    var stage = stage()
    stage.type("Z")
    stage.type("a, b")
    answerLabels(&stage)
    stage.press(.enter)
    stage.answer()
    stage.type("Z")
    stage.control("u")
    #expect(stage.asked(AskForLabels.self).last.map { $0.labels == nil } == true)
    answerLabels(&stage)
    stage.press(.enter)
    #expect(stage.state.overlay == nil && stage.state.summary?.labels == nil)
    #expect(stage.texts == ["My parcel is good", ""])
  }

  @Test func `the rows of a data set are scored for the labels that are kept`() {
    var stage = stage()
    stage.send(.dataOpened)
    stage.answer()
    stage.scoring(.began(name: "mails.csv"))
    stage.scoring(.ended(RowsProgress(rows: 0, share: 1, rowsPerSecond: 1)))
    #expect(stage.asked(ScoreRows.self).count == 1)
    stage.type("1Z")
    stage.type("a, b")
    answerLabels(&stage)
    // The rows are not scored for each key.
    #expect(stage.asked(ScoreRows.self).count == 1)
    stage.press(.enter)
    #expect(stage.asked(ScoreRows.self).count == 2)
    stage.scoring(.began(name: "mails.csv"))
    #expect(stage.state.examples?.classes == ["a", "b"])
    // Labels that were cancelled are not stored.
    stage.type("Z")
    stage.control("u")
    stage.type("x, y")
    answerLabels(&stage)
    stage.press(.escape)
    answerLabels(&stage)
    #expect(stage.state.summary?.classes == ["a", "b"])
    #expect(stage.asked(ScoreRows.self).count == 2)
  }

  @Test func `other kinds of models do not accept labels`() {
    var stage = Stage("good")
    stage.press(.escape)
    stage.type("Z")
    #expect(stage.state.overlay == nil && stage.screen.contains("natural language inference"))
  }
}

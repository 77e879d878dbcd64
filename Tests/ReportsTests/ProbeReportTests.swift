import Attribution
import Classifiers
import Documents
import Reports
import TestSupport
import Testing
import Tokenizers

@Suite struct `the answers about a text` {
  private let model = Sample.model
  private let text = "Very good film & plot"

  private func report(_ questions: [ProbeQuestion], phrases: ProbeAnswers.Phrases? = nil) throws
    -> ProbeReport
  {
    let prediction = try model.predict(text)
    let sets = DecisiveSets()
    var answers = ProbeAnswers(questions: questions)
    answers.reduction = try InputReduction().reduce(prediction.encoding, model: model)
    answers.hotFlip = try HotFlip().attack(prediction.encoding, model: model)
    answers.flipping = try sets.flipping(prediction.encoding, model: model)
    answers.keeping = try sets.keeping(prediction.encoding, model: model)
    answers.phrases = phrases
    return ProbeReport(
      answers, of: prediction, record: Sample.record(text), index: 2, model: model)
  }

  @Test func `are a line each, behind the text and its class`() throws {
    let report = try report([.reduction, .keeping, .ledger])
    let lines = report.text.text.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let predicted = model.classifier.classes[try model.predict(text).classIndex]
    #expect(lines.prefix(2) == [text, "class        \(predicted)"])
    #expect(lines[2].hasPrefix("reduction    \""))
    #expect(lines[2].contains("is still \(predicted): "))
    #expect(lines[3].hasPrefix("keeping      "))
    #expect(lines[4] == "ledger       does not apply to this model")
    #expect(lines.suffix(2) == ["", ""] && lines.count == 7)
  }

  @Test func `say what phrases gave, and what two give together`() throws {
    let report = try report(
      [], phrases: .init(texts: ["good", "film"], shares: [0.5, -0.25], interaction: 0.125))
    #expect(report.text.text.contains("phrase       \"good\" contributes 0.500 to the logit\n"))
    #expect(report.text.text.contains("phrase       \"film\" contributes -0.250 to the logit\n"))
    #expect(report.text.text.contains("interaction  0.125 more together than apart\n"))
    #expect(report.json["phrases"]?.items.count == 2)
    #expect(report.json["interaction"] == .number(0.125))
  }

  @Test func `are JSON beside the prediction`() throws {
    let report = try report(ProbeQuestion.allCases)
    let json = report.json
    #expect(json["index"] == .integer(2) && json["text"] == .string(text))
    let kept = try InputReduction().reduce(text.tiny, model: model).kept
    #expect(json["reduction"]?["kept"] == .array(kept.map(JSON.integer)))
    #expect(json["ledger"] == .null && json["phrases"] == .null && json["interaction"] == .null)
    #expect(json["keeping"]?["proven"] != nil)
    #expect(json["hotflip"]?["class"] != nil)
  }

  @Test func `tell the pools of the score`() throws {
    var answers = ProbeAnswers(questions: [.ledger])
    let prediction = try model.predict("a bb")
    answers.ledger = PoolingLedger(
      entries: [.init(pool: "last", steps: [0, 0.25, 1])], value: 2)
    let report = ProbeReport(
      answers, of: prediction, record: Sample.record("a bb"), index: 0, model: model)
    #expect(
      report.text.text.contains("ledger       logit 2.000: last 1.250, most at bb; biases 0.750\n"))
    #expect(report.json["ledger"]?["last"]?["total"] == .number(1.25))
    #expect(report.json["ledger"]?["biases"] == .number(0.75))
  }

  @Test func `of a regression say that nothing can flip`() throws {
    let model = Model.tiny(TinyClassifier(classes: 1, link: .identity))
    let report = ProbeReport(
      ProbeAnswers(questions: [.flipping]), of: try model.predict("a"),
      record: Sample.record("a"), index: 0, model: model)
    #expect(
      report.text.text.contains("does not apply: a regression has no class that could flip"))
  }
}

import Attribution
import Classifiers
import TestSupport
import Testing
import Tokenizers
import Workbench

private let text = EditedText("an able text")
private let choice = ExplanationChoice(method: "occlusion", classIndex: 1, quantity: .logit)

@Test func `a prediction is the model's, without what is switched off`() throws {
  let bench = Bench()
  let answer = try Predict(text).run(in: bench.lab()).answer
  #expect(answer.prediction == (try bench.model.predict("an able text")))
  #expect(answer.whole == nil && answer.seconds == 0.01)

  let off = try Predict(EditedText(text.text, off: [3..<7])).run(in: bench.lab()).answer.prediction
  #expect(off.encoding.pieces.map(\.text) == ["bos", "an", "text"])
}

@Test func `a prediction of what is tried brings the whole text's along`() throws {
  let bench = Bench()
  let changed = try Predict(EditedText("an odd text"), original: JoinedTexts(text: "an able text"))
    .run(in: bench.lab()).answer
  #expect(changed.whole == (try bench.model.predict("an able text")).probabilities)
  let off = try Predict(EditedText(text.text, off: [3..<7]), original: JoinedTexts(text: text.text))
    .run(in: bench.lab()).answer
  #expect(off.whole == (try bench.model.predict("an able text")).probabilities)
}

@Test func `texts of equal letters and other bytes are not taken for each other`() throws {
  let lab = Bench().lab()
  // é as one scalar and as two
  let (one, two) = ("caf\u{E9}", "cafe\u{301}")
  #expect(one == two)
  #expect(try lab.model(in: .main).encode(JoinedTexts(text: one)).pieces.last?.utf8Range == 0..<5)
  #expect(try lab.model(in: .main).encode(JoinedTexts(text: two)).pieces.last?.utf8Range == 0..<6)
}

@Test func `an explanation says first what it costs, and then becomes better`() throws {
  var options = ExplainerOptions()
  options.samples = 200
  let question = Explain(
    text.text.tiny, ExplanationChoice(method: "kernel-shap", classIndex: 1, quantity: .logit),
    options: options)
  let (progress, answer) = try question.run(
    in: Bench(model: .tiny(TinyClassifier(callSize: 2))).lab())
  guard case .expected(let passes)? = progress.first else {
    Issue.record("no passes")
    return
  }
  #expect(passes > 1)
  guard case .scores(let attribution, let seconds) = answer else {
    Issue.record("no scores")
    return
  }
  #expect(attribution.scores.count == text.text.tiny.pieces.count && seconds > 0)
  let explainer = try #require(ExplainerCatalog.explainer(named: "kernel-shap"))
  let request = ExplanationRequest(
    model: .tiny(TinyClassifier(callSize: 2)), encoding: text.text.tiny,
    target: question.choice.target, options: options)
  #expect(try explainer.explain(request) { _ in } == attribution)
  #expect(!Explain.mayBeSkipped(progress[0]) && Explain.mayBeSkipped(answer))
}

@Test func `an explainer that there is not is a fact`() {
  let question = Explain(
    text.text.tiny, ExplanationChoice(method: "guessing", classIndex: 0, quantity: .logit))
  #expect(throws: QuestionError.noExplainer(name: "guessing")) {
    _ = try question.run(in: Bench().lab())
  }
}

@Test func `model passes are counted while they are made`() throws {
  let lab = Bench().lab()
  _ = try Explain(text.text.tiny, choice).run(in: lab)
  #expect(lab.meter.passes.passes >= text.text.tiny.pieces.count)
}

@Test func `what is removed is deleted from the row`() throws {
  let bench = Bench()
  let encoding = text.text.tiny
  let answer = try RemoveWords(encoding, groups: [[2], [1, 3]]).run(in: bench.lab()).answer
  #expect(
    answer == (try bench.model.removals(of: [[2], [1, 3]], from: encoding)).map(\.probabilities))
}

@Test func `trust is measured of the map and of random scores`() throws {
  let bench = Bench()
  let encoding = text.text.tiny
  guard case .scores(let map, _) = try Explain(encoding, choice).run(in: bench.lab()).answer else {
    Issue.record("no scores")
    return
  }
  func measured(needsControl: Bool) throws -> (
    progress: [MeasureTrust.Answer], [TrustReading], [String: Float]
  ) {
    let (progress, answer) = try MeasureTrust(
      encoding, choice, attribution: map, options: ExplainerOptions(), needsControl: needsControl
    ).run(in: bench.lab())
    guard case .readings(let readings, let control) = answer else { return (progress, [], [:]) }
    return (progress, readings, control)
  }
  let (progress, readings, control) = try measured(needsControl: true)
  #expect(readings.map(\.name) == TrustStrip.compared + TrustStrip.alone)
  #expect(Set(control.keys).isSubset(of: TrustStrip.compared) && !control.isEmpty)
  let titles = progress.compactMap { if case .measuring(let now) = $0 { now.measure } else { nil } }
  #expect(Array(titles.prefix(3)) == readings.prefix(3).map(\.title))
  #expect(try measured(needsControl: false).2.isEmpty)
  #expect(try measured(needsControl: false).1.map(\.value) == readings.map(\.value))
}

@Test func `a prediction of two texts is that of the pair, and of what was tried on it`() throws {
  let bench = Bench()
  let pair = EditedText("an able text", pair: "an odd one", off: [16..<19])
  let answer = try Predict(pair, original: pair.texts).run(in: bench.lab()).answer
  #expect(answer.prediction.encoding.pair == "an odd one")
  #expect(!answer.prediction.encoding.pieces.contains { $0.text == "odd" })
  #expect(
    answer.whole == (try bench.model.predict("an able text", pair: "an odd one")).probabilities)
}

import Attribution
import Classifiers
import TestSupport
import Testing
import Tokenizers
import Workbench

private let text = EditedText("an able and odd text that goes on")
private let choice = ExplanationChoice(method: "occlusion", classIndex: 1, quantity: .logit)

@Test func `a word in the place of another is what the model says of that text`() throws {
  let bench = Bench()
  let answer = try TryWord("good", at: 3..<7, in: text).run(in: bench.lab()).answer
  #expect(answer.text == "good" && answer.similarity == nil)
  let said = try bench.model.predict("an good and odd text that goes on").probabilities
  #expect(zip(answer.probabilities, said).allSatisfy { abs($0 - $1) < 1e-6 })
}

@Test func `a prompt that is open is answered at once, pages after a pause`() {
  #expect(FindNeighbours(3..<7, in: text).pause == .zero)
  #expect(TryWord("good", at: 3..<7, in: text).pause == .zero)
  #expect(MeasureTrajectory(text, classIndex: 0).pause > .zero)
}

@Test func `what takes long tells how far it is`() throws {
  let bench = Bench(model: .tiny(TinyClassifier(callSize: 1)))
  let trajectory = try MeasureTrajectory(text, classIndex: 0).run(in: bench.lab())
  #expect(trajectory.progress.count > 1)
  #expect(
    trajectory.answer
      == (try PrefixTrajectory().measure(
        text, model: bench.model, classIndex: 0
      ) { _ in }))
  let flips = try FindFlips(text, classIndex: 0).run(in: bench.lab())
  #expect(flips.progress.count > 1)
  #expect(
    flips.answer == (try FlipFinder().find(in: text, model: bench.model, classIndex: 0) { _ in }))
  let robustness = try MeasureRobustness(text, classIndex: 0).run(in: bench.lab())
  #expect(
    robustness.answer
      == (try Robustness().measure(
        text, model: bench.model, classIndex: 0
      ) { _ in }))
  #expect(MeasureRobustness.mayBeSkipped(robustness.answer))
}

@Test func `a phrase is measured alone, and with another one`() throws {
  let lab = Bench().lab()
  let alone = try MeasurePhrase(3..<7, and: nil, in: text, classIndex: 1).run(in: lab).answer
  let both = try MeasurePhrase(3..<7, and: 12..<15, in: text, classIndex: 1).run(in: lab).answer
  #expect(both.evaluations > alone.evaluations)
}

@Test func `another text is explained as it would be if it were typed`() throws {
  let bench = Bench()
  let choice = ExplanationChoice(method: "occlusion", classIndex: 2, quantity: .logit)
  let off = EditedText(text.text, off: [3..<7])
  let answer = try ExplainText(off, choice, options: ExplainerOptions()).run(in: bench.lab()).answer
  let encoding = text.text.tiny.without([3..<7])
  #expect(answer.prediction.encoding.pieces == encoding.pieces)
  guard case .scores(let map, _) = try Explain(encoding, choice).run(in: bench.lab()).answer else {
    Issue.record("no scores")
    return
  }
  #expect(answer.attribution == map)
}

@Test func `the tokenizer's steps end in its pieces`() throws {
  #expect(try TraceText(text).run(in: Bench().lab()).answer.encoding == text.text.tiny)
}

@Test func `candidates are ranked by what the model says of each pair`() throws {
  let bench = Bench()
  let query = EditedText("an able text", off: [3..<7])
  let (progress, answer) = try RankCandidates(query, candidates: ["odd", "able"], classIndex: 1)
    .run(in: bench.lab())
  let expected = try ["odd", "able"].map { candidate in
    try bench.model.predict(
      bench.model.tokenizer.encode("an able text", pair: candidate).without([3..<7])
    ).probabilities[1]
  }
  #expect(answer == expected && progress.first == [expected[0]])
}

@Test func `two candidates are explained beside the same text`() throws {
  let bench = Bench()
  let answer = try ContrastCandidates(
    EditedText("an able text"), first: "odd", second: "able", choice, options: ExplainerOptions()
  ).run(in: bench.lab()).answer
  let alone = try ExplainText(
    EditedText("an able text", pair: "able"), choice, options: ExplainerOptions()
  ).run(in: bench.lab()).answer
  #expect(answer.second == alone && answer.first != alone)
}

@Test func `what two candidates are explained by is one comparison`() throws {
  let query = EditedText("an able text")
  func contrast(_ first: String, _ second: String) throws -> PairContrast {
    try ContrastCandidates(
      query, first: first, second: second, choice, options: ExplainerOptions()
    ).run(in: Bench().lab()).answer.contrast
  }
  let model = Bench().model
  let logits = try ["odd", "able"].map { try model.predict("an able text", pair: $0).logits[1] }
  let found = try contrast("odd", "able")
  #expect(abs(found.difference - (logits[0] - logits[1])) < 1e-6)
  #expect(found.first.words.map(\.text) == ["an", "able", "text", "odd"])
  #expect(found.second.words.map(\.text) == ["able"])
  let same = try contrast("odd", "odd")
  #expect((same.difference, same.sum) == (0, 0))
}

@Test func `candidates without a score come last, and equal ones stay in their order`() {
  #expect(RankCandidates.order(of: [0.2, nil, 0.7, .nan, 0.7, 0.9]) == [5, 2, 4, 0, 1, 3])
  #expect(RankCandidates.order(of: []) == [])
}

@Test func `words of two texts that meet are asked for whichever text is explained`() throws {
  var options = ExplainerOptions()
  options.only = .second
  let pair = EditedText("an able text", pair: "an odd one")
  let found = try MeasureInteractions(pair, choice, options: options, count: 2)
    .run(in: Bench().lab()).answer
  #expect(found?.first.count == 2 && found?.second.count == 2)
  let one = try MeasureInteractions(text, choice, options: options, count: 2)
    .run(in: Bench().lab()).answer
  #expect(one == nil)
}

@Test func `the curve of removal is the explanation's, and grows while it is measured`() throws {
  let bench = Bench(model: .tiny(TinyClassifier(callSize: 1)))
  let lab = bench.lab()
  let encoding = text.text.tiny
  guard case .scores(let map, _) = try Explain(encoding, choice).run(in: bench.lab()).answer else {
    Issue.record("no scores")
    return
  }
  let question = MeasureRemovalCurves(
    encoding, choice, attribution: map, options: ExplainerOptions())
  let (progress, answer) = try question.run(in: lab)
  let curves = try #require(answer)
  let request = ExplanationRequest(
    model: bench.model, encoding: encoding, target: choice.target)
  let measured = MeasureRequest(
    request: request, explainer: RandomControl(), attribution: map)
  #expect(curves == (try RemovalCurves.measure(measured)))
  #expect(try DeletionAUC().measure(measured).value == curves.highestFirst.area)
  #expect(progress.map { $0?.highestFirst.values.count }.prefix(3) == [1, 2, 3])
  #expect(MeasureRemovalCurves.mayBeSkipped(progress[0]))
  #expect(lab.meter.passes.passes == question.expectedPasses)
  #expect(curves.evaluations == question.expectedPasses)
}

@Test func `the curve of a held text costs what the other has tokens`() throws {
  var options = ExplainerOptions()
  options.only = .first
  let encoding = TinyTokenizer().encode("an able text", pair: "an odd one")
  let question = MeasureRemovalCurves(
    encoding, choice,
    attribution: TokenAttribution(
      scores: encoding.pieces.map { _ in 1 }, targetValue: 0, evaluations: 1),
    options: options)
  #expect(try question.run(in: Bench().lab()).answer?.evaluations == question.expectedPasses)
  #expect(question.expectedPasses == RemovalCurves.expectedPasses(tokens: 3))
}

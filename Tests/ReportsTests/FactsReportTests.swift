import Attribution
import Classifiers
import Documents
import Reports
import Testing
import Tokenizers

@Test func `a trace is a line for each step and each piece`() throws {
  let encoding = Encoding(
    text: "Ab zz",
    pieces: [
      Piece(text: "ab", id: 5, utf8Range: 0..<2), Piece(text: "unk", id: 0, utf8Range: 3..<5),
    ])
  let trace = TokenizationTrace(
    steps: [.init("lowercase", .text("ab zz")), .init("split", .parts(["ab", "zz"]))],
    encoding: encoding)
  let report = TraceReport(trace: trace, unknownID: 0)
  #expect(
    report.text.text == """
      typed      Ab zz
      lowercase  ab zz
      split      ab|zz
      piece      5  ab  0..<2
      piece      0  unk  3..<5  not in the vocabulary

      """)
  #expect(
    report.json["steps"]?.items.map { $0["name"] } == [.string("lowercase"), .string("split")])
  #expect(report.json["tokens"]?.items.last?["unknown"] == .bool(true))
  #expect(report.json["unseen"] == .null)
}

@Test func `a step that changes nothing says so`() {
  let trace = TokenizationTrace(
    steps: [.init("trim", .text("a"))], encoding: Encoding(text: "a", pieces: []))
  #expect(TraceReport(trace: trace, unknownID: nil).text.text == "typed  a\ntrim   no change\n")
}

@Test func `a model is its facts and what applies to it`() throws {
  let report = ModelReport(Sample.model, notes: ["it was <guessed>"])
  let lines = report.text.text.split(separator: "\n").map(String.init)
  #expect(lines.first?.hasPrefix("model ") == true && lines.first?.hasSuffix(" tiny") == true)
  #expect(lines.contains { $0.hasPrefix("classes ") && $0.hasSuffix(" 2: bad, good") })
  #expect(lines.contains { $0.hasPrefix("note ") && $0.hasSuffix(" it was <guessed>") })
  for explainer in ExplainerCatalog.explainers {
    let reason = explainer.card.reasonNotApplicable(to: Sample.model.classifier)
    let answer = reason.map { " no: \($0)" } ?? " applies"
    #expect(lines.contains { $0.hasPrefix("\(explainer.card.name) ") && $0.hasSuffix(answer) })
  }
  #expect(report.json["notes"] == .array([.string("it was <guessed>")]))
  #expect(report.json["explainers"]?.items.count == ExplainerCatalog.explainers.count)
  #expect(report.json["token_limit"] == .null)
}

@Test func `a model's sizes are told in round numbers`() {
  var model = Sample.model
  model.facts.weightBytes = 177_400_000
  model.facts.tokenizer = "fastai words"
  model.facts.vocabularySize = 15_992
  let report = ModelReport(model, notes: [])
  let lines = report.text.text.split(separator: "\n")
  #expect(lines.contains { $0.hasPrefix("weights ") && $0.hasSuffix(" 177.4 MB in memory") })
  #expect(lines.contains { $0.hasSuffix(" fastai words, 15,992 tokens") })
  #expect(report.json["weight_bytes"] == .integer(177_400_000))
}

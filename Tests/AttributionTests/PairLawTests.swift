import Attribution
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// A small random BERT with two token types that matter; `parity/pairs/generate.py` made it.
private let bert: Model? = try? ModelOpener(embedded: []).open(fixture("parity/pairs/bert").path)

private let first = "How is the film?"
private let second = "Nothing is as good. The rest is bad."

struct PairLawTests {
  static let names = ExplainerCatalog.explainers.map(\.card).filter { card in
    bert.map { card.reasonNotApplicable(to: $0.classifier) == nil } ?? false
  }.map(\.name)

  static func request(_ only: ExplainerOptions.Side? = nil) throws -> ExplanationRequest {
    let model = try #require(bert)
    var options = ExplainerOptions()
    options.only = only
    options.samples = 60
    return ExplanationRequest(
      model: model, encoding: model.tokenizer.encode(first, pair: second),
      target: Target(classIndex: 1), options: options)
  }

  @Test func `most methods apply to a model of pairs`() { #expect(Self.names.count > 18) }

  @Test(arguments: names) func `a pair has one number a token`(_ name: String) throws {
    var request = try Self.request()
    // Exact Shapley values take few units.
    if name == "shapley" { request.options.grouping = .sentence }
    let explainer = try ExplainerLawTests.explainer(name)
    let result = try explainer.explanation(of: request)
    #expect(result.scores.count == request.encoding.pieces.count)
    #expect(result.scores.allSatisfy { $0.isFinite })
    let logits = try request.model.classifier.logits(for: [request.encoding.tokens])
    let value = request.target.value(logits: logits[row: 0], link: .softmax)
    #expect(abs(result.targetValue - value) < 1e-4)
    // Without its types the pair is another text.
    let others = try request.model.classifier.logits(for: [request.encoding.ids])
    #expect(largestDifference(logits[row: 0], others[row: 0]) > 1e-2)
  }

  @Test(arguments: names, ExplainerOptions.Side.allCases)
  func `what is held scores nothing`(_ name: String, side: ExplainerOptions.Side) throws {
    let request = try Self.request(side)
    let explainer = try ExplainerLawTests.explainer(name)
    let result = try explainer.explanation(of: request)
    for (piece, score) in zip(request.encoding.pieces, result.scores) where piece.part != side.part
    {
      #expect(score == 0 && piece.isFrame)
    }
    // The head reads the first token alone, and so does what the last layer conducts.
    #expect(result.scores.contains { $0 != 0 } || name == "layer-conductance")
  }

  /// The sum is what the explained text is worth beside the other one, which stays as it is.
  @Test(arguments: ExplainerOptions.Side.allCases)
  func `scores of one text add up to what it changes`(_ side: ExplainerOptions.Side) throws {
    var request = try Self.request(side)
    request.options.replacement = .mask
    let model = request.model
    let mask = try #require(model.tokenizer.roles.mask)
    let tokens = request.encoding.tokens
    let absent = zip(request.encoding.pieces, tokens).map { piece, token in
      piece.isFrame ? token : token.replaced(by: mask)
    }
    func value(_ row: [Token]) throws -> Float {
      let logits = try model.classifier.logits(for: [row])
      return request.target.value(logits: logits[row: 0], link: .softmax)
    }
    let change = try value(tokens) - value(absent)
    for name in ["shapley-sampling", "kernel-shap", "partition-shap"] {
      // With a small budget partition SHAP gives what it did not split to held tokens too.
      request.options.samples = name == "partition-shap" ? 5_000 : 60
      let result = try ExplainerLawTests.explainer(name).explanation(of: request)
      #expect(abs(result.scores.reduce(0, +) - change) < 1e-3, "\(name)")
    }
    for baseline in [ExplainerOptions.Baseline.zero, .mask] {
      request.options.baseline = baseline
      for name in ["integrated-gradients", "deeplift"] {
        let result = try ExplainerLawTests.explainer(name).explanation(of: request)
        let sum = result.scores.reduce(0, +)
        #expect(abs(result.convergenceDelta ?? 1) < 0.02 * max(1, abs(sum)), "\(name) \(baseline)")
        if baseline == .mask { #expect(abs(sum - change) < 0.02 * max(1, abs(change)), "\(name)") }
      }
    }
  }

  @Test func `sentences and words stay within their text`() throws {
    let encoding = try Self.request().encoding
    for unit in [ScoreUnit.word, .sentence] {
      for group in encoding.groups(by: unit) where !group.isFrame {
        #expect(Set(group.pieces.map { encoding.pieces[$0].part }) == [group.part])
        let text = encoding.text(of: group.part)
        #expect(group.utf8Range.upperBound <= text.utf8.count)
      }
    }
    let sentences = encoding.groups(by: .sentence).filter { !$0.isFrame }
    #expect(sentences.map(\.part) == [0, 1, 1])
  }

  @Test func `two words interact by the second difference of what is said without them`() throws {
    var request = try Self.request()
    request.options.replacement = .delete
    let found = try #require(try PairInteractions(count: 3).measure(request))
    #expect(found.first.count == 3 && found.second.count == 3)
    let encoding = request.encoding
    func value(without words: [(Int, Range<Int>)]) throws -> Double {
      let row = encoding.pieces.filter { piece in
        piece.isFrame || !words.contains { $0 == piece.part && $1.overlaps(piece.utf8Range) }
      }.map { Token(id: $0.id, type: $0.type) }
      let logits = try request.model.classifier.logits(for: [row])
      return Double(request.target.value(logits: logits[row: 0], link: .softmax))
    }
    let whole = try value(without: [])
    for (row, a) in found.first.enumerated() {
      let withoutA = try value(without: [(0, a.utf8Range)])
      #expect(abs(a.effect - (whole - withoutA)) < 1e-5)
      for (column, b) in found.second.enumerated() {
        let withoutB = try value(without: [(1, b.utf8Range)])
        let none = try value(without: [(0, a.utf8Range), (1, b.utf8Range)])
        #expect(abs(found.values[row][column] - (whole - withoutA - withoutB + none)) < 1e-5)
      }
    }
    #expect(try PairInteractions().measure(ExplainerLawTests.request("one text")) == nil)
  }

  @Test func `an edit changes the text that it stands in`() {
    let pair = EditedText("not bad", pair: "so so", off: [8..<10])
    let texts = pair.applying([
      TextEdit(0..<3, replacement: "really"), TextEdit(11..<13, replacement: "well"),
      TextEdit(5..<9, replacement: "both"),
    ])
    #expect(texts.texts == JoinedTexts(text: "really bad", pair: "so well"))
    #expect(texts.off == [11..<13])
    let ends = EditedText("a", pair: "b").applying([
      TextEdit(1..<1, replacement: "!"), TextEdit(2..<2, replacement: "?"),
    ])
    #expect(ends.texts == JoinedTexts(text: "a!", pair: "?b"))
  }

  @Test func `what is asked of a whole text is asked of both`() throws {
    let model = try #require(bert)
    let subject = EditedText(first, pair: second)
    let trials = EditTrials(subject, model: model)
    #expect(
      trials.words.map { subject.text.utf8Text($0) }.prefix(6) == [
        "How", "is", "the", "film", "?", "Nothing",
      ])
    // Without all words of the second text the model reads what it reads of none.
    let start = subject.texts.start(of: 1)
    let row = trials.encoding(after: [TextEdit(start..<subject.text.utf8.count)])
    #expect(row.pieces.filter { !$0.isFrame }.allSatisfy { $0.part == 0 })
    var steps = 0
    let path = try PrefixTrajectory().measure(subject, model: model, classIndex: 0) { _ in
      steps += 1
    }
    let whole = try model.predict(first, pair: second).probabilities
    #expect(largestDifference(try #require(path.points.last ?? nil), whole) < 1e-5)
    let flips = try FlipFinder().find(in: subject, model: model, classIndex: 0) { _ in }
    for flip in flips.flips.prefix(5) {
      let said = try trials.probabilities(of: [flip.edits])
      #expect(largestDifference(said[0], flip.probabilities) < 1e-5)
    }
    let small = try Robustness().measure(subject, model: model, classIndex: 0) { _ in }
    #expect(small.tried > 20)
  }
}

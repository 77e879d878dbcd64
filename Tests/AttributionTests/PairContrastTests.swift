import Attribution
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// A small random cross-encoder with one output; `parity/pairs/generate.py` made it.
private let ranker: Model? = try? ModelOpener(embedded: []).open(
  fixture("parity/pairs/cross-identity").path)

private let query = "How is the film?"
private let candidates = ["It is a small wonder.", "Nothing is as good. The rest is bad."]

@Suite struct `why one candidate stands before another` {
  /// Signed methods whose scores add up.
  static let complete = ExplainerCatalog.explainers.map(\.card).filter { card in
    AxiomTests.summing.contains(card.name) && card.isSigned
      && ranker.map { card.reasonNotApplicable(to: $0.classifier) == nil } ?? false
  }.map(\.name)

  private func request(_ candidate: String, _ name: String = "") throws -> ExplanationRequest {
    let model = try #require(ranker)
    var options = ExplainerOptions()
    (options.baseline, options.replacement, options.samples) = (.mask, .mask, 60)
    // Exact Shapley values take few units.
    if name == "shapley" { options.grouping = .sentence }
    return ExplanationRequest(
      model: model, encoding: model.tokenizer.encode(query, pair: candidate),
      target: Target(classIndex: 0), options: options)
  }

  private func explained(
    _ candidate: String, by name: String
  ) throws -> (encoding: Encoding, attribution: TokenAttribution) {
    let request = try request(candidate, name)
    let explainer = try #require(ExplainerCatalog.explainer(named: name))
    return (request.encoding, try explainer.explanation(of: request))
  }

  private func value(_ request: ExplanationRequest, _ row: [Token]) throws -> Float {
    let model = request.model
    let logits = try model.classifier.logits(for: [row])
    return request.target.value(logits: logits[row: 0], link: model.classifier.link)
  }

  @Test func `several methods promise that scores add up`() { #expect(Self.complete.count > 4) }

  @Test(arguments: complete)
  func `contributions add up to the difference of the scores`(_ name: String) throws {
    let contrast = PairContrast(
      first: try explained(candidates[0], by: name), second: try explained(candidates[1], by: name))
    let values = try candidates.map { try value(request($0), request($0).encoding.tokens) }
    #expect(abs(contrast.difference - (values[0] - values[1])) < 1e-4)
    let absent = try #require(contrast.referenceDifference)
    let gap = try #require(contrast.convergenceDelta)
    #expect(abs(contrast.sum + absent - gap - contrast.difference) < 1e-3)
  }

  /// With a known reference: the same texts, in which every token but the frame is masked.
  @Test(arguments: [
    "integrated-gradients", "deeplift", "shapley-sampling", "kernel-shap", "partition-shap",
  ])
  func `what is left is the difference of the texts with every word absent`(_ name: String) throws {
    let contrast = PairContrast(
      first: try explained(candidates[0], by: name), second: try explained(candidates[1], by: name))
    let absent = try candidates.map { candidate in
      let request = try request(candidate)
      let mask = try #require(request.model.tokenizer.roles.mask)
      return try value(
        request,
        zip(request.encoding.pieces, request.encoding.tokens).map { piece, token in
          piece.isFrame ? token : token.replaced(by: mask)
        })
    }
    let expected = absent[0] - absent[1]
    #expect(abs(expected) > 1e-4)
    #expect(abs((contrast.referenceDifference ?? 0) - expected) < 1e-3)
    #expect(
      abs(contrast.sum + expected - contrast.difference) < 0.02 * max(1, abs(contrast.sum)))
  }

  @Test func `a candidate does not stand before itself`() throws {
    let one = try explained(candidates[0], by: "integrated-gradients")
    let contrast = PairContrast(first: one, second: one)
    #expect((contrast.difference, contrast.sum) == (0, 0))
    let words = contrast.first.words + contrast.second.words
    #expect(words.filter { $0.part == 0 }.allSatisfy { $0.score == 0 })
    let own = contrast.first.words.filter { $0.part == 1 }.map(\.score)
    let other = contrast.second.words.filter { $0.part == 1 }.map(\.score)
    #expect(!own.isEmpty && own.contains { $0 != 0 } && other == own.map { 0 - $0 })
  }

  @Test func `a word of the first text counts what it does more beside the first candidate`()
    throws
  {
    let pairs = try candidates.map { try explained($0, by: "integrated-gradients") }
    let contrast = PairContrast(first: pairs[0], second: pairs[1])
    let alone = pairs.map { pair in
      pair.attribution.scores(by: .word, of: pair.encoding).filter { !$0.isFrame }
    }
    let shared = contrast.first.words.filter { $0.part == 0 }
    #expect(shared.map(\.text) == ["How", "is", "the", "film", "?"])
    for (word, (own, other)) in zip(shared, zip(alone[0], alone[1])) {
      #expect(abs(word.score - (own.score - other.score)) < 1e-6)
    }
    #expect(
      contrast.first.words.filter { $0.part == 1 }.map(\.score)
        == alone[0].filter { $0.part == 1 }.map(\.score))
    #expect(contrast.second.words.allSatisfy { $0.part == 1 })
    #expect(
      contrast.second.words.map(\.score)
        == alone[1].filter { $0.part == 1 }.map { 0 - $0.score })
    // The frame stands around both pairs and counts once.
    let frames = [contrast.first, contrast.second].map { side in
      side.units(by: .token).count(where: \.isFrame)
    }
    #expect(frames == [pairs[0].encoding.pieces.count(where: \.isFrame), 0])
  }

  /// Beside a longer candidate, less of the first text may be read.
  @Test func `a word that only one pair has counts with that pair's sign`() {
    func pair(_ text: String, _ candidate: String, cut: Int = 0) -> (Encoding, TokenAttribution) {
      var encoding = TinyTokenizer().encode(text, pair: candidate)
      encoding.pieces.removeSubrange(1..<1 + cut)
      let scores = encoding.pieces.map { Float($0.text.count) }
      return (
        encoding,
        TokenAttribution(
          scores: scores, standardErrors: scores, targetValue: scores.reduce(0, +), evaluations: 1)
      )
    }
    let contrast = PairContrast(
      first: pair("a bb a", "odd", cut: 1), second: pair("a bb a", "able", cut: 0))
    #expect(contrast.difference == -2 && contrast.sum == -2)
    #expect(contrast.referenceDifference == nil && contrast.convergenceDelta == nil)
    let first = contrast.first.words.map { [Float($0.utf8Range.lowerBound), $0.score] }
    #expect(first == [[2, 0], [5, 0], [0, 3]])
    let second = contrast.second.words.map { [Float($0.utf8Range.lowerBound), $0.score] }
    #expect(second == [[0, -1], [0, -4]])
    #expect(contrast.first.words[0].standardError == Float(8).squareRoot())
    #expect(contrast.second.words[0].standardError == 1)
  }
}

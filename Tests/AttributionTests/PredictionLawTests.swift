import Attribution
import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// What is explained is what is predicted, of whatever text.
struct PredictionLawTests {
  /// Families by what they make of padding in a text: no position (RoBERTa, MPNet), nothing to pool
  /// (fastai), a token like any other.
  static let transformers = ["roberta", "mpnet", "deberta-v2-convolution"]
  static let recurrent = ["uni", "window"]

  /// 0 and 1 are padding or unknown, 2 is the frame.
  static let texts = [[2, 7, 1, 9, 0, 1, 12], [1, 1, 5, 1], [2]]

  private static func value(
    _ request: ExplanationRequest
  ) throws -> Float {
    let prediction = try request.model.predict(request.encoding)
    return request.target.value(logits: prediction.logits, link: request.model.classifier.link)
  }

  @Test(arguments: Catalog.explainers.map(\.card.name))
  func `the target's value is the prediction's`(method: String) throws {
    let explainer = try #require(Catalog.explainer(named: method))
    let models =
      try Self.transformers.map { try Peer.transformer($0).model() }
      + Self.recurrent.map { try Peer($0).model() }
    for (model, name) in zip(models, Self.transformers + Self.recurrent)
    where explainer.card.reasonNotApplicable(to: model.classifier) == nil {
      for ids in Self.texts {
        for replacement in [ExplainerOptions.Replacement.unk, .pad] {
          let pieces = ids.enumerated().map { index, id in
            Piece(
              text: "\(id)", id: id, utf8Range: 0..<0, isFrame: id == 2 && index == 0, word: index)
          }
          var options = ExplainerOptions()
          options.samples = 8
          options.replacement = replacement
          options.baseline = replacement == .pad ? .pad : .zero
          let request = ExplanationRequest(
            model: model, encoding: Encoding(text: "", pieces: pieces),
            target: Target(classIndex: 0), options: options)
          var values: [Float] = []
          let result = try explainer.explain(request) { values.append($0.targetValue) }
          let expected = try Self.value(request)
          #expect(
            abs(result.targetValue - expected) < 1e-4 * max(1, abs(expected)), "\(name) \(ids)")
          // Refinements say the same of the text as the result.
          #expect(
            values.allSatisfy { abs($0 - expected) < 1e-4 * max(1, abs(expected)) },
            "\(name) \(ids) \(values)")
        }
      }
    }
  }

  @Test(arguments: ["roberta", "bert", "albert", "deberta-v3"])
  func `special tokens that are typed are explained as they are predicted`(name: String) throws {
    let model = try ModelOpener(embedded: []).open(
      fixture("parity/transformers/\(name)").path)
    let special = [model.tokenizer.roles.padding, model.tokenizer.roles.mask].compactMap(\.self)
      .map { model.tokenizer.vocabulary[$0] }
    #expect(special.count == 2)
    for token in special {
      let encoding = model.tokenizer.encode("a \(token) fine\(token) film 你")
      for explainer in Catalog.explainers
      where explainer.card.reasonNotApplicable(to: model.classifier) == nil {
        var options = ExplainerOptions()
        options.samples = 8
        let request = ExplanationRequest(
          model: model, encoding: encoding, target: Target(classIndex: 1, quantity: .probability),
          options: options)
        let result = try explainer.explain(request) { _ in }
        let expected = try Self.value(request)
        #expect(abs(result.targetValue - expected) < 1e-5, "\(explainer.card.name) \(token)")
      }
    }
  }

  @Test(arguments: recurrent)
  func `a moved model's variants are the model's where it is not moved`(name: String) throws {
    let model = try Peer(name).model()
    let classifier = try #require(model.classifier as? any DifferentiableClassifier)
    let ids = [2, 7, 9, 30, 12]
    let still = [Float](
      repeating: 0, count: try classifier.embeddings(for: [ids]).values.count)
    let moved = classifier.moved(by: still, at: ids)
    let variants = [ids, [2, 1, 9, 30, 12], [2, 7, 9, 1, 1], [2, 7]]
    let expected = try classifier.variants(of: ids).logits(for: variants)
    let found = try moved.variants(of: ids).logits(for: variants)
    #expect(largestDifference(found.elements, expected.elements) < 1e-5)
  }
}

import Attribution
import Checkpoints
import Classifiers
import Foundation
import Tensors
import TestSupport
import Testing
import Tokenizers

/// What is explained is what is predicted, of whatever text: for every method that a model has, of every
/// kind of model that there is.
struct PredictionLawTests {
  /// AWD-LSTMs besides those of the fixtures, by what they make of a text: layers, directions, the
  /// window that is pooled, the token that is passed over, a range of numbers.
  static let kinds: [String: AWDLSTM.Configuration] = [
    "one layer": .init(
      embeddingSize: 6, hiddenSize: 8, layers: 1, isBidirectional: false, padding: 1, chunk: 4,
      maxLength: nil, outputRange: nil),
    "three layers, both ways, a window": .init(
      embeddingSize: 6, hiddenSize: 8, layers: 3, isBidirectional: true, padding: 1, chunk: 4,
      maxLength: 8, outputRange: nil),
    "four layers, other padding": .init(
      embeddingSize: 6, hiddenSize: 7, layers: 4, isBidirectional: false, padding: 9, chunk: 5,
      maxLength: 10, outputRange: nil),
    "wide, both ways": .init(
      embeddingSize: 32, hiddenSize: 160, layers: 2, isBidirectional: true, padding: 1, chunk: 6,
      maxLength: 40, outputRange: nil),
    "a range": .init(
      embeddingSize: 6, hiddenSize: 8, layers: 2, isBidirectional: false, padding: 1, chunk: 4,
      maxLength: 12, outputRange: -1.5...4),
  ]

  static let byIDs =
    TransformerRuleParityTests.names + ["uni", "bi", "window", "export"] + kinds.keys.sorted()

  /// 0, 1 and 9 are padding or unknown somewhere, 2 is the frame. The longest is longer than windows
  /// and chunks, with padding at their edges.
  static let rows = [
    [2, 7, 1, 9, 0, 1, 12], [1, 1, 5, 1], [2], [9, 9],
    [2, 1, 5, 6, 1, 1, 7, 8, 9, 1, 0, 0, 12, 13, 9, 1, 1, 1, 14, 15, 16, 9, 17, 1],
  ]

  private static func model(_ name: String) throws -> Model {
    if let configuration = kinds[name] {
      return .tiny(
        try AWDLSTM.random(
          configuration: configuration, vocabulary: 30, headSize: 5,
          classes: configuration.outputRange == nil ? ["a", "b", "c"] : ["a"], seed: 3))
    }
    return try TransformerRuleParityTests.names.contains(name)
      ? Peer.transformer(name).model() : Peer(name).model()
  }

  @Test(arguments: byIDs)
  func `the target's value is the prediction's`(name: String) throws {
    let model = try Self.model(name)
    for ids in Self.rows {
      let pieces = ids.enumerated().map { index, id in
        Piece(
          text: "\(id)", id: id, utf8Range: 0..<0, isFrame: id == 2 && index == 0, word: index)
      }
      for replacement in [ExplainerOptions.Replacement.unk, .pad] {
        try expectLaw(
          Encoding(text: "", pieces: pieces), model, replacement: replacement,
          Target(classIndex: 0), "\(name) \(ids) \(replacement)")
      }
    }
  }

  /// Models as they are opened, with their own tokenizers.
  static let opened: [String] =
    ["bert", "bert-multi-label", "distilbert", "roberta", "albert", "deberta-v3", "longformer"]
    .map { "parity/transformers/\($0)" }
    + [
      "words-one-layer", "words-own-exceptions", "spaces-bidirectional",
      "spaces-backwards-multi-label", "spaces-four-layers-ranged", "spaces-legacy-container",
    ].map { "checkpoints/\($0).pkl" }
    + [
      "parity/encoder-decoders/bart", "fastai-2.0/pieces.pkl", "fastai-v1/words.pkl",
      "fastai-v1/pieces/export.pkl",
      "fastai-v1/spaces-no-rules-backwards.pkl", "fastai-v1/spaces-window.pkl",
      "fastai-v1/spaces-multi-label-bidirectional.pkl", "fastai-decisions/other-padding.pkl",
      "fastai-decisions/threshold.pkl", "fastai-weights/beside/final.pth",
    ]

  static let texts = ["", " \n", "Not BAD 你好 🙂 !", "a <pad> fine film"]

  @Test(arguments: opened)
  func `odd texts are explained as they are predicted`(path: String) throws {
    try expectLaw(
      try ModelOpener(embedded: []).open(fixture(path).path), texts: Self.texts, path)
  }

  @Test func `the embedded model's texts are explained as they are predicted`() throws {
    let folder = fixture("../../Sources/EmbeddedModels/sentiment").path
    try expectLaw(
      try ModelOpener(embedded: []).open(folder), texts: ["a <pad> fine film"], "sentiment")
  }

  /// Says something else of each list of words, whether it gets them as a text or as tokens.
  @Test(arguments: [false, true])
  func `a program's texts are explained as they are predicted`(takesTokens: Bool) throws {
    let program = """
      import json, sys
      for line in sys.stdin:
          request = json.loads(line)
          items = request.get("tokens") or [text.split() for text in request["texts"]]
          values = [(sum(map(ord, "".join(item))) + 7 * len(item)) % 89 / 89 for item in items]
          answer = {"id": request["id"], "classes": ["no", "yes"], "mask": "<mask>",
                    "unknown": "<unk>", "takes_tokens": \(takesTokens ? "True" : "False"),
                    "probabilities": [[1 - v, v] for v in values]}
          if \(takesTokens ? "True" : "False") and "texts" in request:
              answer["tokens"] = items
          print(json.dumps(answer), flush=True)
      """
    let model = try ModelOpener(embedded: []).open("exec:exec python3 -c '\(program)'")
    try expectLaw(model, texts: Self.texts + ["<mask> a <unk>"], "exec")
  }

  private func expectLaw(_ model: Model, texts: [String], _ name: String) throws {
    let roles = model.tokenizer.roles
    let special = [roles.padding, roles.mask, roles.unknown].compactMap(\.self)
      .map { model.tokenizer.vocabulary[$0] }
    // As they are typed, at the text's beginning, within it and directly at a word.
    let typed = special.map { "\($0) a \($0) fine\($0) film 你" }
    for text in texts + typed {
      for quantity in [Target.Quantity.logit, .probability] {
        try expectLaw(
          model.tokenizer.encode(text), model, replacement: nil,
          Target(classIndex: model.classifier.classes.count - 1, quantity: quantity),
          "\(name) '\(text)'")
      }
    }
  }

  private func expectLaw(
    _ encoding: Encoding, _ model: Model, replacement: ExplainerOptions.Replacement?,
    _ target: Target, _ what: String
  ) throws {
    let prediction = try model.predict(encoding)
    let expected = target.value(logits: prediction.logits, link: model.classifier.link)
    for explainer in ExplainerCatalog.explainers
    where explainer.card.reasonNotApplicable(to: model.classifier) == nil {
      var options = ExplainerOptions()
      options.samples = 8
      options.steps = 4
      options.replacement = replacement
      options.baseline = replacement.map { $0 == .pad ? .pad : .zero }
      let request = ExplanationRequest(
        model: model, encoding: encoding, target: target, options: options)
      var values: [Float] = []
      do {
        let result = try explainer.explain(request) { values.append($0.targetValue) }
        values.append(result.targetValue)
        #expect(result.scores.count == encoding.pieces.count)
      } catch ExplainerError.tooManyUnits { continue }
      // Refinements say the same of the text as the result.
      #expect(
        values.allSatisfy { abs($0 - expected) < 1e-4 * max(1, abs(expected)) },
        "\(explainer.card.name) \(what): \(values), predicted \(expected)")
    }
  }

  @Test(arguments: ["uni", "window"])
  func `a perturbed model's variants are the model's where the noise is zero`(name: String) throws {
    let model = try Peer(name).model()
    let classifier = try #require(model.classifier.differentiable)
    let ids = [2, 7, 9, 30, 12]
    let zero = [Float](
      repeating: 0, count: try classifier.embeddings(for: [ids]).values.count)
    let perturbed = classifier.perturbed(by: zero, at: tokens(ids))
    let variants = [ids, [2, 1, 9, 30, 12], [2, 7, 9, 1, 1], [2, 7]]
    let expected = try classifier.variants(of: ids).logits(for: variants)
    let found = try perturbed.variants(of: ids).logits(for: variants)
    #expect(largestDifference(found.elements, expected.elements) < 1e-5)
  }
}

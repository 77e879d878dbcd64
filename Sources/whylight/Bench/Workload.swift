internal import Attribution
internal import Classifiers
internal import Tokenizers

/// What is timed for one model and one length of text.
struct Workload {
  let model: Model
  let encoding: Encoding

  /// A text of ids that are spread over the vocabulary: 2, then 9 + 7k modulo the ordinary words.
  init(model: Model, tokens: Int) {
    self.model = model
    let words = max(1, model.tokenizer.vocabulary.count - 9)
    let ids = [2] + (0..<(tokens - 1)).map { 9 + 7 * $0 % words }
    encoding = Encoding(
      text: "", pieces: ids.map { Piece(text: "", id: $0, utf8Range: 0..<0, word: 0) })
  }

  var bodies: [(title: String, body: () throws -> Void)] {
    var bodies: [(String, () throws -> Void)] = [
      ("predict", { _ = try model.predict(encoding) })
    ]
    if let classifier = model.classifier as? any DifferentiableClassifier {
      bodies.append(
        (
          "gradient",
          {
            let embeddings = try classifier.embeddings(for: [encoding.ids])
            _ = try classifier.gradient(of: [Target(classIndex: target)], at: embeddings)
          }
        ))
    }
    var options = ExplainerOptions()
    options.steps = 50
    for (title, name) in [
      ("integrated gradients, 50 steps", "integrated-gradients"), ("occlusion", "occlusion"),
    ] {
      guard let explainer = Catalog.explainer(named: name),
        explainer.card.reasonNotApplicable(to: model.classifier) == nil
      else { continue }
      let request = ExplanationRequest(
        model: model, encoding: encoding, target: Target(classIndex: target), options: options)
      bodies.append((title, { _ = try explainer.explain(request, refined: { _ in }) }))
    }
    return bodies
  }

  private var target: Int { model.classifier.classes.count > 1 ? 1 : 0 }

  /// The first run makes primitives and fills caches and is not counted.
  static func seconds(repeats: Int, _ body: () throws -> Void) throws -> [Double] {
    try body()
    let clock = ContinuousClock()
    return try (0..<repeats).map { _ in try clock.measure(body) / .seconds(1) }
  }
}

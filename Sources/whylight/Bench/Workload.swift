internal import Attribution
internal import Classifiers
internal import Foundation
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
    if let classifier = model.classifier.differentiable {
      bodies.append(
        (
          "gradient",
          {
            let embeddings = try classifier.embeddings(for: [encoding.tokens])
            _ = try classifier.gradient(of: [Target(classIndex: target)], at: embeddings)
          }
        ))
    }
    var options = ExplainerOptions()
    options.steps = 50
    for (title, name) in [
      ("integrated gradients, 50 steps", "integrated-gradients"), ("occlusion", "occlusion"),
    ] {
      guard let explainer = ExplainerCatalog.explainer(named: name),
        explainer.card.reasonNotApplicable(to: model.classifier) == nil
      else { continue }
      let request = ExplanationRequest(
        model: model, encoding: encoding, target: Target(classIndex: target), options: options)
      bodies.append((title, { _ = try explainer.explain(request, refined: { _ in }) }))
    }
    return bodies
  }

  /// Sentences of common words and of words that nobody has seen before, so that neither a list of
  /// words nor what was kept of earlier ones answers for all.
  static func text(bytes: Int) -> String {
    let common =
      "the acting is brilliant but its story never works and I don't like what they made of it"
      .split(separator: " ")
    var state: UInt64 = 1
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let letters = Array("etaoinshrdlucmfwypvbgk")
    var text = ""
    var place = 0
    while text.utf8.count < bytes {
      let word =
        next(2) == 0
        ? String(common[next(common.count)])
        : String((0..<2 + next(8)).map { _ in letters[next(letters.count)] })
      place += 1
      text += place % 12 == 1 ? word.capitalized : word
      text += place % 12 == 0 ? ".\n" : place % 5 == 0 ? ", " : " "
    }
    return text
  }

  private var target: Int { model.classifier.classes.count > 1 ? 1 : 0 }

  /// The first run makes primitives and fills caches and is not counted.
  static func seconds(repeats: Int, _ body: () throws -> Void) throws -> [Double] {
    try body()
    let clock = ContinuousClock()
    return try (0..<repeats).map { _ in try clock.measure(body) / .seconds(1) }
  }
}

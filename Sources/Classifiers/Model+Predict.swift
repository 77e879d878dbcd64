import Tensors
public import Tokenizers

extension Model {
  /// What the model says about a text.
  /// - Throws: `CancellationError`, and what the classifier throws.
  public func predict(_ text: String) throws -> Prediction {
    try predict(tokenizer.encode(text))
  }

  public func predict(_ encoding: Encoding) throws -> Prediction {
    prediction(encoding, logits: try classifier.logits(for: [encoding.ids])[row: 0])
  }

  func prediction(_ encoding: Encoding, logits: [Float]) -> Prediction {
    let probabilities = probabilities(logits, link: classifier.link)
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }
    return Prediction(
      encoding: encoding, logits: logits, probabilities: probabilities, classIndex: best ?? 0)
  }
}

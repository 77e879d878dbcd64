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
    var encoding = encoding
    encoding.truncation = encoding.truncation ?? unpooled(encoding)
    return Prediction(
      encoding: encoding, logits: logits, probabilities: probabilities, classIndex: best ?? 0)
  }

  /// What a recurrent model reads before the steps that it pools (fastai's `max_len`).
  private func unpooled(_ encoding: Encoding) -> Truncation? {
    guard let recurrent = classifier as? any RecurrentClassifier else { return nil }
    let pieces = encoding.pieces
    let pooled = recurrent.pooledSteps(tokens: pieces.count)
    let passed = pieces[..<pooled.lowerBound].map(\.utf8Range).filter { !$0.isEmpty }
    guard let start = passed.map(\.lowerBound).min(), let end = passed.map(\.upperBound).max()
    else { return nil }
    // A model that reads backwards passes the end of the text first.
    let isBehind = pieces[pooled].contains {
      !$0.utf8Range.isEmpty && $0.utf8Range.lowerBound < start
    }
    return Truncation(
      tokens: pieces.count, read: pooled.count, side: isBehind ? .right : .left, rest: .unpooled,
      utf8Range: start..<end)
  }
}

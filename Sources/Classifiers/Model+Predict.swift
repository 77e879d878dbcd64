import Tensors
public import Tokenizers

extension Model {
  /// The model's prediction for a text.
  /// - Parameter pair: the second text, for a model that reads two.
  /// - Throws: `CancellationError`, and errors of the classifier.
  public func predict(_ text: String, pair: String? = nil) throws -> Prediction {
    try predict(tokenizer.encode(text, pair: pair))
  }

  public func predict(_ encoding: Encoding) throws -> Prediction {
    prediction(encoding, try classifier.answers(for: [encoding.tokens])[0])
  }

  func prediction(_ encoding: Encoding, _ answer: ModelAnswer) -> Prediction {
    let logits = answer.logits
    let probabilities = probabilities(logits, link: classifier.link)
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }
    var encoding = encoding
    encoding.truncation = truncation(of: encoding) ?? answer.truncation
    return Prediction(
      encoding: encoding, logits: logits, probabilities: probabilities, classIndex: best ?? 0)
  }

  /// The part of a text that the model does not read, according to its tokenizer and its layers. An
  /// external program reports it with its answer.
  public func truncation(of encoding: Encoding) -> Truncation? {
    encoding.truncation ?? unpooled(encoding)
  }

  /// The part that a recurrent model reads before the steps that it pools (fastai's `max_len`).
  private func unpooled(_ encoding: Encoding) -> Truncation? {
    let pieces = encoding.pieces
    let pooled = classifier.pooledSteps(tokens: pieces.count)
    guard pooled.lowerBound > 0 else { return nil }
    let texts = encoding.joinedTexts
    let passed = pieces[..<pooled.lowerBound].map(encoding.joinedRange).filter { !$0.isEmpty }
    guard let start = passed.map(\.lowerBound).min(), let end = passed.map(\.upperBound).max()
    else { return nil }
    // A model that reads backwards leaves out the end of the text.
    let isBehind = pieces[pooled].contains {
      !$0.utf8Range.isEmpty && encoding.joinedRange(of: $0).lowerBound < start
    }
    let (first, second) = texts.parts(of: start..<end)
    return Truncation(
      tokens: pieces.count, read: pooled.count, side: isBehind ? .right : .left, rest: .unpooled,
      utf8Range: first, pairRange: second)
  }
}

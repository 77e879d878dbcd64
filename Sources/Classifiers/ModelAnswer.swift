internal import Tensors
public import Tokenizers

/// What a model says of one text.
public struct ModelAnswer: Sendable, Equatable {
  /// `[C]`.
  public var logits: [Float]
  /// What of the text the model did not take in; nil where that is nothing, and where whoever answers
  /// can't know.
  public var truncation: Truncation?

  public init(logits: [Float], truncation: Truncation? = nil) {
    self.logits = logits
    self.truncation = truncation
  }
}

extension Classifier {
  public func answers(for batch: [[Token]]) throws -> [ModelAnswer] {
    let logits = try logits(for: batch)
    return batch.indices.map { ModelAnswer(logits: Array(logits[row: $0])) }
  }
}

internal import Tensors
public import Tokenizers

/// A model's output for one text.
public struct ModelAnswer: Sendable, Equatable {
  /// `[C]`.
  public var logits: [Float]
  /// The part of the text that the model did not read; nil if it read all of it, or if this is
  /// unknown.
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

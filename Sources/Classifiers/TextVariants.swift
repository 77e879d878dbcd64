public import Tensors
public import Tokenizers

/// A text, for who asks what a classifier would say if some of its tokens were others or missing.
///
/// Many variants begin as the text does; a classifier that reads from left to right need not read
/// that beginning again.
///
/// A variant is what the model computes for its tokens, and the text itself is what is predicted. Where
/// an absent token is replaced by padding, transformers read it as any id: attention sees it, and in
/// families that count positions by tokens (RoBERTa, MPNet) the tokens behind it move up. An AWD-LSTM,
/// which would leave out what it pools or whole chunks, takes it for a word like any other.
public protocol TextVariants: Sendable {
  /// Logits `[B, C]` for a batch of variants of the text, of any lengths.
  /// - Throws: `CancellationError` where the task was cancelled.
  func logits(for batch: [[Token]]) throws -> Matrix
  /// Another text's, such as this one after an edit: what both begin with need not be read again.
  /// - Throws: as `logits(for:)`.
  func moved(to tokens: [Token]) throws -> any TextVariants
}

/// Variants that are read as any text.
struct PlainVariants<Model: Classifier>: TextVariants {
  let classifier: Model

  func logits(for batch: [[Token]]) throws -> Matrix {
    try classifier.logits(for: batch)
  }

  func moved(to tokens: [Token]) throws -> any TextVariants { try classifier.variants(of: tokens) }
}

extension DifferentiableClassifier {
  public func embeddings(for variants: [[Token]], variantsOf tokens: [Token]) throws -> TokenVectors
  {
    try embeddings(for: variants)
  }
}

extension Classifier {
  public func variants(of tokens: [Token]) throws -> any TextVariants {
    PlainVariants(classifier: self)
  }
}

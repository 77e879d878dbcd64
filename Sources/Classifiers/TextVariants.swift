public import Tensors
public import Tokenizers

/// A text, for evaluating variants in which some tokens are replaced or missing.
///
/// Many variants start like the text; a classifier that reads from left to right need not read that
/// prefix again.
///
/// The result for a variant is what the model computes for its tokens, and that for the text itself
/// is its prediction. If padding replaces an absent token, transformers read it like any other id:
/// attention sees it, and in families that number positions by tokens (RoBERTa, MPNet) the
/// following tokens move up. An AWD-LSTM, which would leave it out of the pooling or skip whole
/// chunks, reads it as a word like any other.
public protocol TextVariants: Sendable {
  /// Logits `[B, C]` for a batch of variants of the text, of any lengths.
  /// - Throws: `CancellationError` if the task was cancelled.
  func logits(for batch: [[Token]]) throws -> Matrix
  /// How many variants with at most this many tokens a call should have, for speed within bounded memory.
  func rowsPerCall(tokens: Int) -> Int
  /// The same for another text, such as this one after an edit; a common prefix need not be read
  /// again.
  /// - Throws: see `logits(for:)`.
  func moved(to tokens: [Token]) throws -> any TextVariants
}

/// Variants that are read like any other text.
struct PlainVariants<Model: Classifier>: TextVariants {
  let classifier: Model

  func logits(for batch: [[Token]]) throws -> Matrix {
    try classifier.logits(for: batch)
  }

  func rowsPerCall(tokens: Int) -> Int { classifier.rowsPerCall(tokens: tokens) }

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

public import Tensors

/// A text, for who asks what a classifier would say if some of its tokens were others or missing.
///
/// Many variants begin as the text does; a classifier that reads from left to right need not read
/// that beginning again.
public protocol TextVariants: Sendable {
  /// Logits `[B, C]` for a batch of variants of the text, of any lengths.
  /// - Throws: `CancellationError` where the task was cancelled.
  func logits(for batch: [[Int]]) throws -> Matrix
  /// Another text's, such as this one after an edit: what both begin with need not be read again.
  /// - Throws: as `logits(for:)`.
  func moved(to ids: [Int]) throws -> any TextVariants
}

/// Variants that are read as any text.
struct PlainVariants<Model: Classifier>: TextVariants {
  let classifier: Model

  func logits(for batch: [[Int]]) throws -> Matrix {
    try classifier.logits(for: batch)
  }

  func moved(to ids: [Int]) throws -> any TextVariants { try classifier.variants(of: ids) }
}

extension Classifier {
  public func variants(of ids: [Int]) throws -> any TextVariants {
    PlainVariants(classifier: self)
  }
}

public import Tensors

/// A classifier whose states can be carried as two parts: what a phrase gave and the rest.
public protocol DecomposableClassifier: DifferentiableClassifier {
  /// Contextual decomposition: for each phrase the part of the logits that it gave and the rest,
  /// which add up to the logits of the text.
  /// - Parameters:
  ///   - phrases: token indices; of any number and order, also with gaps.
  ///   - embeddings: one row, `[1, T, D]`.
  /// Source: Murdoch, Liu, Yu 2018, arXiv:1801.05453, section 3.
  func contextualDecomposition(
    of phrases: [Set<Int>], at embeddings: TokenVectors
  ) throws -> Decomposition
}

public struct Decomposition: Sendable {
  /// `[phrases, C]`.
  public var relevant: Matrix
  public var irrelevant: Matrix

  public init(relevant: Matrix, irrelevant: Matrix) {
    self.relevant = relevant
    self.irrelevant = irrelevant
  }
}

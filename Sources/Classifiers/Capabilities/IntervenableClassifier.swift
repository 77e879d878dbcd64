public import Tensors
public import Tokenizers

/// A classifier whose parts can be changed, to see how its output changes.
///
/// Its traits say which of the following it supports; the others throw
/// `ClassifierError.notCapable`.
public protocol IntervenableClassifier: DifferentiableClassifier {
  /// From the output down to the embeddings; never empty if they can be randomised.
  var randomizableLayers: [String] { get }
  /// The same model with the first `count` of these layers randomised: each tensor is drawn
  /// uniformly around zero, with the standard deviation of the trained one.
  ///
  /// Source: Adebayo et al. 2018, arXiv:1810.03292, the cascading randomisation of the sanity
  /// check.
  /// - Throws: errors of building a layer.
  func randomizingLayers(first count: Int, seed: UInt64) throws -> Self

  /// Logits `[B, C]` with the value vectors of one token per row set to zero in every layer: the
  /// token has no effect on others, although it still takes its share of attention.
  /// - Parameter tokens: one per row, as an index into the row.
  func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) throws -> Matrix
  /// How far each token's vector turns if the value vector of another is zero in one layer only:
  /// `1 - cos(x, x')`, `[L, T, T]` with the changed vector as row and the zeroed token as column.
  ///
  /// Source: Mohebbi et al. 2023, arXiv:2301.12971, section 3, before each row is divided by its
  /// sum. Costs about one pass per token.
  func valueZeroing(for text: [Token]) throws -> [Float]

  /// Contextual decomposition, in which states are divided into the contribution of a phrase and
  /// the rest: for each phrase, the part of the logits that it contributes and the rest, which add
  /// up to the text's logits.
  /// - Parameters:
  ///   - phrases: token indices; any number in any order, not necessarily contiguous.
  ///   - embeddings: one row, `[1, T, D]`.
  /// Source: Murdoch, Liu, Yu 2018, arXiv:1801.05453, section 3.
  func contextualDecomposition(
    of phrases: [Set<Int>], at embeddings: TokenVectors
  ) throws -> Decomposition
}

extension IntervenableClassifier {
  public var intervenable: (any IntervenableClassifier)? { self }

  public var randomizableLayers: [String] { [] }

  public func randomizingLayers(first count: Int, seed: UInt64) throws -> Self {
    throw ClassifierError.notCapable(.randomisation)
  }

  public func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) throws -> Matrix {
    throw ClassifierError.notCapable(.valueZeroing)
  }

  public func valueZeroing(for text: [Token]) throws -> [Float] {
    throw ClassifierError.notCapable(.valueZeroing)
  }

  public func contextualDecomposition(
    of phrases: [Set<Int>], at embeddings: TokenVectors
  ) throws -> Decomposition {
    throw ClassifierError.notCapable(.decomposition)
  }
}

/// The logits, divided into contributions of phrases and the rest.
public struct Decomposition: Sendable {
  /// `[phrases, C]`.
  public var relevant: Matrix
  public var irrelevant: Matrix

  public init(relevant: Matrix, irrelevant: Matrix) {
    self.relevant = relevant
    self.irrelevant = irrelevant
  }
}

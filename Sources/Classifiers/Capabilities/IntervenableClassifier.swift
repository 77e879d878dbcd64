public import Tensors
public import Tokenizers

/// A classifier that can be asked what it would say if a part of it were otherwise.
///
/// Its traits say which of the following it can; the others throw `ClassifierError.notCapable`.
public protocol IntervenableClassifier: DifferentiableClassifier {
  /// From the output down to the embeddings; never empty where they can be drawn anew.
  var randomizableLayers: [String] { get }
  /// The same model with the first `count` of these layers drawn anew: each tensor from a uniform
  /// distribution around zero with the spread that the trained one has.
  ///
  /// Source: Adebayo et al. 2018, arXiv:1810.03292, the cascading randomisation of the sanity check.
  /// - Throws: what making a layer throws.
  func randomizingLayers(first count: Int, seed: UInt64) throws -> Self

  /// Logits `[B, C]` where in every layer the value vectors of one token a row are zero: what that
  /// token says is heard nowhere, though it still takes its share of attention.
  /// - Parameter tokens: one a row, as an index into the row.
  func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) throws -> Matrix
  /// How far each token's vector turns where in one layer, and in that layer alone, the value vector
  /// of another is zero, for a text: `1 - cos(x, x')`, `[L, T, T]` with the changed vector as row and
  /// the zeroed token as column.
  ///
  /// Source: Mohebbi et al. 2023, arXiv:2301.12971, section 3, before each row is divided by its sum.
  /// Cost: about one pass a token.
  func valueZeroing(for text: [Token]) throws -> [Float]

  /// Contextual decomposition, the states carried as two parts, what a phrase gave and the rest: for
  /// each phrase the part of the logits that it gave and the rest, which add up to the logits of the
  /// text.
  /// - Parameters:
  ///   - phrases: token indices; of any number and order, also with gaps.
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

/// The logits as what phrases gave and the rest.
public struct Decomposition: Sendable {
  /// `[phrases, C]`.
  public var relevant: Matrix
  public var irrelevant: Matrix

  public init(relevant: Matrix, irrelevant: Matrix) {
    self.relevant = relevant
    self.irrelevant = irrelevant
  }
}

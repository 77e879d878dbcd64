import Tensors

/// A network that can be differentiated at any weighting of its outputs, so that other classifiers can
/// be made of it.
protocol Network: ContrastiveClassifier, RelevanceClassifier, RandomizableClassifier {
  /// Rows of the embedding matrix.
  var vocabularySize: Int { get }
  /// `sum of weight * d output / d embedding`, `[B, T, D]`.
  /// - Parameters:
  ///   - weights: of the outputs, `[B, C]`.
  ///   - rule: how layers are passed on the way back.
  func gradient(
    weighing weights: Matrix, at embeddings: TokenVectors, rule: NetworkRule
  ) throws -> TokenVectors
  /// The same by DeepLIFT's multipliers, of weights that are multipliers at the outputs.
  func multipliers(
    weighing weights: Matrix, at embeddings: TokenVectors, from baselines: TokenVectors
  ) throws -> TokenVectors
}

enum NetworkRule: Sendable {
  case derivative, relevance

  func layerRule<Kept>() -> LayerRule<Kept> {
    switch self {
    case .derivative: .derivative
    case .relevance: .relevance
    }
  }
}

extension Matrix {
  /// Some rows.
  subscript(rows rows: Range<Int>) -> Matrix {
    Matrix(
      rows: rows.count, columns: columns,
      elements: Array(elements[rows.lowerBound * columns..<rows.upperBound * columns]))
  }
}

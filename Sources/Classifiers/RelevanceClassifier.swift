/// A classifier that can propagate relevance from a score back to its embeddings, layer by layer.
public protocol RelevanceClassifier: DifferentiableClassifier {
  /// As `gradient(of:at:)`, but on the way back each layer follows its relevance rule instead of its
  /// derivative: a token's relevance is the product of its embedding with the result, summed up.
  ///
  /// - In an LSTM gates are constants and `tanh(z)` counts as `z * (tanh(z) / z)`: the rules of
  ///   Arras et al. 2017, arXiv:1706.07206, with epsilon 0.
  /// - In a transformer element-wise functions count as `x * (f(x) / x)`, the factors of a product
  ///   get half each, and a normalisation's denominator is a constant: AttnLRP by Achtibat et al.
  ///   2024, arXiv:2402.05602, as gradient times input.
  func relevance(of targets: [Target], at embeddings: TokenVectors) throws -> ScoreGradient
}

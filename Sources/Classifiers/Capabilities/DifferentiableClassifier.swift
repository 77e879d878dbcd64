public import Tensors
public import Tokenizers

/// The rule by which a backward pass goes from a score to the embeddings.
public enum PropagationRule: Sendable {
  /// By the derivative of each layer: the gradient.
  case derivative
  /// The gradient of the model whose pooling covers every time step, including those that its own
  /// limit (fastai's `max_len`) leaves out; intrinsic attention is defined on that pass. Equals
  /// `derivative` for a model without such a limit.
  case unwindowed
  /// The relevance rule of each layer: a token's relevance is the sum over the product of its
  /// embedding and the result.
  ///
  /// - In an LSTM, gates are constants and `tanh(z)` is treated as `z * (tanh(z) / z)`: the rules
  ///   of Arras et al. 2017, arXiv:1706.07206, with epsilon 0.
  /// - In a transformer, element-wise functions are treated as `x * (f(x) / x)`, each factor of a
  ///   product gets half, and a normalisation's denominator is a constant: AttnLRP by Achtibat et
  ///   al. 2024, arXiv:2402.05602, as gradient times input.
  case relevance
  /// Chords from baselines to the texts, which have the same number of rows and the same lengths:
  /// DeepLIFT's rescale rule. Every part of the model satisfies
  /// `sum of m (x - b) = its output at x - its output at b`, so the whole model does as well.
  ///
  /// A non-linearity of one input has the slope of its chord; a product of two has the mean of the
  /// effects of each factor with the other fixed at either end; a softmax and a normalisation are
  /// composed of such parts. Source: Shrikumar, Greenside, Kundaje 2017, arXiv:1704.02685, eq. 3 to
  /// 5.
  case chords(from: TokenVectors)
}

/// A classifier that is differentiable with respect to its token embeddings.
public protocol DifferentiableClassifier: Classifier {
  /// The rows of the embedding matrix, `[B, T, D]`, before positions and norms.
  func embeddings(for batch: [[Token]]) throws -> TokenVectors
  /// The same for variants of a text, in which a model may treat padding differently than in the
  /// text itself; by default it does not.
  func embeddings(for variants: [[Token]], variantsOf tokens: [Token]) throws -> TokenVectors
  /// Logits `[B, C]` from embeddings.
  func logits(from embeddings: TokenVectors) throws -> Matrix
  /// The logits of the forward pass, and the result of the backward pass from one score per row to
  /// the embeddings, in one call.
  /// - Parameter targets: one per row, `[B]`.
  /// - Throws: `ClassifierError`, including `notCapable` for a rule that the model's traits do not
  ///   include.
  func backward(
    _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient
  /// The logits at points of a line and the weighted sum of one score's gradients there, in bounded
  /// memory for any number of points. Point by point by default; a model whose first layer is
  /// linear multiplies the line once instead of every point.
  func gradient(
    of target: Target, along line: EmbeddingLine, at points: [EmbeddingLine.Point]
  ) throws -> LineGradient
  /// The mean of one score's gradient on a line, if a few points determine it; nil by default.
  func integral(of target: Target, along line: EmbeddingLine) throws -> LineIntegral?
}

extension DifferentiableClassifier {
  public var differentiable: (any DifferentiableClassifier)? { self }

  /// The logits, and the gradient of one score per row with respect to the embeddings.
  public func gradient(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient {
    try backward(.derivative, of: targets, at: embeddings)
  }
}

/// The result of a forward and a backward pass.
public struct ScoreGradient: Sendable {
  /// `[B, C]`.
  public var logits: Matrix
  /// The targets' values, `[B]`.
  public var scores: [Float]
  /// `d score / d embedding`, or what the rule defines instead, `[B, T, D]`.
  public var gradient: TokenVectors
  /// The baselines' logits, `[B, C]`, if the rule has baselines.
  public var baselineLogits: Matrix?

  public init(
    logits: Matrix, scores: [Float], gradient: TokenVectors, baselineLogits: Matrix? = nil
  ) {
    self.logits = logits
    self.scores = scores
    self.gradient = gradient
    self.baselineLogits = baselineLogits
  }
}

public import Tensors
public import Tokenizers

/// How a pass goes back from a score to the embeddings.
public enum PropagationRule: Sendable {
  /// By the derivative of each layer: the gradient.
  case derivative
  /// The gradient of the model whose pooling sees every time step, also those that its own limit
  /// (fastai's `max_len`) leaves out: intrinsic attention is defined on that pass. The same as
  /// `derivative` for a model without such a limit.
  case unwindowed
  /// By the relevance rule of each layer: a token's relevance is the product of its embedding with the
  /// result, summed up.
  ///
  /// - In an LSTM gates are constants and `tanh(z)` counts as `z * (tanh(z) / z)`: the rules of
  ///   Arras et al. 2017, arXiv:1706.07206, with epsilon 0.
  /// - In a transformer element-wise functions count as `x * (f(x) / x)`, the factors of a product
  ///   get half each, and a normalisation's denominator is a constant: AttnLRP by Achtibat et al.
  ///   2024, arXiv:2402.05602, as gradient times input.
  case relevance
  /// By the chords from baselines to the texts, with as many rows of the same lengths: DeepLIFT's
  /// rescale rule. Every part of the model obeys `sum of m (x - b) = its output at x - its output at
  /// b`, so the whole does too.
  ///
  /// A non-linearity of one input gets the slope of its chord, a product of two the mean of what
  /// the change of each gives with the other held at either end; a softmax and a normalisation are
  /// made of such parts. Source: Shrikumar, Greenside, Kundaje 2017, arXiv:1704.02685, eq. 3 to 5.
  case chords(from: TokenVectors)
}

/// A classifier that can be differentiated at its token embeddings.
public protocol DifferentiableClassifier: Classifier {
  /// The rows of the embedding matrix, `[B, T, D]`, before positions and norms.
  func embeddings(for batch: [[Token]]) throws -> TokenVectors
  /// The same of variants of a text, whose padding a model may take otherwise than that of a text
  /// itself; by default it does not.
  func embeddings(for variants: [[Token]], variantsOf tokens: [Token]) throws -> TokenVectors
  /// Logits `[B, C]` from embeddings.
  func logits(from embeddings: TokenVectors) throws -> Matrix
  /// The forward pass's logits, and what goes back from one score a row to the embeddings, in one call.
  /// - Parameter targets: one a row, `[B]`.
  /// - Throws: `ClassifierError`: also `notCapable` for a rule that the model's traits don't name.
  func backward(
    _ rule: PropagationRule, of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient
  /// The logits at points of a line and the weighted sum of one score's gradients there, in bounded
  /// memory for any number of points. By default point by point; a model whose first layer is
  /// linear multiplies the line once instead of every point.
  func gradient(
    of target: Target, along line: EmbeddingLine, at points: [EmbeddingLine.Point]
  ) throws -> LineGradient
  /// The mean of one score's gradient on a line, where a few points of it determine all others; by
  /// default nil: nothing is known of the points between those that are asked for.
  func integral(of target: Target, along line: EmbeddingLine) throws -> LineIntegral?
}

extension DifferentiableClassifier {
  public var differentiable: (any DifferentiableClassifier)? { self }

  /// The logits and the gradient of one score a row at the embeddings.
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
  /// `d score / d embedding`, or what the rule has in its place, `[B, T, D]`.
  public var gradient: TokenVectors
  /// Where the rule has baselines, their logits, `[B, C]`.
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

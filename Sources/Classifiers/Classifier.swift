public import Tensors
public import Tokenizers

/// What any explainer may ask of a model: the narrow waist between architectures and explainers.
///
/// A row's results never depend on what else is in its batch.
public protocol Classifier: Sendable {
  var classes: [String] { get }
  var link: OutputLink { get }
  /// Above which a class is given, of a model that knows several labels a text: one number, or one a
  /// class.
  var thresholds: [Float] { get }
  /// Logits `[B, C]` for a batch of token tokens of unequal lengths.
  /// - Throws: `CancellationError` where the task was cancelled.
  func logits(for batch: [[Token]]) throws -> Matrix
  /// The same, a row each, with what the classifier itself cut off; by default it cuts nothing off.
  func answers(for batch: [[Token]]) throws -> [ModelAnswer]
  /// How many rows of this many tokens one call should carry, for speed within bounded memory.
  func rowsPerCall(tokens: Int) -> Int
  /// The text of these tokens, to be asked about variants of it; costs one pass over the text at most.
  /// - Throws: as `logits(for:)`.
  func variants(of tokens: [Token]) throws -> any TextVariants
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
  /// The forward's logits and the gradient of one score a row at the embeddings, in one call.
  /// - Parameter targets: one a row, `[B]`.
  func gradient(of targets: [Target], at embeddings: TokenVectors) throws -> ScoreGradient
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

/// The result of a forward and a backward pass.
public struct ScoreGradient: Sendable {
  /// `[B, C]`.
  public var logits: Matrix
  /// The targets' values, `[B]`.
  public var scores: [Float]
  /// `d score / d embedding`, `[B, T, D]`.
  public var gradient: TokenVectors

  public init(logits: Matrix, scores: [Float], gradient: TokenVectors) {
    self.logits = logits
    self.scores = scores
    self.gradient = gradient
  }
}

/// A classifier whose last recurrent layer gives one vector a time step, as Grad-CAM needs.
public protocol RecurrentClassifier: DifferentiableClassifier {
  /// The time steps of a text of this many tokens that the last layer pools; by default all.
  func pooledSteps(tokens: Int) -> Range<Int>
  /// The last recurrent layer's outputs `[B, T, D]`, and the targets' gradient there.
  func recurrentActivations(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> RecurrentActivations
  /// The gradient at the embeddings where the pooling sees every time step, also those that the
  /// model's own `max_len` leaves out: intrinsic attention is defined on that pass.
  func unwindowedGradient(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> ScoreGradient
}

extension RecurrentClassifier {
  public func pooledSteps(tokens: Int) -> Range<Int> { 0..<tokens }
}

public struct RecurrentActivations: Sendable {
  /// `[B, C]`.
  public var logits: Matrix
  /// The targets' values, `[B]`.
  public var scores: [Float]
  /// `[B, T, D]`.
  public var activations: TokenVectors
  /// `d score / d activation`, `[B, T, D]`.
  public var gradient: TokenVectors

  public init(
    logits: Matrix, scores: [Float], activations: TokenVectors, gradient: TokenVectors
  ) {
    self.logits = logits
    self.scores = scores
    self.activations = activations
    self.gradient = gradient
  }
}

public import Tensors
public import Tokenizers

/// What explainers may ask of any model: the narrow waist between architectures and explainers.
///
/// Further capabilities are stated in `traits`; a classifier never has to be cast to find out. The
/// results of a row never depend on the other rows of its batch.
public protocol Classifier: Sendable {
  var classes: [String] { get }
  var link: OutputLink { get }
  /// The thresholds of a multi-label model's classes: one number, or one per class.
  var thresholds: [Float] { get }
  /// The model's capabilities, and how it reads a text.
  var traits: ClassifierTraits { get }
  /// Logits `[B, C]` for a batch of tokens of unequal lengths.
  /// - Throws: `CancellationError` if the task was cancelled.
  func logits(for batch: [[Token]]) throws -> Matrix
  /// The same, row by row, with the part that the classifier itself cut off; none by default.
  func answers(for batch: [[Token]]) throws -> [ModelAnswer]
  /// How many rows with this many tokens a call should have, for speed within bounded memory.
  func rowsPerCall(tokens: Int) -> Int
  /// The text with these tokens, for evaluating variants of it; costs at most one pass over the
  /// text.
  /// - Throws: see `logits(for:)`.
  func variants(of tokens: [Token]) throws -> any TextVariants
  /// The tokens that the head pools, in a text with this many; all by default.
  func pooledSteps(tokens: Int) -> Range<Int>

  /// The classifier itself if it conforms to the protocol, otherwise nil. A wrapper returns nil if
  /// the classifier that it wraps does.
  var differentiable: (any DifferentiableClassifier)? { get }
  var inspectable: (any InspectableClassifier)? { get }
  var intervenable: (any IntervenableClassifier)? { get }
}

extension Classifier {
  /// Predictions only.
  public var traits: ClassifierTraits { ClassifierTraits() }

  public func pooledSteps(tokens: Int) -> Range<Int> { 0..<tokens }

  public var differentiable: (any DifferentiableClassifier)? { nil }
  public var inspectable: (any InspectableClassifier)? { nil }
  public var intervenable: (any IntervenableClassifier)? { nil }

  /// Whether the model has a capability.
  public func can(_ capability: Capability) -> Bool { traits.capabilities.contains(capability) }
}

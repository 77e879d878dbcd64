public import Tensors
public import Tokenizers

/// What any explainer may ask of a model: the narrow waist between architectures and explainers.
///
/// What a model can do besides is a fact that it states (`traits`); it never has to be cast to another
/// type to find out. A row's results never depend on what else is in its batch.
public protocol Classifier: Sendable {
  var classes: [String] { get }
  var link: OutputLink { get }
  /// Above which a class is given, of a model that knows several labels a text: one number, or one a
  /// class.
  var thresholds: [Float] { get }
  /// What the model can do, and how it reads a text.
  var traits: ClassifierTraits { get }
  /// Logits `[B, C]` for a batch of tokens of unequal lengths.
  /// - Throws: `CancellationError` where the task was cancelled.
  func logits(for batch: [[Token]]) throws -> Matrix
  /// The same, a row each, with what the classifier itself cut off; by default it cuts nothing off.
  func answers(for batch: [[Token]]) throws -> [ModelAnswer]
  /// How many rows of this many tokens one call should carry, for speed within bounded memory.
  func rowsPerCall(tokens: Int) -> Int
  /// The text of these tokens, to be asked about variants of it; costs one pass over the text at most.
  /// - Throws: as `logits(for:)`.
  func variants(of tokens: [Token]) throws -> any TextVariants
  /// The tokens of a text of so many that the head pools; by default all.
  func pooledSteps(tokens: Int) -> Range<Int>

  /// The classifier itself, where it conforms to the protocol; nil where it does not. A wrapper gives
  /// nil where what it wraps does.
  var differentiable: (any DifferentiableClassifier)? { get }
  var inspectable: (any InspectableClassifier)? { get }
  var intervenable: (any IntervenableClassifier)? { get }
}

extension Classifier {
  /// Predictions alone.
  public var traits: ClassifierTraits { ClassifierTraits() }

  public func pooledSteps(tokens: Int) -> Range<Int> { 0..<tokens }

  public var differentiable: (any DifferentiableClassifier)? { nil }
  public var inspectable: (any InspectableClassifier)? { nil }
  public var intervenable: (any IntervenableClassifier)? { nil }

  /// Whether the model can do this.
  public func can(_ capability: Capability) -> Bool { traits.capabilities.contains(capability) }
}

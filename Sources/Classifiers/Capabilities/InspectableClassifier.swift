public import Tensors

/// A site in a model with one vector per token.
public enum Site: Sendable, Hashable {
  /// The outputs of every layer, from the first to the last.
  case layers
  /// The outputs of the last recurrent layer, which the head pools.
  case lastRecurrentLayer
}

/// A classifier whose intermediate activations and gradients can be inspected.
///
/// Its traits say which of the following it supports; the others throw
/// `ClassifierError.notCapable`. Attention maps and pools have functions of their own, because they
/// are not one vector per token.
public protocol InspectableClassifier: DifferentiableClassifier {
  /// From the first to the last, in the order of `activations` at `.layers`.
  var layerNames: [String] { get }
  /// The approximate memory of `activations` at `.layers` per token of a row, including the result.
  var layerBytesPerToken: Int { get }
  /// The activations at a site, and the targets' gradients there, by one forward and backward pass.
  func activations(
    _ site: Site, of targets: [Target], at embeddings: TokenVectors
  ) throws -> SiteActivations
  /// The attention maps of one text, the gradient of the target with respect to them, and the
  /// results of the forward pass, in one call.
  /// - Parameter embeddings: one row.
  func attentionMaps(of target: Target, at embeddings: TokenVectors) throws -> AttentionMaps
  /// The token whose vector the head reads: the first in an encoder, the last that is not padding
  /// in a decoder; the first also if the head reads all.
  /// - Parameter embeddings: one row.
  func readToken(of embeddings: TokenVectors) -> Int
  /// The pools and time steps that contribute to the target's value, one ledger per row.
  func poolingLedgers(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> [PoolingLedger]
}

extension InspectableClassifier {
  public var inspectable: (any InspectableClassifier)? { self }

  public var layerNames: [String] { [] }
  public var layerBytesPerToken: Int { 0 }

  public func activations(
    _ site: Site, of targets: [Target], at embeddings: TokenVectors
  ) throws -> SiteActivations {
    throw ClassifierError.notCapable(site == .layers ? .layers : .recurrence)
  }

  public func attentionMaps(of target: Target, at embeddings: TokenVectors) throws -> AttentionMaps
  {
    throw ClassifierError.notCapable(.attention)
  }

  public func readToken(of embeddings: TokenVectors) -> Int { 0 }

  public func poolingLedgers(
    of targets: [Target], at embeddings: TokenVectors
  ) throws -> [PoolingLedger] {
    throw ClassifierError.notCapable(.pools)
  }
}

/// The activations at a site.
public struct SiteActivations: Sendable {
  /// One part's outputs and the gradient there, `[B, T, D]` each.
  public struct Part: Sendable {
    public var outputs: TokenVectors
    /// `d score / d output`.
    public var gradient: TokenVectors

    public init(outputs: TokenVectors, gradient: TokenVectors) {
      self.outputs = outputs
      self.gradient = gradient
    }
  }

  /// `[B, C]`.
  public var logits: Matrix
  /// The targets' values, `[B]`.
  public var scores: [Float]
  /// One for each layer, in the order of `layerNames`; a single one for the last recurrent layer.
  public var parts: [Part]

  public init(logits: Matrix, scores: [Float], parts: [Part]) {
    self.logits = logits
    self.scores = scores
    self.parts = parts
  }
}

/// The attention of one text in all layers, and a target's gradient with respect to it.
///
/// Maps are in the order of the whole model's layers; a layer that is used several times, as in
/// ALBERT, has a map for each use. Row `i` of a map is the attention of token `i`, and sums to 1.
public struct AttentionMaps: Sendable, Equatable {
  public var layers: Int
  public var heads: Int
  public var tokens: Int
  /// `[C]`.
  public var logits: [Float]
  /// The target's value.
  public var score: Float
  /// `[L, H, T, T]`, row-major.
  public var maps: [Float]
  /// `d score / d map`, `[L, H, T, T]`.
  public var gradient: [Float]
  /// The self-attention of encoder and decoder, if these maps are the decoder's attention to the
  /// encoder; nil for all other models.
  public var sides: AttentionSides?

  public init(
    layers: Int, heads: Int, tokens: Int, logits: [Float], score: Float, maps: [Float],
    gradient: [Float]
  ) {
    self.layers = layers
    self.heads = heads
    self.tokens = tokens
    self.logits = logits
    self.score = score
    self.maps = maps
    self.gradient = gradient
  }

  /// The range of a head's map in `maps` and `gradient`.
  public func range(layer: Int, head: Int) -> Range<Int> {
    let start = (layer * heads + head) * tokens * tokens
    return start..<start + tokens * tokens
  }
}

/// The explained value, divided by pool and time step: gradient times pooled value, which for a
/// piecewise linear head (normalisation, ReLU) accounts for everything except the biases.
public struct PoolingLedger: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// `last`, `max`, `mean`.
    public var pool: String
    /// One per time step, `[T]`.
    public var steps: [Double]
    public var total: Double { steps.reduce(0, +) }

    public init(pool: String, steps: [Double]) {
      self.pool = pool
      self.steps = steps
    }
  }

  public var entries: [Entry]
  public var value: Double
  /// The part that no time step contributes: that of the biases.
  public var remainder: Double { value - entries.reduce(0) { $0 + $1.total } }

  public init(entries: [Entry], value: Double) {
    self.entries = entries
    self.value = value
  }
}

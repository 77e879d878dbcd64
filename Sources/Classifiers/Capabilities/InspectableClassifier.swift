public import Tensors

/// A place within a model that gives one vector a token.
public enum Site: Sendable, Hashable {
  /// The outputs of every layer, from the first to the last.
  case layers
  /// The outputs of the last recurrent layer, which the head pools.
  case lastRecurrentLayer
}

/// A classifier that can be looked into: what its parts give for a text, and the gradient there.
///
/// Its traits say which of the following it can; the others throw `ClassifierError.notCapable`. Maps
/// and pools have functions of their own, because they are not one vector a token.
public protocol InspectableClassifier: DifferentiableClassifier {
  /// From the first to the last, as `activations` at `.layers` has them.
  var layerNames: [String] { get }
  /// About how many bytes `activations` at `.layers` holds for each token of a row, its result
  /// included.
  var layerBytesPerToken: Int { get }
  /// What the parts at a site give, and the targets' gradient there, in one forward and backward pass.
  func activations(
    _ site: Site, of targets: [Target], at embeddings: TokenVectors
  ) throws -> SiteActivations
  /// The attention maps of one text, and the gradient of the target at each of their numbers, with
  /// the forward pass's results, in one call.
  /// - Parameter embeddings: of one row.
  func attentionMaps(of target: Target, at embeddings: TokenVectors) throws -> AttentionMaps
  /// The token whose vector the head reads: the first of an encoder, the last of a decoder that is no
  /// padding; the first also where the head reads all.
  /// - Parameter embeddings: of one row.
  func readToken(of embeddings: TokenVectors) -> Int
  /// Through which pool and from which time step the target's value came, one ledger a row.
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

/// What the parts at a site gave.
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
  /// One for each layer, in the order of `layerNames`; one alone of the last recurrent layer.
  public var parts: [Part]

  public init(logits: Matrix, scores: [Float], parts: [Part]) {
    self.logits = logits
    self.scores = scores
    self.parts = parts
  }
}

/// Attention of one text in all layers, and what a target makes of it.
///
/// Maps are of the whole model in the order of its layers; a layer that is used several times, as
/// ALBERT's are, gives a map each time. Row `i` of a map says where token `i` looks, and sums to 1.
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
  /// Of an encoder and a decoder, whose maps these are the decoder's of the encoder's tokens: the
  /// self-attention of both; nil of models that have no other.
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

  /// Where the map of a head lies in `maps` and `gradient`.
  public func range(layer: Int, head: Int) -> Range<Int> {
    let start = (layer * heads + head) * tokens * tokens
    return start..<start + tokens * tokens
  }
}

/// The value explained, booked by pool and time step: gradient times pooled value, which for a head
/// that is linear in pieces (normalisation, ReLU) accounts for everything but the biases.
public struct PoolingLedger: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// `last`, `max`, `mean`.
    public var pool: String
    /// One a time step, `[T]`.
    public var steps: [Double]
    public var total: Double { steps.reduce(0, +) }

    public init(pool: String, steps: [Double]) {
      self.pool = pool
      self.steps = steps
    }
  }

  public var entries: [Entry]
  public var value: Double
  /// What no time step gave: the biases' share.
  public var remainder: Double { value - entries.reduce(0) { $0 + $1.total } }

  public init(entries: [Entry], value: Double) {
    self.entries = entries
    self.value = value
  }
}

public import Tensors
public import Tokenizers

/// A classifier whose layers weigh tokens by attention.
///
/// Maps are of the whole model in the order of its layers; a layer that is used several times, as
/// ALBERT's are, gives a map each time. Row `i` of a map says where token `i` looks, and sums to 1.
public protocol AttentiveClassifier: DifferentiableClassifier {
  /// The attention maps of one text, and the gradient of the target at each of their numbers, with
  /// the forward's results, in one call.
  /// - Parameter embeddings: of one row.
  func attentionMaps(of target: Target, at embeddings: TokenVectors) throws -> AttentionMaps

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

  /// The token whose vector the head reads: the first of an encoder, the last of a decoder that is no
  /// padding; the first also where the head reads all.
  /// - Parameter embeddings: of one row.
  func readToken(of embeddings: TokenVectors) -> Int
}

extension AttentiveClassifier {
  public func readToken(of embeddings: TokenVectors) -> Int { 0 }
}

/// Attention of one text in all layers, and what a target makes of it.
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

import Tensors

/// Self-attention of the encoder and of the decoder of an encoder-decoder model; the decoder's
/// attention to the encoder is in its `AttentionMaps`.
public struct AttentionSides: Sendable, Equatable {
  /// The maps of one side, in the order of its layers.
  public struct Side: Sendable, Equatable {
    public var layers: Int
    public var heads: Int
    public var tokens: Int
    /// `[L, H, T, T]`, row-major.
    public var maps: [Float]
    /// `d score / d map`, `[L, H, T, T]`.
    public var gradient: [Float]

    public init(layers: Int, heads: Int, tokens: Int) {
      self.layers = layers
      self.heads = heads
      self.tokens = tokens
      maps = zeros(layers * heads * tokens * tokens)
      gradient = maps
    }

    /// - Parameter core: the attention of one layer; nil if there is no layer.
    init(layers: Int, _ core: Attention?, tokens: Int) {
      self.init(layers: layers, heads: core?.heads ?? 0, tokens: tokens)
    }

    /// Sets the maps of a layer, `[H, T, T]`, and the gradient there.
    /// - Parameters:
    ///   - qkv: queries, keys and values of the text's tokens.
    ///   - dMixed: the gradient at the values that the attention mixes.
    mutating func fill(
      layer: Int, _ core: Attention, qkv: [Float], dMixed: [Float], workers: Workers
    ) throws {
      let size = heads * tokens * tokens
      let place = layer * size..<(layer + 1) * size
      maps.replaceSubrange(
        place, with: try core.weights(qkv, tokens: tokens, workers: workers))
      gradient.replaceSubrange(
        place,
        with: try core.weightGradient(dMixed, qkv: qkv, tokens: tokens, workers: workers))
    }
  }

  public var encoder: Side
  /// The decoder reads the text one position later: its token `t + 1` is the text's token `t`, and
  /// its first token is not part of the text.
  public var decoder: Side
}

extension AttentionMaps {
  /// - Parameters:
  ///   - logits: `[C]`.
  ///   - score: the target's value.
  init(_ maps: AttentionSides.Side, logits: [Float], score: Float) {
    self.init(
      layers: maps.layers, heads: maps.heads, tokens: maps.tokens, logits: logits, score: score,
      maps: maps.maps, gradient: maps.gradient)
  }
}

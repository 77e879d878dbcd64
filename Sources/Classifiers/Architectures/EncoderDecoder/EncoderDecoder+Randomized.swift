extension EncoderDecoder {
  public var randomizableLayers: [String] {
    ["head"] + layers.indices.reversed().map { "decoder layer \($0 + 1)" }
      + encoder.layers.indices.reversed().map { "encoder layer \($0 + 1)" } + ["embedding"]
  }

  /// As in a transformer, from the output down: first the decoder's layers, then the encoder's.
  public func randomizingLayers(first count: Int, seed: UInt64) throws -> EncoderDecoder {
    var parts = RandomizableParts(
      words: encoder.embedding,
      layers: encoder.layers.map(Part.encoder) + layers.map(Part.decoder), head: head)
    try parts.randomize(first: count, seed: seed)
    var encoderLayers: [TransformerLayer] = []
    var decoderLayers: [DecoderLayer] = []
    for part in parts.layers {
      switch part {
      case .encoder(let layer): encoderLayers.append(layer)
      case .decoder(let layer): decoderLayers.append(layer)
      }
    }
    var copy = Transformer(embedding: parts.words, layers: encoderLayers)
    copy.workers = encoder.workers
    copy.traceBudget = encoder.traceBudget
    return EncoderDecoder(
      classes: classes, link: link, encoder: copy,
      embedding: embedding.with(words: parts.words.words), layers: decoderLayers,
      head: parts.head, start: start, end: end)
  }

  private enum Part: Randomizable {
    case encoder(TransformerLayer)
    case decoder(DecoderLayer)

    func randomized(by numbers: inout UniformNumbers) throws -> Part {
      switch self {
      case .encoder(let layer): .encoder(try layer.randomized(by: &numbers))
      case .decoder(let layer): .decoder(try layer.randomized(by: &numbers))
      }
    }
  }
}

extension TextEmbedding {
  fileprivate func with(words: Embedding) -> TextEmbedding {
    var copy = self
    copy.words = words
    return copy
  }
}

extension DecoderLayer: Randomizable {
  func randomized(by numbers: inout UniformNumbers) throws -> DecoderLayer {
    DecoderLayer(
      attention: try attention.randomized(by: &numbers), attentionNorm: attentionNorm,
      cross: CrossAttention(
        queries: try cross.queries.randomized(by: &numbers),
        memory: try cross.memory.randomized(by: &numbers),
        output: try cross.output.randomized(by: &numbers), core: cross.core),
      crossNorm: crossNorm, feedForward: try feedForward.randomized(by: &numbers),
      outputNorm: outputNorm)
  }
}

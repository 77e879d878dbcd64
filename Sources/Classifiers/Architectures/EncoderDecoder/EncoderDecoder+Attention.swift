public import Tensors
public import Tokenizers

/// The model's maps are those of the decoder's attention to the encoder; the self-attention of both
/// is in `AttentionMaps.sides`.
extension EncoderDecoder: InspectableClassifier {
  /// The attention of the decoder's tokens to the encoder's, in each layer of the decoder.
  public func attentionMaps(
    of target: Target, at embeddings: TokenVectors
  ) throws -> AttentionMaps {
    let tokens = embeddings.tokens
    let (readerCore, ownCore, crossCore) = (
      encoder.layers.first?.attention.core, layers.first?.attention.core, layers.first?.cross.core
    )
    let (pass, dLogits) = try passForMaps(
      of: target, at: embeddings,
      maps: encoder.layers.count * (readerCore?.heads ?? 0)
        + layers.count * ((ownCore?.heads ?? 0) + (crossCore?.heads ?? 0)))
    let logits = pass.logits[row: 0]
    var sides = AttentionSides(
      encoder: .init(layers: encoder.layers.count, readerCore, tokens: tokens),
      decoder: .init(layers: layers.count, ownCore, tokens: tokens))
    var cross = AttentionSides.Side(layers: layers.count, crossCore, tokens: tokens)
    _ = try backward(dLogits, pass: pass, rule: .derivative) { visit in
      switch visit {
      case .decoder(let index, let trace, let dMixed):
        try sides.decoder.fill(
          layer: index, layers[index].attention.core, qkv: trace.qkv, dMixed: dMixed.own,
          workers: workers)
        try cross.fill(
          layer: index, layers[index].cross.core, qkv: trace.crossQKV, dMixed: dMixed.cross,
          workers: workers)
      case .encoder(let index, let trace, let dMixed):
        try sides.encoder.fill(
          layer: index, encoder.layers[index].attention.core, qkv: trace.qkv, dMixed: dMixed,
          workers: workers)
      }
    }
    var maps = AttentionMaps(
      cross, logits: logits, score: target.value(logits: logits, link: link))
    maps.sides = sides
    return maps
  }

  /// The decoder's token whose vector the head reads.
  public func readToken(of embeddings: TokenVectors) -> Int {
    let texts = TextSpans(lengths: Array(embeddings.lengths.prefix(1)))
    return summaries(of: texts, embeddings.summaries).first.flatMap(\.self) ?? 0
  }

  /// A token's values are zero in all three kinds of attention; the decoder reads it one position
  /// later, and not at all if it is the last.
  public func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) throws -> Matrix {
    try logits(for: batch, silencing: tokens) { network, embeddings, rows, silenced in
      try network.logits(from: embeddings, rows: rows, silenced: silenced)
    }
  }

  private func logits(
    from embeddings: TokenVectors, rows: Range<Int>, silenced: [Int]
  ) throws -> Matrix {
    let texts = TextSpans(lengths: Array(embeddings.lengths[rows]))
    let vectors = encoder.packed(embeddings, rows: rows, texts: texts)
    let places = try encoder.embedding.places(of: texts, padding: [], types: [])
    let silent = DecoderLayer.Silenced(
      own: zip(texts.ranges, silenced).compactMap { text, token in
        token + 1 < text.count ? text.lowerBound + token + 1 : nil
      }, cross: zip(texts.ranges, silenced).map { $0.lowerBound + $1 })
    let memory = try encoder.encode(
      vectors, texts: texts, places: places, silenced: silent.cross, keeping: nil
    ).x
    var x = try embedding.forward(
      try shifted(vectors, texts: texts), places: places, workers: workers
    ).x
    for layer in layers {
      try workers.checkCancellation()
      x = try layer.forward(
        x, memory: memory, texts: texts, silenced: silent, workers: workers
      ).y
    }
    return answer(x, summaries(of: texts, embeddings.summaries(of: rows))).logits
  }

  /// The change of the decoder's vectors when a token's values are zero in one layer's attention to
  /// the encoder: `[L, T, T]`, with the changed vector of the decoder as row.
  ///
  /// Source: Mohebbi et al. 2023, arXiv:2310.09925, for encoder-decoder models.
  public func valueZeroing(for text: [Token]) throws -> [Float] {
    let tokens = text.count
    guard tokens > 0 else { return [] }
    try refuseMaps(tokens: tokens, maps: layers.count)
    let texts = TextSpans(lengths: [tokens])
    let vectors = encoder.packed(try embeddings(for: [text]), rows: 0..<1, texts: texts)
    let places = try encoder.embedding.places(of: texts, padding: [], types: [])
    let memory = try encoder.encode(vectors, texts: texts, places: places, keeping: nil).x
    var x = try embedding.forward(
      try shifted(vectors, texts: texts), places: places, workers: workers
    ).x
    var result: [Float] = []
    for layer in layers {
      let attended = try layer.attend(x, texts: texts, workers: workers)
      let qkv = try layer.cross.project(attended.h, memory: memory, texts: texts, workers: workers)
      x = try layer.forward(attended, crossQKV: qkv, texts: texts, workers: workers).y
      result += try SilencedLayer(
        tokens: tokens, width: layer.cross.output.outputs, core: layer.cross.core, qkv: qkv,
        input: attended.h, output: x
      ).turns { qkv, inputs, texts in
        try layer.forward(
          DecoderLayer.Attended(h: inputs, qkv: [], norm: attended.norm), crossQKV: qkv,
          texts: texts, workers: workers
        ).y
      }
    }
    return result
  }
}

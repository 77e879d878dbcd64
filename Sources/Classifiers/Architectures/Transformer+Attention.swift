public import Tensors
public import Tokenizers

extension Transformer: InspectableClassifier {
  public func attentionMaps(
    of target: Target, at embeddings: TokenVectors
  ) throws -> AttentionMaps {
    let core = layers.first?.attention.core
    let (pass, dLogits) = try passForMaps(
      of: target, at: embeddings, maps: layers.count * (core?.heads ?? 0))
    let logits = pass.logits[row: 0]
    var own = AttentionSides.Side(layers: layers.count, core, tokens: embeddings.tokens)
    _ = try backward(dLogits, pass: pass, rule: .derivative) { index, trace, dMixed in
      try own.fill(
        layer: index, layers[index].attention.core, qkv: trace.qkv, dMixed: dMixed,
        workers: workers)
    }
    return AttentionMaps(own, logits: logits, score: target.value(logits: logits, link: link))
  }

  public func readToken(of embeddings: TokenVectors) -> Int {
    let texts = TextSpans(lengths: Array(embeddings.lengths.prefix(1)))
    return head.pooledRows(texts, padding: embeddings.padding).first?.first ?? 0
  }

  public func logits(for batch: [[Token]], zeroingValuesOf tokens: [Int]) throws -> Matrix {
    try logits(for: batch, silencing: tokens) { network, embeddings, rows, silenced in
      try network.forward(embeddings, rows: rows, silenced: silenced, keeping: nil).logits
    }
  }

  public func valueZeroing(for text: [Token]) throws -> [Float] {
    let tokens = text.count
    guard tokens > 0 else { return [] }
    try refuseMaps(tokens: tokens, maps: layers.count)
    let span = TextSpans(lengths: [tokens])
    let embeddings = try embeddings(for: [text])
    let places = try embedding.places(
      of: span, padding: embeddings.padding, types: embeddings.types)
    var x = try embedding.forward(embeddings.values, places: places, workers: workers).x
    var result: [Float] = []
    for (index, layer) in layers.enumerated() {
      let input = x
      let (y, trace) = try layer.forward(x, texts: span, workers: workers)
      x = y
      result += try SilencedLayer(
        tokens: tokens, width: layer.attention.output.outputs, core: layer.attention.core,
        qkv: trace.qkv, input: input, output: y
      ).turns { qkv, inputs, texts in
        try layer.forward(
          inputs, TransformerLayer.Projected(qkv: qkv), texts: texts, workers: workers
        ).y
      }
      if index == 0, let convolution {
        x = try convolution.forward(x, input: input, texts: span, workers: workers).y
      }
    }
    return result
  }
}

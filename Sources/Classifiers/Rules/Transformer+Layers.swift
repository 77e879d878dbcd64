import Tensors

extension Transformer {
  public var layerNames: [String] { layers.indices.map { "layer \($0 + 1)" } }

  /// The traces, each layer's output twice, and the gradient there.
  public var layerBytesPerToken: Int {
    traceBytesPerToken + layers.count * head.inputs * 3 * MemoryLayout<Float>.size
  }

  /// A layer's output is the input of the next one, which for the first layer includes DeBERTa-v2's
  /// convolution.
  public func activations(
    _ site: Site, of targets: [Target], at embeddings: TokenVectors
  ) throws -> SiteActivations {
    guard site == .layers else { throw ClassifierError.notCapable(.recurrence) }
    try validate(embeddings, targets)
    let texts = TextSpans(lengths: embeddings.lengths)
    var pass = try layerPass(embeddings, texts: texts)
    let (logits, headTrace) = head.forward(
      pass.encoded, texts: texts, padding: embeddings.padding)
    var d = head.backward(
      dLogits(of: targets, logits: logits), trace: headTrace, texts: texts, rule: .derivative)
    if let finalNorm, let final = pass.final {
      d = finalNorm.backward(d, trace: final, rule: .derivative, workers: workers)
    }
    var parts: [SiteActivations.Part] = []
    for index in layers.indices.reversed() {
      try Task.checkCancellation()
      parts.append(
        .init(
          outputs: vectors(pass.outputs.removeLast(), of: embeddings, texts: texts),
          gradient: vectors(d, of: embeddings, texts: texts)))
      // The convolution reads the first layer's input, below which nothing is needed.
      guard index > 0 else { break }
      d = try layers[index].backward(
        d, trace: pass.traces.removeLast(), texts: texts, rule: .derivative, workers: workers
      ).dx
    }
    return SiteActivations(
      logits: logits, scores: scores(of: targets, logits: logits), parts: parts.reversed())
  }

  private struct LayerPass {
    var outputs: [[Float]] = []
    var traces: [TransformerLayer.Trace] = []
    var final: NormTrace?
    var encoded: [Float] = []
  }

  private func layerPass(_ embeddings: TokenVectors, texts: TextSpans) throws -> LayerPass {
    let words = packed(embeddings, rows: 0..<embeddings.batch, texts: texts)
    var pass = LayerPass()
    var x = try embedding.forward(
      words,
      places: embedding.places(of: texts, padding: embeddings.padding, types: embeddings.types),
      workers: workers
    ).x
    for (index, layer) in layers.enumerated() {
      try Task.checkCancellation()
      var (y, trace) = try layer.forward(x, texts: texts, workers: workers)
      if index == 0, let convolution {
        y = try convolution.forward(y, input: x, texts: texts, workers: workers).0
      }
      x = y
      pass.outputs.append(x)
      pass.traces.append(trace)
    }
    if let finalNorm {
      let (y, statistics) = finalNorm.forward(rows: x, count: texts.count, workers: workers)
      pass.final = NormTrace(rows: x, statistics: statistics)
      x = y
    }
    pass.encoded = x
    return pass
  }

  /// The concatenated rows of all texts as one vector per token, `[B, T, D]`.
  private func vectors(
    _ rows: [Float], of embeddings: TokenVectors, texts: TextSpans
  ) -> TokenVectors {
    let width = head.inputs
    var vectors = TokenVectors(lengths: embeddings.lengths, width: width)
    vectors.replace(0..<embeddings.batch, with: rows, texts: texts)
    return vectors
  }
}

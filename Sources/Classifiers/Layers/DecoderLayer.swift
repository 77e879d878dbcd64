import Tensors

/// Self-attention to what stands before, attention to an encoder, and feed-forward, each with a
/// residual and a normalisation behind it.
struct DecoderLayer: Sendable {
  let attention: SelfAttention
  let attentionNorm: LayerNorm
  let cross: CrossAttention
  let crossNorm: LayerNorm
  let feedForward: FeedForward
  let outputNorm: LayerNorm

  /// What the way back needs.
  struct Trace: Sendable {
    let qkv: [Float]
    let attention: NormTrace
    /// Queries of the decoder, keys and values of the encoder.
    let crossQKV: [Float]
    let cross: NormTrace
    /// The feed-forward layer's, before its function.
    let hidden: [Float]
    let output: NormTrace
  }

  /// `[N, D]` to `[N, D]`.
  /// - Parameter memory: what the encoder made of the same texts, `[N, D]`.
  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ x: [Float], memory: [Float], texts: TextSpans, workers: Workers
  ) throws -> (y: [Float], trace: Trace) {
    let rows = texts.count
    let (qkv, _) = try attention.project(x, texts: texts, workers: workers)
    let attended = sum(
      try attention.forward(qkv, texts: texts, workers: workers), x, workers: workers)
    let (h, attentionStatistics) = attentionNorm.forward(
      rows: attended, count: rows, workers: workers)
    let crossQKV = try cross.project(h, memory: memory, texts: texts, workers: workers)
    let crossed = sum(
      try cross.forward(crossQKV, texts: texts, workers: workers), h, workers: workers)
    let (c, crossStatistics) = crossNorm.forward(rows: crossed, count: rows, workers: workers)
    let (fed, hidden) = try feedForward.forward(c, rows: rows, workers: workers)
    let last = sum(fed, c, workers: workers)
    let (y, statistics) = outputNorm.forward(rows: last, count: rows, workers: workers)
    return (
      y,
      Trace(
        qkv: qkv, attention: NormTrace(rows: attended, statistics: attentionStatistics),
        crossQKV: crossQKV, cross: NormTrace(rows: crossed, statistics: crossStatistics),
        hidden: hidden, output: NormTrace(rows: last, statistics: statistics))
    )
  }

  /// The gradients at the layer's input and at the encoder's vectors.
  /// - Throws: `TensorError.productFailed`.
  func backward(
    _ dy: [Float], trace: Trace, texts: TextSpans, rule: LayerRule<Trace>, workers: Workers
  ) throws -> (dx: [Float], dMemory: [Float]) {
    let rows = texts.count
    // forward:  y = outputNorm(feedForward(c) + c)
    let dLast = outputNorm.backward(
      dy, trace: trace.output, rule: rule[\.output], workers: workers)
    let dC = sum(
      try feedForward.backward(
        dLast, hidden: trace.hidden, rows: rows, rule: rule[\.hidden], workers: workers),
      dLast, workers: workers)
    // forward:  c = crossNorm(cross(h, memory) + h)
    let dCrossed = crossNorm.backward(
      dC, trace: trace.cross, rule: rule[\.cross], workers: workers)
    let (dQueried, dMemory) = try cross.backward(
      dCrossed, qkv: trace.crossQKV, texts: texts, rule: rule[\.crossQKV], workers: workers)
    // forward:  h = attentionNorm(attention(x) + x)
    let dAttended = attentionNorm.backward(
      sum(dQueried, dCrossed, workers: workers), trace: trace.attention, rule: rule[\.attention],
      workers: workers)
    let dx = try attention.backward(
      dAttended, qkv: trace.qkv, norms: nil, texts: texts, rule: rule[\.qkv], workers: workers
    ).dx
    return (sum(dx, dAttended, workers: workers), dMemory)
  }

  /// Bytes of a trace for each token.
  var traceBytesPerToken: Int {
    (9 * attention.output.outputs + feedForward.inner.outputs) * MemoryLayout<Float>.size
  }
}

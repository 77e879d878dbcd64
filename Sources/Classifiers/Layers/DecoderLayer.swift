import Tensors

/// Causal self-attention, attention to an encoder, and feed-forward, each followed by a residual
/// connection and a normalisation.
struct DecoderLayer: Sendable {
  let attention: SelfAttention
  let attentionNorm: LayerNorm
  let cross: CrossAttention
  let crossNorm: LayerNorm
  let feedForward: FeedForward
  let outputNorm: LayerNorm

  /// What the backward pass needs.
  struct Trace: Sendable {
    let qkv: [Float]
    let attention: NormTrace
    /// Queries of the decoder, keys and values of the encoder.
    let crossQKV: [Float]
    let cross: NormTrace
    /// The feed-forward layer's inner output, before its activation.
    let hidden: [Float]
    let output: NormTrace
  }

  /// The result of self-attention, with the residual connection and normalised.
  struct Attended: Sendable {
    let h: [Float]
    let qkv: [Float]
    let norm: NormTrace
  }

  /// Rows whose value vectors are zero, of the decoder's own and of the encoder's.
  struct Silenced: Sendable {
    var own: [Int] = []
    var cross: [Int] = []
  }

  /// `[N, D]` to `[N, D]`.
  /// - Parameter memory: the encoder's output for the same texts, `[N, D]`.
  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ x: [Float], memory: [Float], texts: TextSpans, silenced: Silenced = Silenced(),
    workers: Workers
  ) throws -> (y: [Float], trace: Trace) {
    let attended = try attend(x, texts: texts, silenced: silenced.own, workers: workers)
    var crossQKV = try cross.project(attended.h, memory: memory, texts: texts, workers: workers)
    cross.silence(&crossQKV, rows: silenced.cross)
    return try forward(attended, crossQKV: crossQKV, texts: texts, workers: workers)
  }

  /// The first part: self-attention.
  func attend(
    _ x: [Float], texts: TextSpans, silenced: [Int] = [], workers: Workers
  ) throws -> Attended {
    let (qkv, _) = try attention.project(x, texts: texts, silenced: silenced, workers: workers)
    let attended = sum(
      try attention.forward(qkv, texts: texts, workers: workers), x, workers: workers)
    let (h, statistics) = attentionNorm.forward(
      rows: attended, count: texts.count, workers: workers)
    return Attended(h: h, qkv: qkv, norm: NormTrace(rows: attended, statistics: statistics))
  }

  /// The rest, given the decoder's queries and the encoder's keys and values.
  func forward(
    _ attended: Attended, crossQKV: [Float], texts: TextSpans, workers: Workers
  ) throws -> (y: [Float], trace: Trace) {
    let rows = texts.count
    let crossed = sum(
      try cross.forward(crossQKV, texts: texts, workers: workers), attended.h, workers: workers)
    let (c, crossStatistics) = crossNorm.forward(rows: crossed, count: rows, workers: workers)
    let (fed, hidden) = try feedForward.forward(c, rows: rows, workers: workers)
    let last = sum(fed, c, workers: workers)
    let (y, statistics) = outputNorm.forward(rows: last, count: rows, workers: workers)
    return (
      y,
      Trace(
        qkv: attended.qkv, attention: attended.norm, crossQKV: crossQKV,
        cross: NormTrace(rows: crossed, statistics: crossStatistics), hidden: hidden,
        output: NormTrace(rows: last, statistics: statistics))
    )
  }

  /// The gradients at the mixed values of both attentions.
  struct MixedGradients: Sendable {
    let own: [Float]
    let cross: [Float]
  }

  /// The gradients at the layer's input and at the encoder's vectors, and those at mixed values.
  /// - Throws: `TensorError.productFailed`.
  func backward(
    _ dy: [Float], trace: Trace, texts: TextSpans, rule: LayerRule<Trace>, workers: Workers
  ) throws -> (dx: [Float], dMemory: [Float], dMixed: MixedGradients) {
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
    let (dQueried, dMemory, dCrossMixed) = try cross.backward(
      dCrossed, qkv: trace.crossQKV, texts: texts, rule: rule[\.crossQKV], workers: workers)
    // forward:  h = attentionNorm(attention(x) + x)
    let dAttended = attentionNorm.backward(
      sum(dQueried, dCrossed, workers: workers), trace: trace.attention, rule: rule[\.attention],
      workers: workers)
    let (dx, dMixed) = try attention.backward(
      dAttended, qkv: trace.qkv, norms: nil, texts: texts, rule: rule[\.qkv], workers: workers)
    return (
      sum(dx, dAttended, workers: workers), dMemory,
      MixedGradients(own: dMixed, cross: dCrossMixed)
    )
  }

  /// The size of a trace per token, in bytes.
  var traceBytesPerToken: Int {
    (9 * attention.output.outputs + feedForward.inner.outputs) * MemoryLayout<Float>.size
  }
}

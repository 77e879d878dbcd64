import Tensors

/// Self-attention and feed-forward, each with a residual and a normalisation.
struct TransformerLayer: Sendable {
  enum Order: Sendable {
    /// `norm(x + f(x))`, as in BERT.
    case normAfter
    /// `x + f(norm(x))`.
    case normBefore
  }

  let attention: SelfAttention
  /// nil where the layer has none: a first layer may rely on the embedding's.
  let attentionNorm: LayerNorm?
  let feedForward: FeedForward
  let outputNorm: LayerNorm
  var order = Order.normAfter

  /// What the way back needs.
  struct Trace: Sendable {
    let qkv: [Float]
    /// Of the attention's and of the output's normalisation.
    let attention: NormTrace?
    let output: NormTrace
    /// The feed-forward layer's, before its function.
    let hidden: [Float]
  }

  /// `[N, D]` to `[N, D]`.
  /// - Parameter silenced: rows whose value vectors are zero.
  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ x: [Float], texts: TextSpans, silenced: [Int] = [], workers: Workers
  ) throws -> (y: [Float], trace: Trace) {
    let input =
      order == .normBefore
      ? attentionNorm?.forward(rows: x, count: texts.count, workers: workers) : nil
    let qkv = try attention.project(
      input?.y ?? x, texts: texts, silenced: silenced, workers: workers)
    return try forward(
      x, qkv: qkv, inputStatistics: input?.statistics, texts: texts, workers: workers)
  }

  /// The same where queries, keys and values are known.
  func forward(
    _ x: [Float], qkv: [Float], inputStatistics: LayerNorm.Statistics?, texts: TextSpans,
    workers: Workers
  ) throws -> (y: [Float], trace: Trace) {
    let rows = texts.count
    let attended = sum(
      try attention.forward(qkv, texts: texts, workers: workers), x, workers: workers)
    switch order {
    case .normAfter:
      let middle = attentionNorm?.forward(rows: attended, count: rows, workers: workers)
      let h = middle?.y ?? attended
      let (fed, hidden) = try feedForward.forward(h, rows: rows, workers: workers)
      let last = sum(fed, h, workers: workers)
      let (y, statistics) = outputNorm.forward(rows: last, count: rows, workers: workers)
      return (
        y,
        Trace(
          qkv: qkv,
          attention: (middle?.statistics).map { NormTrace(rows: attended, statistics: $0) },
          output: NormTrace(rows: last, statistics: statistics), hidden: hidden)
      )
    case .normBefore:
      let (n, statistics) = outputNorm.forward(rows: attended, count: rows, workers: workers)
      let (fed, hidden) = try feedForward.forward(n, rows: rows, workers: workers)
      return (
        sum(fed, attended, workers: workers),
        Trace(
          qkv: qkv, attention: inputStatistics.map { NormTrace(rows: x, statistics: $0) },
          output: NormTrace(rows: attended, statistics: statistics), hidden: hidden)
      )
    }
  }

  /// - Returns: the gradient at the layer's input, and the one at the mixed values of attention.
  /// - Throws: `TensorError.productFailed`.
  func backward(
    _ dy: [Float], trace: Trace, texts: TextSpans, rule: LayerRule<Trace>, workers: Workers
  ) throws -> (dx: [Float], dMixed: [Float]) {
    let rows = texts.count
    switch order {
    case .normAfter:
      // forward:  last = feedForward(h) + h;  y = outputNorm(last)
      let dLast = outputNorm.backward(
        dy, trace: trace.output, rule: rule[\.output], workers: workers)
      let dFed = try feedForward.backward(
        dLast, hidden: trace.hidden, rows: rows, rule: rule[\.hidden], workers: workers)
      var dAttended = sum(dFed, dLast, workers: workers)
      // forward:  attended = attention(x) + x;  h = attentionNorm(attended)
      if let norm = attentionNorm, let given = trace.attention, let rule = rule.map(\.attention) {
        dAttended = norm.backward(dAttended, trace: given, rule: rule, workers: workers)
      }
      let (dx, dMixed) = try attention.backward(
        dAttended, qkv: trace.qkv, texts: texts, rule: rule[\.qkv], workers: workers)
      return (sum(dx, dAttended, workers: workers), dMixed)
    case .normBefore:
      // forward:  y = feedForward(outputNorm(attended)) + attended
      let dFed = try feedForward.backward(
        dy, hidden: trace.hidden, rows: rows, rule: rule[\.hidden], workers: workers)
      let dNormed = outputNorm.backward(
        dFed, trace: trace.output, rule: rule[\.output], workers: workers)
      let dAttended = sum(dNormed, dy, workers: workers)
      // forward:  attended = attention(attentionNorm(x)) + x
      var (dx, dMixed) = try attention.backward(
        dAttended, qkv: trace.qkv, texts: texts, rule: rule[\.qkv], workers: workers)
      if let norm = attentionNorm, let given = trace.attention, let rule = rule.map(\.attention) {
        dx = norm.backward(dx, trace: given, rule: rule, workers: workers)
      }
      return (sum(dx, dAttended, workers: workers), dMixed)
    }
  }

  /// Bytes of a trace for each token.
  var traceBytesPerToken: Int {
    let width = attention.output.outputs
    return (5 * width + feedForward.inner.outputs) * MemoryLayout<Float>.size
  }
}

import Tensors

/// Self-attention and feed-forward, each with a residual connection and a normalisation.
struct TransformerLayer: Sendable {
  enum Order: Sendable {
    /// `norm(x + f(x))`, as in BERT.
    case normAfter
    /// `x + f(norm(x))`.
    case normBefore
    /// `x + attention(norm(x)) + feedForward(norm(x))`, each with its own normalisation.
    case parallel
  }

  var attention: SelfAttention
  /// nil if the layer has none: a first layer may rely on the embedding's.
  let attentionNorm: LayerNorm?
  var feedForward: FeedForward
  /// Of the feed-forward layer's input, or of the layer's output if it normalises its outputs.
  let outputNorm: LayerNorm
  var order = Order.normBefore
  /// Of the outputs of attention and feed-forward before they are added, in layers that normalise
  /// their inputs.
  var attentionResultNorm: LayerNorm?
  var feedForwardResultNorm: LayerNorm?

  /// What the backward pass needs.
  struct Trace: Sendable {
    let qkv: [Float]
    var norms: HeadNorms.Trace?
    /// Of the normalisations of attention and output.
    let attention: NormTrace?
    let output: NormTrace
    /// The feed-forward layer's inner output, before its activation.
    let hidden: [Float]
    var attentionResult: NormTrace?
    var feedForwardResult: NormTrace?
    /// The rows after attention, if not all.
    var only: RowSelection?
  }

  /// Attention's input, and what is computed from it.
  struct Projected: Sendable {
    var qkv: [Float]
    var norms: HeadNorms.Trace?
    var input: LayerNorm.Statistics?
  }

  /// `[N, D]` to `[N, D]`.
  /// - Parameters:
  ///   - silenced: rows whose value vectors are set to zero.
  ///   - only: the rows that are needed, if not all; the others are zero.
  ///   - keepsTrace: if false, nothing is computed for the trace alone.
  /// - Throws: `TensorError.productFailed`.
  func forward(
    _ x: [Float], texts: TextSpans, silenced: [Int] = [], only: RowSelection? = nil,
    keepsTrace: Bool = true, workers: Workers
  ) throws -> (y: [Float], trace: Trace) {
    let known = try project(
      x, texts: texts, silenced: silenced, only: keepsTrace ? nil : only, workers: workers)
    return try forward(x, known, texts: texts, only: only, workers: workers)
  }

  /// The queries, keys and values of attention, which depend on each token and its position alone.
  /// - Parameter only: the rows whose queries are needed; nil: all.
  func project(
    _ x: [Float], texts: TextSpans, silenced: [Int] = [], only: RowSelection? = nil,
    workers: Workers
  ) throws -> Projected {
    let input =
      order == .normAfter
      ? nil : attentionNorm?.forward(rows: x, count: texts.count, workers: workers)
    let (qkv, norms) = try attention.project(
      input?.y ?? x, texts: texts, silenced: silenced, only: only, workers: workers)
    return Projected(qkv: qkv, norms: norms, input: input?.statistics)
  }

  /// The same with given queries, keys and values.
  func forward(
    _ given: [Float], _ known: Projected, texts: TextSpans, only: RowSelection? = nil,
    workers: Workers
  ) throws -> (y: [Float], trace: Trace) {
    let width = attention.output.outputs
    let rows = only?.numbers.count ?? texts.count
    let x = only?.gather(given, width: width) ?? given
    let mixed = try attention.forward(known.qkv, texts: texts, only: only, workers: workers)
    if order == .normAfter {
      let attended = sum(mixed, x, workers: workers)
      let middle = attentionNorm?.forward(rows: attended, count: rows, workers: workers)
      let h = middle?.y ?? attended
      let (fed, hidden) = try feedForward.forward(h, rows: rows, workers: workers)
      let last = sum(fed, h, workers: workers)
      let (y, statistics) = outputNorm.forward(rows: last, count: rows, workers: workers)
      return (
        only?.spread(y, width: width) ?? y,
        Trace(
          qkv: known.qkv, norms: known.norms,
          attention: (middle?.statistics).map { NormTrace(rows: attended, statistics: $0) },
          output: NormTrace(rows: last, statistics: statistics), hidden: hidden, only: only)
      )
    }
    let (attention, resultTrace) = result(of: attentionResultNorm, mixed, rows, workers)
    let attended = sum(attention, x, workers: workers)
    let normed = order == .parallel ? x : attended
    let (n, statistics) = outputNorm.forward(rows: normed, count: rows, workers: workers)
    let (fed, hidden) = try feedForward.forward(n, rows: rows, workers: workers)
    let (fedResult, fedTrace) = result(of: feedForwardResultNorm, fed, rows, workers)
    let y = sum(fedResult, attended, workers: workers)
    return (
      only?.spread(y, width: width) ?? y,
      Trace(
        qkv: known.qkv, norms: known.norms,
        attention: known.input.map { NormTrace(rows: given, statistics: $0) },
        output: NormTrace(rows: normed, statistics: statistics), hidden: hidden,
        attentionResult: resultTrace, feedForwardResult: fedTrace, only: only)
    )
  }

  private func result(
    of norm: LayerNorm?, _ x: [Float], _ rows: Int, _ workers: Workers
  ) -> (y: [Float], trace: NormTrace?) {
    guard let norm else { return (x, nil) }
    let (y, statistics) = norm.forward(rows: x, count: rows, workers: workers)
    return (y, NormTrace(rows: x, statistics: statistics))
  }

  /// - Returns: the gradient at the layer's input, and that at the mixed values of attention.
  /// - Throws: `TensorError.productFailed`.
  func backward(
    _ dy: [Float], trace: Trace, texts: TextSpans, rule: LayerRule<Trace>, workers: Workers
  ) throws -> (dx: [Float], dMixed: [Float]) {
    let width = attention.output.outputs
    let only = trace.only
    let rows = only?.numbers.count ?? texts.count
    let dy = only?.gather(dy, width: width) ?? dy
    func attend(_ d: [Float]) throws -> (dx: [Float], dMixed: [Float]) {
      try attention.backward(
        d, qkv: trace.qkv, norms: trace.norms, texts: texts, only: only, rule: rule[\.qkv],
        normsRule: rule.map(\.norms), workers: workers)
    }
    /// The gradient of a residual connection, for all rows.
    func all(_ d: [Float]) -> [Float] { only?.spread(d, width: width) ?? d }
    func back(
      _ d: [Float], _ norm: LayerNorm?, _ part: KeyPath<Trace, NormTrace?>
    ) -> [Float] {
      guard let norm, let given = trace[keyPath: part],
        let rule = rule.map({ $0[keyPath: part] })
      else { return d }
      return norm.backward(d, trace: given, rule: rule, workers: workers)
    }
    func feed(_ d: [Float]) throws -> [Float] {
      try feedForward.backward(
        d, hidden: trace.hidden, rows: rows, rule: rule[\.hidden], workers: workers)
    }
    func backThroughOutputNorm(_ d: [Float]) -> [Float] {
      outputNorm.backward(d, trace: trace.output, rule: rule[\.output], workers: workers)
    }
    if order == .normAfter {
      // forward:  last = feedForward(h) + h;  y = outputNorm(last)
      let dLast = backThroughOutputNorm(dy)
      // forward:  attended = attention(x) + x;  h = attentionNorm(attended)
      let dAttended = back(
        sum(try feed(dLast), dLast, workers: workers), attentionNorm, \.attention)
      let (dx, dMixed) = try attend(dAttended)
      return (sum(dx, all(dAttended), workers: workers), dMixed)
    }
    // forward:  y = resultNorm(feedForward(outputNorm(attended or x))) + attended
    let dNormed = backThroughOutputNorm(
      try feed(back(dy, feedForwardResultNorm, \.feedForwardResult)))
    let isParallel = order == .parallel
    let dAttended = isParallel ? dy : sum(dNormed, dy, workers: workers)
    // forward:  attended = resultNorm(attention(attentionNorm(x))) + x
    let (d, dMixed) = try attend(back(dAttended, attentionResultNorm, \.attentionResult))
    let dx = sum(back(d, attentionNorm, \.attention), all(dAttended), workers: workers)
    return (isParallel ? sum(dx, all(dNormed), workers: workers) : dx, dMixed)
  }

  /// The size of a trace per token, in bytes.
  var traceBytesPerToken: Int {
    let width = attention.output.outputs
    let norms = attention.norms == nil ? 0 : attention.core.valueColumns.lowerBound
    let results =
      (attentionResultNorm == nil ? 0 : width) + (feedForwardResultNorm == nil ? 0 : width)
    return (2 * width + attention.core.packedWidth + norms + results + feedForward.inner.outputs)
      * MemoryLayout<Float>.size
  }
}

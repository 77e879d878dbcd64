import Tensors

/// What makes logits of an encoder's vectors: pooling, a layer with a function, a last layer.
struct ClassificationHead: Sendable {
  enum Pooling: Sendable {
    /// The first token's vector.
    case first
    case mean
  }

  var pooling = Pooling.first
  let dense: Linear
  let activation: Activation
  var norm: LayerNorm?
  let output: Linear

  /// Of an encoder alone: no output.
  static func none(width: Int) -> ClassificationHead {
    ClassificationHead(
      dense: Linear(weight: Matrix(zeros: 0, width)), activation: .identity,
      output: Linear(weight: Matrix(zeros: 0, 0)))
  }

  /// What the way back needs.
  struct Trace: Sendable {
    /// The first layer's output, before its function.
    let hidden: Matrix
    let norm: NormTrace?
  }

  /// `[N, D]` to logits `[B, C]`; a text without a token pools to zeros.
  func forward(_ x: [Float], texts: TextSpans) -> (logits: Matrix, trace: Trace) {
    let hidden = dense.forward(pool(x, texts: texts))
    var active = hidden
    active.elements = activation.forward(hidden.elements)
    let normed = norm?.forward(rows: active.elements, count: active.rows, workers: .one)
    let trace = Trace(
      hidden: hidden,
      norm: normed.map { NormTrace(rows: active.elements, statistics: $0.statistics) })
    if let normed { active.elements = normed.y }
    return (output.forward(active), trace)
  }

  /// The gradient at the encoder's vectors, `[N, D]` with room for padded rows.
  func backward(
    _ dLogits: Matrix, trace: Trace, texts: TextSpans, rule: LayerRule<Trace>
  ) -> [Float] {
    // forward:  logits = output(norm(activation(dense(pooled))))
    var d = output.backward(dLogits)
    if let norm, let given = trace.norm, let rule = rule.map(\.norm) {
      d.elements = norm.backward(d.elements, trace: given, rule: rule, workers: .one)
    }
    d.elements = activation.backward(
      d.elements, input: trace.hidden.elements, rule: rule[\.hidden.elements], workers: .one)
    return spread(dense.backward(d), texts: texts)
  }

  private func pool(_ x: [Float], texts: TextSpans) -> Matrix {
    let width = dense.weight.columns
    var pooled = Matrix(zeros: texts.ranges.count, width)
    for (text, range) in texts.ranges.enumerated() where !range.isEmpty {
      for row in pooling == .first ? range.prefix(1) : range[...] {
        for column in 0..<width { pooled[text, column] += x[row * width + column] }
      }
      guard pooling == .mean else { continue }
      for column in 0..<width { pooled[text, column] /= Float(range.count) }
    }
    return pooled
  }

  private func spread(_ dPooled: Matrix, texts: TextSpans) -> [Float] {
    let width = dPooled.columns
    var dx = zeros(PackedMatrix.paddedRows(texts.count) * width)
    for (text, range) in texts.ranges.enumerated() where !range.isEmpty {
      // forward:  pooled = x[first], or the sum of x over the text / its length
      let share = pooling == .first ? 1 : 1 / Float(range.count)
      for row in pooling == .first ? range.prefix(1) : range[...] {
        for column in 0..<width { dx[row * width + column] = dPooled[text, column] * share }
      }
    }
    return dx
  }
}

import Tensors

/// Computes logits from a transformer's vectors: pooling, a layer with an activation, an output
/// layer.
struct ClassificationHead: Sendable {
  enum Pooling: Sendable {
    /// The first token's vector.
    case first
    case mean
    /// The vector of the last token that is not padding; of the first token if all are.
    case last
    /// The mean of the outputs for all tokens' vectors, after the output layer.
    case late

    /// Whether the others count only as far as the layers have mixed them into one token.
    var readsOneToken: Bool {
      switch self {
      case .first, .last: true
      case .mean, .late: false
      }
    }
  }

  var pooling = Pooling.first
  /// nil if the pooled vector goes directly to the output layer.
  var dense: Linear?
  var activation = Activation.identity
  var norm: LayerNorm?
  var output: Linear

  /// The head of an encoder alone, without outputs.
  static func none(width: Int) -> ClassificationHead {
    ClassificationHead(output: Linear(weight: Matrix(zeros: 0, width)))
  }

  /// What the backward pass needs.
  struct Trace: Sendable {
    /// The first layer's output, before its activation.
    let hidden: Matrix?
    let norm: NormTrace?
    /// The pooled rows of each text.
    let pooled: [Range<Int>]
  }

  /// The width of a token's vector.
  var inputs: Int { (dense ?? output).weight.columns }

  /// `[N, D]` to logits `[B, C]`; a text without tokens pools to zeros.
  /// - Parameter padding: the tokens of each text that are padding, ascending; or empty.
  func forward(
    _ x: [Float], texts: TextSpans, padding: [[Int]]
  ) -> (logits: Matrix, trace: Trace) {
    let rows = pooledRows(texts, padding: padding)
    var active =
      pooling == .late
      ? Matrix(
        rows: texts.count, columns: inputs, elements: Array(x.prefix(texts.count * inputs)))
      : pool(x, rows: rows)
    let hidden = dense?.forward(active)
    if let hidden {
      active = hidden
      active.elements = activation.forward(hidden.elements)
    }
    let normed = norm?.forward(rows: active.elements, count: active.rows, workers: .one)
    let trace = Trace(
      hidden: hidden,
      norm: normed.map { NormTrace(rows: active.elements, statistics: $0.statistics) },
      pooled: rows)
    if let normed { active.elements = normed.y }
    let logits = output.forward(active)
    return (
      pooling == .late ? pool(logits.elements, rows: rows, width: logits.columns) : logits, trace
    )
  }

  /// The gradient at the encoder's vectors, `[N, D]`.
  func backward(
    _ dLogits: Matrix, trace: Trace, texts: TextSpans, rule: LayerRule<Trace>
  ) -> [Float] {
    // forward:  logits = output(norm(activation(dense(pooled))))
    let isLate = pooling == .late
    var d = output.backward(
      isLate ? each(dLogits, rows: trace.pooled, count: texts.count) : dLogits)
    if let norm, let given = trace.norm, let rule = rule.map(\.norm) {
      d.elements = norm.backward(d.elements, trace: given, rule: rule, workers: .one)
    }
    if let dense, let hidden = trace.hidden, let rule = rule.map(\.hidden?.elements) {
      d.elements = activation.backward(
        d.elements, input: hidden.elements, rule: rule, workers: .one)
      d = dense.backward(d)
    }
    return isLate ? d.elements : spread(d, rows: trace.pooled, count: texts.count)
  }

  /// The rows of each text that are averaged.
  func pooledRows(_ texts: TextSpans, padding: [[Int]]) -> [Range<Int>] {
    texts.ranges.enumerated().map { text, range in
      switch pooling {
      case .mean, .late: return range
      case .first: return range.lowerBound..<min(range.upperBound, range.lowerBound + 1)
      case .last:
        guard !range.isEmpty else { return range }
        var last = range.count - 1
        for token in (padding.isEmpty ? [] : padding[text]).reversed() where token == last {
          last -= 1
        }
        let row = range.lowerBound + max(last, 0)
        return row..<row + 1
      }
    }
  }

  /// The rows that are read, if that is one of each text; otherwise nil.
  func readRows(_ texts: TextSpans, padding: [[Int]]) -> RowSelection? {
    guard pooling.readsOneToken else { return nil }
    return RowSelection(
      numbers: pooledRows(texts, padding: padding).compactMap(\.first), count: texts.count)
  }

  private func pool(_ x: [Float], rows: [Range<Int>], width: Int? = nil) -> Matrix {
    let width = width ?? inputs
    var pooled = Matrix(zeros: rows.count, width)
    for (text, range) in rows.enumerated() where !range.isEmpty {
      for row in range {
        for column in 0..<width { pooled[text, column] += x[row * width + column] }
      }
      guard range.count > 1 else { continue }
      for column in 0..<width { pooled[text, column] /= Float(range.count) }
    }
    return pooled
  }

  private func each(_ dPooled: Matrix, rows: [Range<Int>], count: Int) -> Matrix {
    Matrix(
      rows: count, columns: dPooled.columns,
      elements: spread(dPooled, rows: rows, count: count))
  }

  private func spread(_ dPooled: Matrix, rows: [Range<Int>], count: Int) -> [Float] {
    let width = dPooled.columns
    var dx = zeros(count * width)
    for (text, range) in rows.enumerated() where !range.isEmpty {
      // forward:  pooled = the sum of x over the rows / how many there are
      let share = 1 / Float(range.count)
      for row in range {
        for column in 0..<width { dx[row * width + column] = dPooled[text, column] * share }
      }
    }
    return dx
  }
}

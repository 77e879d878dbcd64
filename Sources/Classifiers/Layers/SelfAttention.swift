import Tensors

/// Self-attention with its linear layers: queries, keys and values, and the output.
struct SelfAttention: Sendable {
  /// `[D, (H + 2 * K) * d]`: queries, keys, values.
  var projection: Dense
  var output: Dense
  let core: Attention
  /// Normalises queries and keys, before positions rotate them.
  var norms: HeadNorms?
  /// Rotates queries and keys by position.
  var rotation: RotaryPositions?

  /// Queries, keys and values of all tokens, `[N, (H + 2 * K) * d]`, and their values before
  /// normalisation if the backward pass needs them.
  /// - Parameters:
  ///   - silenced: rows whose value vectors are set to zero.
  ///   - only: the rows whose queries are needed, if not all; the others are undefined.
  /// - Throws: `TensorError.productFailed`, like all methods below.
  func project(
    _ x: [Float], texts: TextSpans, silenced: [Int] = [], only: RowSelection? = nil,
    workers: Workers
  ) throws -> (qkv: [Float], norms: HeadNorms.Trace?) {
    var qkv =
      if let only {
        try projection.forward(
          x, rows: texts.count, first: core.keyColumns.lowerBound, only: only, workers: workers)
      } else {
        try projection.forward(x, rows: texts.count, workers: workers)
      }
    let trace = norms?.forward(&qkv, core: core, rows: texts.count, workers: workers)
    rotation?.rotate(
      &qkv, heads: core.heads + core.keyHeads, stride: core.packedWidth, texts: texts,
      workers: workers)
    silence(&qkv, rows: silenced)
    return (qkv, trace)
  }

  func silence(_ qkv: inout [Float], rows: [Int]) {
    for row in rows {
      for column in core.valueColumns { qkv[row * core.packedWidth + column] = 0 }
    }
  }

  /// `[N, (H + 2 * K) * d]` to `[N, D]`, or for some rows only.
  func forward(
    _ qkv: [Float], texts: TextSpans, only: RowSelection? = nil, workers: Workers
  ) throws -> [Float] {
    let mixed = try core.forward(
      qkv, texts: texts, queries: only?.ranges(in: texts), workers: workers)
    guard let only else {
      return try output.forward(mixed, rows: texts.count, workers: workers)
    }
    return try output.forward(
      only.gather(mixed, width: output.inputs), rows: only.numbers.count, workers: workers)
  }

  /// The gradient at the input of `project`, and that at the mixed values before the output, both
  /// for all rows.
  /// - Parameter only: the rows that `dy` has, if not all.
  func backward(
    _ dy: [Float], qkv: [Float], norms trace: HeadNorms.Trace?, texts: TextSpans,
    only: RowSelection? = nil,
    rule: LayerRule<[Float]>, normsRule: LayerRule<HeadNorms.Trace>? = nil, workers: Workers
  ) throws -> (dx: [Float], dMixed: [Float]) {
    // forward:  y = output(attention(rotation(norms(projection(x)))))
    var dMixed = try output.backward(
      dy, rows: only?.numbers.count ?? texts.count, workers: workers)
    if let only { dMixed = only.spread(dMixed, width: output.inputs) }
    var dQKV = try core.backward(
      dMixed, qkv: qkv, texts: texts, queries: only?.ranges(in: texts), rule: rule,
      workers: workers)
    rotation?.rotateBack(
      &dQKV, heads: core.heads + core.keyHeads, stride: core.packedWidth, texts: texts,
      workers: workers)
    if let norms, let trace, let normsRule {
      norms.backward(&dQKV, core: core, trace: trace, rule: normsRule, workers: workers)
    }
    return (try projection.backward(dQKV, rows: texts.count, workers: workers), dMixed)
  }
}

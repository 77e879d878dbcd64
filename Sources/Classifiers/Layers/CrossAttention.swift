import Tensors

/// Attention of a decoder's tokens to an encoder's vectors of the same text, with its linear
/// layers.
///
/// Both read the same tokens, one position apart, so that queries, keys and values can be
/// concatenated as in self-attention and mixed by the same kernel.
struct CrossAttention: Sendable {
  /// `[D, D]`, for the decoder's vectors.
  let queries: Dense
  /// `[D, 2 * D]`: keys and values, for the encoder's vectors.
  let memory: Dense
  let output: Dense
  let core: Attention

  /// Queries, keys and values of all tokens, `[N, 3 * D]`.
  /// - Throws: `TensorError.productFailed`, like all methods below.
  func project(
    _ x: [Float], memory encoded: [Float], texts: TextSpans, workers: Workers
  ) throws -> [Float] {
    let width = queries.outputs
    let q = try queries.forward(x, rows: texts.count, workers: workers)
    let kv = try memory.forward(encoded, rows: texts.count, workers: workers)
    var qkv: [Float] = []
    qkv.reserveCapacity(texts.count * 3 * width)
    for row in 0..<texts.count {
      qkv += q[row * width..<(row + 1) * width]
      qkv += kv[row * 2 * width..<(row + 1) * 2 * width]
    }
    return qkv
  }

  /// Sets the value vectors of some rows to zero.
  func silence(_ qkv: inout [Float], rows: [Int]) {
    for row in rows {
      for column in core.valueColumns { qkv[row * core.packedWidth + column] = 0 }
    }
  }

  /// `[N, 3 * D]` to `[N, D]`.
  func forward(_ qkv: [Float], texts: TextSpans, workers: Workers) throws -> [Float] {
    try output.forward(
      try core.forward(qkv, texts: texts, workers: workers), rows: texts.count, workers: workers)
  }

  /// The gradients at the decoder's and at the encoder's vectors, and at the mixed values before the
  /// output.
  func backward(
    _ dy: [Float], qkv: [Float], texts: TextSpans, rule: LayerRule<[Float]>, workers: Workers
  ) throws -> (dx: [Float], dMemory: [Float], dMixed: [Float]) {
    // forward:  y = output(attention(queries(x), memory(encoded)))
    let rows = texts.count
    let width = queries.outputs
    let dMixed = try output.backward(dy, rows: rows, workers: workers)
    let dQKV = try core.backward(dMixed, qkv: qkv, texts: texts, rule: rule, workers: workers)
    var (dQueries, dKeysValues) = (zeros(rows * width), zeros(rows * 2 * width))
    for row in 0..<rows {
      let start = row * 3 * width
      dQueries.replaceSubrange(
        row * width..<(row + 1) * width, with: dQKV[start..<start + width])
      dKeysValues.replaceSubrange(
        row * 2 * width..<(row + 1) * 2 * width, with: dQKV[start + width..<start + 3 * width])
    }
    return (
      try queries.backward(dQueries, rows: rows, workers: workers),
      try memory.backward(dKeysValues, rows: rows, workers: workers), dMixed
    )
  }
}

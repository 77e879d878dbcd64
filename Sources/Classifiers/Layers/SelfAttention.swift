import Tensors

/// Self-attention with its linear layers: queries, keys and values, and the output.
struct SelfAttention: Sendable {
  /// `[D, 3 * D]`: queries, keys, values.
  let projection: Dense
  let output: Dense
  let core: Attention
  /// Where positions turn queries and keys.
  var rotation: RotaryPositions?

  /// Queries, keys and values of all tokens, `[N, 3 * D]`.
  /// - Parameter silenced: rows whose value vectors become zero.
  /// - Throws: `TensorError.productFailed`, as all below.
  func project(
    _ x: [Float], texts: TextSpans, silenced: [Int] = [], workers: Workers
  ) throws -> [Float] {
    var qkv = try projection.forward(x, rows: texts.count, workers: workers)
    rotation?.rotate(&qkv, heads: core.heads, texts: texts, workers: workers)
    silence(&qkv, rows: silenced)
    return qkv
  }

  func silence(_ qkv: inout [Float], rows: [Int]) {
    let width = projection.outputs / 3
    for row in rows {
      for index in (3 * row + 2) * width..<(3 * row + 3) * width { qkv[index] = 0 }
    }
  }

  /// `[N, 3 * D]` to `[N, D]`.
  func forward(_ qkv: [Float], texts: TextSpans, workers: Workers) throws -> [Float] {
    let mixed = try core.forward(qkv, texts: texts, workers: workers)
    return try output.forward(mixed, rows: texts.count, workers: workers)
  }

  /// The gradient at what `project` was given, and the one at the mixed values before the output.
  func backward(
    _ dy: [Float], qkv: [Float], texts: TextSpans, rule: LayerRule<[Float]>, workers: Workers
  ) throws -> (dx: [Float], dMixed: [Float]) {
    // forward:  y = output(attention(rotation(projection(x))))
    let dMixed = try output.backward(dy, rows: texts.count, workers: workers)
    var dQKV = try core.backward(dMixed, qkv: qkv, texts: texts, rule: rule, workers: workers)
    rotation?.rotateBack(&dQKV, heads: core.heads, texts: texts, workers: workers)
    return (try projection.backward(dQKV, rows: texts.count, workers: workers), dMixed)
  }
}

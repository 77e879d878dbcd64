import Tensors

/// Normalises each head's query and key separately.
struct HeadNorms: Sendable {
  let queries: LayerNorm
  let keys: LayerNorm

  struct Trace: Sendable {
    let queries: NormTrace
    let keys: NormTrace
  }

  /// Normalises the queries and keys of `[N, (H + 2 * K) * d]`.
  func forward(
    _ qkv: inout [Float], core: Attention, rows: Int, workers: Workers
  ) -> Trace {
    func normalise(_ norm: LayerNorm, _ columns: Range<Int>) -> NormTrace {
      let heads = gathered(qkv, columns, of: core, rows: rows)
      let (y, statistics) = norm.forward(
        rows: heads, count: rows * columns.count / max(1, core.width), workers: workers)
      scatter(y, columns, of: core, rows: rows, into: &qkv)
      return NormTrace(rows: heads, statistics: statistics)
    }
    return Trace(
      queries: normalise(queries, 0..<core.heads * core.width),
      keys: normalise(keys, core.keyColumns))
  }

  /// Replaces the gradient after normalisation by the one before it.
  func backward(
    _ dQKV: inout [Float], core: Attention, trace: Trace, rule: LayerRule<Trace>,
    workers: Workers
  ) {
    func back(
      _ norm: LayerNorm, _ columns: Range<Int>, _ trace: NormTrace, _ rule: LayerRule<NormTrace>
    ) {
      let rows = trace.rows.count / max(1, columns.count)
      let dHeads = gathered(dQKV, columns, of: core, rows: rows)
      scatter(
        norm.backward(dHeads, trace: trace, rule: rule, workers: workers), columns, of: core,
        rows: rows, into: &dQKV)
    }
    back(queries, 0..<core.heads * core.width, trace.queries, rule[\.queries])
    back(keys, core.keyColumns, trace.keys, rule[\.keys])
  }

  /// Some columns of all rows, row by row.
  private func gathered(
    _ qkv: [Float], _ columns: Range<Int>, of core: Attention, rows: Int
  ) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(rows * columns.count)
    for row in 0..<rows {
      let start = row * core.packedWidth
      result += qkv[start + columns.lowerBound..<start + columns.upperBound]
    }
    return result
  }

  private func scatter(
    _ values: [Float], _ columns: Range<Int>, of core: Attention, rows: Int,
    into qkv: inout [Float]
  ) {
    for row in 0..<rows {
      let start = row * core.packedWidth + columns.lowerBound
      qkv.replaceSubrange(
        start..<start + columns.count,
        with: values[row * columns.count..<(row + 1) * columns.count])
    }
  }
}

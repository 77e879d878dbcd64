import CKernels

extension AttentionHead {
  /// - Parameters:
  ///   - dOut: the head's columns of the text's first row, in `[N, H * d]`.
  ///   - dRows: the text's first row, in `[N, (H + 2 * K) * d]`. Keys and values contain the
  ///     contributions of other heads of the group, everything else is zero.
  /// - Returns: false if a product failed.
  func backward(
    _ dOut: UnsafePointer<Float>, into dRows: UnsafeMutablePointer<Float>, rule: BackwardRule
  ) -> Bool {
    let columns = attention.heads * width
    let dQueries = unsafe dRows + self.columns.queries
    let (dKeys, dValues) = unsafe (dRows + self.columns.keys, dRows + self.columns.values)
    // Each of the two factors of a product gets half of the relevance: of weights and values, and
    // before that of queries and keys.
    let half: Float = rule == .relevance ? 0.5 : 1
    let most = min(tokens, Attention.blockRows)
    let dScores = UnsafeMutablePointer<Float>.allocate(capacity: most * tokens)
    defer { unsafe dScores.deallocate() }
    var gradient = BucketGradient(self, factor: attention.factor * half)
    let isDone = forEachBlock { block in
      let count = block.keys.count
      let first = block.rows.lowerBound
      let dRows = unsafe Operand(dOut + first * columns, stride: columns)
      // forward:  out[i] = sum over j of weight[i, j] * v[j]
      let areValuesDone = block.keys.allSatisfy { seen, column in
        unsafe gemm(
          Operand(block.weights + column, stride: count, transposed: true), dRows,
          rows: seen.count, columns: width, inner: block.rows.count, factor: half, keep: 1,
          into: dValues + seen.lowerBound * stride, stride: stride)
          && gemm(
            dRows, Operand(values + seen.lowerBound * stride, stride: stride, transposed: true),
            rows: block.rows.count, columns: seen.count, inner: width, into: dScores + column,
            stride: count)
      }
      guard areValuesDone else { return false }
      unsafe softmaxBackward(block, dScores)
      unsafe capBackward(block, dScores, rule: rule)
      // forward:  score[i, j] = factor * q[i] * k[j] + …
      let factor = attention.factor * half * half
      let areScoresDone = block.keys.allSatisfy { seen, column in
        unsafe gemm(
          Operand(dScores + column, stride: count),
          Operand(keys + seen.lowerBound * stride, stride: stride),
          rows: block.rows.count, columns: width, inner: seen.count, factor: factor,
          keep: column == 0 ? 0 : 1, into: dQueries + first * stride, stride: stride)
          && gemm(
            Operand(dScores + column, stride: count, transposed: true),
            Operand(queries + first * stride, stride: stride), rows: seen.count, columns: width,
            inner: block.rows.count, factor: factor, keep: 1,
            into: dKeys + seen.lowerBound * stride, stride: stride)
      }
      return unsafe areScoresDone
        && gradient.add(dScores, of: block, dQueries: dQueries + first * stride)
    }
    return unsafe isDone && gradient.finish(dKeys: dKeys)
  }

  /// Replaces the gradient at the capped scores with the gradient at the scores before the cap.
  private func capBackward(
    _ block: Block, _ d: UnsafeMutablePointer<Float>, rule: BackwardRule
  ) {
    guard let uncapped = unsafe block.uncapped else { return }
    let count = block.rows.count * block.keys.count
    unsafe Activation.tanh.apply(uncapped, Activation.Aspect(rule), times: d, into: d, count: count)
  }

  /// Replaces the gradient at the weights with the gradient at the scores.
  private func softmaxBackward(_ block: Block, _ d: UnsafeMutablePointer<Float>) {
    let count = block.keys.count
    for row in 0..<block.rows.count {
      // forward:  weight[j] = e^score[j] / sum e^score
      unsafe kernels_softmax_backward(block.weights + row * count, d + row * count, 1, Int64(count))
    }
  }
}

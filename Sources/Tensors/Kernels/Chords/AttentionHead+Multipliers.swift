import CKernels

// DeepLIFT's backward pass through attention.

extension Attention {
  /// The multipliers at a text's `qkv`, `[N, (H + 2 * K) * d]`, from those at the output, between
  /// the queries, keys and values of a baseline and of a text.
  ///
  /// The changes of the products `weight v` and `q k` are divided at the midpoint. A softmax is `w
  /// = e^u` with `u = score - log sum e^score`: the chord of the exponential is the logarithmic
  /// mean `L` of the two weights, and both rows have the sum 1, so that `m_score[j] = L[j] (m[j] -
  /// sum of L m / sum of L)`.
  /// - Parameter queries: the only rows of `m` that are read, as in the forward pass.
  /// - Throws: `TensorError.productFailed`.
  package func multipliers(
    _ m: [Float], from baseline: [Float], to qkv: [Float], texts: TextSpans,
    queries: [Range<Int>]? = nil, workers: Workers
  ) throws -> [Float] {
    let columns = heads * width
    let size = texts.count * packedWidth
    precondition(m.count >= texts.count * columns && qkv.count >= size && baseline.count >= size)
    // All three in one array, so that a head can be moved from one to another by an offset in rows.
    var three = qkv.prefix(size) + baseline.prefix(size)
    three += zip(qkv.prefix(size), baseline.prefix(size)).lazy.map { ($0 + $1) / 2 }
    var result = zeros(texts.count * packedWidth)
    try unsafe result.withUnsafeMutableBufferPointer { result in
      try unsafe m.withUnsafeBufferPointer { m in
        guard let resultStart = result.baseAddress, let mStart = m.baseAddress else { return }
        nonisolated(unsafe) let (result, m) = unsafe (resultStart, mStart)
        try forEachGroup(Array(three), texts: texts, queries: queries, workers: workers) { head in
          unsafe head.multipliers(
            m + head.start * columns + head.outputColumn,
            from: head.moved(by: texts.count), mean: head.moved(by: 2 * texts.count),
            into: result + head.start * packedWidth)
        }
      }
    }
    return result
  }
}

extension AttentionHead {
  /// The same head at rows further down.
  fileprivate func moved(by rows: Int) -> AttentionHead {
    unsafe AttentionHead(
      attention, index: index, rows: start..<start + tokens,
      of: queries - columns.queries + rows * stride, requested: requested)
  }

  /// - Parameters:
  ///   - m: the head's columns of the text's first row, in `[N, H * d]`.
  ///   - baseline: the head for the baseline.
  ///   - mean: the head for the means of both queries, keys and values.
  ///   - mTexts: the text's first row, in `[N, (H + 2 * K) * d]`. Keys and values contain the
  ///     contributions of other heads of the group, everything else is zero.
  /// - Returns: false if a product failed.
  fileprivate func multipliers(
    _ m: UnsafePointer<Float>, from baseline: AttentionHead, mean: AttentionHead,
    into mTexts: UnsafeMutablePointer<Float>
  ) -> Bool {
    let columns = attention.heads * width
    let mQueries = unsafe mTexts + self.columns.queries
    let (mKeys, mValues) = unsafe (mTexts + self.columns.keys, mTexts + self.columns.values)
    let most = min(tokens, Attention.blockRows)
    let mScores = UnsafeMutablePointer<Float>.allocate(capacity: most * tokens)
    defer { unsafe mScores.deallocate() }
    var terms = BucketGradient(self, factor: attention.factor)
    let isDone = forEachBlockPair(with: baseline) { text, other in
      let (count, first) = (text.keys.count, text.rows.lowerBound)
      replaceWithMeans(text, other)
      let mRows = unsafe Operand(m + first * columns, stride: columns)
      // forward:  out[i] = sum over j of weight[i, j] * v[j]
      let areValuesDone = text.keys.allSatisfy { seen, column in
        let keys = seen.lowerBound * stride
        return unsafe gemm(
          Operand(text.weights + column, stride: count, transposed: true), mRows,
          rows: seen.count, columns: width, inner: text.rows.count, keep: 1,
          into: mValues + keys, stride: stride)
          && gemm(
            mRows, Operand(mean.values + keys, stride: stride, transposed: true),
            rows: text.rows.count, columns: seen.count, inner: width, into: mScores + column,
            stride: count)
      }
      guard areValuesDone else { return false }
      unsafe softmaxMultipliers(other, mScores)
      unsafe capMultipliers(text, other, mScores)
      // forward:  score[i, j] = factor * q[i] * k[j] + …
      let areScoresDone = text.keys.allSatisfy { seen, column in
        let keys = seen.lowerBound * stride
        return unsafe gemm(
          Operand(mScores + column, stride: count), Operand(mean.keys + keys, stride: stride),
          rows: text.rows.count, columns: width, inner: seen.count, factor: attention.factor,
          keep: column == 0 ? 0 : 1, into: mQueries + first * stride, stride: stride)
          && gemm(
            Operand(mScores + column, stride: count, transposed: true),
            Operand(mean.queries + first * stride, stride: stride), rows: seen.count,
            columns: width, inner: text.rows.count, factor: attention.factor, keep: 1,
            into: mKeys + keys, stride: stride)
      }
      return unsafe areScoresDone
        && terms.add(mScores, of: text, dQueries: mQueries + first * stride)
    }
    return unsafe isDone && terms.finish(dKeys: mKeys)
  }

  /// Replaces the logarithms of both blocks' weights: those in the first with the arithmetic mean
  /// of the weights, those in the second with the logarithmic mean.
  private func replaceWithMeans(_ text: Block, _ other: Block) {
    let count = text.keys.count
    var powers = (zeros(count), zeros(count))
    for index in 0..<text.rows.count {
      let (a, b) = unsafe (text.weights + index * count, other.weights + index * count)
      let seen = visible(from: text.rows.lowerBound + index, in: text)
      unsafe Activation.exp.apply(a, into: &powers.0, count: count)
      unsafe Activation.exp.apply(b, into: &powers.1, count: count)
      for key in 0..<count {
        guard seen.contains(key) else {
          unsafe a[key] = 0
          unsafe b[key] = 0
          continue
        }
        let change = unsafe a[key] - b[key]
        let (left, right) = (powers.0[key], powers.1[key])
        // If the difference is small, the quotient is computed by its series: sqrt(a b) sinh(d / 2)
        // / (d / 2).
        let square = change * change
        unsafe a[key] = (left + right) / 2
        unsafe b[key] =
          square < 0.25
          ? (left * right).squareRoot() * (1 + square / 24 + square * square / 1920)
          : (left - right) / change
      }
    }
  }

  /// Replaces the multipliers at the capped scores with those at the scores before the cap.
  private func capMultipliers(
    _ text: Block, _ other: Block, _ m: UnsafeMutablePointer<Float>
  ) {
    guard let x = unsafe text.uncapped, let b = unsafe other.uncapped else { return }
    for index in 0..<text.rows.count * text.keys.count {
      let chord = unsafe Activation.tanh.chord(from: Double(b[index]), to: Double(x[index]))
      unsafe m[index] *= Float(chord.slope)
    }
  }

  /// Replaces the multipliers at the weights with those at the scores.
  private func softmaxMultipliers(_ means: Block, _ m: UnsafeMutablePointer<Float>) {
    let count = means.keys.count
    for row in 0..<means.rows.count {
      let (weights, mRow) = unsafe (means.weights + row * count, m + row * count)
      var total = 0.0
      for key in 0..<count { unsafe total += Double(weights[key]) }
      // If all means are zero, so is the result.
      unsafe kernels_softmax_backward(weights, mRow, total > 0 ? Float(total) : 1, Int64(count))
    }
  }
}

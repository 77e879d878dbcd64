import CKernels

/// One attention head for one text.
@safe struct AttentionHead {
  let attention: Attention
  let index: Int
  /// The text's first row.
  let start: Int
  let tokens: Int
  /// The requested queries; nil for all.
  let requested: Range<Int>?
  /// `[T, d]` each; a row starts `stride` numbers after the one before it.
  let queries: UnsafePointer<Float>
  let keys: UnsafePointer<Float>
  let values: UnsafePointer<Float>
  let stride: Int

  /// - Parameters:
  ///   - rows: the rows of the text.
  ///   - qkv: the text's first row.
  ///   - requested: the requested queries of the text; nil for all.
  init(
    _ attention: Attention, index: Int, rows: Range<Int>, of qkv: UnsafePointer<Float>,
    requested: Range<Int>? = nil
  ) {
    self.attention = attention
    self.index = index
    self.requested = requested
    start = rows.lowerBound
    tokens = rows.count
    let columns = Self.columns(of: index, attention)
    unsafe queries = unsafe qkv + columns.queries
    unsafe keys = unsafe qkv + columns.keys
    unsafe values = unsafe qkv + columns.values
    stride = attention.packedWidth
  }

  var width: Int { attention.width }

  /// The first column of the head in an output row; heads of a second set write to the columns of
  /// the first set.
  var outputColumn: Int { index % attention.heads * width }

  /// The first columns of the head's queries, keys and values in a row.
  var columns: (queries: Int, keys: Int, values: Int) { Self.columns(of: index, attention) }

  private static func columns(
    of index: Int, _ attention: Attention
  ) -> (queries: Int, keys: Int, values: Int) {
    let shared = index / (attention.heads / attention.keyHeads) * attention.width
    return (
      index * attention.width, attention.keyColumns.lowerBound + shared,
      attention.valueColumns.lowerBound + shared
    )
  }

  /// - Parameter out: the head's columns of the text's first row, in `[N, H * d]`.
  /// - Returns: false if a product failed.
  func forward(into out: UnsafeMutablePointer<Float>) -> Bool {
    let columns = attention.heads * width
    return forEachBlock { block in
      // out[i] = sum over j of weight[i, j] * v[j]
      block.keys.allSatisfy { keys, column in
        unsafe gemm(
          Operand(block.weights + column, stride: block.keys.count),
          Operand(values + keys.lowerBound * stride, stride: stride), rows: block.rows.count,
          columns: width, inner: keys.count, keep: column == 0 ? 0 : 1,
          into: out + block.rows.lowerBound * columns, stride: columns)
      }
    }
  }

  /// - Parameter maps: `[T, T]`.
  func weights(into maps: UnsafeMutablePointer<Float>) -> Bool {
    forEachBlock { block in
      block.keys.allSatisfy { keys, column in
        for (index, row) in block.rows.enumerated() {
          for (place, key) in keys.enumerated() {
            unsafe maps[row * tokens + key] =
              block.weights[index * block.keys.count + column + place]
          }
        }
        return true
      }
    }
  }

  /// The weights of some queries for the keys that at least one of them attends to.
  @safe struct Block {
    let rows: Range<Int>
    let keys: KeySpans
    /// `[rows, keys]`.
    let weights: UnsafeMutablePointer<Float>
    /// The scores divided by the cap, before the cap is applied; nil without a cap. `[rows, keys]`.
    let uncapped: UnsafeMutablePointer<Float>?
  }

  func forEachBlock(_ body: (Block) -> Bool) -> Bool {
    let terms = BucketTerms(self)
    guard terms.isValid else { return false }
    let most = min(tokens, Attention.blockRows)
    let room = unsafe room(forBlocks: 1, rows: most)
    defer { unsafe room.scores.deallocate() }
    return forEachRange(of: most) { rows, keys in
      let block = unsafe Block(
        rows: rows, keys: keys, weights: room.scores, uncapped: room.uncapped)
      return computeWeights(block, terms: terms) && body(block)
    }
  }

  /// Corresponding blocks of this head and of the same head for another text of the same length,
  /// with the logarithms of the weights instead of the weights.
  func forEachBlockPair(with other: AttentionHead, _ body: (Block, Block) -> Bool) -> Bool {
    let (terms, otherTerms) = (BucketTerms(self), BucketTerms(other))
    guard terms.isValid, otherTerms.isValid else { return false }
    let most = min(tokens, Attention.blockRows)
    let room = unsafe room(forBlocks: 2, rows: most)
    defer { unsafe room.scores.deallocate() }
    let size = most * tokens
    return forEachRange(of: most) { rows, keys in
      let block = unsafe Block(
        rows: rows, keys: keys, weights: room.scores, uncapped: room.uncapped)
      let otherBlock = unsafe Block(
        rows: rows, keys: keys, weights: room.scores + size,
        uncapped: room.uncapped.map { unsafe $0 + size })
      return computeWeights(block, terms: terms, asLogarithms: true)
        && other.computeWeights(otherBlock, terms: otherTerms, asLogarithms: true)
        && body(block, otherBlock)
    }
  }

  /// Memory for the scores of some blocks, followed by the scores before the cap if there is one.
  private func room(
    forBlocks count: Int, rows: Int
  ) -> (scores: UnsafeMutablePointer<Float>, uncapped: UnsafeMutablePointer<Float>?) {
    let size = count * rows * tokens
    let isCapped = attention.softCap != nil
    let scores = UnsafeMutablePointer<Float>.allocate(capacity: isCapped ? 2 * size : size)
    return unsafe (scores, isCapped ? scores + size : nil)
  }

  /// The keys that queries in a range attend to, if attention is not sparse.
  func visible(from first: Int, to end: Int) -> Range<Int> {
    // A window may be as large as `Int.max`.
    let reach = min(attention.window ?? tokens, tokens)
    return max(0, first - reach)..<(attention.isCausal ? end : min(tokens, end + reach))
  }

  private func computeWeights(
    _ block: Block, terms: BucketTerms, asLogarithms: Bool = false
  ) -> Bool {
    let count = block.keys.count
    let isDone = block.keys.allSatisfy { seen, column in
      unsafe gemm(
        Operand(queries + block.rows.lowerBound * stride, stride: stride),
        Operand(keys + seen.lowerBound * stride, stride: stride, transposed: true),
        rows: block.rows.count, columns: seen.count, inner: width, factor: attention.factor,
        into: block.weights + column, stride: count)
    }
    guard isDone else { return false }
    addCopies(to: block)
    if case .distances(let bias) = attention.bias { add(bias, to: block) }
    guard terms.add(to: block) else { return false }
    cap(block)
    for (index, row) in block.rows.enumerated() {
      let seen = visible(from: row, in: block)
      let scores = unsafe block.weights + index * count
      let whole = seen.whole
      for key in seen.gap { unsafe scores[key] = -.infinity }
      if asLogarithms {
        unsafe kernels_log_softmax(scores + whole.lowerBound, Int64(whole.count))
      } else {
        unsafe kernels_softmax(scores + whole.lowerBound, Int64(whole.count))
      }
      for key in 0..<whole.lowerBound { unsafe scores[key] = 0 }
      for key in seen.gap { unsafe scores[key] = 0 }
      for key in whole.upperBound..<count { unsafe scores[key] = 0 }
    }
    return true
  }

  private func cap(_ block: Block) {
    guard let cap = attention.softCap, let uncapped = unsafe block.uncapped else { return }
    let count = block.rows.count * block.keys.count
    for index in 0..<count { unsafe uncapped[index] = block.weights[index] / cap }
    unsafe Activation.tanh.apply(uncapped, into: block.weights, count: count)
    for index in 0..<count { unsafe block.weights[index] *= cap }
  }

  private func add(_ bias: DistanceBias, to block: Block) {
    let values = bias.values[bias.row(head: index)]
    for (place, row) in block.rows.enumerated() {
      let scores = unsafe block.weights + place * block.keys.count
      for (column, key) in block.keys.whole.enumerated() {
        let distance = max(-bias.reach, min(bias.reach, key - row))
        unsafe scores[column] += values[values.startIndex + distance + bias.reach]
      }
    }
  }
}

import Foundation

/// One head of one text.
@safe struct AttentionHead {
  let attention: Attention
  let index: Int
  /// The text's first row.
  let start: Int
  let tokens: Int
  /// `[T, d]` each, with `stride` numbers from row to row.
  let queries: UnsafePointer<Float>
  let keys: UnsafePointer<Float>
  let values: UnsafePointer<Float>
  let stride: Int

  var width: Int { attention.width }

  /// - Parameter out: the head's columns of the text's first row, of `[N, H * d]`.
  /// - Returns: false where a product failed.
  func forward(into out: UnsafeMutablePointer<Float>) -> Bool {
    let columns = attention.heads * width
    return forEachBlock { block in
      // out[i] = sum over j of weight[i, j] * v[j]
      unsafe gemm(
        Operand(block.weights, stride: block.keys.count),
        Operand(values + block.keys.lowerBound * stride, stride: stride), rows: block.rows.count,
        columns: width, inner: block.keys.count, into: out + block.rows.lowerBound * columns,
        stride: columns)
    }
  }

  /// - Parameter maps: `[T, T]`.
  func weights(into maps: UnsafeMutablePointer<Float>) -> Bool {
    forEachBlock { block in
      for (index, row) in block.rows.enumerated() {
        for (place, key) in block.keys.enumerated() {
          unsafe maps[row * tokens + key] = block.weights[index * block.keys.count + place]
        }
      }
      return true
    }
  }

  /// The weights of some queries on the keys that any of them sees.
  @safe struct Block {
    let rows: Range<Int>
    let keys: Range<Int>
    /// `[rows, keys]`.
    let weights: UnsafeMutablePointer<Float>
  }

  func forEachBlock(_ body: (Block) -> Bool) -> Bool {
    let terms = PlaceTerms(self)
    guard terms.isValid else { return false }
    let most = min(tokens, Attention.blockRows)
    let scores = UnsafeMutablePointer<Float>.allocate(capacity: most * tokens)
    defer { unsafe scores.deallocate() }
    return forEachRange(of: most) { rows, keys in
      let block = unsafe Block(rows: rows, keys: keys, weights: scores)
      return weigh(block, terms: terms) && body(block)
    }
  }

  /// The same blocks of this head and of another text's of the same length, with the logarithms of
  /// weights in the weights' place.
  func forEachBlockPair(with other: AttentionHead, _ body: (Block, Block) -> Bool) -> Bool {
    let (terms, otherTerms) = (PlaceTerms(self), PlaceTerms(other))
    guard terms.isValid, otherTerms.isValid else { return false }
    let most = min(tokens, Attention.blockRows)
    let scores = UnsafeMutablePointer<Float>.allocate(capacity: 2 * most * tokens)
    defer { unsafe scores.deallocate() }
    return forEachRange(of: most) { rows, keys in
      let block = unsafe Block(rows: rows, keys: keys, weights: scores)
      let otherBlock = unsafe Block(rows: rows, keys: keys, weights: scores + most * tokens)
      return weigh(block, terms: terms, asLogarithms: true)
        && other.weigh(otherBlock, terms: otherTerms, asLogarithms: true)
        && body(block, otherBlock)
    }
  }

  private func forEachRange(of most: Int, _ body: (Range<Int>, Range<Int>) -> Bool) -> Bool {
    for first in Swift.stride(from: 0, to: tokens, by: most) {
      let rows = first..<min(tokens, first + most)
      guard body(rows, visible(from: rows.lowerBound, to: rows.upperBound)) else { return false }
    }
    return true
  }

  /// The keys that queries in a range see.
  private func visible(from first: Int, to end: Int) -> Range<Int> {
    guard let window = attention.window else { return 0..<tokens }
    // A window may be as wide as an Int.
    return max(0, first - min(window, tokens))..<min(tokens, end + min(window, tokens))
  }

  /// The places of a block's keys that the query of one row sees.
  func visible(from row: Int, in block: Block) -> Range<Int> {
    let seen = visible(from: row, to: row + 1)
    let first = seen.lowerBound - block.keys.lowerBound
    return first..<first + seen.count
  }

  private func weigh(_ block: Block, terms: PlaceTerms, asLogarithms: Bool = false) -> Bool {
    let count = block.keys.count
    guard
      unsafe gemm(
        Operand(queries + block.rows.lowerBound * stride, stride: stride),
        Operand(keys + block.keys.lowerBound * stride, stride: stride, transposed: true),
        rows: block.rows.count, columns: count, inner: width, factor: attention.factor,
        into: block.weights, stride: count)
    else { return false }
    if case .distances(let bias) = attention.bias { add(bias, to: block) }
    guard terms.add(to: block) else { return false }
    for (index, row) in block.rows.enumerated() {
      let seen = visible(from: row, in: block)
      let scores = unsafe block.weights + index * count
      if asLogarithms {
        unsafe logSoftmax(scores + seen.lowerBound, count: seen.count)
      } else {
        unsafe softmax(scores + seen.lowerBound, count: seen.count)
      }
      for key in 0..<seen.lowerBound { unsafe scores[key] = 0 }
      for key in seen.upperBound..<count { unsafe scores[key] = 0 }
    }
    return true
  }

  private func add(_ bias: DistanceBias, to block: Block) {
    let values = bias.values[bias.row(head: index)]
    for (place, row) in block.rows.enumerated() {
      let scores = unsafe block.weights + place * block.keys.count
      for (column, key) in block.keys.enumerated() {
        let distance = max(-bias.reach, min(bias.reach, key - row))
        unsafe scores[column] += values[values.startIndex + distance + bias.reach]
      }
    }
  }
}

/// `e^x / sum e^x` in place.
func softmax(_ x: UnsafeMutablePointer<Float>, count: Int) {
  let largest = unsafe rowMaximum(x, count: count)
  for index in 0..<count { unsafe x[index] = exponential(x[index] - largest) }
  let factor = unsafe 1 / rowSum(x, count: count)
  for index in 0..<count { unsafe x[index] *= factor }
}

/// `x - log sum e^x` in place.
private func logSoftmax(_ x: UnsafeMutablePointer<Float>, count: Int) {
  let largest = unsafe rowMaximum(x, count: count)
  var sum: Float = 0
  for index in 0..<count { unsafe sum += exponential(x[index] - largest) }
  let shift = largest + log(sum)
  for index in 0..<count { unsafe x[index] -= shift }
}

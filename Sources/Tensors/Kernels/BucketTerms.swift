/// DeBERTa's terms for one head of one text: products of contents and relative positions.
@safe struct BucketTerms {
  private let head: AttentionHead
  private let table: BucketTable?
  /// The product of each key with the queries of the distances, `[T, buckets]`.
  private let ofKeys: [Float]
  /// False if a product failed.
  let isValid: Bool

  init(_ head: AttentionHead) {
    self.head = head
    guard let table = BucketTable(head) else {
      self.table = nil
      ofKeys = []
      isValid = true
      return
    }
    self.table = table
    guard let queries = table.bias.queries else {
      ofKeys = []
      isValid = true
      return
    }
    var products = zeros(head.tokens * table.count)
    var isDone = true
    unsafe products.withUnsafeMutableBufferPointer { products in
      guard let products = products.baseAddress else { return }
      isDone = unsafe table.multiply(
        head.keys, rows: head.tokens, by: queries, head: head, into: products)
    }
    ofKeys = products
    isValid = isDone
  }

  /// `score[i, j] += factor * (q[i] * keyOf(i - j) + k[j] * queryOf(i - j))`
  func add(to block: AttentionHead.Block) -> Bool {
    guard let table = table else { return true }
    var ofQueries: [Float] = []
    if let keys = table.bias.keys {
      ofQueries = zeros(block.rows.count * table.count)
      var isDone = true
      unsafe ofQueries.withUnsafeMutableBufferPointer { products in
        guard let products = products.baseAddress else { return }
        isDone = unsafe table.multiply(
          head.queries + block.rows.lowerBound * head.stride, rows: block.rows.count, by: keys,
          head: head, into: products)
      }
      guard isDone else { return false }
    }
    let tokens = head.tokens
    unsafe ofQueries.withUnsafeBufferPointer { ofQueries in
      unsafe ofKeys.withUnsafeBufferPointer { ofKeys in
        unsafe table.buckets.withUnsafeBufferPointer { buckets in
          for (index, row) in block.rows.enumerated() {
            let scores = unsafe block.weights + index * block.keys.count
            for (column, key) in block.keys.whole.enumerated() {
              let bucket = unsafe Int(buckets[row - key + tokens - 1])
              if !ofQueries.isEmpty {
                unsafe scores[column] += ofQueries[index * table.count + bucket]
              }
              if !ofKeys.isEmpty { unsafe scores[column] += ofKeys[key * table.count + bucket] }
            }
          }
        }
      }
    }
    return true
  }
}

/// The gradient through these terms, accumulated over a head's blocks.
@safe struct BucketGradient {
  private let head: AttentionHead
  private let table: BucketTable?
  private let factor: Float
  /// `[T, buckets]`.
  private var dOfKeys: [Float] = []

  /// - Parameter factor: the factor of both terms in the backward pass. The vectors of the
  ///   distances are weights of the model, so the contents get all of the relevance.
  init(_ head: AttentionHead, factor: Float) {
    self.head = head
    table = BucketTable(head)
    self.factor = factor
    if let table = table, table.bias.queries != nil {
      dOfKeys = zeros(head.tokens * table.count)
    }
  }

  mutating func add(
    _ dScores: UnsafePointer<Float>, of block: AttentionHead.Block,
    dQueries: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard let table = table else { return true }
    var dOfQueries = table.bias.keys == nil ? [] : zeros(block.rows.count * table.count)
    let tokens = head.tokens
    for (index, row) in block.rows.enumerated() {
      for (column, key) in block.keys.whole.enumerated() {
        let d = unsafe dScores[index * block.keys.count + column]
        let bucket = Int(table.buckets[row - key + tokens - 1])
        if !dOfQueries.isEmpty { dOfQueries[index * table.count + bucket] += d }
        if !dOfKeys.isEmpty { dOfKeys[key * table.count + bucket] += d }
      }
    }
    guard let keys = table.bias.keys else { return true }
    return unsafe table.multiplyBack(
      dOfQueries, rows: block.rows.count, by: keys, factor: factor, head: head, into: dQueries)
  }

  func finish(dKeys: UnsafeMutablePointer<Float>) -> Bool {
    guard let table = table, let queries = table.bias.queries else { return true }
    return unsafe table.multiplyBack(
      dOfKeys, rows: head.tokens, by: queries, factor: factor, head: head, into: dKeys)
  }
}

/// The buckets that a text needs.
@safe private struct BucketTable {
  let bias: DisentangledBias
  let first: Int
  let count: Int
  /// The bucket for each `query - key` from `1 - T` on, relative to `first`.
  let buckets: [Int32]

  init?(_ head: AttentionHead) {
    guard case .disentangled(let bias) = head.attention.bias else { return nil }
    self.bias = bias
    let range = bias.bucketRange(tokens: head.tokens)
    first = range.lowerBound
    count = range.count
    buckets = bias.relativeBuckets(tokens: head.tokens)
  }

  /// `out[t, bucket] = factor * contents[t] * vectors[bucket]`.
  func multiply(
    _ contents: UnsafePointer<Float>, rows: Int, by vectors: Matrix, head: AttentionHead,
    into out: UnsafeMutablePointer<Float>
  ) -> Bool {
    unsafe vectors.elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return true }
      return unsafe gemm(
        Operand(contents, stride: head.stride),
        Operand(
          base + first * vectors.columns + head.index * head.width, stride: vectors.columns,
          transposed: true), rows: rows, columns: count, inner: head.width,
        factor: head.attention.factor, into: out, stride: count)
    }
  }

  /// `dContents[t] += factor * sum over buckets of d[t, bucket] * vectors[bucket]`.
  func multiplyBack(
    _ d: [Float], rows: Int, by vectors: Matrix, factor: Float, head: AttentionHead,
    into dContents: UnsafeMutablePointer<Float>
  ) -> Bool {
    unsafe vectors.elements.withUnsafeBufferPointer { elements in
      unsafe d.withUnsafeBufferPointer { d in
        guard let base = elements.baseAddress, let d = d.baseAddress else { return true }
        return unsafe gemm(
          Operand(d, stride: count),
          Operand(
            base + first * vectors.columns + head.index * head.width, stride: vectors.columns),
          rows: rows, columns: head.width, inner: count, factor: factor, keep: 1, into: dContents,
          stride: head.stride)
      }
    }
  }
}

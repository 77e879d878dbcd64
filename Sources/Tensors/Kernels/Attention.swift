import Synchronization

/// Softmax attention of several heads, over texts whose rows lie one after the other.
///
/// Queries, keys and values stand side by side in one matrix `[N, (H + 2 * K) * d]`, as one product
/// makes them. Where there are fewer heads of keys and values than of queries, `K` of them, several
/// heads of queries that follow each other share one. Scores are never kept: the backward pass computes
/// them anew. Each head of each text is a part for a thread, on the backward pass each group of heads, so
/// results are the same for any number of threads.
///
/// Sources: Vaswani et al. 2017, arXiv:1706.03762, equation 1; for groups Ainslie et al. 2023,
/// arXiv:2305.13245.
public struct Attention: Sendable {
  /// Of queries.
  public let heads: Int
  /// Of keys, and as many of values.
  public let keyHeads: Int
  /// Of a head.
  public let width: Int
  /// What products of queries and keys are multiplied by.
  public let factor: Float
  /// How far away a token may be to be seen; nil where there is no limit.
  let window: Int?
  /// A token sees itself and those before it.
  let isCausal: Bool
  /// `c` where scores are squeezed between `-c` and `c`, as `c * tanh(score / c)`.
  ///
  /// Source: Gemma Team 2024, arXiv:2408.00118, section 2.
  let softCap: Float?
  let bias: AttentionBias
  /// nil where a query sees all that `window` and `isCausal` leave.
  let sparsity: SparseAttention?

  /// - Parameters:
  ///   - keyHeads: a divisor of `heads`; nil for as many.
  ///   - sparsity: instead of a window, a causal mask and a bias.
  public init(
    heads: Int, keyHeads: Int? = nil, width: Int, factor: Float, window: Int? = nil,
    isCausal: Bool = false, softCap: Float? = nil, bias: AttentionBias = .none,
    sparsity: SparseAttention? = nil
  ) {
    let keyHeads = keyHeads ?? heads
    precondition(heads == 0 || heads.isMultiple(of: keyHeads), "groups of one size")
    self.heads = heads
    self.keyHeads = keyHeads
    self.width = width
    self.factor = factor
    self.window = window
    self.isCausal = isCausal
    self.softCap = softCap
    self.bias = bias
    self.sparsity = sparsity
    if sparsity != nil {
      guard case .none = bias, window == nil, !isCausal else {
        preconditionFailure("sparse attention has a mask of its own and no bias")
      }
    }
  }

  /// How many sets of queries, keys and values a token has.
  private var sets: Int { sparsity?.sets ?? 1 }

  /// `(H + 2 * K) * d` in each set: of a token's queries, keys and values. Those of a second set stand
  /// behind the first one's: its queries behind the queries, and so on.
  public var packedWidth: Int { sets * (heads + 2 * keyHeads) * width }

  /// Where a token's keys and its values stand among these.
  public var keyColumns: Range<Int> { sets * heads * width..<sets * (heads + keyHeads) * width }
  public var valueColumns: Range<Int> { keyColumns.upperBound..<packedWidth }

  /// Queries of so many rows are taken at a time, which bounds the memory for scores.
  static let blockRows = 128

  /// `[N, H * d]`.
  /// - Parameter queries: the rows that are asked for, of each text, counted from its first; all if nil. The
  ///   others come out as zeros, and their queries are not read.
  /// - Throws: `TensorError.productFailed`.
  public func forward(
    _ qkv: [Float], texts: TextSpans, queries: [Range<Int>]? = nil, workers: Workers
  ) throws -> [Float] {
    let columns = heads * width
    precondition(qkv.count >= texts.count * packedWidth, "queries, keys and values a token")
    var out = zeros(texts.count * columns)
    try unsafe out.withUnsafeMutableBufferPointer { out in
      guard let outStart = out.baseAddress else { return }
      nonisolated(unsafe) let out = unsafe outStart
      try forEachHead(qkv, texts: texts, queries: queries, workers: workers) { head in
        unsafe head.forward(into: out + head.start * columns + head.outputColumn)
      }
    }
    return out
  }

  /// The gradient at `qkv`, `[N, (H + 2 * K) * d]`, from the one at the output.
  /// - Parameter queries: as on the forward pass: the only rows of `dOut` that are read.
  /// - Throws: `TensorError.productFailed`.
  public func backward(
    _ dOut: [Float], qkv: [Float], texts: TextSpans, queries: [Range<Int>]? = nil,
    rule: BackwardRule, workers: Workers
  ) throws -> [Float] {
    let columns = heads * width
    precondition(dOut.count >= texts.count * columns, "a vector for each token")
    var dQKV = zeros(texts.count * packedWidth)
    try unsafe dQKV.withUnsafeMutableBufferPointer { dQKV in
      try unsafe dOut.withUnsafeBufferPointer { dOut in
        guard let dQKVStart = dQKV.baseAddress, let dOutStart = dOut.baseAddress else { return }
        nonisolated(unsafe) let (dQKV, dOut) = unsafe (dQKVStart, dOutStart)
        try forEachGroup(qkv, texts: texts, queries: queries, workers: workers) { head in
          unsafe head.backward(
            dOut + head.start * columns + head.outputColumn,
            into: dQKV + head.start * packedWidth, rule: rule)
        }
      }
    }
    return dQKV
  }

  /// The weights of one text, `[H, T, T]`.
  /// - Throws: `TensorError.productFailed`.
  public func weights(_ qkv: [Float], tokens: Int, workers: Workers) throws -> [Float] {
    var maps = zeros(heads * tokens * tokens)
    try unsafe maps.withUnsafeMutableBufferPointer { maps in
      guard let mapsStart = maps.baseAddress else { return }
      nonisolated(unsafe) let maps = unsafe mapsStart
      try forEachHead(qkv, texts: TextSpans(lengths: [tokens]), workers: workers) { head in
        unsafe head.weights(into: maps + head.outputColumn / width * tokens * tokens)
      }
    }
    return maps
  }

  /// The gradient at the weights of one text, `[H, T, T]`, from the one at the output.
  /// - Throws: `TensorError.productFailed`.
  public func weightGradient(
    _ dOut: [Float], qkv: [Float], tokens: Int, workers: Workers
  ) throws -> [Float] {
    let columns = heads * width
    precondition(dOut.count >= tokens * columns, "a vector for each token")
    var maps = zeros(heads * tokens * tokens)
    try unsafe maps.withUnsafeMutableBufferPointer { maps in
      try unsafe dOut.withUnsafeBufferPointer { dOut in
        guard let mapsStart = maps.baseAddress, let dOutStart = dOut.baseAddress else { return }
        nonisolated(unsafe) let (maps, dOut) = unsafe (mapsStart, dOutStart)
        try forEachHead(qkv, texts: TextSpans(lengths: [tokens]), workers: workers) { head in
          // forward:  out[i] = sum over j of weight[i, j] * v[j]
          let rows = head.rows
          let first = head.outputColumn / width * tokens + rows.lowerBound
          return unsafe rows.isEmpty
            || gemm(
              Operand(dOut + rows.lowerBound * columns + head.outputColumn, stride: columns),
              Operand(head.values, stride: head.stride, transposed: true), rows: rows.count,
              columns: tokens, inner: width, into: maps + first * tokens, stride: tokens)
        }
      }
    }
    return maps
  }

  func forEachHead(
    _ qkv: [Float], texts: TextSpans, queries: [Range<Int>]? = nil, workers: Workers,
    _ body: @Sendable (AttentionHead) -> Bool
  ) throws {
    try forEach(qkv, texts: texts, queries: queries, heads: 1, workers: workers, body)
  }

  /// The same, but heads that share keys and values come one after the other on one thread.
  func forEachGroup(
    _ qkv: [Float], texts: TextSpans, queries: [Range<Int>]? = nil, workers: Workers,
    _ body: @Sendable (AttentionHead) -> Bool
  ) throws {
    try forEach(
      qkv, texts: texts, queries: queries, heads: heads / max(1, keyHeads), workers: workers, body)
  }

  /// - Parameter size: how many heads one part has.
  private func forEach(
    _ qkv: [Float], texts: TextSpans, queries: [Range<Int>]?, heads size: Int, workers: Workers,
    _ body: @Sendable (AttentionHead) -> Bool
  ) throws {
    let failures = Atomic(0)
    let parts = sets * heads / max(1, size)
    unsafe qkv.withUnsafeBufferPointer { qkv in
      guard let qkvStart = qkv.baseAddress else { return }
      nonisolated(unsafe) let qkv = unsafe qkvStart
      let isSmall = texts.count * texts.longest * heads * width < 1 << 14
      (isSmall ? .one : workers).forEach(texts.ranges.count * parts) { part in
        let range = texts.ranges[part / parts]
        guard !range.isEmpty else { return }
        let first = part % parts * size
        for index in first..<first + size {
          let head = unsafe AttentionHead(
            self, index: index, rows: range, of: qkv + range.lowerBound * packedWidth,
            asked: queries?[part / parts])
          if !body(head) { failures.add(1, ordering: .relaxed) }
        }
      }
    }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: texts.longest, columns: heads * width)
    }
  }
}

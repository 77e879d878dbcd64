import Synchronization

/// Softmax attention with several heads, over texts whose rows are concatenated.
///
/// Queries, keys and values are the columns of one matrix `[N, (H + 2 * K) * d]`, the result of one
/// product. With fewer heads of keys and values (`K`) than of queries (`H`), consecutive query
/// heads share one. Scores are not stored; the backward pass computes them again. The work is
/// divided among threads by head and text (in the backward pass by group of heads), so that results
/// are the same for any number of threads.
///
/// Sources: Vaswani et al. 2017, arXiv:1706.03762, equation 1; for groups Ainslie et al. 2023,
/// arXiv:2305.13245.
public struct Attention: Sendable {
  /// The number of query heads.
  public let heads: Int
  /// The number of key heads, which is also that of value heads.
  public let keyHeads: Int
  /// The width of a head.
  public let width: Int
  /// The factor of the products of queries and keys.
  public let factor: Float
  /// The largest distance at which a token is visible; nil if there is no limit.
  let window: Int?
  /// Whether a token attends only to itself and to the tokens before it.
  let isCausal: Bool
  /// `c` if scores are limited to the range from `-c` to `c`, by `c * tanh(score / c)`.
  ///
  /// Source: Gemma Team 2024, arXiv:2408.00118, section 2.
  let softCap: Float?
  let bias: AttentionBias
  /// nil if a query attends to everything that `window` and `isCausal` permit.
  let sparsity: SparseAttention?

  /// - Parameters:
  ///   - keyHeads: a divisor of `heads`; nil for the same number.
  ///   - sparsity: replaces the window, the causal mask and the bias.
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

  /// The width of a token's queries, keys and values: `(H + 2 * K) * d` for each set. Those of a
  /// second set follow those of the first: its queries follow the queries, and so on.
  public var packedWidth: Int { sets * (heads + 2 * keyHeads) * width }

  /// The columns of a token's keys and of its values.
  public var keyColumns: Range<Int> { sets * heads * width..<sets * (heads + keyHeads) * width }
  public var valueColumns: Range<Int> { keyColumns.upperBound..<packedWidth }

  /// Queries are processed in blocks of this many rows, which limits the memory for scores.
  static let blockRows = 128

  /// `[N, H * d]`.
  /// - Parameter queries: the requested rows of each text, counted from its first row; nil for all.
  ///   The other rows of the result are zero, and their queries are not read.
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

  /// The gradient at `qkv`, `[N, (H + 2 * K) * d]`, from the gradient at the output.
  /// - Parameter queries: the only rows of `dOut` that are read, as in the forward pass.
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

  /// The attention weights of one text, `[H, T, T]`.
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

  /// The gradient at the attention weights of one text, `[H, T, T]`, from the gradient at the
  /// output.
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

  /// The same, but heads that share keys and values are processed one after the other on one
  /// thread.
  func forEachGroup(
    _ qkv: [Float], texts: TextSpans, queries: [Range<Int>]? = nil, workers: Workers,
    _ body: @Sendable (AttentionHead) -> Bool
  ) throws {
    try forEach(
      qkv, texts: texts, queries: queries, heads: heads / max(1, keyHeads), workers: workers, body)
  }

  /// - Parameter size: the number of heads in a part.
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
            requested: queries?[part / parts])
          if !body(head) { failures.add(1, ordering: .relaxed) }
        }
      }
    }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: texts.longest, columns: heads * width)
    }
  }
}

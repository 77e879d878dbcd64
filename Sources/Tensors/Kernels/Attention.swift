import Synchronization

/// Softmax attention of several heads, over texts whose rows lie one after the other.
///
/// Queries, keys and values stand side by side in one matrix `[N, 3 * H * d]`, as one product makes
/// them. Scores are never kept: the way back computes them anew. Each head of each text is a part
/// for a thread, so results are the same for any number of threads.
///
/// Source: Vaswani et al. 2017, arXiv:1706.03762, equation 1.
public struct Attention: Sendable {
  public let heads: Int
  /// Of a head.
  public let width: Int
  /// What products of queries and keys are multiplied by.
  let factor: Float
  /// How far away a token may be to be seen; nil where there is no limit.
  let window: Int?
  let bias: AttentionBias

  public init(
    heads: Int, width: Int, factor: Float, window: Int? = nil, bias: AttentionBias = .none
  ) {
    self.heads = heads
    self.width = width
    self.factor = factor
    self.window = window
    self.bias = bias
  }

  /// Queries of so many rows are taken at a time, which bounds the memory for scores.
  static let blockRows = 128

  /// `[N, H * d]` with the room of a product's padded rows.
  /// - Throws: `TensorError.productFailed`.
  public func forward(_ qkv: [Float], texts: TextSpans, workers: Workers) throws -> [Float] {
    let columns = heads * width
    precondition(qkv.count >= texts.count * 3 * columns, "three vectors a token and head")
    var out = zeros(PackedMatrix.paddedRows(texts.count) * columns)
    try unsafe out.withUnsafeMutableBufferPointer { out in
      guard let outStart = out.baseAddress else { return }
      nonisolated(unsafe) let out = unsafe outStart
      try forEachHead(qkv, texts: texts, workers: workers) { head in
        unsafe head.forward(into: out + head.start * columns + head.index * width)
      }
    }
    return out
  }

  /// The gradient at `qkv`, `[N, 3 * H * d]` with room for padded rows, from the one at the output.
  /// - Throws: `TensorError.productFailed`.
  public func backward(
    _ dOut: [Float], qkv: [Float], texts: TextSpans, rule: BackwardRule, workers: Workers
  ) throws -> [Float] {
    let columns = heads * width
    precondition(dOut.count >= texts.count * columns, "a vector for each token")
    var dQKV = zeros(PackedMatrix.paddedRows(texts.count) * 3 * columns)
    try unsafe dQKV.withUnsafeMutableBufferPointer { dQKV in
      try unsafe dOut.withUnsafeBufferPointer { dOut in
        guard let dQKVStart = dQKV.baseAddress, let dOutStart = dOut.baseAddress else { return }
        nonisolated(unsafe) let (dQKV, dOut) = unsafe (dQKVStart, dOutStart)
        try forEachHead(qkv, texts: texts, workers: workers) { head in
          unsafe head.backward(
            dOut + head.start * columns + head.index * width,
            into: dQKV + head.start * 3 * columns + head.index * width, rule: rule)
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
        unsafe head.weights(into: maps + head.index * tokens * tokens)
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
          unsafe gemm(
            Operand(dOut + head.index * width, stride: columns),
            Operand(head.values, stride: head.stride, transposed: true), rows: tokens,
            columns: tokens, inner: width, into: maps + head.index * tokens * tokens,
            stride: tokens)
        }
      }
    }
    return maps
  }

  func forEachHead(
    _ qkv: [Float], texts: TextSpans, workers: Workers,
    _ body: @Sendable (AttentionHead) -> Bool
  ) throws {
    let columns = heads * width
    let failures = Atomic(0)
    unsafe qkv.withUnsafeBufferPointer { qkv in
      guard let qkvStart = qkv.baseAddress else { return }
      nonisolated(unsafe) let qkv = unsafe qkvStart
      let isSmall = texts.count * texts.longest * columns < 1 << 14
      (isSmall ? .one : workers).forEach(texts.ranges.count * heads) { part in
        let range = texts.ranges[part / heads]
        guard !range.isEmpty else { return }
        let queries = unsafe qkv + range.lowerBound * 3 * columns + part % heads * width
        let head = unsafe AttentionHead(
          attention: self, index: part % heads, start: range.lowerBound, tokens: range.count,
          queries: queries, keys: queries + columns, values: queries + 2 * columns,
          stride: 3 * columns)
        if !body(head) { failures.add(1, ordering: .relaxed) }
      }
    }
    if failures.load(ordering: .relaxed) > 0 {
      throw TensorError.productFailed(rows: texts.longest, columns: width)
    }
  }
}

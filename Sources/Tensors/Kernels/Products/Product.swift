import CKernels
import COneDNN
import Synchronization

extension PackedMatrix {
  /// A buffer that takes part in a product with `rows` rows has room for this many.
  public static func paddedRows(_ rows: Int) -> Int {
    paddedRows(rows, kernels: .best)
  }

  /// To oneDNN each number of rows that meets a matrix costs about a millisecond of code generation,
  /// once a process. So rows are counted in a few sizes, and a text that grows by a token meets no
  /// new one. Our own kernels take any number.
  package static func paddedRows(_ rows: Int, kernels: Kernels) -> Int {
    guard kernels == .oneDNN else { return rows }
    let (blocks, rest) = rows.quotientAndRemainder(dividingBy: blockRows)
    let padded =
      switch rest {
      case 0...2: rest
      case ...64: (rest + 3) / 4 * 4
      default: (rest + 31) / 32 * 32
      }
    return blocks * blockRows + padded
  }

  /// The most rows that one primitive takes; more are several calls.
  static let blockRows = 128

  /// `out[m, n] = left[m, k] * self[k, n]`, or `out += …`.
  ///
  /// Both buffers are row-major without gaps and have room for `paddedRows(rows)` rows; what stands
  /// beyond `rows` in `left` is read, and is overwritten in `out`.
  /// - Throws: `TensorError.productFailed`.
  public func multiply(
    _ left: [Float], rows leftRows: Int, into out: inout [Float], accumulates: Bool = false,
    workers: Workers = .all
  ) throws {
    let padded = padded(leftRows)
    precondition(left.count >= padded * rows && out.count >= padded * columns)
    try unsafe left.withUnsafeBufferPointer { left in
      try unsafe out.withUnsafeMutableBufferPointer { out in
        guard let left = left.baseAddress, let out = out.baseAddress else { return }
        try unsafe multiply(
          left, rows: padded, bias: nil, into: out, accumulates: accumulates, workers: workers)
      }
    }
  }

  /// `left * self + bias`, `[rows, columns]` with room for `paddedRows(rows)` rows.
  /// - Parameter left: as above.
  /// - Throws: `TensorError.productFailed`.
  public func product(
    _ left: [Float], rows leftRows: Int, bias: [Float]? = nil, workers: Workers = .all
  ) throws -> [Float] {
    let padded = padded(leftRows)
    precondition(left.count >= padded * rows && (bias?.count ?? columns) == columns)
    // Without rows to add up there is no panel that would write.
    guard rows > 0 else { return repeated(bias ?? zeros(columns), count: padded) }
    return try unsafe largeArray(padded * columns) { out in
      try unsafe left.withUnsafeBufferPointer { left in
        guard let left = left.baseAddress, let out = out.baseAddress else { return }
        guard let bias else {
          return try unsafe multiply(left, rows: padded, bias: nil, into: out, workers: workers)
        }
        try unsafe bias.withUnsafeBufferPointer { bias in
          try unsafe multiply(
            left, rows: padded, bias: bias.baseAddress, into: out, workers: workers)
        }
      }
    }
  }

  /// `left * self`.
  public func multiply(_ left: Matrix, workers: Workers = .all) throws -> Matrix {
    precondition(left.columns == rows, "the shapes of a product must fit")
    let padded = padded(left.rows)
    var elements = left.elements
    elements.append(contentsOf: repeatElement(0, count: padded * rows - elements.count))
    var out = [Float](repeating: 0, count: padded * columns)
    try multiply(elements, rows: left.rows, into: &out, workers: workers)
    out.removeLast((padded - left.rows) * columns)
    return Matrix(rows: left.rows, columns: columns, elements: out)
  }

  private func padded(_ rows: Int) -> Int {
    if case .panels = storage { Self.paddedRows(rows, kernels: .oneDNN) } else { rows }
  }

  private func multiply(
    _ left: UnsafePointer<Float>, rows leftRows: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, accumulates: Bool = false, workers: Workers
  ) throws {
    let isSmall = leftRows * rows * columns < 1 << 21
    let workers = isSmall ? .one : workers
    nonisolated(unsafe) let left = unsafe left
    nonisolated(unsafe) let out = unsafe out
    nonisolated(unsafe) let bias = unsafe bias
    switch storage {
    case .strips(let strips):
      inParts(rows: leftRows, strips: strips.count, workers: workers) { first, count, part in
        unsafe strips.multiply(
          left + first * rows, rows: count, strips: part, bias: bias, into: out + first * columns,
          accumulates: accumulates)
      }
    case .turned(let strips):
      inParts(
        rows: leftRows, strips: (columns + Strips.width - 1) / Strips.width, workers: workers
      ) { first, count, part in
        unsafe strips.multiplyTurned(
          left + first * rows, rows: count, strips: part, bias: bias, into: out + first * columns,
          accumulates: accumulates)
      }
    case .panels(let panels):
      let blocks = (leftRows + Self.blockRows - 1) / Self.blockRows
      let failures = Atomic(0)
      workers.forEach(blocks * panels.count) { part in
        let first = part % blocks * Self.blockRows
        let done = unsafe panels[part / blocks].multiply(
          left + first * rows, rows: min(Self.blockRows, leftRows - first),
          bias: bias, into: out + first * columns, outStride: columns, accumulates: accumulates)
        if !done { failures.add(1, ordering: .relaxed) }
      }
      if failures.load(ordering: .relaxed) > 0 {
        throw TensorError.productFailed(rows: leftRows, columns: columns)
      }
    }
  }
}

extension PackedMatrix {
  /// Rows that one part takes at most: what a kernel packs at a time.
  private static let partRows = 8 * kernels_tile_rows
  /// Enough to keep many cores busy to the end.
  private static let leastParts = 16

  /// A product of our own kernels, cut by rows and by strips of columns.
  private func inParts(
    rows: Int, strips: Int, workers: Workers,
    _ body: @Sendable (_ first: Int, _ count: Int, _ strips: Range<Int>) -> Void
  ) {
    let blocks = max(1, (rows + Self.partRows - 1) / Self.partRows)
    let cuts = workers.count == 1 ? 1 : min(strips, (Self.leastParts + blocks - 1) / blocks)
    workers.forEach(blocks * cuts) { (part: Int) in
      let (block, cut) = (part / cuts, part % cuts)
      let first = rows * block / blocks
      body(
        first, rows * (block + 1) / blocks - first, strips * cut / cuts..<strips * (cut + 1) / cuts)
    }
  }
}

extension PackedMatrix.Panel {
  /// `out` and `bias` point to the first column of the whole row, not of the panel.
  /// - Returns: false where oneDNN failed.
  func multiply(
    _ left: UnsafePointer<Float>, rows: Int, bias: UnsafePointer<Float>? = nil,
    into out: UnsafeMutablePointer<Float>, outStride: Int, accumulates: Bool
  ) -> Bool {
    unsafe onednn_multiply(
      handle, left, Int64(rows), bias.map { unsafe $0 + columns.lowerBound },
      out + columns.lowerBound, Int64(outStride),
      accumulates ? 1 : 0) == 0
  }
}

import CKernels
import Synchronization

extension PackedMatrix {
  /// `out[m, n] = left[m, k] * self[k, n]`, or `out += …`.
  ///
  /// Both buffers are row-major without gaps. Rows after `leftRows` are neither read nor written.
  /// - Throws: `TensorError.productFailed`.
  public func multiply(
    _ left: [Float], rows leftRows: Int, into out: inout [Float], accumulates: Bool = false,
    workers: Workers = .all
  ) throws {
    precondition(left.count >= leftRows * rows && out.count >= leftRows * columns)
    try unsafe left.withUnsafeBufferPointer { left in
      try unsafe out.withUnsafeMutableBufferPointer { out in
        guard let left = left.baseAddress, let out = out.baseAddress else { return }
        try unsafe multiply(
          left, rows: leftRows, strips: 0..<stripCount, bias: nil, into: out,
          accumulates: accumulates, workers: workers)
      }
    }
  }

  /// `left * self + bias`, `[leftRows, columns]`.
  /// - Throws: `TensorError.productFailed`.
  public func product(
    _ left: [Float], rows leftRows: Int, bias: [Float]? = nil, workers: Workers = .all
  ) throws -> [Float] {
    precondition(left.count >= leftRows * rows && (bias?.count ?? columns) == columns)
    // An empty array may have no address.
    guard rows > 0 else { return repeated(bias ?? zeros(columns), count: leftRows) }
    return try unsafe largeArray(leftRows * columns) { out in
      guard let out = out.baseAddress else { return }
      try unsafe multiply(
        left, rows: leftRows, strips: 0..<stripCount, bias: bias, into: out, workers: workers)
    }
  }

  /// The same if the first `columns` columns are needed only for some rows: in the other rows,
  /// those of them that fill whole strips are zero.
  /// - Throws: `TensorError.productFailed`.
  public func product(
    _ left: [Float], rows leftRows: Int, first columns: Int, only numbers: [Int],
    bias: [Float]? = nil, workers: Workers = .all
  ) throws -> [Float] {
    precondition(columns <= self.columns)
    let strips = columns / stripWidth
    guard strips > 0, numbers.count < leftRows else {
      return try product(left, rows: leftRows, bias: bias, workers: workers)
    }
    precondition(left.count >= leftRows * rows && (bias?.count ?? self.columns) == self.columns)
    let (width, few) = (self.columns, strips * stripWidth)
    let chosen = numbers.flatMap { left[$0 * rows..<($0 + 1) * rows] }
    return try unsafe largeArray(leftRows * width) { out in
      guard let start = out.baseAddress else { return }
      try unsafe multiply(
        left, rows: leftRows, strips: strips..<stripCount, bias: bias, into: start,
        workers: workers)
      for row in 0..<leftRows { unsafe (start + row * width).update(repeating: 0, count: few) }
      var products = zeros(numbers.count * width)
      try unsafe products.withUnsafeMutableBufferPointer { products in
        guard let products = products.baseAddress else { return }
        try unsafe multiply(
          chosen, rows: numbers.count, strips: 0..<strips, bias: bias, into: products,
          workers: workers)
        for (place, row) in numbers.enumerated() {
          unsafe (start + row * width).update(from: products + place * width, count: few)
        }
      }
    }
  }

  private func multiply(
    _ left: [Float], rows leftRows: Int, strips: Range<Int>, bias: [Float]?,
    into out: UnsafeMutablePointer<Float>, workers: Workers
  ) throws {
    try unsafe left.withUnsafeBufferPointer { left in
      guard let left = left.baseAddress else { return }
      guard let bias else {
        return try unsafe multiply(
          left, rows: leftRows, strips: strips, bias: nil, into: out, workers: workers)
      }
      try unsafe bias.withUnsafeBufferPointer { bias in
        try unsafe multiply(
          left, rows: leftRows, strips: strips, bias: bias.baseAddress, into: out,
          workers: workers)
      }
    }
  }

  /// `left * self`.
  public func multiply(_ left: Matrix, workers: Workers = .all) throws -> Matrix {
    precondition(left.columns == rows, "the shapes of a product must fit")
    var out = [Float](repeating: 0, count: left.rows * columns)
    try multiply(left.elements, rows: left.rows, into: &out, workers: workers)
    return Matrix(rows: left.rows, columns: columns, elements: out)
  }

  /// - Parameter range: the strips of columns that are computed.
  private func multiply(
    _ left: UnsafePointer<Float>, rows leftRows: Int, strips range: Range<Int>,
    bias: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, accumulates: Bool = false,
    workers: Workers
  ) throws {
    let isSmall = leftRows * rows * range.count * stripWidth < 1 << 21
    let workers = isSmall ? .one : workers
    nonisolated(unsafe) let left = unsafe left
    nonisolated(unsafe) let out = unsafe out
    nonisolated(unsafe) let bias = unsafe bias
    let isDone =
      switch storage {
      case .strips(let strips):
        inParts(rows: leftRows, strips: range, workers: workers) { first, count, part in
          unsafe strips.multiply(
            left + first * rows, rows: count, strips: part, bias: bias,
            into: out + first * columns, accumulates: accumulates)
        }
      case .transposed(let strips):
        inParts(rows: leftRows, strips: range, workers: workers) { first, count, part in
          unsafe strips.multiplyTransposed(
            left + first * rows, rows: count, strips: part, bias: bias,
            into: out + first * columns, accumulates: accumulates)
        }
      case .halves(let strips):
        inParts(rows: leftRows, strips: range, workers: workers) { first, count, part in
          unsafe strips.multiply(
            left + first * rows, rows: count, strips: part, bias: bias,
            into: out + first * columns, accumulates: accumulates)
        }
      case .transposedHalves(let strips):
        inParts(rows: leftRows, strips: range, workers: workers) { first, count, part in
          unsafe strips.multiplyTransposed(
            left + first * rows, rows: count, strips: part, bias: bias,
            into: out + first * columns, accumulates: accumulates)
        }
      }
    if !isDone { throw TensorError.productFailed(rows: leftRows, columns: columns) }
  }
}

extension PackedMatrix {
  /// The most rows in a part: what a kernel packs at once.
  private static let partRows = 8 * kernels_tile_rows
  /// Enough to keep many cores busy to the end.
  private static let leastParts = 16
  /// The fewest strips in a part if there are parts for all threads. Each part packs its rows
  /// itself: with 64 rows and two strips, this took a fifth of the time.
  private static let leastStrips = 6

  private var stripCount: Int { (columns + stripWidth - 1) / stripWidth }

  /// A product, divided by rows and by strips of columns.
  /// - Returns: false if a part failed.
  private func inParts(
    rows: Int, strips range: Range<Int>, workers: Workers,
    _ body: @Sendable (_ first: Int, _ count: Int, _ strips: Range<Int>) -> Bool
  ) -> Bool {
    let (start, strips) = (range.lowerBound, range.count)
    let blocks = max(1, (rows + Self.partRows - 1) / Self.partRows)
    let cuts = Self.cuts(of: strips, blocks: blocks, threads: workers.threads)
    let failures = Atomic(0)
    workers.forEach(blocks * cuts) { (part: Int) in
      let (block, cut) = (part / cuts, part % cuts)
      let first = rows * block / blocks
      let isDone = body(
        first, rows * (block + 1) / blocks - first,
        start + strips * cut / cuts..<start + strips * (cut + 1) / cuts)
      if !isDone { failures.add(1, ordering: .relaxed) }
    }
    return failures.load(ordering: .relaxed) == 0
  }

  /// The number of parts into which the strips of each block of rows are divided.
  private static func cuts(of strips: Int, blocks: Int, threads: Int) -> Int {
    guard threads > 1 else { return 1 }
    let least = (threads + blocks - 1) / blocks
    let most = (leastParts + blocks - 1) / blocks
    let cuts = max(least, min(most, strips / leastStrips))
    // As many for each thread.
    return min(strips, cuts - cuts % least)
  }
}

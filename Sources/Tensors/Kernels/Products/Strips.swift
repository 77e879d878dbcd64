import CKernels

/// The number of columns in a strip.
let stripWidth = kernels_strip_columns

/// A right-hand matrix in the kernels' layout: strips of 32 columns, each with all rows.
///
/// The transpose can be computed from it block by block, so it need not be stored as well.
@safe final class Strips<Number: StripNumber>: Sendable {
  let rows: Int
  let columns: Int
  let format: Number.Format
  /// The rows in memory, which complete the last interleaved ones.
  private let storedRows: Int
  private let memory: PackedMemory<Number>

  var count: Int { (columns + stripWidth - 1) / stripWidth }

  /// The first number. Nothing is written after `init`.
  var start: UnsafePointer<Number> { unsafe UnsafePointer(memory.start) }

  /// - Throws: `TensorError.packingFailed`.
  private init(rows: Int, columns: Int, format: Number.Format, uninitialized: Void) throws {
    (self.rows, self.columns, self.format) = (rows, columns, format)
    let together = Number.interleavedRows(format)
    storedRows = (rows + together - 1) / together * together
    let strips = (columns + stripWidth - 1) / stripWidth
    guard let memory = PackedMemory<Number>(numbers: strips * storedRows * stripWidth) else {
      throw TensorError.packingFailed(rows: rows, columns: columns)
    }
    self.memory = memory
  }

  /// Packs `matrix[r * rowStride + c * columnStride]`.
  /// - Throws: `TensorError.packingFailed`.
  convenience init(
    _ matrix: UnsafeBufferPointer<Number>, format: Number.Format, rows: Int, columns: Int,
    rowStride: Int, columnStride: Int
  ) throws {
    try self.init(rows: rows, columns: columns, format: format, uninitialized: ())
    guard let matrix = matrix.baseAddress, rows > 0 else { return }
    for strip in 0..<count {
      let column = strip * stripWidth
      unsafe Number.pack(
        matrix + column * columnStride, format: format, rows: rows,
        columns: min(stripWidth, columns - column), rowStride: rowStride,
        columnStride: columnStride, into: memory.start + column * storedRows)
    }
  }

  /// The transpose of a packed matrix whose rows are not interleaved.
  /// - Throws: `TensorError.packingFailed`.
  convenience init(transposing source: Strips, workers: Workers) throws {
    try self.init(
      rows: source.columns, columns: source.rows, format: source.format, uninitialized: ())
    precondition(Number.interleavedRows(format) == 1, "pairs are transposed where they are used")
    workers.forEach(count) { strip in
      let column = strip * stripWidth
      for other in 0..<source.count {
        let row = other * stripWidth
        // A block of 32 x 32 numbers is contiguous in both.
        unsafe Number.pack(
          source.start + row * source.rows + column * stripWidth, format: format,
          rows: min(stripWidth, rows - row), columns: min(stripWidth, columns - column),
          rowStride: 1, columnStride: stripWidth,
          into: memory.start + column * rows + row * stripWidth)
      }
    }
  }

  var sizeInBytes: Int { memory.byteCount }

  subscript(row: Int, column: Int) -> Float {
    let (strip, place) = column.quotientAndRemainder(dividingBy: stripWidth)
    let together = Number.interleavedRows(format)
    let (group, part) = row.quotientAndRemainder(dividingBy: together)
    let index = (strip * storedRows + group * together) * stripWidth + place * together + part
    return unsafe start[index].float(format)
  }

  /// `out[m, columns] = left[m, k] * self + bias`, or `out += left * self`, for some strips, on the
  /// calling thread. Pointers are to the first column of a whole row.
  /// - Returns: false if there is no memory.
  func multiply(
    _ left: UnsafePointer<Float>, rows leftRows: Int, strips: Range<Int>,
    bias: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, accumulates: Bool
  ) -> Bool {
    let first = strips.lowerBound * stripWidth
    let end = min(columns, strips.upperBound * stripWidth)
    let bias = unsafe bias.map { unsafe $0 + first }
    return unsafe Number.multiply(
      left, rows: leftRows, depth: rows, strips: start + first * storedRows, format: format,
      columns: end - first, bias: bias, into: out + first, stride: columns,
      accumulates: accumulates)
  }

  /// The same with the transpose, where strips are ranges of this matrix's rows.
  func multiplyTransposed(
    _ left: UnsafePointer<Float>, rows leftRows: Int, strips: Range<Int>,
    bias: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, accumulates: Bool
  ) -> Bool {
    let first = strips.lowerBound * stripWidth
    let end = min(rows, strips.upperBound * stripWidth)
    let bias = unsafe bias.map { unsafe $0 + first }
    return unsafe Number.multiplyTransposed(
      left, rows: leftRows, depth: columns, strips: start, format: format, stripRows: rows,
      first: first, columns: end - first, bias: bias, into: out + first, stride: rows,
      accumulates: accumulates)
  }
}

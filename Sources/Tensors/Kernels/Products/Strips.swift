import CKernels

/// A right-hand matrix as our own kernels read it: strips of 32 columns, each with all rows.
///
/// The transpose is made of it block by block, so that it need not be kept beside it.
@safe final class Strips: Sendable {
  let rows: Int
  let columns: Int
  /// Never written after `init`.
  nonisolated(unsafe) let start: UnsafeMutablePointer<Float>
  private let memory: PackedMemory

  static let width = kernels_strip_columns

  var count: Int { (columns + Self.width - 1) / Self.width }

  /// - Throws: `TensorError.packingFailed`.
  private init(rows: Int, columns: Int, uninitialized: Void) throws {
    self.rows = rows
    self.columns = columns
    let strips = (columns + Self.width - 1) / Self.width
    guard let memory = PackedMemory(numbers: strips * rows * Self.width) else {
      throw TensorError.packingFailed(rows: rows, columns: columns)
    }
    self.memory = memory
    unsafe start = memory.start
  }

  /// Packs `matrix[r * rowStride + c * columnStride]`.
  convenience init(
    _ matrix: UnsafeBufferPointer<Float>, rows: Int, columns: Int, rowStride: Int,
    columnStride: Int
  ) throws {
    try self.init(rows: rows, columns: columns, uninitialized: ())
    guard let matrix = matrix.baseAddress, rows > 0 else { return }
    for strip in 0..<count {
      let column = strip * Self.width
      unsafe kernels_pack_strip(
        matrix + column * columnStride, Int64(rows), Int64(min(Self.width, columns - column)),
        Int64(rowStride), Int64(columnStride), start + column * rows)
    }
  }

  /// The transpose of a matrix that is packed already.
  convenience init(transposing source: Strips, workers: Workers) throws {
    try self.init(rows: source.columns, columns: source.rows, uninitialized: ())
    let width = Self.width
    workers.forEach(count) { strip in
      let column = strip * width
      for other in 0..<source.count {
        let row = other * width
        // A block of 32 x 32 numbers lies together here and there.
        unsafe kernels_pack_strip(
          source.start + row * source.rows + column * width, Int64(min(width, rows - row)),
          Int64(min(width, columns - column)), 1, Int64(width),
          start + column * rows + row * width)
      }
    }
  }

  var sizeInBytes: Int { memory.byteCount }

  subscript(row: Int, column: Int) -> Float {
    let (strip, place) = column.quotientAndRemainder(dividingBy: Self.width)
    let index = (strip * rows + row) * Self.width + place
    return unsafe start[index]
  }

  /// `out[m, columns] = left[m, k] * self + bias`, or `out += left * self`, for some strips, on
  /// the calling thread. Pointers are to a whole row's first column.
  /// - Returns: false where there is no memory.
  func multiply(
    _ left: UnsafePointer<Float>, rows leftRows: Int, strips: Range<Int>,
    bias: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, accumulates: Bool
  ) -> Bool {
    let first = strips.lowerBound * Self.width
    let end = min(columns, strips.upperBound * Self.width)
    let bias = unsafe bias.map { unsafe $0 + first }
    return unsafe kernels_multiply(
      left, Int64(rows), Int64(leftRows), Int64(rows), start + first * rows, Int64(end - first),
      bias, out + first, Int64(columns), accumulates ? 1 : 0) == 0
  }

  /// The same with the transpose, for rows of this matrix counted as strips.
  func multiplyTurned(
    _ left: UnsafePointer<Float>, rows leftRows: Int, strips: Range<Int>,
    bias: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, accumulates: Bool
  ) -> Bool {
    let first = strips.lowerBound * Self.width
    let end = min(rows, strips.upperBound * Self.width)
    let bias = unsafe bias.map { unsafe $0 + first }
    return unsafe kernels_multiply_turned_rows(
      left, Int64(columns), Int64(leftRows), Int64(columns), start, Int64(rows), Int64(first),
      Int64(end - first), bias, out + first, Int64(rows), accumulates ? 1 : 0) == 0
  }
}

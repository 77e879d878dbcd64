import CKernels

/// A right-hand matrix of numbers of two bytes each, in strips as `Strips` has them. Its products are
/// those of the same numbers in four bytes, bit by bit.
@safe final class HalfStrips: Sendable {
  let rows: Int
  let columns: Int
  let format: HalfFormat
  /// Never written after `init`.
  nonisolated(unsafe) let start: UnsafeMutablePointer<UInt16>
  private let memory: PackedMemory

  private static let width = Strips.width

  var count: Int { (columns + Self.width - 1) / Self.width }

  /// - Throws: `TensorError.packingFailed`.
  private init(rows: Int, columns: Int, format: HalfFormat, uninitialized: Void) throws {
    (self.rows, self.columns, self.format) = (rows, columns, format)
    let width = Self.width
    let strips = (columns + width - 1) / width
    let numbers = strips * rows * width
    guard let memory = PackedMemory(numbers: (numbers + 1) / 2) else {
      throw TensorError.packingFailed(rows: rows, columns: columns)
    }
    self.memory = memory
    unsafe start = UnsafeMutableRawPointer(memory.start)
      .bindMemory(to: UInt16.self, capacity: numbers)
  }

  /// Packs `matrix[r * rowStride + c * columnStride]`.
  /// - Throws: `TensorError.packingFailed`.
  convenience init(
    _ matrix: UnsafeBufferPointer<UInt16>, format: HalfFormat, rows: Int, columns: Int,
    rowStride: Int,
    columnStride: Int
  ) throws {
    try self.init(rows: rows, columns: columns, format: format, uninitialized: ())
    let width = Self.width
    guard let matrix = matrix.baseAddress else { return }
    for strip in 0..<count {
      let column = strip * width
      unsafe kernels_pack_half_strip(
        matrix + column * columnStride, Int64(rows), Int64(min(width, columns - column)),
        Int64(rowStride), Int64(columnStride), start + column * rows)
    }
  }

  /// The transpose of a matrix that is packed already.
  /// - Throws: `TensorError.packingFailed`.
  convenience init(transposing source: HalfStrips, workers: Workers) throws {
    try self.init(
      rows: source.columns, columns: source.rows, format: source.format, uninitialized: ())
    let width = Self.width
    workers.forEach(count) { strip in
      let column = strip * width
      for other in 0..<source.count {
        let row = other * width
        // A block of 32 x 32 numbers lies together here and there.
        unsafe kernels_pack_half_strip(
          source.start + row * source.rows + column * width, Int64(min(width, rows - row)),
          Int64(min(width, columns - column)), 1, Int64(width),
          start + column * rows + row * width)
      }
    }
  }

  var sizeInBytes: Int { memory.byteCount }

  subscript(row: Int, column: Int) -> Float {
    let (strip, place) = column.quotientAndRemainder(dividingBy: Self.width)
    return format.float(unsafe start[(strip * rows + row) * Self.width + place])
  }

  /// As `Strips.multiply`.
  func multiply(
    _ left: UnsafePointer<Float>, rows leftRows: Int, strips: Range<Int>,
    bias: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, accumulates: Bool
  ) -> Bool {
    let first = strips.lowerBound * Self.width
    let end = min(columns, strips.upperBound * Self.width)
    let bias = unsafe bias.map { unsafe $0 + first }
    return unsafe kernels_multiply_halves(
      left, Int64(rows), Int64(leftRows), Int64(rows), start + first * rows, format.kernelFormat,
      Int64(end - first), bias, out + first, Int64(columns), accumulates ? 1 : 0) == 0
  }

  /// As `Strips.multiplyTurned`.
  func multiplyTurned(
    _ left: UnsafePointer<Float>, rows leftRows: Int, strips: Range<Int>,
    bias: UnsafePointer<Float>?, into out: UnsafeMutablePointer<Float>, accumulates: Bool
  ) -> Bool {
    let first = strips.lowerBound * Self.width
    let end = min(rows, strips.upperBound * Self.width)
    let bias = unsafe bias.map { unsafe $0 + first }
    return unsafe kernels_multiply_turned_halves(
      left, Int64(columns), Int64(leftRows), Int64(columns), start, format.kernelFormat,
      Int64(rows), Int64(first), Int64(end - first), bias, out + first, Int64(rows),
      accumulates ? 1 : 0) == 0
  }
}

import CKernels

/// A number in a packed matrix, with the kernels for strips of such numbers. Products with 16-bit
/// numbers are bit for bit those of the same numbers as Float.
protocol StripNumber: BitwiseCopyable, Sendable {
  /// What is needed to interpret the bits, besides the type.
  associatedtype Format: Sendable

  func float(_ format: Format) -> Float

  /// Writes one strip: all rows of at most as many columns as a strip has.
  static func pack(
    _ matrix: UnsafePointer<Self>, rows: Int, columns: Int, rowStride: Int, columnStride: Int,
    into strip: UnsafeMutablePointer<Self>)

  /// As `Strips.multiply`, for `columns` columns from the first one of `strips`.
  /// - Returns: false if there is no memory.
  static func multiply(
    _ left: UnsafePointer<Float>, rows: Int, depth: Int, strips: UnsafePointer<Self>,
    format: Format, columns: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) -> Bool

  /// As `Strips.multiplyTransposed`, for `columns` rows of the matrix from `first` on.
  /// - Returns: false if there is no memory.
  static func multiplyTransposed(
    _ left: UnsafePointer<Float>, rows: Int, depth: Int, strips: UnsafePointer<Self>,
    format: Format, stripRows: Int, first: Int, columns: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) -> Bool
}

extension Float: StripNumber {
  typealias Format = Void

  func float(_ format: Void) -> Float { self }

  static func pack(
    _ matrix: UnsafePointer<Float>, rows: Int, columns: Int, rowStride: Int, columnStride: Int,
    into strip: UnsafeMutablePointer<Float>
  ) {
    unsafe kernels_pack_strip(
      matrix, Int64(rows), Int64(columns), Int64(rowStride), Int64(columnStride), strip)
  }

  static func multiply(
    _ left: UnsafePointer<Float>, rows: Int, depth: Int, strips: UnsafePointer<Float>,
    format: Void, columns: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) -> Bool {
    unsafe kernels_multiply(
      left, Int64(depth), Int64(rows), Int64(depth), strips, Int64(columns), bias, out,
      Int64(stride), accumulates ? 1 : 0) == 0
  }

  static func multiplyTransposed(
    _ left: UnsafePointer<Float>, rows: Int, depth: Int, strips: UnsafePointer<Float>,
    format: Void, stripRows: Int, first: Int, columns: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) -> Bool {
    unsafe kernels_multiply_transposed_rows(
      left, Int64(depth), Int64(rows), Int64(depth), strips, Int64(stripRows), Int64(first),
      Int64(columns), bias, out, Int64(stride), accumulates ? 1 : 0) == 0
  }
}

/// The bits of a 16-bit number.
extension UInt16: StripNumber {
  typealias Format = HalfFormat

  func float(_ format: HalfFormat) -> Float { format.float(self) }

  static func pack(
    _ matrix: UnsafePointer<UInt16>, rows: Int, columns: Int, rowStride: Int, columnStride: Int,
    into strip: UnsafeMutablePointer<UInt16>
  ) {
    unsafe kernels_pack_half_strip(
      matrix, Int64(rows), Int64(columns), Int64(rowStride), Int64(columnStride), strip)
  }

  static func multiply(
    _ left: UnsafePointer<Float>, rows: Int, depth: Int, strips: UnsafePointer<UInt16>,
    format: HalfFormat, columns: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) -> Bool {
    unsafe kernels_multiply_halves(
      left, Int64(depth), Int64(rows), Int64(depth), strips, format.kernelFormat, Int64(columns),
      bias, out, Int64(stride), accumulates ? 1 : 0) == 0
  }

  static func multiplyTransposed(
    _ left: UnsafePointer<Float>, rows: Int, depth: Int, strips: UnsafePointer<UInt16>,
    format: HalfFormat, stripRows: Int, first: Int, columns: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) -> Bool {
    unsafe kernels_multiply_transposed_halves(
      left, Int64(depth), Int64(rows), Int64(depth), strips, format.kernelFormat,
      Int64(stripRows), Int64(first), Int64(columns), bias, out, Int64(stride),
      accumulates ? 1 : 0) == 0
  }
}

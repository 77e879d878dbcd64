import CKernels

/// A number in a packed matrix, with the kernels for strips of such numbers.
protocol StripNumber: BitwiseCopyable, Sendable {
  /// What is needed to interpret the bits, besides the type.
  associatedtype Format: Sendable

  func float(_ format: Format) -> Float

  /// How many rows of a strip are interleaved, `[rows / n, columns, n]`; the last ones are
  /// completed with zeros.
  static func interleavedRows(_ format: Format) -> Int

  /// Writes one strip: all rows of at most as many columns as a strip has.
  static func pack(
    _ matrix: UnsafePointer<Self>, format: Format, rows: Int, columns: Int, rowStride: Int,
    columnStride: Int, into strip: UnsafeMutablePointer<Self>)

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

  static func interleavedRows(_ format: Void) -> Int { 1 }

  static func pack(
    _ matrix: UnsafePointer<Float>, format: Void, rows: Int, columns: Int, rowStride: Int,
    columnStride: Int, into strip: UnsafeMutablePointer<Float>
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

/// How 16-bit numbers are stored in strips and multiplied.
enum HalfStripFormat: Sendable {
  /// Products are bit for bit those of the same numbers as Float.
  case widened(HalfFormat)
  /// bfloat16 in pairs of two rows. The left-hand side is rounded to bfloat16 as well.
  case pairs

  /// The format of each number.
  var number: HalfFormat {
    switch self {
    case .widened(let format): format
    case .pairs: .bfloat16
    }
  }

  /// The constant for the kernels.
  var kernelFormat: Int32 {
    switch self {
    case .widened(.float16): Int32(kernels_float16)
    case .widened(.bfloat16): Int32(kernels_bfloat16)
    case .pairs: Int32(kernels_bfloat16_pairs)
    }
  }
}

/// The bits of a 16-bit number.
extension UInt16: StripNumber {
  typealias Format = HalfStripFormat

  func float(_ format: HalfStripFormat) -> Float { format.number.float(self) }

  static func interleavedRows(_ format: HalfStripFormat) -> Int {
    switch format {
    case .widened: 1
    case .pairs: 2
    }
  }

  static func pack(
    _ matrix: UnsafePointer<UInt16>, format: HalfStripFormat, rows: Int, columns: Int,
    rowStride: Int, columnStride: Int, into strip: UnsafeMutablePointer<UInt16>
  ) {
    unsafe kernels_pack_half_strip(
      matrix, format.kernelFormat, Int64(rows), Int64(columns), Int64(rowStride),
      Int64(columnStride), strip)
  }

  static func multiply(
    _ left: UnsafePointer<Float>, rows: Int, depth: Int, strips: UnsafePointer<UInt16>,
    format: HalfStripFormat, columns: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) -> Bool {
    unsafe kernels_multiply_halves(
      left, Int64(depth), Int64(rows), Int64(depth), strips, format.kernelFormat, Int64(columns),
      bias, out, Int64(stride), accumulates ? 1 : 0) == 0
  }

  static func multiplyTransposed(
    _ left: UnsafePointer<Float>, rows: Int, depth: Int, strips: UnsafePointer<UInt16>,
    format: HalfStripFormat, stripRows: Int, first: Int, columns: Int, bias: UnsafePointer<Float>?,
    into out: UnsafeMutablePointer<Float>, stride: Int, accumulates: Bool
  ) -> Bool {
    unsafe kernels_multiply_transposed_halves(
      left, Int64(depth), Int64(rows), Int64(depth), strips, format.kernelFormat,
      Int64(stripRows), Int64(first), Int64(columns), bias, out, Int64(stride),
      accumulates ? 1 : 0) == 0
  }
}

import CKernels

/// The right-hand side of matrix products, `[rows, columns]`, in the layout that the machine's
/// kernels read fastest. Immutable; packed once, used by any number of threads.
///
/// On the shapes of recurrent models the kernels reach 99 % of what two cores can add and multiply.
public struct PackedMatrix: Sendable {
  public let rows: Int
  public let columns: Int
  let storage: Storage

  enum Storage: Sendable {
    /// In our own kernels' layout.
    case strips(Strips<Float>)
    /// The transpose of what is in that layout.
    case transposed(Strips<Float>)
    /// The same two for numbers of two bytes.
    case halves(Strips<UInt16>)
    case transposedHalves(Strips<UInt16>)
  }

  /// Packs a matrix as it stands, or its transpose.
  /// - Throws: `TensorError.packingFailed`.
  public init(_ matrix: Matrix, transposed: Bool = false) throws {
    let (rows, columns) =
      transposed ? (matrix.columns, matrix.rows) : (matrix.rows, matrix.columns)
    self.init(
      try unsafe matrix.elements.withUnsafeBufferPointer { elements in
        try unsafe Strips(
          elements, format: (), rows: rows, columns: columns,
          rowStride: transposed ? 1 : matrix.columns,
          columnStride: transposed ? matrix.columns : 1)
      })
  }

  /// Packs a matrix, or its transpose, whose numbers may take two bytes and do so in it, too. The
  /// results are those of the same numbers in four bytes, bit by bit.
  /// - Throws: `TensorError.packingFailed`.
  public init(_ matrix: CompactMatrix, transposed: Bool = false) throws {
    guard case .halves(let halves, let format) = matrix.numbers, !halves.isEmpty else {
      try self.init(matrix.expanded, transposed: transposed)
      return
    }
    let (rows, columns) =
      transposed ? (matrix.columns, matrix.rows) : (matrix.rows, matrix.columns)
    self.init(
      try unsafe halves.withUnsafeBufferPointer { halves in
        try unsafe Strips(
          halves, format: format, rows: rows, columns: columns,
          rowStride: transposed ? 1 : matrix.columns,
          columnStride: transposed ? matrix.columns : 1)
      })
  }

  /// How many bits its numbers have.
  public var precision: WeightPrecision {
    switch storage {
    case .strips, .transposed: .float
    case .halves(let strips), .transposedHalves(let strips):
      strips.format == .bfloat16 ? .bfloat16 : .float
    }
  }

  init(_ strips: Strips<UInt16>) {
    rows = strips.rows
    columns = strips.columns
    storage = .halves(strips)
  }

  init(_ strips: Strips<Float>) {
    rows = strips.rows
    columns = strips.columns
    storage = .strips(strips)
  }

  /// The transpose, which takes no memory of its own.
  init(transposing strips: Strips<Float>) {
    rows = strips.columns
    columns = strips.rows
    storage = .transposed(strips)
  }

  /// The transpose, which takes no memory of its own.
  init(transposing strips: Strips<UInt16>) {
    rows = strips.columns
    columns = strips.rows
    storage = .transposedHalves(strips)
  }

  /// Bytes in memory.
  public var byteCount: Int {
    switch storage {
    case .strips(let strips): strips.sizeInBytes
    case .halves(let strips): strips.sizeInBytes
    case .transposed, .transposedHalves: 0
    }
  }

  /// `0..<count` cut into at most `parts` ranges of about equal length, each but the last a
  /// multiple of `multiple` long.
  package static func split(_ count: Int, parts: Int, multiple: Int) -> [Range<Int>] {
    let blocks = (count + multiple - 1) / multiple
    var ranges: [Range<Int>] = []
    for part in 0..<parts {
      let start = min(count, blocks * part / parts * multiple)
      let end = min(count, blocks * (part + 1) / parts * multiple)
      if start < end { ranges.append(start..<end) }
    }
    return ranges
  }
}

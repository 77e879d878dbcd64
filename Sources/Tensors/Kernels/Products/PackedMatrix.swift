import CKernels

/// The right-hand side of matrix products, `[rows, columns]`, in the layout that the kernels read
/// fastest. Immutable; it is packed once and used by any number of threads.
///
/// For the shapes of recurrent models, the kernels reach 99 % of the peak performance of two cores.
public struct PackedMatrix: Sendable {
  public let rows: Int
  public let columns: Int
  let storage: Storage

  enum Storage: Sendable {
    /// In the kernels' layout.
    case strips(Strips<Float>)
    /// The transpose of a matrix in that layout.
    case transposed(Strips<Float>)
    /// The same two for 16-bit numbers.
    case halves(Strips<UInt16>)
    case transposedHalves(Strips<UInt16>)
  }

  /// Packs a matrix or its transpose.
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

  /// Packs a matrix or its transpose; 16-bit numbers stay 16-bit numbers. The results are bit for
  /// bit those of the same numbers as Float, unless the left-hand side may be rounded too.
  /// - Parameter left: the precision that the left-hand side of products needs. For bfloat16, it is
  ///   rounded if the matrix has that format and the processor multiplies such numbers faster.
  /// - Throws: `TensorError.packingFailed`.
  public init(
    _ matrix: CompactMatrix, transposed: Bool = false, left: WeightPrecision = .float
  ) throws {
    let rounds = left == .bfloat16 && matrix.format == .bfloat16 && kernels_prefers_pairs() != 0
    try self.init(matrix, transposed: transposed, roundsLeft: rounds)
  }

  /// The same on any processor.
  /// - Parameter roundsLeft: requires bfloat16.
  package init(_ matrix: CompactMatrix, transposed: Bool = false, roundsLeft: Bool) throws {
    guard case .halves(let halves, let number) = matrix.numbers, !halves.isEmpty else {
      try self.init(matrix.expanded, transposed: transposed)
      return
    }
    precondition(!roundsLeft || number == .bfloat16, "only products of bfloat16 round both sides")
    let format = roundsLeft ? HalfStripFormat.pairs : .widened(number)
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

  /// The precision of its numbers.
  public var precision: WeightPrecision {
    switch storage {
    case .strips, .transposed: .float
    case .halves(let strips), .transposedHalves(let strips):
      strips.format.number == .bfloat16 ? .bfloat16 : .float
    }
  }

  /// Whether products round their left-hand side to bfloat16.
  package var roundsLeft: Bool {
    switch storage {
    case .halves(let strips), .transposedHalves(let strips):
      switch strips.format {
      case .pairs: true
      case .widened: false
      }
    case .strips, .transposed: false
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

  /// The transpose, which needs no memory of its own.
  init(transposing strips: Strips<Float>) {
    rows = strips.columns
    columns = strips.rows
    storage = .transposed(strips)
  }

  /// The transpose, which needs no memory of its own.
  init(transposing strips: Strips<UInt16>) {
    rows = strips.columns
    columns = strips.rows
    storage = .transposedHalves(strips)
  }

  /// The size in memory.
  public var byteCount: Int {
    switch storage {
    case .strips(let strips): strips.sizeInBytes
    case .halves(let strips): strips.sizeInBytes
    case .transposed, .transposedHalves: 0
    }
  }

  /// `0..<count` divided into at most `parts` ranges of about equal length. All lengths but the
  /// last are multiples of `multiple`.
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

import CKernels
import COneDNN

/// The right-hand side of matrix products, `[rows, columns]`, in the layout that the machine's
/// kernels read fastest. Immutable; packed once, used by any number of threads.
///
/// On processors with AVX-512 or AVX2 the kernels are our own: on the shapes of recurrent models they
/// reach 99 % of what two cores can add and multiply where oneDNN's reach 70 %, and no number of
/// rows costs them a start. Everywhere else they are oneDNN's.
public struct PackedMatrix: Sendable {
  public let rows: Int
  public let columns: Int
  let storage: Storage

  enum Storage: Sendable {
    /// In our own kernels' layout.
    case strips(Strips)
    /// The transpose of what is in that layout.
    case turned(Strips)
    /// Panels of columns, each with all rows: the parts that threads take. They follow from the
    /// shape alone, so results are the same for any number of threads.
    case panels([Panel])
  }

  /// Whose kernels multiply.
  package enum Kernels: CaseIterable, Sendable {
    case own, oneDNN

    /// Our own where they are there and fast, which they aren't in a debug build.
    package static let best: Kernels =
      Strips.areAvailable && kernels_optimized() != 0 ? .own : .oneDNN
    package var areAvailable: Bool { self == .oneDNN || Strips.areAvailable }
  }

  /// One block of columns in oneDNN's hands.
  @safe final class Panel: Sendable {
    let columns: Range<Int>
    /// What it points to is never written after packing.
    nonisolated(unsafe) let handle: OpaquePointer

    init(columns: Range<Int>, handle: OpaquePointer) {
      self.columns = columns
      unsafe self.handle = handle
    }

    deinit { unsafe onednn_free(handle) }
  }

  /// Packs a matrix as it stands, or its transpose.
  /// - Parameter panels: where to cut the columns; by default as many cuts as pay.
  /// - Throws: `TensorError.packingFailed`.
  public init(_ matrix: Matrix, transposed: Bool = false, panels: [Range<Int>]? = nil) throws {
    try self.init(matrix, transposed: transposed, panels: panels, kernels: .best)
  }

  package init(
    _ matrix: Matrix, transposed: Bool = false, panels: [Range<Int>]? = nil, kernels: Kernels
  ) throws {
    let rows = transposed ? matrix.columns : matrix.rows
    let columns = transposed ? matrix.rows : matrix.columns
    let rowStride = transposed ? 1 : matrix.columns
    let columnStride = transposed ? matrix.columns : 1
    let cuts = panels ?? Self.cuts(rows: rows, columns: columns)
    precondition(cuts.allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= columns })
    self.rows = rows
    self.columns = columns
    storage = try unsafe matrix.elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress, !elements.isEmpty else { return .panels([]) }
      if kernels == .own {
        return .strips(
          try unsafe Strips(
            base, rows: rows, columns: columns, rowStride: rowStride, columnStride: columnStride))
      }
      return .panels(
        try cuts.map { cut in
          guard
            let handle = unsafe onednn_pack(
              base + cut.lowerBound * columnStride, Int64(rows), Int64(cut.count),
              Int64(rowStride), Int64(columnStride))
          else { throw TensorError.packingFailed(rows: rows, columns: cut.count) }
          return unsafe Panel(columns: cut, handle: handle)
        })
    }
  }

  init(_ strips: Strips) {
    rows = strips.rows
    columns = strips.columns
    storage = .strips(strips)
  }

  /// The transpose, which takes no memory of its own.
  init(transposing strips: Strips) {
    rows = strips.columns
    columns = strips.rows
    storage = .turned(strips)
  }

  /// Bytes in memory.
  public var byteCount: Int {
    switch storage {
    case .strips(let strips): strips.sizeInBytes
    case .turned: 0
    case .panels(let panels):
      panels.reduce(0) { $0 + Int(unsafe onednn_packed_bytes($1.handle)) }
    }
  }

  /// Panels of whole cache lines, four of them where the matrix is too large for a core's cache.
  static func cuts(rows: Int, columns: Int) -> [Range<Int>] {
    split(columns, parts: rows * columns >= 1 << 20 ? 4 : 1, multiple: 16)
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

import COneDNN
import Synchronization

/// The transpose of a packed matrix, made when it is first asked for: who only predicts never pays
/// for what the way back needs, in time or in memory.
///
/// Our own kernels turn a large matrix round piece by piece as they multiply, so that it costs no
/// memory and, for a dozen rows or more, hardly any time. A small transpose, and one in oneDNN's
/// layout, is kept.
public final class LazyTranspose: Sendable {
  private let source: PackedMatrix
  private let panels: [Range<Int>]?
  private let kept = Mutex<PackedMatrix?>(nil)

  /// The largest transpose that is kept.
  private static let keptBytes = 2 << 20
  /// The fewest rows for which a product turns a large matrix round itself.
  private static let turnedRows = 8

  /// - Parameter panels: where the transpose's columns are cut, by default as many cuts as pay.
  public init(of source: PackedMatrix, panels: [Range<Int>]? = nil) {
    self.source = source
    self.panels = panels
  }

  /// - Parameter stepRows: for who multiplies again and again, how many rows each time. With few of
  ///   them, turning round would be most of the work: he gets a transpose of his own.
  /// - Throws: `TensorError.packingFailed`.
  public func matrix(stepRows: Int = .max, workers: Workers = .all) throws -> PackedMatrix {
    if case .strips(let strips) = source.storage, strips.sizeInBytes > Self.keptBytes {
      return stepRows < Self.turnedRows
        ? PackedMatrix(try Strips(transposing: strips, workers: workers))
        : PackedMatrix(transposing: strips)
    }
    return try kept.withLock { kept in
      if let kept { return kept }
      let made =
        if case .strips(let strips) = source.storage {
          PackedMatrix(try Strips(transposing: strips, workers: .one))
        } else {
          try PackedMatrix(
            try source.unpacked(), transposed: true, panels: panels, kernels: .oneDNN)
        }
      kept = made
      return made
    }
  }
}

extension PackedMatrix {
  /// The matrix as it was before packing.
  /// - Throws: `TensorError.packingFailed`.
  public func unpacked() throws -> Matrix {
    var matrix = Matrix(zeros: rows, columns)
    switch storage {
    case .strips(let strips):
      for row in 0..<rows {
        for column in 0..<columns { matrix[row, column] = strips[row, column] }
      }
    case .turned(let strips):
      for row in 0..<rows {
        for column in 0..<columns { matrix[row, column] = strips[column, row] }
      }
    case .panels(let panels):
      try unsafe matrix.elements.withUnsafeMutableBufferPointer { elements in
        guard let base = elements.baseAddress else { return }
        for panel in panels {
          let status = unsafe onednn_unpack(
            panel.handle, base + panel.columns.lowerBound, Int64(columns), 1)
          guard status == 0 else { throw TensorError.packingFailed(rows: rows, columns: columns) }
        }
      }
    }
    return matrix
  }
}

import COneDNN
import Synchronization

/// The transpose of a packed matrix, made when it is first asked for: who only predicts never pays
/// for what the way back needs, in time or in memory.
///
/// Our own kernels' layout is turned round as fast as memory allows, which a pass with a large
/// matrix does not notice: such a transpose lives only as long as its caller needs it. A small one,
/// and one in oneDNN's layout, is kept.
public final class LazyTranspose: Sendable {
  private let source: PackedMatrix
  private let panels: [Range<Int>]?
  private let kept = Mutex<PackedMatrix?>(nil)

  /// The largest transpose that is kept.
  private static let keptBytes = 2 << 20

  /// - Parameter panels: where the transpose's columns are cut, by default as many cuts as pay.
  public init(of source: PackedMatrix, panels: [Range<Int>]? = nil) {
    self.source = source
    self.panels = panels
  }

  /// - Throws: `TensorError.packingFailed`.
  public func matrix(workers: Workers = .all) throws -> PackedMatrix {
    if case .strips(let strips) = source.storage, strips.sizeInBytes > Self.keptBytes {
      return PackedMatrix(try Strips(transposing: strips, workers: workers))
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

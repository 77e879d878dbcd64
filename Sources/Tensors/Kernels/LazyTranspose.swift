import COneDNN
import Synchronization

/// The transpose of a packed matrix, packed when it is first asked for: who only predicts never
/// pays for what the way back needs, in time or in memory.
public final class LazyTranspose: Sendable {
  private let source: PackedMatrix
  private let panels: [Range<Int>]?
  private let packed = Mutex<PackedMatrix?>(nil)

  /// - Parameter panels: where the transpose's columns are cut, by default as many cuts as pay.
  public init(of source: PackedMatrix, panels: [Range<Int>]? = nil) {
    self.source = source
    self.panels = panels
  }

  /// - Throws: `TensorError.packingFailed`.
  public func matrix() throws -> PackedMatrix {
    try packed.withLock { packed in
      if let packed { return packed }
      let made = try PackedMatrix(try source.unpacked(), transposed: true, panels: panels)
      packed = made
      return made
    }
  }
}

extension PackedMatrix {
  /// The matrix as it was before packing.
  /// - Throws: `TensorError.packingFailed`.
  public func unpacked() throws -> Matrix {
    var matrix = Matrix(zeros: rows, columns)
    try unsafe matrix.elements.withUnsafeMutableBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      for panel in panels {
        let status = unsafe onednn_unpack(
          panel.handle, base + panel.columns.lowerBound, Int64(columns), 1)
        guard status == 0 else { throw TensorError.packingFailed(rows: rows, columns: columns) }
      }
    }
    return matrix
  }
}

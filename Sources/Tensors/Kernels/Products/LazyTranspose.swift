import Synchronization

/// The transpose of a packed matrix, made when it is first asked for: who only predicts never pays
/// for what the way back needs, in time or in memory.
///
/// The kernels turn a large matrix round piece by piece as they multiply, so that it costs no memory
/// and, for a dozen rows or more, hardly any time. A small transpose is kept.
public final class LazyTranspose: Sendable {
  private let source: PackedMatrix
  private let kept = Mutex<PackedMatrix?>(nil)

  /// The largest transpose that is kept.
  private static let keptBytes = 2 << 20
  /// The fewest rows for which a product turns a large matrix round itself.
  private static let turnedRows = 8

  public init(of source: PackedMatrix) { self.source = source }

  /// - Parameter stepRows: for who multiplies again and again, how many rows each time. With few of
  ///   them, turning round would be most of the work: he gets a transpose of his own.
  /// - Throws: `TensorError.packingFailed`.
  public func matrix(stepRows: Int = .max, workers: Workers = .all) throws -> PackedMatrix {
    switch source.storage {
    // These are turned round whatever their size: kept beside them, they would take twice as much.
    case .halves(let strips):
      return stepRows < Self.turnedRows
        ? PackedMatrix(try Strips(transposing: strips, workers: workers))
        : PackedMatrix(transposing: strips)
    case .turned(let strips): return PackedMatrix(strips)
    case .turnedHalves(let strips): return PackedMatrix(strips)
    case .strips(let strips) where strips.sizeInBytes > Self.keptBytes:
      return stepRows < Self.turnedRows
        ? PackedMatrix(try Strips(transposing: strips, workers: workers))
        : PackedMatrix(transposing: strips)
    case .strips(let strips):
      return try kept.withLock { kept in
        if let kept { return kept }
        let made = PackedMatrix(try Strips(transposing: strips, workers: .one))
        kept = made
        return made
      }
    }
  }
}

extension PackedMatrix {
  /// The matrix as it was before packing.
  public func unpacked() -> Matrix {
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
    case .halves(let strips):
      for row in 0..<rows {
        for column in 0..<columns { matrix[row, column] = strips[row, column] }
      }
    case .turnedHalves(let strips):
      for row in 0..<rows {
        for column in 0..<columns { matrix[row, column] = strips[column, row] }
      }
    }
    return matrix
  }
}

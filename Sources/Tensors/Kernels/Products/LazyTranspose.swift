import Synchronization

/// The transpose of a packed matrix, computed when it is first needed: predictions do not pay for
/// what only the backward pass needs, in time or in memory.
///
/// The kernels transpose a large matrix block by block while they multiply, so that it needs no
/// memory and, for a dozen rows or more, hardly any time. A small transpose is kept.
public final class LazyTranspose: Sendable {
  private let source: PackedMatrix
  private let kept = Mutex<PackedMatrix?>(nil)

  /// The size of the largest transpose that is kept.
  private static let keptBytes = 2 << 20
  /// The smallest number of rows for which the product transposes a large matrix itself.
  private static let transposedRows = 8

  public init(of source: PackedMatrix) { self.source = source }

  /// - Parameter stepRows: the number of rows in each of many products. If they are few,
  ///   transposing would be most of the work, so they get a transpose of their own.
  /// - Throws: `TensorError.packingFailed`.
  public func matrix(stepRows: Int = .max, workers: Workers = .all) throws -> PackedMatrix {
    switch source.storage {
    // These are transposed while they are read, whatever their size, because a stored transpose
    // would double their memory.
    case .halves(let strips):
      return stepRows < Self.transposedRows && !source.roundsLeft
        ? PackedMatrix(try Strips(transposing: strips, workers: workers))
        : PackedMatrix(transposing: strips)
    case .transposed(let strips): return PackedMatrix(strips)
    case .transposedHalves(let strips): return PackedMatrix(strips)
    case .strips(let strips) where strips.sizeInBytes > Self.keptBytes:
      return stepRows < Self.transposedRows
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
    case .transposed(let strips):
      for row in 0..<rows {
        for column in 0..<columns { matrix[row, column] = strips[column, row] }
      }
    case .halves(let strips):
      for row in 0..<rows {
        for column in 0..<columns { matrix[row, column] = strips[row, column] }
      }
    case .transposedHalves(let strips):
      for row in 0..<rows {
        for column in 0..<columns { matrix[row, column] = strips[column, row] }
      }
    }
    return matrix
  }
}

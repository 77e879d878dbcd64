import Synchronization

/// The transpose of a packed matrix, computed when it is first needed: predictions do not pay for
/// what only the backward pass needs, in time or in memory.
///
/// The kernels transpose a large matrix block by block while they multiply, so that it needs no
/// memory and, for a hundred rows or more, hardly any time. A small transpose is kept; a large one that
/// was made for many products is shared as long as someone holds it.
public final class LazyTranspose: Sendable {
  private let source: PackedMatrix
  private let kept = Mutex<PackedMatrix?>(nil)
  private let held = Mutex(Held())

  /// The transposes that someone holds.
  private struct Held {
    weak var floats: Strips<Float>?
    weak var halves: Strips<UInt16>?
  }

  /// The size of the largest transpose that is kept.
  private static let keptBytes = 2 << 20
  /// The smallest number of rows in each of many products for which these transpose a large matrix themselves.
  /// Transposing takes as long as multiplying three rows, and is repeated in each product.
  private static let transposedRows = 64

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
        ? PackedMatrix(try transpose(of: strips, \.halves, workers: workers))
        : PackedMatrix(transposing: strips)
    case .transposed(let strips): return PackedMatrix(strips)
    case .transposedHalves(let strips): return PackedMatrix(strips)
    case .strips(let strips) where strips.sizeInBytes > Self.keptBytes:
      return stepRows < Self.transposedRows
        ? PackedMatrix(try transpose(of: strips, \.floats, workers: workers))
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

  private func transpose<Number>(
    of source: Strips<Number>, _ place: WritableKeyPath<Held, Strips<Number>?>, workers: Workers
  ) throws -> Strips<Number> {
    if let transpose = held.withLock({ $0[keyPath: place] }) { return transpose }
    // Not under the lock: two threads rarely need it at once, and both results are the same.
    let transpose = try Strips(transposing: source, workers: workers)
    held.withLock { $0[keyPath: place] = transpose }
    return transpose
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

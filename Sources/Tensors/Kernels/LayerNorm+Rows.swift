import CKernels

// Layer normalisation of many rows in place, on several threads.

/// How the backward pass through a layer is defined.
public enum BackwardRule: Sendable {
  /// By the layer's derivative.
  case derivative
  /// By the layer's relevance rule, as gradient times input: see `PropagationRule`.
  case relevance
}

extension LayerNorm {
  /// The mean of each row, 0 if rows are not centred, and the inverse of its standard deviation.
  public struct Statistics: Sendable {
    var means: [Float]
    var inverses: [Float]
  }

  /// The normalised rows of `x`, `[rows, columns]`, in an array of the same size.
  public func forward(
    rows x: [Float], count: Int, workers: Workers
  ) -> (y: [Float], statistics: Statistics) {
    let columns = weight.count
    precondition(x.count >= count * columns, "a vector for each row")
    var statistics = Statistics(means: zeros(count), inverses: zeros(count))
    let y = unsafe largeArray(x.count) { y in
      unsafe y.extracting((count * columns)...).initialize(repeating: 0)
      unsafe x.withUnsafeBufferPointer { x in
        unsafe statistics.means.withUnsafeMutableBufferPointer { means in
          unsafe statistics.inverses.withUnsafeMutableBufferPointer { inverses in
            guard let xStart = x.baseAddress, let yStart = y.baseAddress,
              let meanStart = means.baseAddress, let inverseStart = inverses.baseAddress
            else {
              return
            }
            nonisolated(unsafe) let (x, y, means, inverses) = unsafe (
              xStart, yStart, meanStart, inverseStart
            )
            workers.forEachRow(count, cost: columns) { row in
              unsafe kernels_normalise(
                x + row * columns, weight, bias, centres ? 1 : 0, epsilon, Int64(columns),
                y + row * columns, means + row, inverses + row)
            }
          }
        }
      }
    }
    return (y, statistics)
  }

  /// The gradient at `x`, from the rows that were passed to `forward`.
  public func backward(
    _ dy: [Float], rows x: [Float], statistics: Statistics, rule: BackwardRule, workers: Workers
  ) -> [Float] {
    let columns = weight.count
    let count = statistics.means.count
    precondition(dy.count >= count * columns && x.count >= count * columns)
    return unsafe largeArray(dy.count) { dx in
      unsafe dx.extracting((count * columns)...).initialize(repeating: 0)
      unsafe x.withUnsafeBufferPointer { x in
        unsafe dy.withUnsafeBufferPointer { dy in
          guard let xStart = x.baseAddress, let dyStart = dy.baseAddress,
            let dxStart = dx.baseAddress
          else {
            return
          }
          nonisolated(unsafe) let (x, dy, dx) = unsafe (xStart, dyStart, dxStart)
          workers.forEachRow(count, cost: columns) { row in
            let at = row * columns
            // For relevance, the standard deviation is a constant.
            unsafe kernels_normalise_backward(
              dy + at, x + at, weight, statistics.means[row], statistics.inverses[row],
              centres ? 1 : 0, rule == .relevance ? 1 : 0, Int64(columns), dx + at)
          }
        }
      }
    }
  }
}

extension Workers {
  /// Calls `body` for each row; cheap rows are joined into larger parts.
  func forEachRow(_ count: Int, cost: Int, _ body: @Sendable (Int) -> Void) {
    let block = max(1, 16_384 / max(1, cost))
    forEach((count + block - 1) / block) { part in
      for row in part * block..<min(count, (part + 1) * block) { body(row) }
    }
  }
}

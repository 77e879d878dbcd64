// Layer normalisation over many rows in place, on several threads.

/// How a pass goes back through a layer.
public enum BackwardRule: Sendable {
  /// By its derivative.
  case derivative
  /// By its relevance rule, in the form of gradient times input: see `PropagationRule`.
  case relevance
}

extension LayerNorm {
  /// A row's mean, 0 where it is not centred, and one over its standard deviation.
  public struct Statistics: Sendable {
    var means: [Float]
    var inverses: [Float]
  }

  /// The normalised rows of `x`, `[rows, columns]` and with the same room behind.
  public func forward(
    rows x: [Float], count: Int, workers: Workers
  ) -> (y: [Float], statistics: Statistics) {
    let columns = weight.count
    precondition(x.count >= count * columns, "a vector for each row")
    var statistics = Statistics(means: zeros(count), inverses: zeros(count))
    var y = zeros(x.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeMutableBufferPointer { y in
        unsafe statistics.means.withUnsafeMutableBufferPointer { means in
          unsafe statistics.inverses.withUnsafeMutableBufferPointer { inverses in
            guard let xStart = x.baseAddress, let yStart = y.baseAddress else { return }
            nonisolated(unsafe) let (x, y, means, inverses) = unsafe (
              xStart, yStart, means, inverses
            )
            workers.forEachRow(count, cost: columns) { row in
              let from = unsafe x + row * columns
              let mean = unsafe centres ? rowSum(from, count: columns) / Float(columns) : 0
              let variance = unsafe rowSquares(from, around: mean, count: columns) / Float(columns)
              let inverse = 1 / (variance + epsilon).squareRoot()
              unsafe means[row] = mean
              unsafe inverses[row] = inverse
              unsafe scale(from, mean: mean, by: inverse, into: y + row * columns)
            }
          }
        }
      }
    }
    return (y, statistics)
  }

  /// The gradient at `x`, given the rows that `forward` was given.
  public func backward(
    _ dy: [Float], rows x: [Float], statistics: Statistics, rule: BackwardRule, workers: Workers
  ) -> [Float] {
    let columns = weight.count
    let count = statistics.means.count
    precondition(dy.count >= count * columns && x.count >= count * columns)
    var dx = zeros(dy.count)
    unsafe x.withUnsafeBufferPointer { x in
      unsafe dy.withUnsafeBufferPointer { dy in
        unsafe dx.withUnsafeMutableBufferPointer { dx in
          guard let xStart = x.baseAddress, let dyStart = dy.baseAddress,
            let dxStart = dx.baseAddress
          else {
            return
          }
          nonisolated(unsafe) let (x, dy, dx) = unsafe (xStart, dyStart, dxStart)
          workers.forEachRow(count, cost: columns) { row in
            let at = row * columns
            unsafe back(
              dy + at, x: x + at, mean: statistics.means[row], inverse: statistics.inverses[row],
              rule: rule, into: dx + at)
          }
        }
      }
    }
    return dx
  }

  private func scale(
    _ x: UnsafePointer<Float>, mean: Float, by inverse: Float, into y: UnsafeMutablePointer<Float>
  ) {
    unsafe weight.withUnsafeBufferPointer { weight in
      unsafe bias.withUnsafeBufferPointer { bias in
        for column in 0..<weight.count {
          unsafe y[column] = (x[column] - mean) * inverse * weight[column] + bias[column]
        }
      }
    }
  }

  private func back(
    _ dy: UnsafePointer<Float>, x: UnsafePointer<Float>, mean: Float, inverse: Float,
    rule: BackwardRule, into dx: UnsafeMutablePointer<Float>
  ) {
    let columns = weight.count
    unsafe weight.withUnsafeBufferPointer { weight in
      // forward:  normalised = (x - mean(x)) * inverse;  y = normalised * weight + bias
      for column in 0..<columns { unsafe dx[column] = dy[column] * weight[column] }
    }
    let average = unsafe centres ? rowSum(dx, count: columns) / Float(columns) : 0
    // The standard deviation is a constant where relevance is asked for.
    let along =
      unsafe rule == .relevance
      ? 0 : rowDot(dx, x, minus: mean, count: columns) * inverse * inverse / Float(columns)
    for column in 0..<columns {
      unsafe dx[column] = inverse * (dx[column] - average - (x[column] - mean) * along)
    }
  }
}

extension Workers {
  /// Calls `body` for each row, some rows at a time where a row costs little.
  func forEachRow(_ count: Int, cost: Int, _ body: @Sendable (Int) -> Void) {
    let block = max(1, 16_384 / max(1, cost))
    forEach((count + block - 1) / block) { part in
      for row in part * block..<min(count, (part + 1) * block) { body(row) }
    }
  }
}

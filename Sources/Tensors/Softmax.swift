import RealModule

extension Matrix {
  /// The softmax of each row: `e^x / sum e^x`.
  public func softmax() -> Matrix {
    mapRows { row, _ in
      let largest = row.max() ?? 0
      let powers = Activation.exp.forward(row.map { $0 - largest })
      let factor = 1 / powers.reduce(0, +)
      return powers.map { $0 * factor }
    }
  }

  /// The gradient at the input, if this matrix is the result of the softmax.
  public func softmaxBackward(_ dy: Matrix) -> Matrix {
    precondition(dy.rows == rows && dy.columns == columns, "a gradient has its value's shape")
    return mapRows { y, index in
      // forward:  y[i] = e^x[i] / sum e^x
      let d = dy[row: index]
      let dot = zip(y, d).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(y, d).map { $0 * ($1 - dot) }
    }
  }

  /// `x - log(sum e^x)` for each row.
  public func logSoftmax() -> Matrix {
    mapRows { row, _ in
      let largest = row.max() ?? 0
      let powers = Activation.exp.forward(row.map { $0 - largest })
      let logSum = largest + Float(Double.log(Double(powers.reduce(0, +))))
      return row.map { $0 - logSum }
    }
  }

  /// The gradient at the input, if this matrix is the result of the log-softmax.
  public func logSoftmaxBackward(_ dy: Matrix) -> Matrix {
    precondition(dy.rows == rows && dy.columns == columns, "a gradient has its value's shape")
    return mapRows { y, index in
      // forward:  y[i] = x[i] - log(sum e^x)
      let d = dy[row: index]
      let sum = d.reduce(0, +)
      return zip(Activation.exp.forward(y), d).map { $1 - $0 * sum }
    }
  }

  private func mapRows(_ transform: ([Float], Int) -> [Float]) -> Matrix {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows).flatMap { transform(self[row: $0], $0) })
  }
}

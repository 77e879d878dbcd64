/// Layer normalisation: each row is given the mean 0 and the variance 1, then each column is
/// multiplied by a factor and shifted.
///
/// Without centring, each row is only divided by its root mean square (RMSNorm).
///
/// Sources: Ba, Kiros and Hinton 2016, arXiv:1607.06450, equation 4; Zhang and Sennrich 2019,
/// arXiv:1910.07467, equation 4.
public struct LayerNorm: Sendable {
  public let weight: [Float]
  public let bias: [Float]
  public let epsilon: Float
  public let centres: Bool

  public init(weight: [Float], bias: [Float], epsilon: Float = 1e-5, centres: Bool = true) {
    precondition(weight.count == bias.count, "a factor and a shift for each column")
    self.weight = weight
    self.bias = bias
    self.epsilon = epsilon
    self.centres = centres
  }

  /// RMSNorm.
  public init(rootMeanSquareWith weight: [Float], epsilon: Float) {
    self.init(
      weight: weight, bias: [Float](repeating: 0, count: weight.count), epsilon: epsilon,
      centres: false)
  }

  /// What the backward pass needs.
  public struct Trace: Sendable {
    /// The rows after normalisation, before factor and shift.
    let normalised: Matrix
    /// The inverse of each row's standard deviation.
    let inverse: [Float]
  }

  public func forward(_ x: Matrix) -> (y: Matrix, trace: Trace) {
    precondition(x.columns == weight.count, "a factor for each column")
    var y = x
    var normalised = x
    var inverses: [Float] = []
    for row in 0..<x.rows {
      let values = x[row: row]
      let count = Float(values.count)
      let mean = centres ? values.reduce(0, +) / count : 0
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      let inverse = 1 / (variance + epsilon).squareRoot()
      inverses.append(inverse)
      for column in values.indices {
        let value = (values[column] - mean) * inverse
        normalised[row, column] = value
        y[row, column] = value * weight[column] + bias[column]
      }
    }
    return (y, Trace(normalised: normalised, inverse: inverses))
  }

  public func backward(_ dy: Matrix, trace: Trace) -> Matrix {
    var dx = dy
    let count = Float(dy.columns)
    for row in 0..<dy.rows {
      // forward:  normalised = (x - mean(x)) * inverse;  y = normalised * weight + bias
      let normalised = trace.normalised[row: row]
      let d = zip(dy[row: row], weight).map { $0 * $1 }
      let mean = centres ? d.reduce(0, +) / count : 0
      let along = zip(d, normalised).reduce(0) { $0 + $1.0 * $1.1 } / count
      for column in d.indices {
        dx[row, column] = trace.inverse[row] * (d[column] - mean - normalised[column] * along)
      }
    }
    return dx
  }
}

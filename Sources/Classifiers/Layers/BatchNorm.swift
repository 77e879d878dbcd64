public import Tensors

/// Batch normalisation at inference: a scale and a shift for each feature.
///
/// Source: Ioffe and Szegedy 2015, arXiv:1502.03167, algorithm 2.
public struct BatchNorm: Sendable {
  /// `[features]`.
  public let scale: [Float]
  public let shift: [Float]

  public init(
    weight: [Float], bias: [Float], runningMean: [Float], runningVariance: [Float],
    epsilon: Double = 1e-5
  ) {
    let scale = zip(weight, runningVariance).map { weight, variance in
      Double(weight) / (Double(variance) + epsilon).squareRoot()
    }
    shift = zip(zip(bias, runningMean), scale).map { Float(Double($0.0) - Double($0.1) * $1) }
    self.scale = scale.map(Float.init)
  }

  /// `[B, features]`.
  public func forward(_ x: Matrix) -> Matrix {
    x.scalingColumns(by: scale, adding: shift)
  }

  public func backward(_ dy: Matrix) -> Matrix {
    // forward:  y = x * scale + shift
    dy.scalingColumns(by: scale)
  }
}

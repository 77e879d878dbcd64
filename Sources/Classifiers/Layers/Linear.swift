public import Tensors

/// `y = x W^T + b`, for the small layers of a head.
public struct Linear: Sendable {
  /// `[out, in]`, as PyTorch stores it.
  public let weight: Matrix
  public let bias: [Float]?

  public init(weight: Matrix, bias: [Float]? = nil) {
    self.weight = weight
    self.bias = bias
  }

  /// `[B, in]` to `[B, out]`.
  public func forward(_ x: Matrix) -> Matrix {
    let y = x.multipliedByTranspose(of: weight)
    return if let bias { y.adding(toEachRow: bias) } else { y }
  }

  public func backward(_ dy: Matrix) -> Matrix {
    // forward:  y = x W^T
    dy.multiplied(by: weight)
  }
}

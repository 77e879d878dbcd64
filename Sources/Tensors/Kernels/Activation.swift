/// Functions of one number, applied to many.
public enum Activation: String, Sendable, CaseIterable {
  case sigmoid, tanh, exp, relu
  /// `x * Phi(x)` with the error function. Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
  case gelu
  /// GELU by its approximation with the hyperbolic tangent, as GPT-2 uses it.
  case geluTanh = "gelu-tanh"
  /// `x * sigmoid(x)`. Source: Elfwing, Uchibe and Doya 2017, arXiv:1702.03118.
  case silu

  /// One result an element.
  public func forward(_ x: [Float]) -> [Float] {
    switch self {
    case .sigmoid: mapped(x, logistic)
    case .tanh: mapped(x, hyperbolicTangent)
    case .exp: mapped(x, exponential)
    case .relu: mapped(x) { $0 < 0 ? 0 : $0 }
    case .silu: mapped(x) { $0 * logistic($0) }
    case .gelu: mapped(x) { $0 * normalProbability($0) }
    case .geluTanh: mapped(x) { 0.5 * $0 * (1 + hyperbolicTangent(tanhArgument($0))) }
    }
  }

  /// The gradient at the input, from the one at the output.
  public func backward(_ dy: [Float], input x: [Float]) -> [Float] {
    precondition(dy.count == x.count, "a gradient has its value's shape")
    switch self {
    case .sigmoid:
      return mapped(x, dy) { x, dy in
        let y = logistic(x)
        return dy * y * (1 - y)
      }
    case .tanh:
      return mapped(x, dy) { x, dy in
        let y = hyperbolicTangent(x)
        return dy * (1 - y * y)
      }
    case .exp:
      return mapped(x, dy) { $1 * exponential($0) }
    case .relu:
      return mapped(x, dy) { $0 > 0 ? $1 : 0 }
    case .silu:
      // forward:  y = x * p(x)
      return mapped(x, dy) { x, dy in
        let p = logistic(x)
        return dy * p * (1 + x * (1 - p))
      }
    case .gelu:
      // forward:  y = x * Phi(x)
      return mapped(x, dy) { x, dy in
        dy * (normalProbability(x) + x * exponential(-0.5 * x * x) * 0.398_942_28)
      }
    case .geluTanh:
      // forward:  y = 0.5 * x * (1 + tanh(u(x)))
      return mapped(x, dy) { x, dy in
        let t = hyperbolicTangent(tanhArgument(x))
        let du = 0.797_884_56 * (1 + 3 * 0.044_715 * x * x)
        return dy * 0.5 * (1 + t + x * (1 - t * t) * du)
      }
    }
  }
}

@inline(__always)
func tanhArgument(_ x: Float) -> Float {
  0.797_884_56 * (x + 0.044_715 * x * x * x)
}

/// The normal distribution's probability of a number below `x`.
@inline(__always)
func normalProbability(_ x: Float) -> Float {
  0.5 * (1 + errorFunction(x * 0.707_106_78))
}

@inline(__always)
private func mapped(_ x: [Float], _ function: (Float) -> Float) -> [Float] {
  unsafe [Float](unsafeUninitializedCapacity: x.count) { out, count in
    unsafe x.withUnsafeBufferPointer { x in
      for index in 0..<x.count { unsafe out[index] = function(x[index]) }
    }
    count = x.count
  }
}

@inline(__always)
private func mapped(_ x: [Float], _ y: [Float], _ function: (Float, Float) -> Float) -> [Float] {
  unsafe [Float](unsafeUninitializedCapacity: x.count) { out, count in
    unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        for index in 0..<x.count { unsafe out[index] = function(x[index], y[index]) }
      }
    }
    count = x.count
  }
}

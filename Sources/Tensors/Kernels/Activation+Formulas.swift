internal import Glibc

// Each function has loops of its own, so that they become vector code.
extension Activation {
  func apply(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
    switch self {
    case .sigmoid: for i in 0..<count { unsafe y[i] = logistic(x[i]) }
    case .tanh: for i in 0..<count { unsafe y[i] = hyperbolicTangent(x[i]) }
    case .exp: for i in 0..<count { unsafe y[i] = exponential(x[i]) }
    case .relu: for i in 0..<count { unsafe y[i] = x[i] < 0 ? 0 : x[i] }
    case .relu6: for i in 0..<count { unsafe y[i] = clamped(x[i]) }
    case .squaredReLU: for i in 0..<count { unsafe y[i] = x[i] < 0 ? 0 : x[i] * x[i] }
    case .identity: for i in 0..<count { unsafe y[i] = x[i] }
    case .clippedGELU:
      for i in 0..<count {
        let gelu = unsafe x[i] * normalProbability(x[i])
        unsafe y[i] = gelu > 10 ? 10 : gelu
      }
    case .laplace: for i in 0..<count { unsafe y[i] = normalProbability(laplaceArgument(x[i])) }
    case .rootSoftplus: for i in 0..<count { unsafe y[i] = softplus(x[i]).squareRoot() }
    case .silu, .gelu, .geluTanh, .quickGELU, .mish, .hardSwish, .leakyReLU:
      // forward:  y = x * share(x)
      unsafe shares(x, into: y, count: count)
      for i in 0..<count { unsafe y[i] *= x[i] }
    }
  }

  /// What a gradient is multiplied by: the derivative, or for relevance `f(x) / x`.
  func factors(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int, rule: BackwardRule
  ) {
    switch rule {
    case .derivative: unsafe derivatives(x, into: y, count: count)
    case .relevance: unsafe shares(x, into: y, count: count)
    }
  }

  /// `f(x) / x`, and its limit at 0.
  private func shares(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch self {
    case .silu: for i in 0..<count { unsafe y[i] = logistic(x[i]) }
    case .gelu: for i in 0..<count { unsafe y[i] = normalProbability(x[i]) }
    case .geluTanh:
      for i in 0..<count { unsafe y[i] = 0.5 * (1 + hyperbolicTangent(tanhArgument(x[i]))) }
    case .quickGELU: for i in 0..<count { unsafe y[i] = logistic(1.702 * x[i]) }
    case .clippedGELU:
      for i in 0..<count {
        let share = unsafe normalProbability(x[i])
        unsafe y[i] = share * x[i] > 10 ? 10 / x[i] : share
      }
    case .mish: for i in 0..<count { unsafe y[i] = tanhOfSoftplus(x[i]) }
    case .hardSwish: for i in 0..<count { unsafe y[i] = clamped(x[i] + 3) / 6 }
    case .tanh:
      for i in 0..<count { unsafe y[i] = x[i] == 0 ? 1 : hyperbolicTangent(x[i]) / x[i] }
    case .relu: for i in 0..<count { unsafe y[i] = x[i] > 0 ? 1 : 0 }
    case .relu6: for i in 0..<count { unsafe y[i] = x[i] > 6 ? 6 / x[i] : x[i] > 0 ? 1 : 0 }
    case .leakyReLU: for i in 0..<count { unsafe y[i] = x[i] > 0 ? 1 : 0.01 }
    case .squaredReLU: for i in 0..<count { unsafe y[i] = x[i] > 0 ? x[i] : 0 }
    case .identity: for i in 0..<count { unsafe y[i] = 1 }
    case .sigmoid, .exp, .laplace, .rootSoftplus:
      // Not zero at zero: relevance would have no bound, so gates count as their derivative says.
      unsafe derivatives(x, into: y, count: count)
    }
  }

  private func derivatives(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch self {
    case .sigmoid:
      for i in 0..<count {
        let p = unsafe logistic(x[i])
        unsafe y[i] = p * (1 - p)
      }
    case .tanh:
      for i in 0..<count {
        let t = unsafe hyperbolicTangent(x[i])
        unsafe y[i] = 1 - t * t
      }
    case .exp: for i in 0..<count { unsafe y[i] = exponential(x[i]) }
    case .relu, .leakyReLU, .identity: unsafe shares(x, into: y, count: count)
    case .relu6: for i in 0..<count { unsafe y[i] = x[i] > 0 && x[i] < 6 ? 1 : 0 }
    case .squaredReLU: for i in 0..<count { unsafe y[i] = x[i] > 0 ? 2 * x[i] : 0 }
    case .silu:
      // forward:  y = x * p(x)
      for i in 0..<count {
        let p = unsafe logistic(x[i])
        unsafe y[i] = p * (1 + x[i] * (1 - p))
      }
    case .quickGELU:
      // forward:  y = x * p(1.702 * x)
      for i in 0..<count {
        let p = unsafe logistic(1.702 * x[i])
        unsafe y[i] = p * (1 + 1.702 * x[i] * (1 - p))
      }
    case .hardSwish:
      // forward:  y = x * (x + 3) / 6, between 0 and x
      for i in 0..<count {
        unsafe y[i] = x[i] <= -3 ? 0 : x[i] < 3 ? x[i] / 3 + 0.5 : 1
      }
    case .mish:
      // forward:  y = x * t(softplus(x)), whose derivative is p(x)
      for i in 0..<count {
        let t = unsafe tanhOfSoftplus(x[i])
        unsafe y[i] = t + x[i] * logistic(x[i]) * (1 - t * t)
      }
    case .gelu:
      // forward:  y = x * Phi(x)
      for i in 0..<count { unsafe y[i] = normalProbability(x[i]) + x[i] * normalDensity(x[i]) }
    case .clippedGELU:
      for i in 0..<count {
        let share = unsafe normalProbability(x[i])
        unsafe y[i] = share * x[i] > 10 ? 0 : share + x[i] * normalDensity(x[i])
      }
    case .geluTanh:
      // forward:  y = 0.5 * x * (1 + tanh(u(x)))
      for i in 0..<count {
        let t = unsafe hyperbolicTangent(tanhArgument(x[i]))
        let du = unsafe 0.797_884_56 * (1 + 3 * 0.044_715 * x[i] * x[i])
        unsafe y[i] = 0.5 * (1 + t + x[i] * (1 - t * t) * du)
      }
    case .laplace:
      for i in 0..<count { unsafe y[i] = normalDensity(laplaceArgument(x[i])) / 0.282_095 }
    case .rootSoftplus:
      // forward:  y = sqrt(softplus(x))
      for i in 0..<count { unsafe y[i] = 0.5 * logistic(x[i]) / softplus(x[i]).squareRoot() }
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
private func normalDensity(_ x: Float) -> Float {
  exponential(-0.5 * x * x) * 0.398_942_28
}

/// The distance from the mean in standard deviations; both are the paper's.
@inline(__always)
private func laplaceArgument(_ x: Float) -> Float {
  (x - 0.707_107) / 0.282_095
}

/// Between 0 and 6.
@inline(__always)
private func clamped(_ x: Float) -> Float {
  // Written so that a NaN passes through.
  let x = x < 0 ? 0 : x
  return x > 6 ? 6 : x
}

/// `log(1 + e^x)`, without an overflow.
@inline(__always)
private func softplus(_ x: Float) -> Float {
  (x < 0 ? 0 : x) + log1p(exponential(-x.magnitude))
}

/// `tanh(log(1 + e^x))`, which is `(e^2x + 2e^x) / (e^2x + 2e^x + 2)`.
@inline(__always)
private func tanhOfSoftplus(_ x: Float) -> Float {
  // Beyond 20 it is 1 to the last place, and soon the square has no room.
  let power = exponential(x > 20 ? 20 : x)
  let sum = power * (power + 2)
  return sum / (sum + 2)
}

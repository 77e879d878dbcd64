internal import Glibc

/// The line through a function's values at two points.
package struct Chord: Sendable {
  package var slope: Double
  /// The mean of the two values.
  package var mean: Double

  /// Below this difference of the inputs, the slope is the derivative, as in Captum.
  package static let smallest = 1e-10

  package init(
    _ x: Double, _ b: Double, function: (Double) -> Double, derivative: (Double) -> Double
  ) {
    let (y, z) = (function(x), function(b))
    mean = (y + z) / 2
    slope = abs(x - b) < Self.smallest ? derivative(x) : (y - z) / (x - b)
  }

  package static func sigmoid(_ x: Double, _ b: Double) -> Chord {
    Activation.sigmoid.chord(from: b, to: x)
  }

  package static func tanh(_ x: Double, _ b: Double) -> Chord {
    Activation.tanh.chord(from: b, to: x)
  }
}

// In double precision, because a chord's slope is a quotient of two differences that may both be
// small.
extension Activation {
  package func chord(from b: Double, to x: Double) -> Chord {
    Chord(x, b, function: value, derivative: slope)
  }

  private func value(_ x: Double) -> Double {
    switch self {
    case .sigmoid: Self.logistic(x)
    case .tanh: Glibc.tanh(x)
    case .exp: Glibc.exp(x)
    case .relu: max(x, 0)
    case .silu: x * Self.logistic(x)
    case .gelu: x * Self.normalProbability(x)
    case .geluTanh: 0.5 * x * (1 + Glibc.tanh(Self.tanhArgument(x)))
    case .quickGELU: x * Self.logistic(1.702 * x)
    case .clippedGELU: min(x * Self.normalProbability(x), 10)
    case .hardSwish: x * min(max(x + 3, 0), 6) / 6
    case .mish: x * Glibc.tanh(Self.softplus(x))
    case .relu6: min(max(x, 0), 6)
    case .leakyReLU: x > 0 ? x : 0.01 * x
    case .squaredReLU: max(x, 0) * max(x, 0)
    case .identity: x
    case .laplace: Self.normalProbability((x - Self.laplaceMean) / Self.laplaceDeviation)
    case .rootSoftplus: Self.softplus(x).squareRoot()
    }
  }

  private func slope(_ x: Double) -> Double {
    switch self {
    case .sigmoid:
      return Self.logistic(x) * Self.logistic(-x)
    case .tanh:
      let y = Glibc.tanh(x)
      return 1 - y * y
    case .exp: return Glibc.exp(x)
    case .relu: return x > 0 ? 1 : 0
    case .silu:
      let p = Self.logistic(x)
      return p * (1 + x * (1 - p))
    case .gelu:
      return Self.normalProbability(x) + x * Self.normalDensity(x)
    case .geluTanh:
      let t = Glibc.tanh(Self.tanhArgument(x))
      let du = (2 / .pi).squareRoot() * (1 + 3 * 0.044_715 * x * x)
      return 0.5 * (1 + t + x * (1 - t * t) * du)
    case .quickGELU:
      let p = Self.logistic(1.702 * x)
      return p * (1 + 1.702 * x * (1 - p))
    case .clippedGELU:
      let share = Self.normalProbability(x)
      return share * x > 10 ? 0 : share + x * Self.normalDensity(x)
    case .hardSwish: return x <= -3 ? 0 : x < 3 ? x / 3 + 0.5 : 1
    case .mish:
      let t = Glibc.tanh(Self.softplus(x))
      return t + x * Self.logistic(x) * (1 - t * t)
    case .relu6: return x > 0 && x < 6 ? 1 : 0
    case .leakyReLU: return x > 0 ? 1 : 0.01
    case .squaredReLU: return 2 * max(x, 0)
    case .identity: return 1
    case .laplace:
      return Self.normalDensity((x - Self.laplaceMean) / Self.laplaceDeviation)
        / Self.laplaceDeviation
    case .rootSoftplus:
      let root = Self.softplus(x).squareRoot()
      return root > 0 ? 0.5 * Self.logistic(x) / root : 0
    }
  }

  private static let laplaceMean = 0.707_107
  private static let laplaceDeviation = 0.282_095

  private static func logistic(_ x: Double) -> Double {
    1 / (1 + Glibc.exp(-x))
  }

  private static func normalProbability(_ x: Double) -> Double {
    0.5 * erfc(-x / 2.0.squareRoot())
  }

  private static func normalDensity(_ x: Double) -> Double {
    Glibc.exp(-x * x / 2) / (2 * .pi).squareRoot()
  }

  private static func softplus(_ x: Double) -> Double {
    max(x, 0) + log1p(Glibc.exp(-abs(x)))
  }

  private static func tanhArgument(_ x: Double) -> Double {
    (2 / .pi).squareRoot() * (x + 0.044_715 * x * x * x)
  }
}

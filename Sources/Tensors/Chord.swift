internal import Foundation

/// The straight line between a function's values at two points.
package struct Chord: Sendable {
  package var slope: Double
  /// Of the two values.
  package var mean: Double

  /// Below this difference of the inputs the chord is the tangent, as in Captum.
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

// In double precision: a chord's slope is a quotient of two differences that may both be small.
extension Activation {
  package func chord(from b: Double, to x: Double) -> Chord {
    Chord(x, b, function: value, derivative: slope)
  }

  private func value(_ x: Double) -> Double {
    switch self {
    case .sigmoid: Self.logistic(x)
    case .tanh: Foundation.tanh(x)
    case .exp: Foundation.exp(x)
    case .relu: max(x, 0)
    case .silu: x * Self.logistic(x)
    case .gelu: x * Self.normalProbability(x)
    case .geluTanh: 0.5 * x * (1 + Foundation.tanh(Self.tanhArgument(x)))
    }
  }

  private func slope(_ x: Double) -> Double {
    switch self {
    case .sigmoid:
      return Self.logistic(x) * Self.logistic(-x)
    case .tanh:
      let y = Foundation.tanh(x)
      return 1 - y * y
    case .exp: return Foundation.exp(x)
    case .relu: return x > 0 ? 1 : 0
    case .silu:
      let p = Self.logistic(x)
      return p * (1 + x * (1 - p))
    case .gelu:
      return Self.normalProbability(x) + x * Foundation.exp(-x * x / 2) / (2 * .pi).squareRoot()
    case .geluTanh:
      let t = Foundation.tanh(Self.tanhArgument(x))
      let du = (2 / .pi).squareRoot() * (1 + 3 * 0.044_715 * x * x)
      return 0.5 * (1 + t + x * (1 - t * t) * du)
    }
  }

  private static func logistic(_ x: Double) -> Double {
    1 / (1 + Foundation.exp(-x))
  }

  private static func normalProbability(_ x: Double) -> Double {
    0.5 * erfc(-x / 2.0.squareRoot())
  }

  private static func tanhArgument(_ x: Double) -> Double {
    (2 / .pi).squareRoot() * (x + 0.044_715 * x * x * x)
  }
}

internal import Glibc

extension ExplanationRequest {
  /// The requested number of points; nil for the method's default.
  /// - Throws: `ExplainerError.badOption` if there are too many.
  func gaussLegendreSteps() throws -> Int? {
    let most = IntegratedGradients.mostSteps
    if let steps = options.steps, !(1...most).contains(steps) {
      throw ExplainerError.badOption(
        name: "steps", value: String(steps), allowed: "1 to \(most)")
    }
    return options.steps
  }
}

/// The nodes and weights of Gauss-Legendre quadrature on `[0, 1]`.
///
/// Exact for polynomials of degree `2 * count - 1`; the ends of the interval are not nodes. The
/// nodes are those of `numpy.polynomial.legendre.leggauss`, mapped from `[-1, 1]`.
public struct GaussLegendre: Sendable {
  /// Ascending.
  public let nodes: [Double]
  /// They add up to 1.
  public let weights: [Double]

  /// - Parameter count: at least 1. Takes `count * count` multiplications.
  public init(count: Int) {
    let count = max(count, 1)
    var nodes = [Double](repeating: 0.5, count: count)
    var weights = [Double](repeating: 1, count: count)
    for k in 0..<(count + 1) / 2 {
      let (root, weight) = Self.root(k, of: count)
      // Roots are symmetric about 0; the first is the largest.
      nodes[k] = (1 - root) / 2
      nodes[count - 1 - k] = (1 + root) / 2
      weights[k] = weight / 2
      weights[count - 1 - k] = weight / 2
    }
    self.nodes = nodes
    self.weights = weights
  }

  /// The k-th largest root of the Legendre polynomial of a degree, by Newton's method, and its
  /// weight `2 / ((1 - x²) P'(x)²)` on `[-1, 1]`.
  private static func root(_ k: Int, of degree: Int) -> (root: Double, weight: Double) {
    var x = cos(Double.pi * (Double(k) + 0.75) / (Double(degree) + 0.5))
    var derivative = 1.0
    // Tricomi's initial value is so close that five steps reach the last bit; ten are a safe bound.
    for _ in 0..<10 {
      let (value, slope) = legendre(degree, at: x)
      derivative = slope
      let step = value / slope
      x -= step
      if abs(step) < 1e-15 { break }
    }
    if degree % 2 == 1, k == degree / 2 {
      x = 0
    }
    derivative = legendre(degree, at: x).slope
    return (x, 2 / ((1 - x * x) * derivative * derivative))
  }

  /// `P_n(x)` and `P_n'(x)` by the three-term recurrence.
  private static func legendre(_ degree: Int, at x: Double) -> (value: Double, slope: Double) {
    var previous = 1.0
    var current = x
    for n in stride(from: 2, through: degree, by: 1) {
      let n = Double(n)
      (previous, current) = (current, ((2 * n - 1) * x * current - (n - 1) * previous) / n)
    }
    return (current, Double(degree) * (x * current - previous) / (x * x - 1))
  }
}

import CKernels
internal import Glibc

extension Activation {
  /// What the kernels compute of a function.
  enum Aspect {
    case value, derivative
    /// `f(x) / x`, and its limit at 0; the derivative if the function is not zero at 0, where the
    /// quotient would be unbounded.
    case share

    init(_ rule: BackwardRule) {
      self = rule == .relevance ? .share : .derivative
    }

    fileprivate var number: Int32 {
      switch self {
      case .value: Int32(kernels_value)
      case .derivative: Int32(kernels_slope)
      case .share: Int32(kernels_share)
      }
    }
  }

  /// Writes the requested aspect of each number, times its factor if there are factors. `y` may be
  /// the same memory as one of the inputs.
  func apply(
    _ x: UnsafePointer<Float>, _ aspect: Aspect = .value,
    times factors: UnsafePointer<Float>? = nil,
    into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    guard let kernel else { return unsafe rootSoftplus(aspect, x, factors, y, count) }
    unsafe kernels_activate(kernel, aspect.number, x, factors, y, Int64(count))
  }

  /// The function's number among the kernels; nil for the one that has no kernel because few models
  /// use it.
  private var kernel: Int32? {
    let number =
      switch self {
      case .identity: kernels_identity
      case .sigmoid: kernels_sigmoid
      case .tanh: kernels_tanh
      case .exp: kernels_exp
      case .relu: kernels_relu
      case .relu6: kernels_relu6
      case .leakyReLU: kernels_leaky_relu
      case .squaredReLU: kernels_squared_relu
      case .gelu: kernels_gelu
      case .geluTanh: kernels_gelu_tanh
      case .clippedGELU: kernels_clipped_gelu
      case .silu: kernels_silu
      case .quickGELU: kernels_quick_gelu
      case .hardSwish: kernels_hard_swish
      case .mish: kernels_mish
      case .laplace: kernels_laplace
      case .rootSoftplus: kernels_activations
      }
    return self == .rootSoftplus ? nil : Int32(number)
  }

  private func rootSoftplus(
    _ aspect: Aspect, _ x: UnsafePointer<Float>, _ factors: UnsafePointer<Float>?,
    _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    for i in 0..<count {
      let (x, factor) = unsafe (x[i], factors?[i] ?? 1)
      // log(1 + e^x), without overflow
      let root = ((x < 0 ? 0 : x) + log1p(Glibc.exp(-x.magnitude))).squareRoot()
      // Far below zero, both the root and the logistic function are rounded to zero.
      let slope = root == 0 ? 0 : 0.5 / (1 + Glibc.exp(-x)) / root
      unsafe y[i] = factor * (aspect == .value ? root : slope)
    }
  }
}

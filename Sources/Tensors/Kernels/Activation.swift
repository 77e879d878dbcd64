/// Activation functions, applied element by element.
public enum Activation: String, Sendable, CaseIterable {
  case sigmoid, tanh, exp, relu
  /// `x * Phi(x)` with the error function. Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
  case gelu
  /// GELU by its approximation with the hyperbolic tangent, as GPT-2 uses it.
  case geluTanh = "gelu-tanh"
  /// GELU by its approximation `x * sigmoid(1.702 * x)`, from the same paper.
  case quickGELU = "quick-gelu"
  /// GELU clipped to at most 10, for quantised weights. Source: Wu et al. 2020, arXiv:2004.09602.
  case clippedGELU = "clipped-gelu"
  /// `x * sigmoid(x)`. Source: Elfwing, Uchibe and Doya 2017, arXiv:1702.03118.
  case silu
  /// `x * relu6(x + 3) / 6`. Source: Howard et al. 2019, arXiv:1905.02244.
  case hardSwish = "hard-swish"
  /// `x * tanh(softplus(x))`. Source: Misra 2019, arXiv:1908.08681.
  case mish
  /// `min(max(x, 0), 6)`. Source: Howard et al. 2017, arXiv:1704.04861.
  case relu6
  /// `x`, or `x / 100` below 0. Source: Maas, Hannun and Ng 2013.
  case leakyReLU = "leaky-relu"
  /// `max(x, 0)` squared. Source: So et al. 2021, arXiv:2109.08668.
  case squaredReLU = "squared-relu"
  /// `x`.
  case identity
  /// The cumulative distribution function of a normal distribution that approximates `squaredReLU`.
  /// Source: Ma et al. 2022, arXiv:2209.10655, equation 10.
  case laplace
  /// The square root of `log(1 + e^x)`, with which DeepSeek-V4 selects experts.
  case rootSoftplus = "root-softplus"

  /// One result per element.
  public func forward(_ x: [Float]) -> [Float] { forward(x, workers: .one) }

  /// The gradient at the input, from the gradient at the output.
  public func backward(_ dy: [Float], input x: [Float]) -> [Float] {
    backward(dy, input: x, rule: .derivative, workers: .one)
  }
}

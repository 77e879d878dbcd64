internal import Classifiers
internal import Tokenizers

/// The straight line from a baseline to a text in embedding space.
struct EmbeddingPath {
  let request: ExplanationRequest
  let classifier: any DifferentiableClassifier
  let line: EmbeddingLine

  /// `x`, `[1, T, D]`.
  var text: TokenVectors { line.text }
  /// `x - b`, `[T, D]`.
  var difference: [Float] { line.difference }

  init(_ request: ExplanationRequest, method: MethodCard, baseline: ExplainerOptions.Baseline)
    throws
  {
    let classifier = try request.differentiable(for: method)
    let text = try request.embeddings(by: classifier)
    let start = try request.baselineEmbeddings(baseline, by: classifier, text: text)
    self.request = request
    self.classifier = classifier
    line = EmbeddingLine(from: start, to: text)
  }

  /// Sums over points of the path.
  struct Sum {
    /// The target's value at each point, `f`.
    var values: [Double]
    /// `(x - b) · sum of weight * ∇f`, one number per token, `[T]`.
    var slopes: [Double]
  }

  /// Evaluates the gradient at `b + alpha (x - b)` for each point, in bounded memory.
  func sum(_ points: [EmbeddingLine.Point]) throws -> Sum {
    let result = try request.pass {
      try classifier.gradient(of: request.target, along: line, at: points)
    }
    request.counter?.add(points.count)
    return Sum(
      values: request.values(from: result.logits), slopes: slopes(of: result.gradient, row: 0))
  }

  /// The value and slopes at a point of the path.
  struct Sample {
    /// `f`.
    var value: Double
    /// `(x - b) · ∇f`, one number per token, `[T]`.
    var slopes: [Double]
  }

  /// The gradient at each point, in bounded memory.
  func samples(at alphas: [Double]) throws -> [Sample] {
    var samples: [Sample] = []
    try request.forEachCall(rows: alphas.count, tokens: text.tokens) { call in
      let result = try classifier.gradient(
        of: call.map { _ in request.target }, at: vectors(at: alphas[call]))
      for (row, value) in request.values(from: result.logits).enumerated() {
        samples.append(Sample(value: value, slopes: slopes(of: result.gradient, row: row)))
      }
    }
    return samples
  }

  /// The mean of the gradient on the path, if the model can compute it from a few points; otherwise
  /// nil.
  func integral() throws -> (sum: Sum, passes: Int, points: Int)? {
    let integral = try request.pass {
      try classifier.integral(of: request.target, along: line)
    }
    guard let integral else { return nil }
    request.counter?.add(integral.passes)
    let sum = Sum(
      values: request.values(from: integral.logits), slopes: slopes(of: integral.gradient, row: 0))
    return (sum, integral.passes, integral.points)
  }

  private func slopes(of gradient: TokenVectors, row: Int) -> [Double] {
    (0..<text.tokens).map { token in
      dot(difference[text.range(row: 0, token: token)], gradient[row: row, token: token])
    }
  }

  /// The target's values at points of the path, by a forward pass.
  func values(at alphas: [Double]) throws -> [Double] {
    try request.pass {
      request.values(from: try classifier.logits(from: vectors(at: alphas[...])))
    }
  }

  func vectors(at alphas: ArraySlice<Double>) -> TokenVectors {
    line.vectors(at: alphas)
  }
}

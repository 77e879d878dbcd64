internal import Classifiers
internal import Tokenizers

/// The straight line from a baseline to a text in the space of embeddings.
struct EmbeddingPath {
  let request: ExplanationRequest
  let classifier: any DifferentiableClassifier
  /// `x`, `[1, T, D]`.
  let text: TokenVectors
  /// `x - b`, `[T, D]`.
  let difference: [Float]

  init(_ request: ExplanationRequest, method: MethodCard, baseline: ExplainerOptions.Baseline)
    throws
  {
    let classifier = try request.differentiable(for: method)
    let text = try request.embeddings(by: classifier)
    let roles = request.model.tokenizer.roles
    if let ids = try baseline.ids(for: request.encoding, roles: roles) {
      let baseline = try request.pass { try classifier.embeddings(for: [ids]) }
      difference = zip(text.values, baseline.values).map { $0 - $1 }
    } else {
      difference = text.values
    }
    self.request = request
    self.classifier = classifier
    self.text = text
  }

  /// A point of the path seen from the model.
  struct Point {
    /// The target's value, `f`.
    var value: Double
    /// `(x - b) · ∇f`, a number a token, `[T]`.
    var slopes: [Double]
  }

  /// Evaluates the gradient at `b + alpha (x - b)` for each alpha, in calls that fit into memory.
  func forEachPoint(at alphas: [Double], _ body: (Int, Point) -> Void) throws {
    try request.forEachCall(rows: alphas.count, tokens: text.tokens) { call in
      let rows = vectors(at: alphas[call])
      let targets = [Target](repeating: request.target, count: call.count)
      let result = try classifier.gradient(of: targets, at: rows)
      let values = request.values(from: result.logits)
      for (row, index) in call.enumerated() {
        body(index, Point(value: values[row], slopes: slopes(result.gradient, row: row)))
      }
    }
  }

  /// The target's values at points of the path, by a forward pass.
  func values(at alphas: [Double]) throws -> [Double] {
    try request.pass {
      request.values(from: try classifier.logits(from: vectors(at: alphas[...])))
    }
  }

  /// `x + (alpha - 1) (x - b)`, so that the end of the path is the text to the last bit.
  func vectors(at alphas: ArraySlice<Double>) -> TokenVectors {
    var rows = TokenVectors(
      lengths: [Int](repeating: text.tokens, count: alphas.count), width: text.width)
    rows.values.removeAll(keepingCapacity: true)
    for alpha in alphas {
      let back = Float(alpha - 1)
      for (x, change) in zip(text.values, difference) {
        rows.values.append(x + back * change)
      }
    }
    return rows
  }

  private func slopes(_ gradient: TokenVectors, row: Int) -> [Double] {
    (0..<text.tokens).map { token in
      dot(difference[text.range(row: 0, token: token)], gradient[row: row, token: token])
    }
  }
}

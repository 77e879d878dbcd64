internal import Classifiers

/// Conductance (Dhamdhere, Sundararajan, Yan 2018, arXiv:1805.12233): the part of integrated
/// gradients that flows through each layer's output at each token.
///
/// `score_t = Σ_k ∫ ∂f/∂y_tk · dy_tk` along the straight path; a layer's scores add up to
/// `f(x) - f(b)`.
public struct LayerConductance: Explainer {
  public let card = MethodCard(
    name: "layer-conductance", title: "layer conductance", shortTitle: "LC",
    summary: """
      Follows a straight line from a baseline to the text, as integrated gradients do, and adds up \
      how much each layer's output at each token changes the model's output: a table of layers by \
      tokens, in which each row adds up to f(x) - f(b).
      """,
    formula: """
      score_t = sum over k of the integral of df/dy_tk dy_tk from b to x, y_tk = output k at t
      """,
    source: "Dhamdhere, Sundararajan, Yan 2018, arXiv:1805.12233; Captum's LayerConductance",
    cost: "3 to 257 gradients, doubled until the sum is right to 1 %; or as many as set",
    caveats: "The scores are those of the last layer unless another one is chosen.",
    modelCaveats: [
      ModelCaveat(
        """
        A recurrent layer's output holds what was read so far: in the upper layers the scores \
        show where evidence is kept, not where it was read.
        """, if: .recurrent),
      ModelCaveat(
        """
        The classification head reads a single token, which has all of the last layer's scores.
        """, if: .oneToken),
    ],
    isSigned: true, requirement: .layers, axioms: .shapley, options: [.steps, .layer, .baseline])

  static let mostPoints = 257
  /// The most memory for the layers of points that are computed at once, in bytes.
  package static let memory = 128 << 20

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let classifier = try request.inspectable(for: card)
    let names = classifier.layerNames
    let layer = (request.options.layer ?? names.count) - 1
    guard names.indices.contains(layer) else {
      throw ExplainerError.badOption(
        name: "layer", value: String(layer + 1), allowed: "1 to \(names.count)")
    }
    let steps = try request.gaussLegendreSteps()
    let path = try EmbeddingPath(request, method: card, baseline: request.baseline)
    let run = ConductancePath(path: path, classifier: classifier, layer: layer)
    if let steps { return try run.fixed(steps: steps) }
    return try run.adaptive(mostPoints: Self.mostPoints, refined: refined)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    request.options.steps.map { $0 + 3 } ?? 33
  }
}

/// The path of a text through the layers.
private struct ConductancePath {
  let path: EmbeddingPath
  let classifier: any InspectableClassifier
  let layer: Int

  private var request: ExplanationRequest { path.request }

  /// The values of all layers at a point.
  private struct Point {
    var value: Double
    var layers: [(outputs: [Float], gradient: [Float])]
  }

  /// Captum's rule: `steps + 1` Gauss-Legendre nodes, each step weighted by the gradient at its
  /// start. As in Captum, the parts before the first node and after the last one are left out.
  func fixed(steps: Int) throws -> TokenAttribution {
    let ends = try path.values(at: [0, 1])
    var scores = empty()
    var previous: Point?
    try points(at: GaussLegendre(count: steps + 1).nodes) { point in
      if let previous { add(from: previous, to: point, by: .start, into: &scores) }
      previous = point
    }
    return attribution(
      scores, start: ends[0], end: ends[1], evaluations: steps + 1,
      parameters: ["steps": .whole(steps)])
  }

  /// The trapezoidal rule on equal steps, which are doubled. Only the scores are kept, so that a
  /// long text needs no more memory: each round runs the whole path again. The first step has the
  /// gradient at its end alone where that at its start is too steep (see `AdaptivePath`).
  func adaptive(
    mostPoints: Int, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    var intervals = 2
    var evaluations = 0
    var stepsWithinBound = 0
    while true {
      var scores = empty()
      var first: Point?
      var previous: Point?
      var isFirst = true
      let alphas = (0...intervals).map { Double($0) / Double(intervals) }
      try points(at: alphas) { point in
        if let previous {
          add(
            from: previous, to: point, by: isFirst ? .first : .trapezoid, into: &scores)
          isFirst = false
        }
        if first == nil { first = point }
        previous = point
      }
      evaluations += intervals + 1
      let (start, end) = (first?.value ?? 0, previous?.value ?? 0)
      let result = attribution(
        scores, start: start, end: end, evaluations: evaluations,
        parameters: ["steps": .whole(intervals + 1), "adaptive": .flag(true)])
      let sums = scores.map { $0.reduce(0, +) }
      let bound = max(
        0.01 * abs(end - start),
        1e-5 * (abs(start) + abs(end) + (sums.map { abs($0) }.max() ?? 0)))
      let isWithin = sums.allSatisfy { abs($0 - (end - start)) <= bound }
      stepsWithinBound = isWithin ? stepsWithinBound + 1 : 0
      let isHopeless = sums.contains { !$0.isFinite }
      if stepsWithinBound == 2 || intervals + 1 >= mostPoints || isHopeless { return result }
      try refined(result)
      intervals *= 2
    }
  }

  private func empty() -> [[Double]] {
    classifier.layerNames.map { _ in [Double](repeating: 0, count: path.text.tokens) }
  }

  private func points(at alphas: [Double], _ body: (Point) -> Void) throws {
    let row = max(1, path.text.tokens)
      .multipliedReportingOverflow(by: max(1, classifier.layerBytesPerToken))
    let most = row.overflow ? 1 : LayerConductance.memory / row.partialValue
    try request.forEachCall(rows: alphas.count, tokens: path.text.tokens, atMost: most) { call in
      let result = try classifier.activations(
        .layers, of: call.map { _ in request.target }, at: path.vectors(at: alphas[call]))
      let values = request.values(from: result.logits)
      for row in 0..<call.count {
        body(
          Point(
            value: values[row],
            layers: result.parts.map {
              (outputs: Array($0.outputs.row(row)), gradient: Array($0.gradient.row(row)))
            }))
      }
    }
  }

  /// Which gradient a step is multiplied by.
  private enum Rule {
    case start
    /// The mean of both ends.
    case trapezoid
    /// The same, unless the gradient at the start is so steep that it holds for no step: then that at
    /// the end.
    case first
  }

  private func add(
    from a: Point, to b: Point, by rule: Rule, into scores: inout [[Double]]
  ) {
    for (layer, (start, end)) in zip(a.layers, b.layers).enumerated() {
      let atStart = conductance(start.gradient, from: start.outputs, to: end.outputs)
      let atEnd = conductance(end.gradient, from: start.outputs, to: end.outputs)
      let isSteep = !(size(of: atStart) <= 8 * size(of: atEnd))
      for token in scores[layer].indices {
        let mean = (atStart[token] + atEnd[token]) / 2
        switch rule {
        case .start: scores[layer][token] += atStart[token]
        case .trapezoid: scores[layer][token] += mean
        case .first: scores[layer][token] += isSteep ? atEnd[token] : mean
        }
      }
    }
  }

  private func size(of numbers: [Double]) -> Double { numbers.reduce(0) { $0 + abs($1) } }

  /// The gradient times the change of the outputs, one number per token.
  private func conductance(
    _ gradient: [Float], from start: [Float], to end: [Float]
  ) -> [Double] {
    let tokens = path.text.tokens
    let width = tokens == 0 ? 0 : start.count / tokens
    return (0..<tokens).map { token in
      var sum = 0.0
      for index in token * width..<(token + 1) * width {
        sum += Double(gradient[index]) * (Double(end[index]) - Double(start[index]))
      }
      return sum
    }
  }

  private func attribution(
    _ scores: [[Double]], start: Double, end: Double, evaluations: Int,
    parameters: [String: ParameterValue]
  ) -> TokenAttribution {
    var parameters = parameters
    parameters["baseline"] = .text(request.baseline.rawValue)
    parameters["layer"] = .whole(layer + 1)
    return TokenAttribution(
      scores: scores[layer].map { Float($0) },
      convergenceDelta: Float(scores[layer].reduce(0, +) - (end - start)),
      targetValue: Float(end), evaluations: evaluations, parameters: parameters,
      map: ScoreMap(
        names: classifier.layerNames, scores: scores.map { $0.map { Float($0) } }))
  }
}
